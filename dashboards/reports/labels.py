"""Codes of a form's rows as people read them: names of units, funds, members, states, and the remark of a payment.

Belongs here: from a code of a row to a text beside it. Not here: which rows, and any number.
"""

from __future__ import annotations

import re

from dashboards.queries import units
from dashboards.queries.targets import target_state
from dashboards.release import Release, Row
from dashboards.reports.form import is_total
from dashboards.words import Words, number

# Field of a row -> (field of its label, key of the words or code list it is looked up in).
CODES = {
    "leg": ("leg_label", "leg"),
    "item": ("item_label", "quality_item"),
    "sheet_part": ("part_label", "sheet_part"),
    "verdict": ("verdict_label", "verdict"),
    "measure_code": ("measure_label", "measure"),
    "times_code": ("times_label", "measure"),
    "scheme": ("scheme_label", "scheme"),
    "decides": ("decides_label", "decides"),
}
MEMBERS = {
    "fund_source": "fund_label",
    "subsidy_kind": "subsidy_label",
    "delivery_mode": "mode_label",
    "institution_kind": "institution_kind_label",
}

# Field of a unit's code, and of its name.
UNITS = (("unit_code", "unit_name"), ("member_unit", "unit_name"), ("named_unit", "institution_name"))
UNIT, QUARTER = re.compile(r"(?<![\d.])\d{6}(?![\d.])"), re.compile(r"(?<!\d)\d{4}Q[1-4]")


def word(row: Row, meant: dict[str, Row], release: Release, words: Words) -> None:
    """Set the labels of one row; `meant` is the definition of each indicator."""
    if "shortfall" in row:
        _target(row, meant.get(row["indicator_code"], {}), release, words)
    for name, (label, key) in CODES.items():
        if name in row:
            row[label] = words.known(f"{key}.{row[name]}", str(row[name])) if row[name] else ""
    for name, label in MEMBERS.items():
        if name in row:
            row[label] = words.member(name, row[name]) if row[name] else ""
    if "decided_on" in row:
        row["reason"] = words.either(row, "reason")
    if words.language != "zh":
        _unit_names(row, words)
    if "grade_zh" in row:
        row["grade_label"] = words.either(row, "grade")
    if "row_member" in row:
        _member(row, words)
    if "lower_value" in row:
        row["forecast_range"] = _range(row, words)
    if "time_gap_ratio" in row:
        row["pace_label"] = _pace(row["time_gap_ratio"], words)
    if "paid_yuan" in row:
        row["remark"] = "" if is_total(row) else _remark(row, words)
    if "frozen_value" in row:
        row["unit_of_measure"] = meant.get(row["indicator_code"], row)["unit_of_measure"]
        row["period_label"] = words.period(row["period"])
        row["reason"] = _plain(words.either(row, "reason"), release, words)
    if "label_zh" in row and "line_label" not in row:
        row["line_label"] = words.either(row, "label")
    if is_total(row) or ("fund_source" in row and row["fund_source"] is None):
        row["is_total"] = True
        name = next(
            (name for name in ("unit_name", "member_label", "fund_label", "institution_name") if name in row), None
        )
        if name:
            row[name] = words("report.total")


def _unit_names(row: Row, words: Words) -> None:
    """Districts by their name in the reader's language, where it has one."""
    for code, name in UNITS:
        if name in row and row.get(code):
            row[name] = words.known(f"unit.{row[code]}", row[name])


def _plain(reason: str, release: Release, words: Words) -> str:
    """A reason with its units and quarters by their names."""
    reason = UNIT.sub(lambda found: units.name(release, found[0], words), reason)
    return QUARTER.sub(lambda found: words.period(found[0]), reason)


def _target(row: Row, definition: Row, release: Release, words: Words) -> None:
    row["line_label"] = words.either(definition, "label") or row["indicator_code"]
    row["unit_of_measure"] = definition.get("unit_of_measure") or "count"
    row["period_label"] = words.period(row["period"])
    row["breakdown_label"] = units.breakdown(release, row["breakdown"], words)
    row["state_label"] = words(f"state.{target_state(row)}")


def _member(row: Row, words: Words) -> None:
    """Training types by their code list, occupations and institutions by the name the mart gives."""
    member = row["row_member"]
    if row["form"] == "J3":
        row["member_label"] = words.member("training_type", member)
    else:
        row["member_label"] = row["row_label"] or words.known(f"row_member.{member}", member)
        row["row_code"] = member if row["row_label"] and member != row["row_label"] and member != "all" else ""


def _range(row: Row, words: Words) -> str:
    """The 80 % interval of what is expected."""
    if row["lower_value"] is None or row["upper_value"] is None:
        return ""
    unit = row.get("unit_of_measure")
    return words("report.range", low=number(row["lower_value"], unit), high=number(row["upper_value"], unit))


def _pace(gap: float | None, words: Words) -> str:
    if gap is None:
        return ""
    return words("pace.behind" if gap < 0 else "pace.ahead")


def _remark(row: Row, words: Words) -> str:
    """Why fewer heads were approved, and what was paid beside the class's own course."""
    told = []
    if row.get("cut_headcount"):
        reason = row["cut_reason"] or words("remark.no_reason")
        told.append(words("remark.cut_heads", heads=number(row["cut_headcount"]), reason=reason))
    if row.get("cut_yuan"):
        told.append(words("remark.cut_yuan", amount=number(row["cut_yuan"], "yuan")))
    if row.get("class_id") is None:
        told.append(words("remark.no_class"))
    return words("remark.joint").join(told)
