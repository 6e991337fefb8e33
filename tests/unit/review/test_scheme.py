"""Schemes: those that ship are sound and say that they are no law; each rule of schemes refuses what breaks it."""

import copy
import re
from pathlib import Path

import pytest
import yaml

from orchestration.scheme.check import problems
from orchestration.scheme.read import (
    PACKS,
    SchemeError,
    find_scheme,
    load_scheme,
    load_schemes,
    measures,
    prefix_of,
    scheme_tables,
)

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = yaml.safe_load((PACKS / "500000/schemes/chongqing_example.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("scheme", load_schemes(), ids=lambda s: s.name)
def test_a_shipped_scheme_is_sound_and_says_that_it_is_no_law(scheme):
    content = scheme.content
    assert problems(content) == []
    assert content["status"] in ("layout", "example", "preview")
    assert any(word in content["note"]["zh"] for word in ("示例", "不是")), "the note says that it is no law"
    assert scheme.path.parent.parent.name == content["jurisdiction"] and scheme.path.stem == scheme.name
    for lines in content["indicators"].values():
        assert all(line["reason"] and line["clause"] for line in lines)


def test_one_default_per_jurisdiction():
    defaults = [s.content["jurisdiction"] for s in load_schemes() if s.content.get("default")]
    assert len(defaults) == len(set(defaults)) and "000000" in defaults


def test_the_rates_said_to_be_adjusted_are_those_the_regression_is_fitted_for():
    macro = (ROOT / "dbt_project/macros/review_outcomes.sql").read_text(encoding="utf-8")
    fitted = set(re.findall(r"^    '(\w+)': \(", macro, re.MULTILINE))
    assert fitted == {name for name, measure in measures().items() if measure.get("is_adjusted")}


def test_the_review_reads_every_part_of_the_findings_but_the_one_that_reads_the_review():
    def families(path: str) -> set[str]:
        text = (ROOT / "dbt_project" / path).read_text(encoding="utf-8")
        listed = text[text.index("return([") if "macros" in path else text.index("for family in [") :]
        if "macros" in path:
            listed = text[text.index("macro review_finding_families") :]
        return set(re.findall(r"'(\w+)'", listed[: listed.index("]")]))

    reviewed = families("macros/review_outcomes.sql")
    assert families("models/policy/mart_finding.sql") - reviewed == {"equal_split"}
    assert "equal_split" not in reviewed


@pytest.mark.parametrize(
    ("code", "prefix"), [("000000", ""), ("500000", "50"), ("510000", "51"), ("210200", "2102"), ("500103", "500103")]
)
def test_a_scheme_binds_what_lies_below_its_jurisdiction(code, prefix):
    assert prefix_of(code) == prefix


def _district(content):
    return content["indicators"]["district"]


def _factors(content):
    return content["allocation"]["factors"]


def _negotiated(content):
    content["method"] = "negotiated_level"


BROKEN = {
    "weights 99": (lambda c: _district(c)[0].update(weight=29), "district 的权重合计为 99，应为 100"),
    "weights 100.01": (lambda c: _district(c)[0].update(weight=30.01), "100.01"),
    "weights of an institution": (lambda c: c["indicators"]["institution"][0].update(weight=21), "institution 的权重合计为 101"),
    "no such indicator": (lambda c: _district(c)[0].update(measure="person_time"), "没有指标 person_time"),
    "a measure of factors": (lambda c: _district(c)[0].update(measure="review_score"), "没有指标 review_score"),
    "named twice": (lambda c: _district(c)[1].update(measure="person_times", basis="raw"), "指标重复：person_times"),
    "ratio without a target": (lambda c: _district(c)[0].pop("target"), "须有 target"),
    "target 0": (lambda c: _district(c)[1].update(target=0), "target 应大于 0"),
    "steps without threshold": (lambda c: _district(c)[0].update(steps=[{"at": 1, "share": 1}]), "steps 与 threshold"),
    "a better step scores less": (
        lambda c: _district(c)[0].update(rule="threshold", steps=[{"at": 1, "share": 0.5}, {"at": 2, "share": 0.4}]),
        "越好得分越高",
    ),
    "penalty with a weight": (lambda c: _district(c)[5].update(weight=1), "扣分项权重为 0"),
    "a line without weight": (lambda c: _district(c)[0].update(weight=0), "权重应大于 0"),
    "a count adjusted": (lambda c: _district(c)[0].update(basis="adjusted"), "person_times 没有修正值"),
    "grades do not begin at 0": (lambda c: c["grades"].pop(4), "没有覆盖 district 的 0 分起"),
    "a better grade takes more away": (lambda c: c["grades"][0].update(quota_change=-0.5), "随等次递增"),
    "shares 101": (lambda c: _factors(c)[0].update(share=41), "份额合计为 101"),
    "no such measure": (lambda c: _factors(c)[0].update(measure="wishes"), "没有可用于分配的度量 wishes"),
    "a figure typed in": (lambda c: _factors(c)[0].update(measure="demonstration_classes"), "自填且无凭据，不得用于分配"),
    "a typed figure as scale": (lambda c: _factors(c)[2].update(times="pushes_per_group"), "自填且无凭据"),
    "a typed figure in the score": (
        lambda c: _district(c)[4].update(measure="education_fund_ratio"), "得分不得用于分配"),
    "coefficient without document": (
        lambda c: _factors(c)[0].update(measure="given_coefficient", by_unit={"500103": 1.2}), "须附 by_unit 和 document"),
    "floor above cap": (lambda c: c["allocation"].update(floor={"of_last_year": 2}), "大于 cap.of_last_year"),
    "factor floor above cap": (lambda c: _factors(c)[3].update(floor=3), "floor 大于 cap"),
    "negotiated levels of a count": (_negotiated, "只用比率指标"),
    "weights of three decimals": (
        lambda c: (_district(c)[0].update(weight=29.995), _district(c)[4].update(weight=20.005)), "至多两位小数"),
    "a share of three decimals": (
        lambda c: (_factors(c)[0].update(share=39.995), _factors(c)[1].update(share=25.005)), "至多两位小数"),
    "a typed figure in the score of whom the scheme can be asked for too": (
        lambda c: c["indicators"]["institution"][4].update(measure="pushes_per_group"), "得分不得用于分配"),
    "a better grade is suspended": (lambda c: c["grades"][0].update(consequence="suspend"), "较好等次不得暂停"),
    "a bound that is no number": (lambda c: c["allocation"]["cap"].update(of_last_year=float("nan")), "的数 nan 不能使用"),
    "a bound without end": (lambda c: c["allocation"]["floor"].update(of_last_year=float("inf")), "的数 inf 不能使用"),
    "a bound beyond the tables": (lambda c: c["allocation"]["cap"].update(of_last_year=1000.5), "应不大于 1000"),
    "a bound of five decimals": (lambda c: c["allocation"]["floor"].update(of_last_year=0.12345), "至多 4 位小数"),
    "half a fen": (lambda c: c["allocation"]["floor"].update(yuan=0.005), "floor.yuan 至多 2 位小数"),
    "more than any money": (lambda c: _factors(c)[3].update(cap=1e30), "allocation.factors.4.cap 的数"),
    "an unknown key": (lambda c: c.update(bonus=1), "bonus"),
    "an unknown rule": (lambda c: _district(c)[0].update(rule="average"), "average"),
    "a missing reason": (lambda c: _district(c)[0].pop("reason"), "reason"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_scheme_that_breaks_a_rule_is_refused_with_the_place(name, tmp_path):
    content = copy.deepcopy(EXAMPLE)
    spoil, said = BROKEN[name]
    spoil(content)
    path = tmp_path / "mine.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_scheme(path)
    assert said in refused.value.zh and "mine.yml" in refused.value.zh and str(tmp_path) not in refused.value.zh


@pytest.mark.parametrize("weight", [0.07, 0.29, 24.14])
def test_a_weight_is_taken_as_it_is_written(weight):
    content = copy.deepcopy(EXAMPLE)
    lines = _district(content)
    lines[0]["weight"], lines[4]["weight"] = weight, round(50 - weight, 2)
    assert problems(content) == [], "in binary such a number is no multiple of 0.01"


def test_a_file_that_is_no_yaml_and_a_name_that_nobody_has(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(SchemeError, match="无法读取"):
        load_scheme(path)
    path.write_text("- 1", encoding="utf-8")
    with pytest.raises(SchemeError, match="不能使用"):
        load_scheme(path)
    with pytest.raises(SchemeError, match="没有方案 nobody"):
        find_scheme("nobody")


def test_tables_hold_every_line_grade_and_factor():
    tables = scheme_tables([find_scheme("chongqing_example")])
    assert [row["label_zh"] for row in tables["scheme_factor"]] == ["基数", "任务因素", "绩效因素", "难度因素"]
    assert {row["consequence"] for row in tables["scheme_grade"] if row["subject_kind"] == "base"} >= {"cancel_base"}
    plan = tables["scheme_indicator"][0]
    assert (plan["indicator_code"], plan["target_from"], plan["target_value"], plan["cap"]) == (
        "person_times",
        "plan",
        None,
        1,
    )
