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
