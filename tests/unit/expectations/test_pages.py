"""The pages of docs/datasets are what contracts and suites say today."""

from __future__ import annotations

import pytest

from expectations.model import suites
from expectations.pages import PAGES, pages

TEXTS = pages()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_page_is_current(name: str) -> None:
    assert (PAGES / name).read_text(encoding="utf-8") == TEXTS[name], "run python -m expectations.pages"


def test_every_written_rule_has_its_place() -> None:
    for dataset, suite in suites().items():
        for rule in suite.rules:
            assert rule.is_derived or f"### `{rule.id}`" in TEXTS[f"{dataset}.md"]


def test_no_page_is_left_over() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(TEXTS)
