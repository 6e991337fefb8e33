"""Every page, in both languages and themes and on a phone: it stands, it is accessible, it stays on the host."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/",
    "/funds?y=2020",
    "/drill?p=2021",
    "/drill?c=YZ2021-200",
    "/reports",
    "/findings",
    "/quality",
    "/glossary",
    "/sources",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_without_serious_findings_in_light_and_dark_and_on_a_phone(visit, path):
    page = visit(path)
    join = "&" if "?" in path else "?"
    looks = [("", 1280), (f"{join}theme=dark&lang=en", 390)]
    for more, width in looks:
        if more:
            page = visit(path + more, width=width)
        found = Axe().run(page).response["violations"]
        serious = [
            f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tabs_lead_to_every_page_and_back(visit):
    page = visit("/")
    for name, title in (
        ("目标进度", "目标进度 · 渝中区"),
        ("资金使用", "资金使用 · 渝中区"),
        ("数据质量", "数据质量"),
        ("指标口径", "指标口径"),
    ):
        page.get_by_role("navigation", name="页面").get_by_role("link", name=name).click()
        page.get_by_role("heading", level=1, name=title).wait_for()
    page.go_back()
    page.get_by_role("heading", level=1, name="数据质量").wait_for()
    assert page.locator("#tabs a[aria-current=page]").inner_text() == "数据质量"


def test_drill_from_a_unit_to_the_row_of_a_file(visit):
    page = visit("/drill?p=2021")
    page.get_by_role("link", name="甲职业培训学校").click()
    page.get_by_role("link", name="YZ2021-200").click()
    page.get_by_text("classes_2021Q2.xlsx").wait_for()
    page.get_by_role("link", name="返回班级列表").click()
    page.get_by_role("link", name="YZ2021-100").wait_for()


def test_an_unknown_page_says_so(visit):
    assert "没有这个页面" in visit("/none").locator("#page").inner_text()


def test_a_release_published_meanwhile_is_served_at_the_next_question(visit, home):
    from tests.browser.release_home import move_current

    page = visit("/targets")
    move_current(home, "r-0001")
    try:
        page.get_by_role("link", name="English").click()
        page.get_by_text("58,000 person-times").first.wait_for()
        assert page.locator(".banner").count() == 0
    finally:
        move_current(home, "r-0002")
