"""A published home, a server on a free port and a browser, for the browser tests.

Every page opened here fails its test on a console error, a page error, a failed request or a request off the host.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.release_home import write_release

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: r-0001, where the three-year actual is 58,000, then r-0002, where it is 59,479."""
    home = tmp_path_factory.mktemp("home")
    write_release(home, "r-0001", person_times=58000)
    write_release(home, "r-0002")
    return home


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """Where the pages are served."""
    from waitress import create_server

    from dashboards.app import create_app
    from dashboards.security import LOOPBACK

    server = create_server(create_app(home, hosts=LOOPBACK).server, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One context for all tests: scripts and styles are fetched once, as for a reader who comes again."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Callable[..., Page]]:
    """`visit("/targets?lang=en", width=390)` opens a page and waits until it stands."""
    troubles: list[str] = []
    pages: list[Page] = []

    def open_page(path: str, width: int = 1280) -> Page:
        page = context.new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("response", lambda answer: answer.status >= 400 and troubles.append(f"{answer.status} {answer.url}"))
        page.on(
            "request", lambda asked: _is_foreign(asked.url, address) and troubles.append(f"left the host: {asked.url}")
        )
        page.goto(address + path)
        settle(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert troubles == []


@pytest.fixture
def show(address: str) -> Callable[[Page, str, int], None]:
    """`show(page, path, width)` opens another address in an open page."""

    def open_there(page: Page, path: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        settle(page)

    return open_there


def settle(page: Page) -> None:
    """Wait until the page stands and its charts are drawn."""
    page.wait_for_selector("#page h1")
    if page.locator(".js-plotly-plot").count():
        page.wait_for_selector(".js-plotly-plot .main-svg")


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
