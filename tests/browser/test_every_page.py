"""Every page, in both languages and themes and on a phone: it stands, it is accessible, it stays on the host."""

from __future__ import annotations

import pytest

from dashboards.pages import PAGES as MODULES
from tests.browser.looks import serious

PAGES = [
    "/",
    "/targets",
    "/funds?y=2020",
    "/allocation",
    "/drill?p=2021",
    "/drill?c=YZ2021-200",
    "/reports",
    "/findings",
    "/findings?k=YZ2019-12b",
    "/quality",
    "/glossary",
    "/sources",
    "/help",
]
LOOKS = [("theme=dark&lang=en", 390), ("theme=dark", 1280), ("lang=en&size=xl", 390)]


def test_the_list_of_pages_is_whole():
    listed = {path.partition("?")[0] for path in PAGES}
    # The archive of a person is the auditor's and public figures the public's: `test_readers.py` opens them.
    assert {page.PATH for page in MODULES} - listed <= {"/person", "/public"}


@pytest.mark.parametrize("path", PAGES)
def test_page_stands_without_serious_findings_in_every_look(visit, show, path):
    page = visit(path)
    assert serious(page) == []
    join = "&" if "?" in path else "?"
    for number, (more, width) in enumerate(LOOKS):
        show(page, path + join + more, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if number == 0:
            assert serious(page) == []
    assert page.locator("h1").inner_text() not in ("此页未能显示", "This page could not be shown", "此页无内容")


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


def test_every_chart_has_a_caption_a_table_and_an_export(visit):
    page = visit("/funds")
    charts = page.locator(".block:has(.js-plotly-plot)")
    assert charts.count() == 3
    for chart in charts.all():
        assert chart.locator("figcaption").inner_text()
        assert chart.locator("table tbody tr").count() > 0
        assert chart.get_by_role("link", name="导出本表").count() == 1
    with page.expect_download() as download:
        charts.first.get_by_role("button", name="存为图片").click()
    assert download.value.suggested_filename == "flow.png"


def test_what_is_printed_is_light_and_without_controls(visit):
    page = visit("/targets?theme=dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for hidden in (".tabs", ".switches", ".actions", ".takes", ".seek"):
        assert not page.locator(hidden).first.is_visible()
