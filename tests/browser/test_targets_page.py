"""目标进度 as a reader sees it: numbers of the release, state in the address, two clicks to the source."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook


def test_the_page_is_in_chinese_first_and_in_english_by_its_address(visit):
    page = visit("/targets")
    assert page.locator("h1").inner_text() == "目标进度 · 渝中区"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    english = visit("/targets?lang=en")
    assert english.locator("h1").inner_text().startswith("Targets")
    assert english.evaluate("document.documentElement.lang") == "en"
    assert english.title().startswith("Targets")


def test_header_says_data_date_release_and_checks(visit):
    text = visit("/targets").locator("#header").inner_text()
    for part in ("数据截至 2021-12-31", "版本 r-0002", "质检 212/214", "English", "大字", "深色"):
        assert part in text


def test_conclusion_and_tiles_are_rows_of_the_release(visit):
    page = visit("/targets")
    assert page.locator(".conclusion p").first.inner_text() == (
        "截至 2021-12-31，渝中区2019—2021年补贴性职业技能培训人次完成 59,479 人次，目标 ≥ 60,200 人次，"
        "完成率 98.8%，时间进度 100.0%，还差 721 人次。"
    )
    assert [tile.inner_text() for tile in page.locator(".tile .value").all()] == [
        "59,479 人次",
        "2,143 人",
        "27.9%",
        "31.6%",
    ]


def test_table_under_the_chart_has_the_same_numbers_as_the_chart(visit):
    page = visit("/targets")
    cells = [row.all_inner_texts() for row in page.locator("section[aria-labelledby=headline-title] tbody tr").all()]
    table = " ".join(" ".join(row) for row in cells)
    chart = page.locator("section[aria-labelledby=headline-title] .js-plotly-plot").inner_text()
    for number in ("16,230", "20,515", "22,734", "59,479", "101.4%", "102.1%", "94.3%", "98.8%"):
        assert number in table and number in chart


def test_no_chart_offers_to_share(visit):
    page = visit("/targets")
    titles = [button.get_attribute("data-title") or "" for button in page.locator(".modebar-btn").all()]
    assert titles and not [title for title in titles if re.search("share|cloud|分享", title, re.IGNORECASE)]


def test_two_clicks_from_a_number_to_the_files_behind_it(visit):
    page = visit("/targets")
    page.locator(".tile a").first.click()
    drawer = page.get_by_role("dialog")
    drawer.wait_for()
    assert "结业学员人次，按班期结业日期" in drawer.inner_text()
    assert "YZ2019-2a" in drawer.inner_text() and "r-0002" in drawer.inner_text()
    assert "def=person_times" in page.url
    drawer.get_by_role("link", name="查看来源文件").click()
    page.get_by_text("enrollments_2021Q2.xlsx").wait_for()
    assert "/sources" in page.url and "v=r-0002" in page.url


def test_closing_the_definition_leaves_the_address_and_back_opens_it_again(visit):
    page = visit("/targets?def=apprentices")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.wait_for_function("() => !location.search.includes('def=')")
    page.go_back()
    page.get_by_role("dialog").wait_for()


def test_back_returns_to_the_language_before(visit):
    page = visit("/targets")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name=re.compile("^Targets ·")).wait_for()
    page.go_back()
    page.get_by_role("heading", name=re.compile("^目标进度 ·")).wait_for()


def test_an_old_link_shows_the_old_number_and_says_so(visit):
    page = visit("/targets?v=r-0001")
    assert "58,000" in page.locator(".tile .value").first.inner_text()
    assert "不是最新版本" in page.locator(".banner").inner_text()
    page.get_by_role("link", name="查看最新版本").click()
    page.get_by_text("59,479 人次").first.wait_for()


def test_charts_follow_the_dark_theme(visit):
    page = visit("/targets")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("link", name="深色").click()
    page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.wait_for_function("() => document.querySelector('.js-plotly-plot').layout.font.color === '#e9eef5'")


def test_keyboard_reaches_the_content_first(visit):
    page = visit("/targets")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"


def test_the_exported_workbook_holds_the_numbers_of_the_page(visit, address):
    page = visit("/targets")
    link = page.get_by_role("link", name="导出 Excel").get_attribute("href")
    answer = page.request.get(address + link)
    assert answer.headers["content-disposition"] == 'attachment; filename="targets_r-0002.xlsx"'
    book = load_workbook(BytesIO(answer.body()))
    sheet = next(sheet for sheet in book if "分年度" in sheet.title)
    heads = [cell.value for cell in sheet[2]]
    actual, completion = heads.index("实际"), heads.index("完成率")
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [row[actual] for row in rows] == [16230, 20515, 22734, 59479]
    assert rows[-1][completion] == pytest.approx(59479 / 60200)


def test_the_first_page_weighs_little(visit, browser, address):
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
    page.goto(address + "/targets", wait_until="networkidle")
    context.close()
    assert sum(sizes) < 1_900_000
