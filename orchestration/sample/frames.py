"""What stands around the rows of a file: titles, a unit corner, totals, signatures, the note that all is synthetic.

Also the headers a file uses and the unit its numbers are in. Not here: the rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import duckdb

from expectations.contract import Column, contracts
from orchestration.sample.files import NOTE
from orchestration.sample.render import Slot

TOTALS = {
    "claims": ("claimed_yuan", "approved_yuan", "paid_yuan"),
    "enterprises": ("payroll_yuan", "education_fund_used_yuan"),
}
SIGNED = ("classes", "enrollments", "inspections", "publications", "targets", "institutions", "projects")
TITLE = "{}（合成数据 synthetic）"


@dataclass
class Frame:
    """Rows above the header, the headers, rows below, and divisors of columns that are not in their base unit."""

    titles: list[str]
    headers: list[str]
    tail: list[list[str]] = field(default_factory=list)
    divisors: dict[str, int] = field(default_factory=dict)


def make_frame(
    world: duckdb.DuckDBPyConnection, dataset: str, slot: Slot, columns: list[Column], *, dirty: bool, book: bool
) -> Frame:
    """The frame of the file whose rows stand in `page`. A tidy csv has none: its name says that it is synthetic."""
    title = TITLE.format(contracts()[dataset].title_zh)
    frame = Frame([title] if book else [], [column.header_zh for column in columns])
    if not dirty:
        return frame
    if dataset == "claims" and not book:
        frame.titles = [title, f"填报单位：就业服务中心　　期间：{slot.period}"]
    if dataset == "fund_quota" and book:
        frame.titles.append("单位：万元")
        frame.divisors = {"quota_yuan": 10_000}
    if dataset == "workforce_stats" and book:
        persons = [c.name for c in columns if c.name.startswith(("employed", "skilled", "high_skilled"))]
        frame.divisors = dict.fromkeys(persons, 10_000)
        frame.headers = [f"{c.header_zh}（万人）" if c.name in persons else c.header_zh for c in columns]
    if dataset in TOTALS:
        total = _total(world, dataset, columns)
        frame.tail += [["小计", *total[1:]], total]
    if dataset in SIGNED:
        frame.tail.append(["制表人：　　审核人：　　填报日期："])
    if not book:
        frame.tail.append([NOTE])
    return frame


def _total(world: duckdb.DuckDBPyConnection, dataset: str, columns: list[Column]) -> list[str]:
    names = [column.name for column in columns]
    summed = [name for name in TOTALS[dataset] if name in names]
    sums = world.execute(
        "SELECT "
        + ", ".join(
            f"""sum(try_cast(replace(replace("{name}", ',', ''), '元', '') AS DECIMAL(18,2)))""" for name in summed
        )
        # whoever adds up a sheet adds up what stands on it, planted faults too
        + " FROM page WHERE _kind <> 'not_data'"
    ).fetchone()
    amounts = dict(zip(summed, sums, strict=True))
    return ["合计"] + [str(amounts.get(name) or "") for name in names[1:]]
