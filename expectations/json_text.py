"""Large JSON documents as text that people can read and line tools can search: an entry of a list per line.

Not here: what a document says.
"""

from __future__ import annotations

import json
from typing import Any


def by_line(document: dict[str, Any], *, sort_keys: bool = False) -> str:
    """The document with each key on a line of its own, and each element of a list that holds objects.

    `indent` of json.dumps costs twenty times as much: it runs in Python, cell by cell.
    """
    encode = json.JSONEncoder(ensure_ascii=False, sort_keys=sort_keys).encode
    lines = [
        f" {encode(name)}: {_value(encode, document[name])}" for name in (sorted(document) if sort_keys else document)
    ]
    return "{\n" + ",\n".join(lines) + "\n}"


def _value(encode: Any, value: Any) -> str:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "[\n  " + ",\n  ".join(map(encode, value)) + "\n ]"
    return encode(value)
