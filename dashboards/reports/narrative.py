"""The text that goes with a report: what moved, what lags, what was restated, each sentence from rows that it prints.

Not here: any figure that no form of the report holds; a value is chosen, put in words and left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboards.release import Row
from dashboards.reports.content import Report
from dashboards.reports.form import is_total
from dashboards.reports.phrases import listed, shown
from dashboards.reports.review_text import decided, proposed, scored, standing, unmet
from dashboards.words import number, points

# A line of J1 is told when it moved by a tenth; a sentence holds so many reasons.
MOVED = 0.1
REASONS = 2
# Lines of J1 that the overview tells, in the order it tells them.
RESULTS = ("person_times_certified", "employed", "person_times_paid", "apprentices", "on_the_job_person_months")


@dataclass(frozen=True)
class Section:
    """One heading and its sentences, as one paragraph; what people fill in stands on lines of its own."""

    heading: str
    text: str


def narrative(report: Report) -> list[Section]:
    """The sections of the report's kind that its rows have something to say to, numbered in their order."""
    if report.is_public:
        from dashboards.disclosure import without_marks

        report = without_marks(report)
    told = []
    for topic, sentences in TOPICS.get(report.kind, ()):
        text = report.words("narrative.space").join(filter(None, (sentence(report) for sentence in sentences)))
        if text:
            # A minus sign keeps to its number at the end of a line; a hyphen does not.
            text = re.sub(r"(?<![\w])-(?=\d)", "\u2212", text, flags=re.ASCII)
            head = report.words(f"narrative.number_{len(told) + 1}", heading=report.words(f"narrative.{topic}"))
            told.append(Section(head, text))
    return told


def _lines(report: Report) -> dict[str, Row]:
    return {row["code"]: row for row in report.rows("J1")}


def _overall(report: Report) -> str:
    row = _lines(report).get("person_times")
    if row is None:
        return ""
    words = report.words
    key = "narrative.overall_quarter" if "Q" in report.period else "narrative.overall_year"
    return words(
        key,
        date=report.data_day,
        unit=report.unit_name,
        period=words.period(report.period),
        current=number(row["current_value"]),
        cumulative=number(row["cumulative_value"]),
    )


def _target(report: Report) -> str:
    row = _lines(report).get("person_times")
    if row is None or row["target_value"] is None:
        return ""
    ratio = number(row["completion_ratio"], "ratio")
    return report.words("narrative.target", target=number(row["target_value"]), ratio=ratio)


def _results(report: Report) -> str:
    rows, words = _lines(report), report.words
    told = [
        words(f"narrative.result_{code}", value=shown(rows[code]["cumulative_value"], rows[code], report))
        for code in RESULTS
        if code in rows and rows[code]["cumulative_value"] is not None
    ]
    key = "narrative.results" if "Q" in report.period else "narrative.results_of_year"
    return words(key, list=listed(report, told)) if told else ""


def _moved(rising: bool) -> Callable[[Report], str]:
    def sentence(report: Report) -> str:
        words, one = report.words, "narrative.risen_one" if rising else "narrative.fallen_one"
        rows = [row for row in report.rows("J1") if row["change_ratio"] is not None]
        found = [row for row in rows if (row["change_ratio"] >= MOVED if rising else row["change_ratio"] <= -MOVED)]
        found.sort(key=lambda row: -abs(row["change_ratio"]))
        told = [words(one, label=row["line_label"], change=number(abs(row["change_ratio"]), "ratio")) for row in found]
        return words("narrative.risen" if rising else "narrative.fallen", list=listed(report, told)) if told else ""

    return sentence


def _lagging(report: Report) -> str:
    """Units behind the time elapsed, the furthest first."""
    words = report.words
    rows = [row for row in report.rows("J2") or report.rows("C2") if not is_total(row)]
    known = [row for row in rows if row["time_gap_ratio"] is not None]
    behind = sorted((row for row in known if row["time_gap_ratio"] < 0), key=lambda row: row["time_gap_ratio"])
    if not known:
        return ""
    told = [
        words("narrative.behind_by", name=row["unit_name"], gap=points(row["time_gap_ratio"]).lstrip("-"))
        for row in behind
    ]
    return words("narrative.behind", list=listed(report, told)) if told else words("narrative.none_behind")


def _expected(report: Report) -> str:
    """What the year is expected to come to, with how sure that is."""
    total = next((row for row in report.rows("C2") if is_total(row)), None)
    if total is None or total.get("forecast_value") is None:
        return ""
    key = "narrative.expected" if total["forecast_range"] else "narrative.expected_untried"
    # the year is over: only what comes late is expected, and that is not tried on earlier years
    if total["forecast_range"] and total["back_test_error_ratio"] is None:
        key = "narrative.expected_late"
    return report.words(
        key,
        value=number(total["forecast_value"]),
        range=total["forecast_range"],
        error=number(total["back_test_error_ratio"], "ratio"),
    )


def _missed(report: Report) -> str:
    """Targets not reached or not yet reached, of the report's table of targets; a hidden figure is not told."""
    words = report.words
    rows = [row for row in report.rows("C1") or report.rows("N1") if row["is_met"] is False and not row["breakdown"]]
    told = [
        words(
            "narrative.missed_one",
            period=row["period_label"],
            label=row["line_label"],
            target=shown(row["target_value"], row, report),
            actual=shown(row["actual_value"], row, report),
        )
        for row in rows
        if row["actual_value"] is not None
    ]
    return words("narrative.missed", list=listed(report, told)) if told else ""


def _funds(report: Report) -> str:
    total = next((row for row in report.rows("J5") if is_total(row)), None)
    if total is None:
        return ""
    told = {"current": number(total["current_outlay_yuan"], "yuan")} if "Q" in report.period else {}
    return report.words(
        "narrative.funds_quarter" if told else "narrative.funds_year",
        **told,
        outlay=number(total["outlay_yuan"], "yuan"),
        ratio=number(total["execution_ratio"], "ratio"),
        closing=number(total["closing_yuan"], "yuan"),
    )


def _reconciled(report: Report) -> str:
    """Whether ledger and claims agree: for the office alone, as what is to be done about it."""
    total = next((row for row in report.rows("J5-2") if is_total(row)), None)
    if total is None or report.is_public:
        return ""
    gap = total["difference_yuan"]
    if not gap:
        return report.words("narrative.reconciled")
    key = "narrative.ledger_over" if gap > 0 else "narrative.ledger_under"
    return report.words(key, amount=number(abs(gap), "yuan"))


def _published(report: Report) -> str:
    total = next((row for row in report.rows("D1") if is_total(row)), None)
    if total is None:
        return ""
    amount = number(total["paid_yuan"], "yuan")
    return report.words(
        "narrative.published", unit=report.unit_name, period=report.words.period(report.period), amount=amount
    )


def _contact(report: Report) -> str:
    """Where the public turns to, for the office to fill in: a notice without it is not one."""
    return report.words("narrative.contact_lines", unit=report.unit_name) if report.rows("D1") else ""


def _aside(report: Report) -> str:
    """Rows set aside, by unit."""
    words = report.words
    rows = [row for row in report.rows("J6") if row["item"] == "rows_quarantined" and row["current_value"]]
    told = [words("narrative.aside_of", name=row["unit_name"], rows=number(row["current_value"])) for row in rows]
    return words("narrative.aside", list=listed(report, told)) if told else ""


def _restated(report: Report) -> str:
    words, rows = report.words, report.rows("J7") or report.rows("N5")
    if not report.release.has("mart_restatement"):
        return ""
    told = [
        words(
            "narrative.restated_one",
            period=row["period_label"],
            label=row["line_label"],
            old=number(row["frozen_value"], row["unit_of_measure"]),
            new=number(row["current_value"], row["unit_of_measure"]),
        )
        for row in rows
        if row["frozen_value"] is not None and row["current_value"] is not None
    ]
    if not told:
        return "" if rows else words("narrative.not_restated")
    every = list(dict.fromkeys(filter(None, (row["reason"] for row in rows))))
    reasons = words("narrative.space_of_reasons").join(every[:REASONS])
    if len(every) > REASONS:
        reasons = words("narrative.and_others", list=reasons)
    why = words("narrative.restated_why", reasons=reasons) if reasons else ""
    return words("narrative.space").join(filter(None, (words("narrative.restated", list=listed(report, told)), why)))


Topic = tuple[str, tuple[Callable[[Report], str], ...]]
STATISTICS: tuple[Topic, ...] = (
    ("general", (_overall, _target, _results)),
    ("changes", (_moved(True), _moved(False))),
    ("lags", (_lagging, _missed)),
    ("money", (_funds, _reconciled)),
    ("quality", (_aside, _restated)),
)
TOPICS: dict[str, tuple[Topic, ...]] = {
    "quarterly": STATISTICS,
    "annual": STATISTICS,
    "targets": (("lags", (_lagging, _expected, _missed)),),
    "funds": (("publication", (_published,)), ("contact", (_contact,)), ("money", (_funds, _reconciled))),
    "review": (("scores", (scored, unmet, standing)), ("allocation", (proposed, decided))),
}
