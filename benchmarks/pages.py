"""How long a reader waits: the pages of a home in a real browser, against the budget below.

    .venv/bin/python benchmarks/pages.py HOME [--repeats 15] [--json]

Beside the time on the clock stand the processor time of the server (and of this script, which mostly waits) and the
load of the machine: on a machine with other work the clock tells of that work, the processor of ours.

Belongs here: what is measured and its budget (p50, p95 in ms). Not here: correctness, which the browser tests prove.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip
# Step: (p50, p95) in milliseconds on two cores; the last two are sizes and counts.
BUDGET: dict[str, tuple[float, float]] = {
    "first paint, cold": (500, 800),
    "first paint, warm": (200, 400),
    "first chart, cold": (2000, 3000),
    "first chart, warm": (700, 1200),
    "filter to chart redrawn": (300, 500),
    "drill one level": (250, 500),
    "page change": (500, 900),
    "deep link to a class, cold": (1200, 2500),
    "deep link to a class, warm": (500, 900),
    "what-if slider": (80, 150),
    "Excel of the view": (300, 1000),
    "server reply, 10 users": (150, 300),
    "transferred, first page (MB)": (1.6, 1.6),
    "callbacks": (60, 60),
}
# Between two visits, in milliseconds: the browser puts away what it has read.
PAUSE = 600
PAINT = "() => (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: -1}).startTime"


@contextmanager
def served(home: Path) -> Iterator[tuple[str, object]]:
    """A server over the home on a free port of this machine: its address and the application."""
    from waitress import create_server

    from dashboards.app import _warm, create_app
    from dashboards.security import LOOPBACK

    app = create_app(home, hosts=LOOPBACK)
    _warm(app, home, "zh")
    server = create_server(app.server, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}", app
    server.close()


class Watch:
    """Measured values by step."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {}
        self.processor: dict[str, list[float]] = {}

    def note(self, step: str, value: float) -> None:
        """One value of a step."""
        self.values.setdefault(step, []).append(value)

    def time(self, step: str, work: Callable[[], object]) -> None:
        """Milliseconds of one piece of work, on the clock and of the processor."""
        start, used = time.perf_counter(), time.process_time()
        work()
        self.note(step, (time.perf_counter() - start) * 1000)
        self.processor.setdefault(step, []).append((time.process_time() - used) * 1000)


def measure(home: Path, repeats: int) -> Watch:
    """Every step of the budget, `repeats` times each where a repeat means anything."""
    from playwright.sync_api import sync_playwright

    watch = Watch()
    with served(home) as (address, app), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        link = _class_link(home)
        steps = (("/targets", "first chart", _drawn), (link, "deep link to a class", _stands))
        for _ in range(max(3, repeats // 4)):
            for step in steps:
                context = browser.new_context()
                _open(context, address, watch, *step, "cold")
                context.close()
        _return(playwright, address, watch, steps, repeats)
        context = browser.new_context()
        page = context.new_page()
        page.goto(address + "/targets")
        _drawn(page)
        for turn in range(repeats):
            _walk(page, address, watch, turn)
        watch.note("transferred, first page (MB)", _weight(browser, address) / 1e6)
        watch.note("callbacks", len(app.callback_map))
        browser.close()
        _crowd(address, app, watch, repeats)
    return watch


def _drawn(page) -> None:  # noqa: ANN001
    page.wait_for_selector("#page .js-plotly-plot .main-svg")


def _open(context, address: str, watch: Watch, path: str, step: str, ready: Callable, state: str) -> None:  # noqa: ANN001
    page = context.new_page()
    watch.time(f"{step}, {state}", lambda: (page.goto(address + path, wait_until="commit"), ready(page)))
    if path == "/targets":
        watch.note(f"first paint, {state}", page.evaluate(PAINT))
    page.wait_for_timeout(PAUSE)
    page.close()


def _return(playwright, address: str, watch: Watch, steps: tuple, repeats: int) -> None:  # noqa: ANN001
    """Warm: a reader who comes again. His browser has a profile on the disk, and keeps scripts there as it reads them.

    It does so at the second visit; a context in memory never does.
    """
    with TemporaryDirectory(prefix="reader-") as profile:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=CHROMIUM, args=ARGUMENTS)
        before = Watch()
        for turn in range(2 + max(3, repeats // 2)):
            for step in steps:
                _open(context, address, before if turn < 2 else watch, *step, "warm")
        context.close()


def _stands(page) -> None:  # noqa: ANN001
    page.wait_for_selector("#page table.rows")


def _walk(page, address: str, watch: Watch, turn: int) -> None:  # noqa: ANN001
    """One reader's round. A view that was seen is kept, so each turn asks what was not asked before where it can."""
    page.goto(f"{address}/drill?p={2019 + turn % 3}")
    page.wait_for_selector("#page table.rows a[data-go]")
    first = page.locator("#institutions-title >> xpath=ancestor::section >> css=tbody a[data-go]").nth(turn % 3)
    watch.time("drill one level", lambda: (first.click(), page.wait_for_selector("#classes-title")))
    page.goto(f"{address}/funds?y={2019 + turn % 3}")
    _drawn(page)
    # The chart is drawn anew when the page's heading of the period has changed.
    other = page.locator(".choice a:not([aria-current])").first
    title = page.locator("#position-title").inner_text()
    changed = "([id, text]) => { const it = document.getElementById(id); return it && it.textContent !== text; }"
    watch.time(
        "filter to chart redrawn",
        lambda: (other.click(), page.wait_for_function(changed, arg=["position-title", title]), _drawn(page)),
    )
    for place, ready in ((1, _drawn), (4, _stands)):
        heading = page.locator("h1").inner_text()
        tab = page.locator("#tabs a").nth(place)
        moved = "text => { const it = document.querySelector('#page h1'); return it && it.textContent !== text; }"
        watch.time(
            "page change", lambda tab=tab, heading=heading, ready=ready, moved=moved: (
                tab.click(), page.wait_for_function(moved, arg=heading), ready(page)
            ),
        )  # fmt: skip
    page.goto(f"{address}/allocation")
    slider = page.locator(".sliders input[type=range]").nth(turn % 5)
    slider.focus()
    # Another weight may leave the amounts as they are; the line of shares above them always changes.
    told = page.locator("#try-result .note").inner_text()
    tried = "text => { const it = document.querySelector('#try-result .note'); return it && it.textContent !== text; }"
    for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
        watch.time(
            "what-if slider", lambda key=key, told=told: (page.keyboard.press(key), page.wait_for_function(tried, arg=told))
        )
        told = page.locator("#try-result .note").inner_text()
    export = page.locator("a[download]").first.get_attribute("href")
    watch.time("Excel of the view", lambda: page.request.get(address + export).body())


def _weight(browser, address: str) -> float:  # noqa: ANN001
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
    page.goto(address + "/targets", wait_until="networkidle")
    context.close()
    return sum(sizes)


def _class_link(home: Path) -> str:
    from dashboards.release import Releases

    found = Releases(home).get().rows("select class_id from marts.dim_class order by class_id limit 1")
    return f"/drill?c={found[0]['class_id']}" if found else "/drill"


def _crowd(address: str, app: object, watch: Watch, repeats: int) -> None:
    """Ten readers who each ask for pages one after the other, from this process."""
    from urllib.request import Request, urlopen

    output = next(name for name in app.callback_map if name.startswith("..header.children"))
    outputs = [dict(zip(("id", "property"), one.split("."), strict=True)) for one in output.strip(".").split("...")]
    body = {"output": output, "outputs": outputs, "changedPropIds": ["address.pathname"],
            "state": [{"id": "shown", "property": "data"}]}  # fmt: skip

    def reader(number: int) -> list[float]:
        times = []
        for turn in range(repeats):
            path = ("/", "/targets", "/funds", "/drill", "/quality")[(number + turn) % 5]
            inputs = [{"id": "address", "property": "pathname", "value": path},
                      {"id": "address", "property": "search", "value": ""}]  # fmt: skip
            request = Request(f"{address}/_dash-update-component", json.dumps(body | {"inputs": inputs}).encode(),
                              {"Content-Type": "application/json"})  # fmt: skip
            start = time.perf_counter()
            with urlopen(request) as answer:
                answer.read()
            times.append((time.perf_counter() - start) * 1000)
        return times

    step, used = "server reply, 10 users", time.process_time()
    with ThreadPoolExecutor(10) as readers:
        for times in readers.map(reader, range(10)):
            for value in times:
                watch.note(step, value)
    watch.processor[step] = [(time.process_time() - used) * 1000 / len(watch.values[step])]


def main() -> int:
    """Measure, print each step with its budget, and end with 1 where a step is over its p95."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    before = os.getloadavg()[0]
    watch, rows = measure(arguments.home, arguments.repeats), []
    load = f"{before:.1f} before, {os.getloadavg()[0]:.1f} after, {os.cpu_count()} processors"
    for step, (middle, most) in BUDGET.items():
        values = sorted(watch.values.get(step, []))
        if values:
            p50, p95 = statistics.median(values), values[min(len(values) - 1, round(0.95 * (len(values) - 1)))]
            rows.append({"step": step, "p50": round(p50, 2), "p95": round(p95, 2), "budget_p50": middle,
                         "budget_p95": most, "is_within": p50 <= middle and p95 <= most,
                         "processor_p50": round(statistics.median(watch.processor.get(step, [0])), 1), "load": load})  # fmt: skip
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    else:
        print(f"load {load}")
        for row in rows:
            sign = "ok  " if row["is_within"] else "OVER"
            print(f"{sign} {row['step']:<30} p50 {row['p50']:>9} of {row['budget_p50']:>6}  p95 {row['p95']:>9} of "
                  f"{row['budget_p95']:>6}  processor {row['processor_p50']:>7}")  # fmt: skip
    return 0 if all(row["is_within"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
