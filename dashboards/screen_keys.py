"""Which letter after g goes to which page. Not here: the script that listens (`assets/skillhouse.js`)."""

from __future__ import annotations

KEYS = {
    "overview": "o", "targets": "t", "funds": "f", "allocation": "a", "findings": "p", "drill": "d", "reports": "r",
    "quality": "q", "glossary": "i",
}  # fmt: skip
