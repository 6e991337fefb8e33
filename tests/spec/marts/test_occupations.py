"""Occupations on review: what the classification does not bear out, with the verdict and what it may mean."""

import pytest

from tests.spec.marts.home import Home
from tests.spec.marts.rows import klass

# case -> code, name, start of the class, verdict (None = in order)
CASES = {
    "code_and_name": ("6-18-02-04", "焊工", "2021-04-01", None),
    "name_alone": (None, "焊工", "2021-04-01", None),
    "new_occupation": (None, "物联网工程技术人员", "2021-04-01", None),
    "made_up_code": ("6-18-03-99", "焊工", "2021-04-01", "unknown_code"),
    "unknown_name": (None, "电子竞技陪练", "2021-04-01", "unknown_name"),
    "other_name": ("6-18-02-04", "电焊能手", "2021-04-01", "other_name"),
    "code_of_another": ("6-20-01-01", "焊工", "2021-04-01", "code_and_name_differ"),
    "old_name_in_its_time": (None, "保育员", "2022-12-31", None),
    "old_name_with_new_code": ("4-10-01-03", "保育员", "2021-04-01", None),
    "old_name_out_of_date": (None, "育婴员", "2023-01-01", "name_out_of_date"),
    "old_name_that_was_split": (None, "钳工", "2021-04-01", "several_codes"),
}


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    home.submit(
        "classes",
        [
            klass(case, occupation_code=code, occupation_name=name, starts_on=day)
            for case, (code, name, day, _) in CASES.items()
        ],
    )
    build = home.build()
    rows = build.execute(
        "SELECT occupation_code, occupation_name, verdict, codes_of_name, row_no FROM marts.mart_occupation_review"
    )
    return {(code or None, name): tuple(rest) for code, name, *rest in rows.fetchall()}


@pytest.mark.parametrize("case", CASES)
def test_what_is_told_of_an_occupation(reviewed, case: str) -> None:
    code, name, _, verdict = CASES[case]
    assert reviewed.get((code, name), (None,))[0] == verdict


def test_it_says_what_the_name_may_mean_and_where_it_stands(reviewed) -> None:
    assert reviewed[(None, "钳工")] == (
        "several_codes",
        "6-18-04-06、6-20-01-01、6-31-01-02",
        list(CASES).index("old_name_that_was_split") + 2,
    )
