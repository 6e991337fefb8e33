"""Why a file is refused: one entry of `reasons` in `load --json`, in Chinese and English.

Not here: what is wrong with a row (faults of the candidate, judged by the suites).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@cache
def refusals() -> dict[str, dict[str, str]]:
    """Rule -> reason, zh, en, from reasons.yml."""
    import yaml

    return yaml.safe_load((Path(__file__).parent / "reasons.yml").read_text(encoding="utf-8"))


@dataclass(eq=False)
class Refusal(Exception):
    """A file (or sheet) that is not read, and why; `detail` fills the message and holds no cell content."""

    rule: str
    detail: str = ""
    detail_en: str = ""
    sheet: str | None = None
    row_no: int | None = None
    column: str | None = None

    def entry(self) -> dict:
        """The refusal as an entry of `reasons`; amounts of a file that was not read are not known (null)."""
        text = refusals()[self.rule]
        return {
            "rule_id": self.rule,
            "reason": text["reason"],
            "sheet": self.sheet,
            "row_no": self.row_no,
            "column": self.column,
            "message": {
                "zh": text["zh"].replace("{x}", self.detail),
                "en": text["en"].replace("{x}", self.detail_en or self.detail),
            },
            "amount_fen": 0,
        }
