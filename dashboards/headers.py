"""Headers of the columns of a dataset as its template writes them, from the contracts.

Not here: columns of marts (`i18n`, metadata).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from dashboards.words import Words

CONTRACTS = Path(__file__).parents[1] / "data" / "contracts"
DATASET = re.compile(r"[a-z_]{1,40}")


def column_header(dataset: str | None, column: str | None, words: Words) -> str:
    """The Chinese header of a column, its name in English; the name where no contract has it, '' for a whole row."""
    if not column or words.language != "zh":
        return column or ""
    return _headers(dataset or "").get(column, column)


@lru_cache
def _headers(dataset: str) -> dict[str, str]:
    import yaml

    path = CONTRACTS / f"{dataset}.odcs.yaml"
    if not DATASET.fullmatch(dataset) or not path.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    (table,) = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)["schema"]  # noqa: S506 - a safe loader
    return {one["name"]: one["businessName"] for one in table["properties"]}
