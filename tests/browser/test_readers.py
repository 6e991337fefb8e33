"""Several readers at once: each sees his own rows, and a publish in between disturbs nobody."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.looks import serious
from tests.browser.release_home import move_current, write_release
from tests.unit.dashboards.readers import COUNT, MARK, access_file, signed, two_units, with_archive

PERSON = "0" * 31 + "a"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A server whose readers are known by a proxy's signature, over a home of two units."""
    from waitress import create_server

    from dashboards.app import create_app
    from dashboards.security import LOOPBACK

    home = two_units(tmp_path_factory.mktemp("guarded"))
    with_archive(home / "releases" / "r")
    access_file(home)
    server = create_server(create_app(home, hosts=LOOPBACK).server, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}", home
    server.close()


def context_of(browser: Browser, home: Path, name: str) -> BrowserContext:
    """A browser behind a proxy that signs every request with this reader's name."""
    context = browser.new_context()

    def pass_on(route) -> None:
        asked = route.request
        more = signed(home, name, urlsplit(asked.url).path, asked.method)
        route.continue_(headers={**asked.headers, **{key.lower(): value for key, value in more.items()}})

    context.route("**/*", pass_on)
    return context


def test_two_readers_at_once_never_see_each_others_rows(browser, guarded):
    address, home = guarded
    ours, theirs = (context_of(browser, home, name) for name in ("planner.ours", "planner.theirs"))
    mine, other = ours.new_page(), theirs.new_page()
    for path in ("/targets", "/drill?p=2021", "/sources"):
        for page in (mine, other):
            page.goto(address + path, wait_until="commit")
        for page in (mine, other):
            page.wait_for_selector("#page h1")
        own, foreign = mine.locator("#page").inner_text(), other.locator("#page").inner_text()
        assert MARK not in own and f"{COUNT:,}" not in own
        assert MARK in foreign or f"{COUNT:,}" in foreign
    mine.goto(f"{address}/targets?u=500199")
    mine.get_by_text("不能查看该单位").wait_for()
    assert "规划（单位）" in mine.locator("#foot").inner_text()
    ours.close()
    theirs.close()


def test_roles_have_their_tabs(browser, guarded):
    address, home = guarded
    for name, count in (("anybody", 2), ("finance", 6)):
        context = context_of(browser, home, name)
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("#page h1")
        tabs = [tab for tab in page.locator("#tabs a").all_inner_texts() if tab != "绩效与资金分配"]
        assert len(tabs) == count and "数据质量" not in tabs
        context.close()


@pytest.mark.parametrize(
    ("name", "path", "heading"), [("auditor", f"/person?k={PERSON}", "个人档案"), ("anybody", "/public?", "公开数据")]
)
def test_a_page_of_one_role_stands_in_every_look(browser, guarded, name, path, heading):
    address, home = guarded
    context, troubles = context_of(browser, home, name), []
    page = context.new_page()
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda asked: not asked.url.startswith((address, "data:", "blob:")) and troubles.append(asked.url))
    for more, width in (("", 1280), ("&theme=dark&lang=en", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path + more)
        page.wait_for_selector("#page table.rows")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(page) == []
        if not more:
            assert page.locator("h1").inner_text().startswith(heading)
    if name == "auditor":
        assert "＊＊＊＊＊＊" in page.locator("#page").inner_text()
    context.close()
    assert troubles == []


def test_five_readers_read_through_a_publish_without_an_error(visit, home):
    pages = [visit("/targets") for _ in range(5)]
    published = threading.Thread(target=_publish, args=(home, 2))
    published.start()
    try:
        for turn in range(2):
            for page in pages:
                page.locator("#tabs a").nth(2 * turn).click(no_wait_after=True)
                page.wait_for_selector("#page h1")
        published.join()
        for page in pages:
            page.locator("#tabs a").nth(1).click()
            page.get_by_text("50,002 人次").first.wait_for()
            assert page.locator(".banner").count() == 0
    finally:
        published.join()
        move_current(home, "r-0002")


def _publish(home: Path, count: int) -> None:
    for number in range(1, count + 1):
        write_release(home, f"p-{number}", person_times=50000 + number)
        time.sleep(0.1)
