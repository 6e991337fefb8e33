"""How a scored self-evaluation sheet and a net effect look on 80 columns. Nothing is computed here but rounding."""

from __future__ import annotations

from typing import Any

from orchestration.commands.review_print import compact, folded
from orchestration.commands.session import Session


def show_sheet(session: Session, found: dict[str, Any]) -> None:
    """The sheet as printed, with completion, points and score, and the total."""
    say, total = session.words, found["total"]
    print(say(f"项目支出绩效自评表　{found['file']}　分值依方案 {found['scheme']}",
              f"Self-evaluation {found['file']}, points of {found['scheme']}"))  # fmt: skip
    words = {"to_judge": say("人工评定", "to judge"), "number": "", "same": say("相符", "same")}
    table = [
        [
            folded(row["level1"]), folded(row["level2"]), row["level3"], row["target_text"], row["actual_text"],
            words[row["how"]] if row["completion_ratio"] is None else f"{100 * row['completion_ratio']:.2f}%",
            f"{row['points']:.2f}", "" if row["score"] is None else f"{row['score']:.2f}",
        ]
        for row in found["lines"]
    ]  # fmt: skip
    head = say(
        "一级 二级 三级指标 年度指标值 实际完成值 完成率 分值 得分",
        "level1 level2 line target actual completion points score",
    )
    compact(session, head.split(), table, left=(0, 1, 2, 3, 4), folding=(0, 1, 2, 3, 4))
    score, points, low, high = (total[key] for key in ("score", "points", "at_least", "at_most"))
    judged = total["to_judge"]
    print(say(f"得分 {score:.2f}，分值 {points:.2f}；{judged} 行须人工评定，折算百分制在 {low:.2f} 与 {high:.2f} 之间。",
              f"{score:.2f} of {points:.2f}; {judged} lines for people to judge: {low:.2f} to {high:.2f} of 100."))  # fmt: skip
    print(say("\n单位负责人：＿＿＿＿＿　审核人：＿＿＿＿＿　填表人：＿＿＿＿＿　日期：＿＿＿＿＿",
              "\nHead: __________  Checked by: __________  Filled in by: __________  Date: __________"))  # fmt: skip


def show_effect(session: Session, found: dict[str, Any]) -> None:
    """Means, effects with standard errors, the balance table and how well the groups overlap."""
    say = session.words
    print(
        say(
            f"净效果评估　{found['file']}　结果：{found['outcome']}",
            f"Net effect, {found['file']}, outcome {found['outcome']}",
        )
    )
    print(
        say(
            f"培训组 {found['trained']} 人，均值 {found['mean_trained']:.4f}",
            f"trained {found['trained']}, mean {found['mean_trained']:.4f}",
        )
    )
    print(say(f"对照组 {found['comparison']} 人，均值 {found['mean_comparison']:.4f}",
              f"comparison {found['comparison']}, mean {found['mean_comparison']:.4f}"))  # fmt: skip
    if found["rows_left_out"]:
        print(say(f"有缺值的 {found['rows_left_out']} 行未用", f"{found['rows_left_out']} incomplete rows not used"))
    if found["columns_left_out"]:
        names = "、".join(found["columns_left_out"])
        print(say(f"与其他特征重复而未用：{names}", f"not used, others say the same: {names}"))
    _effects(session, found)
    _balance(session, found)
    overlap = found["overlap"]
    outside, effective = 100 * overlap["outside_ratio"], overlap["effective_comparison"]
    print(say(f"可比性：{outside:.1f}% 的人倾向得分在0.05至0.95之外；加权后对照组有效人数 {effective:.0f}",
              f"Overlap: {outside:.1f} % outside propensities 0.05 to 0.95; effective comparison {effective:.0f}"))  # fmt: skip
    print(
        say(
            "只扣除了文件所列特征的差异；未列入的差异仍在其中。",
            "Only the traits of the file are accounted for; others remain.",
        )
    )


def _effects(session: Session, found: dict[str, Any]) -> None:
    say = session.words
    methods = {
        "regression_adjustment": say("回归调整", "regression adjustment"),
        "propensity_weighting": say("倾向得分加权", "propensity weighting"),
    }
    groups = {"treated": say("受训者", "the trained"), "all": say("全体", "all")}
    signs = {
        "above": say("有正效果", "positive"), "below": say("有负效果", "negative"), "cannot_tell": say("无法判定", "cannot tell"),
    }  # fmt: skip
    table = [
        [methods[e["method"]], groups[e["group"]], f"{e['effect']:+.4f}", f"{e['standard_error']:.4f}",
         f"{e['low']:+.4f}~{e['high']:+.4f}", signs[e["verdict"]]]
        for e in found["effects"]
    ]  # fmt: skip
    head = say("方法 对象 效果 标准误 95%区间 结论", "method group effect s.e. 95% verdict").split()
    compact(session, head, table, left=(0, 1, 5), folding=(0,))


def _balance(session: Session, found: dict[str, Any]) -> None:
    say = session.words
    print(
        say(
            "平衡表：标准化差的绝对值0.1以上为不平衡",
            "Balance: a standardised difference of 0.1 and above is unbalanced",
        )
    )
    figures = ("mean_trained", "mean_comparison", "mean_weighted", "difference_before", "difference_after")
    table = [
        [b["trait"], *(f"{b[key]:.3f}" for key in figures), say("是", "yes") if b["is_balanced"] else say("否", "no")]
        for b in found["balance"]
    ]
    head = say(
        "特征 培训组 对照组 加权后 原差 加权差 平衡", "trait trained comparison weighted before after balanced"
    ).split()
    compact(session, head, table, left=(0, 6), folding=(0,))
