"""Everything can be reached by keys; single keys never work while someone types, and can be switched off."""

from __future__ import annotations

import pytest


def test_g_and_a_letter_go_to_a_page(visit):
    page = visit("/")
    for letter, heading in (("t", "目标进度 · 渝中区"), ("q", "数据质量"), ("o", "总览")):
        page.keyboard.press("g")
        page.keyboard.press(letter)
        page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    page.keyboard.press("?")
    page.get_by_role("heading", level=1, name="帮助").wait_for()


def test_slash_finds_an_institution_and_backspace_goes_back_up(visit):
    page = visit("/drill?p=2021")
    page.keyboard.press("/")
    page.keyboard.type("乙技")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="乙技工学校").wait_for()
    assert "k=91500103MA5U000002" in page.url and "u=500103" in page.url
    page.locator("#page").focus()
    page.keyboard.press("Backspace")
    page.get_by_role("heading", level=2, name="培训机构").wait_for()
    assert "k=" not in page.url


def test_what_is_not_found_is_said(visit):
    page = visit("/")
    page.keyboard.press("/")
    page.keyboard.type("gt?没有这个")
    page.keyboard.press("Enter")
    page.get_by_text("没有找到").wait_for()
    assert page.locator("h1").inner_text() == "总览"


def test_arrows_walk_the_rows_and_enter_drills(visit):
    page = visit("/drill?p=2021")
    page.get_by_role("link", name="甲职业培训学校").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "乙技工学校"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="甲职业培训学校").wait_for()


def test_single_keys_can_be_switched_off_and_stay_off(visit):
    page = visit("/help")
    page.get_by_role("link", name="关闭快捷键").click()
    page.get_by_text("单键快捷键已关闭").wait_for()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.get_by_role("link", name="目标进度").click()
    page.get_by_role("heading", level=1, name="目标进度 · 渝中区").wait_for()
    assert "keys=off" in page.url
    page.keyboard.press("?")
    page.wait_for_timeout(150)
    assert page.locator("h1").inner_text() == "目标进度 · 渝中区"


@pytest.mark.parametrize(
    "path", ["/targets?u=500103&lang=en", "/drill?p=2021&k=91500103MA5U000002", "/findings?s=block"]
)
def test_a_copied_link_gives_the_same_view_later(visit, home, path):
    from tests.browser.release_home import move_current

    page = visit(path)
    seen = page.locator("#page").inner_text()
    link = page.locator("a[data-copy]").get_attribute("href")
    assert "v=r-0002" in link
    move_current(home, "r-0001")
    try:
        later = visit(link)
        assert later.locator(".banner").count() == 1
        text = later.locator("#page").inner_text()
        assert text.removeprefix(later.locator(".banner").inner_text()).strip() == seen.strip()
    finally:
        move_current(home, "r-0002")
