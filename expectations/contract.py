"""The contracts of `data/contracts` as objects: columns, types, headers, keys, code lists.

Everything that needs to know what a dataset looks like asks here: readers, templates, suites, dbt sources, docs.
Not here: what a row must satisfy (suites) and how a cell is parsed (orchestration.intake).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTRACTS = Path(__file__).resolve().parents[1] / "data" / "contracts"
# 509901 was never assigned to a division, so the number is nobody's
EXAMPLES = {
    "idcard": "50990119900101001X",
    "uscc": "91509901MA0000000L",
    "division": "500103",
    "occupation": "中式烹调师",
    "level": "中级工",
    "unit": "渝中区",
    "period": "2021Q2",
    "month": "2021-06",
    "year": "2021",
    "int": "40",
    "decimal": "90",
    "money": "1200.00",
    "date": "2021-06-30",
    "timestamp": "2021-06-30 08:30",
    "bool": "是",
}


@dataclass(frozen=True)
class Column:
    """One column of a dataset, as its contract declares it."""

    name: str
    type: str
    header_zh: str
    synonyms: tuple[str, ...]
    description: str
    code_list: str | None
    is_required: bool
    is_key: bool
    is_personal: bool
    is_sensitive: bool
    carries_amount: bool

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header a file may use for the column, the template's own first."""
        return (self.header_zh, *self.synonyms, self.name)


@dataclass(frozen=True)
class Contract:
    """One dataset: its columns in template order and the key of a row."""

    dataset: str
    title_zh: str
    grain: str
    key: tuple[str, ...]
    key_scope: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when the dataset has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.dataset} has no column {name}")


@dataclass(frozen=True)
class Code:
    """One code of a code list, with its Chinese label and the aliases files use."""

    code: str
    label_zh: str
    aliases: tuple[str, ...]
    note: str


def _load(path: Path) -> Contract:
    import yaml

    document = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    table = document["schema"][0]
    table_properties = {p["property"]: p["value"] for p in table["customProperties"]}
    columns = []
    for item in table["properties"]:
        extra = {p["property"]: p["value"] for p in item["customProperties"]}
        columns.append(
            Column(
                name=item["name"],
                type=extra["type"],
                header_zh=item["businessName"],
                synonyms=tuple(extra.get("synonyms", ())),
                description=item["description"],
                code_list=extra.get("codeList"),
                is_required=bool(item.get("required")),
                is_key=bool(item.get("primaryKey")),
                is_personal=item["classification"] == "personal",
                is_sensitive=item["classification"] == "sensitive",
                carries_amount=bool(extra.get("carriesAmount")),
            )
        )
    return Contract(
        dataset=document["name"],
        title_zh=table["businessName"],
        grain=table["description"],
        key=tuple(table_properties["key"]),
        key_scope=table_properties["keyScope"],
        columns=tuple(columns),
    )


@cache
def contracts() -> dict[str, Contract]:
    """All contracts by dataset name, in alphabetical order."""
    return {c.dataset: c for c in map(_load, sorted(CONTRACTS.glob("*.odcs.yaml")))}


@cache
def code_lists() -> dict[str, tuple[Code, ...]]:
    """All code lists by name, in the order of `codes.csv`."""
    lists: dict[str, list[Code]] = {}
    with (CONTRACTS / "codes.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            aliases = tuple(a for a in row["aliases_zh"].split("|") if a)
            lists.setdefault(row["code_list"], []).append(Code(row["code"], row["label_zh"], aliases, row["note"]))
    return {name: tuple(codes) for name, codes in lists.items()}


def example_of(column: Column) -> str:
    """What a cell of the column may hold, as a user types it; invented."""
    labels = code_lists()[column.code_list] if column.code_list else ()
    return labels[0].label_zh if labels else EXAMPLES.get(column.type, "（文本）")
