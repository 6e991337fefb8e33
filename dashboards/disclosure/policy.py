"""The disclosure policy as an object: `data/disclosure.yml` and the sensitive members of the code lists. Not here: any rule."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboards.disclosure.model import Limits

DATA = Path(__file__).parents[2] / "data"
PATH = DATA / "disclosure.yml"
CODES = DATA / "contracts" / "codes.csv"
# Six digits name a district or what is above it.
DISTRICT_DIGITS = 6


@dataclass(frozen=True)
class Policy:
    """Parameters, and what is declared of dimensions, counts and forms."""

    limits: Limits
    given: dict[str, Any]
    sensitive: frozenset[tuple[str, str]]
    sha256: str

    def form(self, code: str) -> dict[str, Any] | None:
        """What is declared of a form; None where nothing is."""
        return self.given["forms"].get(code)

    def counts_persons(self, quantity: str) -> bool:
        return quantity not in self.given["without_persons"]

    def overlaps(self, dimension: str) -> bool:
        return dimension in self.given["overlapping"]

    def is_withheld(self, unit: str, where: Iterable[tuple[str, str]]) -> bool:
        """Whether a sensitive category would be shown below the district."""
        pairs = list(where)
        below = len(unit) > DISTRICT_DIGITS or any(name in self.given["below_district"] for name, _ in pairs)
        return below and any(pair in self.sensitive for pair in pairs)

    def column(self, form: str, field: str) -> dict[str, Any] | None:
        """What is declared of a printed column, its own name before a pattern `cell_*`; None where nothing is."""
        columns = self.given["forms"].get(form, {}).get("columns", {})
        if field in columns:
            return columns[field]
        stem, _, ending = field.partition("_")
        found = columns.get(f"{stem}_*")
        return {**found, "ending": ending} if found else None


@lru_cache
def policy() -> Policy:
    """The policy of this code version."""
    import yaml

    text = PATH.read_bytes()
    given = yaml.safe_load(text)
    with CODES.open(encoding="utf-8", newline="") as lines:
        marked = [
            (row["code_list"], row["code"]) for row in csv.DictReader(lines) if "sensitive" in (row["note"] or "")
        ]
    sensitive = {pair for pair in marked if pair[0] in given["sensitive_code_lists"]}
    sensitive |= {(name, member) for name, members in given["sensitive_members"].items() for member in members}
    return Policy(Limits(**given["parameters"]), given, frozenset(sensitive), hashlib.sha256(text).hexdigest())
