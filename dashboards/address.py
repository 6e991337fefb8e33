"""The address carries all state: page, unit, year, release, language, theme, text size, open definition.

Belongs here: reading and writing addresses, with every value checked against what it may be.
Not here: what a page does with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlencode

ALLOWED = {
    "u": re.compile(r"[0-9A-Za-z-]{1,20}"),
    "y": re.compile(r"\d{4}(-\d{4})?"),
    "p": re.compile(r"\d{4}(Q[1-4])?|\d{6}|\d{4}-\d{4}"),
    "k": re.compile(r"[0-9A-Za-z_.-]{1,60}"),
    "c": re.compile(r"[0-9A-Za-z_.-]{1,60}"),
    "v": re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,80}"),
    "s": re.compile(r"block|flag|preview"),
    "n": re.compile(r"all"),
    "b": re.compile(r"[a-z0-9_]{1,40}"),
    "w": re.compile(r"[a-z]{3,12}-\d{1,12}(\.\d{1,2})?(_[a-z]{3,12}-\d{1,12}(\.\d{1,2})?){0,7}"),
    "lang": re.compile(r"zh|en"),
    "theme": re.compile(r"light|dark"),
    "size": re.compile(r"m|l|xl"),
    "keys": re.compile(r"on|off"),
    "def": re.compile(r"[a-z0-9_]{1,60}"),
}
# What a reader set for himself goes with him to the next page; what he asked of a page does not.
CARRIED = ("u", "v", "lang", "theme", "size", "keys")


@dataclass(frozen=True)
class Address:
    """One address, parsed. Values that are not allowed are dropped, never repeated."""

    path: str = "/"
    query: dict[str, str] = field(default_factory=dict)
    language: str = "zh"

    @property
    def lang(self) -> str:
        return self.query.get("lang", self.language)

    @property
    def theme(self) -> str:
        return self.query.get("theme", "light")

    @property
    def size(self) -> str:
        return self.query.get("size", "m")

    @property
    def keys(self) -> str:
        """Whether single keys are shortcuts."""
        return self.query.get("keys", "on")

    def get(self, name: str) -> str | None:
        return self.query.get(name)

    def with_(self, **changes: str | None) -> Address:
        """The same address with some values changed; None takes one away."""
        query = {**self.query, **changes}
        return replace(self, query={name: value for name, value in query.items() if value is not None})

    def to(self, path: str, **changes: str | None) -> Address:
        """Another page, with what a reader carries along."""
        carried = {name: value for name, value in self.query.items() if name in CARRIED}
        return replace(self, path=path, query=carried).with_(**changes)

    def __str__(self) -> str:
        query = urlencode(sorted(self.query.items()))
        return f"{self.path}?{query}" if query else self.path


def parse(path: object, search: object, language: str = "zh") -> Address:
    """The address of what a browser sent, whatever it sent."""
    path = path if isinstance(path, str) and path.startswith("/") else "/"
    search = search if isinstance(search, str) else ""
    query = {}
    for name, values in parse_qs(search.removeprefix("?")[:2000]).items():
        if name in ALLOWED and ALLOWED[name].fullmatch(values[-1]):
            query[name] = values[-1]
    return Address(path.rstrip("/") or "/", query, language)
