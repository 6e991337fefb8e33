"""What a file really is, from its first bytes: content decides over the extension.

Not here: reading it.
"""

from __future__ import annotations

import re
from pathlib import Path

_HTML = re.compile(rb"<\s*(html|table|meta|!doctype\s+html)", re.IGNORECASE)


def sniff(path: Path) -> str:
    """One of `empty`, `zip` (xlsx, ods), `ole` (xls), `parquet`, `html`, `xml`, `text`."""
    with path.open("rb") as handle:
        head = handle.read(4096)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"PAR1"):
        return "parquet"
    # UTF-16 text keeps its ASCII letters once the zero bytes are out
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<?xml") and b"<html" not in plain.lower():
        return "xml"
    return "html" if plain.startswith(b"<") and _HTML.search(plain) else "text"
