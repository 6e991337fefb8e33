"""Data sets by number, and the home that holds many of them: which scenes, which unit, which data date, how it is stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from orchestration.policy.packs import Pack, load_packs
from tests.independent import scenes, scenes_lists, scenes_money
from tests.independent.draw import DALIAN, SICHUAN, Draw
from tests.independent.facts import Numbers, Row
from tests.spec.marts.home import Home

LOCAL = {
    DALIAN: (scenes_lists.dalian, scenes_money.enterprises),
    SICHUAN: (scenes_lists.sichuan, scenes_lists.lists, scenes_money.enterprises, scenes_money.unknown_classes),
}
EVERYWHERE = scenes.SCENES + scenes_money.SCENES + scenes_lists.SCENES
# lowered on both sides, so that small data sets lie on both sides of them
NUMBERS = Numbers(base_national=6, base_municipal=4, bulk_certificates=2, demonstration_classes=2)
LOWERED = {
    "base_senior_national_min": "6", "base_senior_municipal_min": "4", "bulk_certificates_month": "2",
    "demonstration_classes_min": "2",
}  # fmt: skip


def packs() -> list[Pack]:
    """The packs in use with the lowered numbers; every other number stands."""
    lowered = []
    for pack in load_packs():
        rows = [row | {"value": LOWERED.get(row["parameter"], row["value"])} for row in pack.tables["parameter"]]
        lowered.append(replace(pack, tables=pack.tables | {"parameter": rows}))
    return lowered


def data_set(number: int, data_date: date) -> Draw:
    """The data set of a number: one in six is of Dalian, one in twelve of Sichuan, the others of Chongqing."""
    unit = {0: DALIAN, 5: DALIAN, 11: SICHUAN}.get(number % 12)
    draw = Draw(f"set {number}", f"D{number:03}", data_date, unit)
    local = LOCAL.get(unit, ())
    for scene in local:
        scene(draw)
    for scene in draw.random.sample(EVERYWHERE, draw.random.randint(*((0, 2) if local else (5, 8)))):
        scene(draw)
    return draw


def data_sets(numbers: range, data_date: date) -> list[Draw]:
    """The data sets of one home; the first keeps the registers of its units."""
    draws = [data_set(number, data_date) for number in numbers]
    institutions: dict[str, list[str]] = defaultdict(list)
    for draw in draws:
        if draw.unit.startswith("50") and any(
            row["institution_id"] == f"{draw.name}.I" for row in draw.rows["classes"]
        ):
            institutions[draw.unit].append(f"{draw.name}.I")
    scenes_lists.registers(draws[0], institutions)
    return draws


def _stored(row: Row) -> Row:
    """A row as the lake keeps it: yuan in place of fen."""
    values = {name: value for name, value in row.items() if name not in ("slot_unit", "slot_period")}
    yuan = {
        name: Decimal(value).scaleb(-2)
        for name, value in values.items()
        if name.endswith("_yuan") and value is not None
    }
    return values | yuan


def store(home: Home, draws: list[Draw]) -> None:
    """Submit data sets together, one submission per dataset, unit and period."""
    slots: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for draw in draws:
        for dataset, rows in draw.rows.items():
            for row in rows:
                slots[dataset, row["slot_unit"], row.get("slot_period", "2021")].append(_stored(row))
    for (dataset, unit, period), rows in sorted(slots.items()):
        home.submit(dataset, rows, unit=unit, period=period)
