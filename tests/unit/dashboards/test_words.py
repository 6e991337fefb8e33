"""Both languages say the same things, and numbers are written one way."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest

from dashboards import words as module
from dashboards.reports.form import EACH
from dashboards.reports.tables import FORMS
from dashboards.words import Words, number, points

SOURCES = Path(module.__file__).parent


def test_both_languages_have_the_same_keys_with_the_same_values_to_fill_in():
    zh, en = module._texts("zh"), module._texts("en")
    assert zh.keys() == en.keys()

    def fields(text: str) -> set:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {key for key in zh if fields(zh[key]) != fields(en[key])} == set()


def test_every_text_that_code_asks_for_is_there():
    known = module._texts("zh")
    asked = set()
    for path in SOURCES.rglob("*.py"):
        asked |= set(re.findall(r"""\bwords\(\s*"([a-z0-9_.]+)\"""", path.read_text(encoding="utf-8")))
    assert asked and asked - known.keys() == set()


def test_every_form_has_its_words():
    for form in FORMS.values():
        parts = ["title", "unit", *form.notes, *form.checks, *(["chart"] if form.chart else [])]
        asked = {form.text_key(part) for part in parts} | {f"column.{column.group}" for column in form.columns if column.group}
        asked |= {column.label_key for column in form.columns if column.field != EACH}
        assert asked - module._texts("zh").keys() == set(), form.code


def test_no_text_holds_a_character_that_stalls_the_layout_of_chinese_pdf():
    assert not [key for language in ("zh", "en") for key, text in module._texts(language).items() if "\u2011" in text]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (59479, "person_times", "59,479"),
        (0, None, "0"),
        (None, "ratio", "—"),
        (0.98802, "ratio", "98.8%"),
        (1.0, "ratio", "100.0%"),
        (Decimal("4743600.50"), "yuan", "4,743,600.50"),
        (-1234.5, "yuan", "-1,234.50"),
        (12.34, "days", "12.3"),
    ],
)
def test_numbers(value, unit, text):
    assert number(value, unit) == text


def test_signs_and_points():
    assert number(Decimal("35000"), "yuan", signed=True) == "+35,000.00"
    assert (points(-0.0631), points(0.02), points(None)) == ("-6.3", "+2.0", "—")


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2021", "2021年", "2021"),
        ("2021Q2", "2021年第二季度", "2021 Q2"),
        ("202106", "2021年6月", "2021-6"),
        ("2019-2021", "2019—2021年", "2019–2021"),
    ],
)
def test_periods(period, zh, en):
    assert (Words("zh").period(period), Words("en").period(period)) == (zh, en)


def test_members_are_named_by_the_code_lists_and_unknown_ones_stay_as_they_are():
    assert Words("zh").member("training_type", "job_skills") == "就业技能培训"
    assert Words("en").member("training_type", "job_skills") == "Job skills"
    assert Words("zh").member("training_type", "none_such") == "none_such"


def test_an_unknown_language_is_chinese():
    assert Words("fr").language == "zh"
