"""The text of the report on review and allocation: scores, targets missed, money proposed and decided, from its rows.

Not here: the texts of the other reports (`narrative.py`).
"""

from __future__ import annotations

from dashboards.release import Row
from dashboards.reports.content import Report
from dashboards.reports.form import is_total
from dashboards.reports.phrases import listed, shown
from dashboards.words import number

MISSED = ("below", "above_down")


def scored(report: Report) -> str:
    """The unit's own score of the year."""
    total = _total(report, "E1")
    if total is None or total["score"] is None:
        return ""
    return report.words(
        "narrative.scored",
        unit=report.unit_name,
        period=report.words.period(report.period),
        score=number(total["score"], "yuan"),
        full=number(total["weight"], "yuan"),
    )


def unmet(report: Report) -> str:
    """Lines of the unit's own review whose target was missed."""
    told = [
        report.words(
            "narrative.unmet_one",
            label=row["line_label"],
            target=shown(row["target_value"], row, report),
            actual=shown(row["actual_value"], row, report),
        )
        for row in report.rows("E1")
        if row["verdict"] in MISSED
    ]
    return report.words("narrative.unmet", list=listed(report, told)) if told else ""


def standing(report: Report) -> str:
    """Who was ranked, the highest score first, of districts and of institutions."""
    told = []
    for kind in ("district", "institution"):
        rows = [row for row in report.rows("E2") if row["subject_kind"] == kind and row["rank"] is not None]
        each = [
            report.words("narrative.scored_one", name=row["institution_name"], score=number(row["total_score"], "yuan"))
            for row in rows
        ]
        if len(rows) > 1:
            told.append(report.words(f"narrative.standing_of_{kind}", list=listed(report, each)))
    return report.words("narrative.space").join(told)


def proposed(report: Report) -> str:
    """The money of the next year as proposed, against the year before."""
    total = _total(report, "E3")
    if total is None:
        return ""
    change = total["change_yuan"]
    told = {"year": report.words.period(str(int(report.period) + 1)), "amount": number(total["proposed_yuan"], "yuan")}
    if not change:
        return report.words("narrative.proposed_as_before", **told)
    key = "narrative.proposed_more" if change > 0 else "narrative.proposed_less"
    return report.words(key, **told, change=number(abs(change), "yuan"))


def decided(report: Report) -> str:
    """The decision that stands beside the proposal, or that there is none."""
    total = _total(report, "E4")
    if total is None:
        return ""
    if total["decided_yuan"] is None:
        return report.words("narrative.not_decided")
    return report.words("narrative.decided", amount=number(total["decided_yuan"], "yuan"))


def _total(report: Report, code: str) -> Row | None:
    return next((row for row in report.rows(code) if is_total(row)), None)
