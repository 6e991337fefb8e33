"""How a review looks on 80 columns, to be printed and signed.

Nothing is computed here but rounding and the points of a heading; a sheet and an effect are `evaluation_print.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from expectations.contract import code_lists
from orchestration.commands.session import Session
from orchestration.scheme.read import measures

KINDS = {
    "district": ("区县", "districts"), "institution": ("培训机构", "institutions"),
    "base": ("高技能人才培训基地", "high-skill bases"),
    "project_class": ("培训类型", "training types"), "assessor": ("评价机构", "assessors"),
}  # fmt: skip
# of a line where more is better, and of one where less is
VERDICTS = {
    ("up", "above"): ("达到", "above"), ("up", "below"): ("未达到", "below"), ("down", "above"): ("超出", "above"),
    ("down", "below"): ("未超出", "below"),
}  # fmt: skip
STATUS = {
    "layout": ("版式", "layout"), "example": ("示例，非规定", "example, not law"),
    "preview": ("预览，未生效", "preview, not in force"),
}  # fmt: skip
CONSEQUENCES = {
    "raise": ("可增加计划", "quota may rise"), "hold": ("维持", "hold"), "cut_quota": ("调减计划", "quota cut"),
    "suspend": ("暂停承接", "suspended"), "cancel_base": ("取消基地资格", "base cancelled"), None: ("", ""),
}  # fmt: skip
# districts shown with all their lines; of more, one at a time by --subject
DETAILED = 3


def show_review(session: Session, found: dict[str, Any], subject: str | None) -> None:
    """Head, one table per kind of subject and unit, lines of one subject or of few districts, checks, signatures."""
    say, period, release = session.words, found["period"], found["release_id"]
    print(say(f"绩效评价表　{period}　版本 {release}", f"Performance review {period}, release {release}"))
    for scheme in found["schemes"]:
        title, status = scheme["title"][session.lang], say(*STATUS[scheme["status"]])
        print(say(f"方案：{title}〔{status}〕", f"Scheme: {title} [{status}]"))
        session.console().print(scheme["note"][session.lang], markup=False)
    for (kind, unit), rows in groupby(_ordered(found["subjects"]), key=lambda r: (r["subject_kind"], _pool(r))):
        listed = list(rows)
        if subject is None:
            where = f"（{unit}）" if unit else ""
            print(say(f"\n{KINDS[kind][0]}评分{where}", f"\nScores of {KINDS[kind][1]} {unit}"))
            _scores(session, listed)
        chosen = [row for row in listed if row["subject_id"] == subject]
        if subject is None and kind == "district" and len(listed) <= DETAILED:
            chosen = listed
        for row in chosen:
            _lines(session, row)
    if chain := [row for row in found["negotiated"] if subject in (None, row["subject_id"])]:
        _negotiated(session, chain)
    if found["checks"] and subject is None:
        _checks(session, found["checks"])
    for zh, en in FOOT:
        print(say(zh, en))


FOOT = (
    ("\n说明：区间为95%，区间跨过目标为“无法判定”；评分值按方案取实际、修正或收缩值，",
     "\nIntervals are 95 %; one that holds the target is \"cannot tell\". The value scored is raw, adjusted for the"),
    ("修正按学员构成与当地条件扣除差异。无法计分的项剔除后按百分制折算；",
     "mix of trainees and the place, or shrunk, as the scheme says. Lines that cannot be scored fall out and the"),
    ("能计分的权重不足方案下限的，不排名、不评等。",
     "rest count for 100; who is scored on too little of the weights has neither rank nor grade."),
    ("\n单位负责人：＿＿＿＿＿　审核人：＿＿＿＿＿　填表人：＿＿＿＿＿　日期：＿＿＿＿＿",
     "\nHead: __________  Checked by: __________  Filled in by: __________  Date: __________"),
)  # fmt: skip


def _ordered(subjects: list[dict[str, Any]]) -> list[dict[str, Any]]:
    order = list(KINDS)
    return sorted(subjects, key=lambda row: (order.index(row["subject_kind"]), _pool(row)))


def _pool(row: dict[str, Any]) -> str:
    """The unit whose subjects are ranked together; districts are ranked over all."""
    return "" if row["subject_kind"] == "district" else row["reporting_unit"]


def _scores(session: Session, rows: list[dict[str, Any]]) -> None:
    headings = list(dict.fromkeys(line["level1"] for row in rows for line in row["lines"]))
    head = session.words("名次 对象", "rank subject").split()
    head += [folded(name or "") for name in headings] + session.words("总分 等次 上年", "total grade before").split()
    table = [
        [
            row["rank"], subject_name(session, row),
            *(_points([line["score"] for line in row["lines"] if line["level1"] == name]) for name in headings),
            _points([row["total_score"]]), row[f"grade_{session.lang}"] or "—", _points([row["last_year_score"]]),
        ]
        for row in rows
    ]  # fmt: skip
    compact(session, head, table, left=(1, 3 + len(headings)), folding=(1,))
    proposals = {row["grade"]: row for row in rows if row["grade"]}
    said = [
        f"{row[f'grade_{session.lang}']} {session.words(*CONSEQUENCES[row['consequence']])} {100 * row['quota_change']:+.0f}%"
        for row in proposals.values()
    ]
    if said:
        text = session.words(f"处理建议（按等次）：{'；'.join(said)}", f"Proposed by grade: {'; '.join(said)}")
        session.console().print(text, markup=False)


def compact(
    session: Session, head: Sequence[str], rows: Sequence[Sequence[Any]], *, left: Sequence[int], folding: Sequence[int]
) -> None:
    """A table of 80 columns whose figures are never broken: only the columns named in `folding` give way."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), collapse_padding=True)
    for number, name in enumerate(head):
        justify = "left" if number in left else "right"
        table.add_column(name, justify=justify, overflow="fold", no_wrap=number not in folding)
    for row in rows:
        table.add_row(*("" if cell is None else escape(str(cell)) for cell in row))
    session.console().print(table)


def folded(heading: str) -> str:
    """A heading of four characters in two lines, so that nine columns fit a page."""
    return f"{heading[:2]}\n{heading[2:]}" if len(heading) == 4 and not heading.isascii() else heading


def _lines(session: Session, row: dict[str, Any]) -> None:
    total, grade = _points([row["total_score"]]) or "—", row[f"grade_{session.lang}"] or "—"
    name = subject_name(session, row)
    print(
        session.words(
            f"\n{name}　分项明细　总分 {total}　等次 {grade}", f"\n{name}: lines, total {total}, grade {grade}"
        )
    )
    head = session.words(
        "指标 目标 实际 评分值 95%区间 结论 权重 得分", "line target actual scored 95% verdict weight points"
    )
    table = [
        [
            line[f"label_{session.lang}"], _value(line, "target_value"), _value(line, "raw_value"),
            _value(line, "scored_value"),
            "" if line["interval_low"] is None else f"{_value(line, 'interval_low')}~{_value(line, 'interval_high')}",
            _verdict(session, line), session.words("扣分", "off") if line["rule"] == "penalty" else f"{line['weight']:g}",
            _points([line["score"]]) or session.words("不计", "none"),
        ]
        for line in row["lines"]
    ]  # fmt: skip
    compact(session, head.split(), table, left=(0, 5), folding=(0,))


def _verdict(session: Session, line: dict[str, Any]) -> str:
    if line["verdict"] == "cannot_tell":
        return session.words("无法判定", "cannot tell")
    return session.words(*VERDICTS.get((line["direction"], line["verdict"]), ("", "")))


def _negotiated(session: Session, rows: list[dict[str, Any]]) -> None:
    zh = "\n议定水平法：得分＝实际÷修正水平，截断到0.1；单项低于50、平均低于90为不达标"
    en = "\nNegotiated levels: actual / adjusted level, truncated to 0.1; fails under 50 or a mean of 90"
    print(session.words(zh, en))
    head = session.words(
        "对象 指标 议定 修正 修正后 实际 得分 平均 总体 不达标",
        "subject line level factor adjusted actual score mean overall fails",
    )
    flags = (
        ("fails_indicator", "单项", "line"),
        ("fails_programme", "平均", "mean"),
        ("fails_overall", "总体", "overall"),
    )
    table = [
        [
            subject_name(session, row), row[f"label_{session.lang}"], _percent(row["negotiated_level"]),
            f"{100 * row['adjustment_factor']:+.1f}", _percent(row["adjusted_level"]), _percent(row["actual_value"]),
            row["indicator_score"], row["programme_score"], row["overall_score"],
            " ".join([session.words(zh, en) for key, zh, en in flags if row[key]]
                     + [session.words("连续两年", "twice")] * row["fails_twice"]),
        ]
        for row in rows
    ]  # fmt: skip
    compact(session, head.split(), table, left=(0, 1, 9), folding=(0, 1, 9))


def _checks(session: Session, checks: list[dict[str, Any]]) -> None:
    from orchestration.scheme.read import checks as listed

    known = {item["code"]: item for item in listed()}
    print(session.words("\n核查提示（供复核，不扣分）", "\nChecks to look at (nothing is taken off)"))
    table = [
        [known[check["check_code"]][session.lang], subject_name(session, check), f"{check['measured_value']:.3f}",
         f"{check['threshold']:g}", check["case_count"], check["clause"]]
        for check in checks
    ]  # fmt: skip
    head = session.words("事项 对象 测得 阈值 例数 条款", "check subject measured threshold cases clause").split()
    compact(session, head, table, left=(0, 1, 5), folding=(0, 1))
    for code in dict.fromkeys(check["check_code"] for check in checks):
        said = f"{known[code][session.lang]}：{known[code][f'what_{session.lang}']}"
        session.console().print(said, markup=False)


def subject_name(session: Session, row: dict[str, Any]) -> str:
    """The name of a subject; a training type by its label."""
    if row["subject_kind"] != "project_class":
        return row["name"]
    labels = {code.code: code.label_zh for code in code_lists()["training_type"]}
    return session.words(labels.get(row["subject_id"], row["subject_id"]), row["subject_id"])


def _points(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known):.2f}" if known else ""


def _value(line: dict[str, Any], key: str) -> str:
    value = line[key]
    if value is None:
        return ""
    unit = measures()[line["indicator_code"]]["unit"]
    return _percent(value) if unit == "ratio" else f"{value:,.0f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}%"
