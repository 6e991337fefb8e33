"""`skillhouse review` on a small bureau: what is printed stands in the marts, another scheme computes the same way."""

import copy
import json
import unicodedata

import duckdb
import pytest
import yaml

from orchestration.cli import main
from orchestration.release.publish import resolve
from orchestration.review.score import KINDS, ReviewError, review
from orchestration.scheme.read import PACKS
from tests.spec.review.recompute import published
from tests.spec.review.test_recomputed import KINDS as KINDS_OF
from tests.spec.review.test_recomputed import SAMPLED, compare

EXAMPLE = PACKS / "500000/schemes/chongqing_example.yml"


@pytest.fixture(scope="module")
def found(bureau):
    return review(bureau.settings, 2021)


@pytest.fixture
def said(bureau, monkeypatch, capsys):
    """What a command prints on the bureau, and its exit code."""
    monkeypatch.setenv("SKILLHOUSE_HOME", str(bureau.settings.home))

    def run(*arguments: str) -> tuple[str, str, int]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out = capsys.readouterr()
        return out.out, out.err, ended.value.code or 0

    return run


def width(line: str) -> int:
    """Columns a line takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def test_every_kind_of_subject_is_reviewed_by_year_and_by_quarter(bureau, found):
    assert {row["subject_kind"] for row in found["subjects"]} == set(KINDS)
    quarters = review(bureau.settings, 2021, quarter=2, kinds=["district"])
    assert quarters["period"] == "2021Q2" and len(quarters["subjects"]) == 1


def test_the_total_is_the_sum_of_the_lines_and_the_weights_scored_are_a_hundred(found):
    for row in found["subjects"]:
        points = sum(line["score"] or 0 for line in row["lines"])
        if row["total_score"] is not None:
            assert row["total_score"] == pytest.approx(max(0, points))
            assert sum(line["scored_weight"] for line in row["lines"]) == pytest.approx(100, abs=0.001)


def test_the_scheme_of_the_build_computed_in_memory_gives_the_rows_of_the_marts(bureau, found):
    again = review(bureau.settings, 2021, scheme=str(EXAMPLE))
    assert again["subjects"] == found["subjects"] and again["checks"] == found["checks"]


def test_every_line_total_rank_and_grade_of_the_release_is_what_plain_python_makes_of_its_figures(bureau):
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    with duckdb.connect(str(resolve(bureau.settings)), read_only=True) as connection:
        compare(connection, "marts.mart_review", published(connection, content, KINDS_OF, SAMPLED))


def test_a_scheme_of_ones_own_changes_the_scores_and_nothing_in_the_release(bureau, found, tmp_path):
    before = bureau.query("SELECT count(*), sum(score) FROM marts.mart_review")
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    mine = copy.deepcopy(content) | {"scheme": "mine"}
    for line, weight in zip(mine["indicators"]["district"], (10, 15, 10, 25, 40, 0), strict=True):
        line["weight"] = weight
    path = tmp_path / "mine.yml"
    path.write_text(yaml.safe_dump(mine, allow_unicode=True), encoding="utf-8")
    (row,) = review(bureau.settings, 2021, scheme=str(path), kinds=["district"])["subjects"]
    (old,) = (r for r in found["subjects"] if r["subject_kind"] == "district")
    assert row["scheme"] == "mine" and row["total_score"] != old["total_score"]
    assert [line["raw_value"] for line in row["lines"]] == [line["raw_value"] for line in old["lines"]]
    assert bureau.query("SELECT count(*), sum(score) FROM marts.mart_review") == before


def test_the_table_to_be_signed_fits_80_columns_and_tells_what_the_scheme_is(said):
    out, _, code = said("review", "--year", "2021")
    assert code == 0 and "示例，非规定" in out and "单位负责人" in out and "渝中区" in out and "就业率" in out
    assert [line for line in out.splitlines() if width(line) > 80] == []
    english, _, _ = said("review", "--year", "2021", "--lang", "en", "--kind", "district")
    assert "not law" in english and "cannot tell" in english


def test_as_json_it_is_one_object_with_the_lines_and_their_verdicts(said):
    out, err, code = said("review", "--year", "2021", "--json")
    read = json.loads(out)
    assert code == 0 and err == "" and read["period"] == "2021" and read["schemes"][0]["scheme"] == "chongqing_example"
    verdicts = {line["verdict"] for row in read["subjects"] for line in row["lines"]}
    assert {"above", "below", "cannot_tell"} <= verdicts


def test_negotiated_levels_can_be_chosen_and_print_the_chain(said):
    out, _, code = said("review", "--year", "2021", "--scheme", "negotiated_level", "--kind", "project_class")
    assert code == 0 and "议定水平法" in out and "岗位技" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["review"], 2, "请给出年度"),
        (["review", "--year", "1999"], 1, "1999 没有可评价的数据"),
        (["review", "--year", "2021", "--unit", "500999"], 1, "单位 500999"),
        (["review", "--year", "2021", "--scheme", "nobody"], 1, "没有方案 nobody"),
        (["review", "--year", "2021", "--kind", "town"], 2, "没有对象 town"),
        (["review", "--year", "2021", "--subject", "nobody"], 2, "没有评价对象 nobody"),
        (["review", "effect", "nowhere.csv", "--treatment", "a", "--outcome", "b"], 2, "nowhere.csv"),
        (["review", "sheet", "nowhere.csv"], 1, "没有文件 nowhere.csv"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_line(said, arguments, code, words):
    out, err, ended = said(*arguments)
    assert (out, ended) == ("", code) and words in err and err.count("\n") == 1


def test_a_period_without_data_names_those_that_have(bureau):
    with pytest.raises(ReviewError, match="2021Q2"):
        review(bureau.settings, 1999)
