"""Names, ID numbers and phones in published text: masked. Releases hold none; this is the last wall, not the first.

Not here: figures.
"""

from __future__ import annotations

import re

ID_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]?(?!\d)"
)
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)")
PERSON_KEY = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
STAR = "*"
HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789Xx")


def masked_text(text: str) -> str:
    """The text with every ID number, phone and person key replaced by stars."""
    plain = text.translate(HALF_WIDTH)
    found = PERSON_KEY.sub(STAR * 4, PHONE.sub(STAR * 4, ID_NUMBER.sub(STAR * 4, plain)))
    return text if found == plain else found


def masked_name(name: str) -> str:
    """A person's name as lists publish it: the family name, then a star (张*)."""
    return f"{name.strip()[:1]}{STAR}" if name.strip() else ""
