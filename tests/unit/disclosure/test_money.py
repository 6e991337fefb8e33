"""Money of persons in a publication of fund use: a standard and a sum tell a count, and some lines may not stand at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboards.disclosure.cells import Reading
from dashboards.disclosure.policy import policy
from dashboards.disclosure.publish import publish
from dashboards.disclosure.register import Publication, Register
from dashboards.words import HIDDEN

COLUMNS = [("class_id", "text"), ("completed_count", "number"), ("approved_headcount", "number"),
           ("standard_yuan", "yuan"), ("paid_yuan", "yuan"), ("remark", "text")]  # fmt: skip


def line(number: int, kind: str, heads: int, standard: str) -> dict:
    money = Decimal(standard) * heads
    return {"class_id": f"YZ2021-{number:04d}", "subsidy_kind": kind, "completed_count": heads + 1, "remark": "缺勤",
            "approved_headcount": heads, "standard_yuan": Decimal(standard), "paid_yuan": money}  # fmt: skip


@pytest.fixture
def printed(tmp_path):
    """Print lines and their total as D1 does; None where a line is left out."""

    def show(lines: list[dict]) -> list[dict | None]:
        total = {"class_id": None, "subsidy_kind": None, "paid_yuan": sum(one["paid_yuan"] for one in lines)}
        reading = Reading(None, "500103", "2021Q2", policy())
        rows = [*lines, total]
        printers = [reading.row("D1", COLUMNS, row, row is total) for row in rows]
        register = Register(tmp_path)
        register.folder.mkdir(exist_ok=True)
        new = Publication({"kind": "funds", "unit": "500103", "period": "2021Q2"}, "r1", policy().sha256)
        look = publish(register, new, reading.cells, policy(), {}, lambda source: {})
        shown = [{name: one(look) for name, one in printer.items()} for printer in printers]
        return [None if reading.leaves_out("D1", row) else one for row, one in zip(rows, shown, strict=True)]

    return show


def test_money_is_rounded_and_goes_with_its_persons(printed):
    first, small, second, total = printed(
        [line(1, "training", 36, "1160"), line(2, "training", 6, "1160"), line(3, "training", 41, "870")]
    )
    assert small["approved_headcount"] == small["paid_yuan"] == HIDDEN and small["standard_yuan"] == 1160
    # a second sum goes, else total less the others would tell the first
    assert [first["paid_yuan"], second["paid_yuan"]].count(HIDDEN) == 1
    assert total["paid_yuan"] == 84400  # 84,390 in truth


def test_a_living_allowance_in_a_class_is_no_line_at_all(printed):
    lines = [line(1, "training", 36, "1160"), line(1, "living", 30, "30"), line(2, "training", 41, "870")]
    training, living, other, total = printed(lines)
    assert living is None and training["completed_count"] == 35 and total["paid_yuan"] == 78300


def test_free_text_beside_money_is_withheld(printed):
    assert printed([line(1, "training", 36, "1160"), line(2, "training", 41, "870")])[0]["remark"] == HIDDEN


def test_the_sum_and_the_standard_are_known_to_the_attacker(printed, tmp_path):
    from dashboards.disclosure.model import Model
    from dashboards.disclosure.publish import Known

    printed([line(1, "training", 36, "1160"), line(2, "training", 41, "870")])
    known = Known(policy(), Model(policy().limits), {})
    for one in Register(tmp_path).publications():
        for key, record in one.cells.items():
            known.put(one.release, key, record)
    known.relate()
    names = {at: one.name for at, one in enumerate(known.model.variables)}
    linked = {
        names[at] for relation in known.model.relations for at, factor in relation.terms if factor in (-1160.0, -870.0)
    }
    assert len(linked) == 2 and all(name.startswith("class_approved|") for name in linked)
