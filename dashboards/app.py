"""The pages as one Dash application over the releases of a home, and its server.

Belongs here: putting the parts together and the frame that every page stands in. Not here: what a page shows (`pages/`),
what it looks like (`screen.py`), the callback that shows it (`show.py`), who may read (`door.py`).
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from threading import Thread

from dash import Dash

from dashboards.address import parse
from dashboards.door import guard, refused
from dashboards.files import hand_out
from dashboards.frame import PLOTLY, Framed, lay_out
from dashboards.identity import Access, AccessError, AccessFile
from dashboards.ordering import add_ordering
from dashboards.pages import PAGES
from dashboards.question import catch_faults, judge
from dashboards.release import NoRelease, Releases
from dashboards.reveal import add_reveal
from dashboards.runs import Starter
from dashboards.security import LOOPBACK, MOST_BYTES, protect
from dashboards.seek import add_seek
from dashboards.show import Views, add_callbacks, fits, shown_page
from dashboards.sliders import add_sliders
from dashboards.view import Request
from dashboards.words import Words


def create_app(
    home: Path | str, lang: str = "zh", hosts: tuple[str, ...] | None = None, start: Starter | None = None
) -> Dash:
    """The application over one home; `lang` where the address names none, `hosts` the names it answers to.

    `start` runs an ordered report outside this process (home, id of the run), None where none can be ordered.
    """
    home = Path(home)
    releases, views = Releases(home), Views()
    app = Framed(
        "dashboards",
        title=Words(lang)("app.title"),
        update_title=None,
        serve_locally=True,
        compress=True,
        suppress_callback_exceptions=True,
        enable_mcp=False,
        assets_folder=str(Path(__file__).parent / "assets"),
        assets_ignore=PLOTLY,
    )
    refuse = partial(refused, home)
    protect(app.server, app.csp_hashes, hosts, refuse)
    access = guard(app.server, home, lang).get()
    judge(app, refuse, lang)
    catch_faults(app.server, refuse, lang)
    if access.kind == "oidc":
        from dashboards.oidc import sign_on

        sign_on(app.server, home, access, lang)
    show = add_callbacks(app, home, releases, views, lang)
    app.layout = partial(lay_out, Words(lang), show)
    add_seek(app, releases, lang)
    add_sliders(app, releases, lang)
    add_reveal(app, home, releases, lang)
    add_ordering(app, home, releases, lang, start)
    hand_out(app.server, home, releases, views, lang)
    app.server.config["skillhouse"] = (releases, views)
    return app


def serve(
    home: Path | str, host: str = "127.0.0.1", port: int = 8050, lang: str = "zh", start: Starter | None = None
) -> None:
    """Serve until stopped. Off the loopback address only readers with a configured identity are served.

    AccessError where the address is open to the network and `access.toml` configures no identity.
    """
    from waitress import serve as run

    words, access = Words(lang), AccessFile(Path(home)).get()
    hosts = allowed_hosts(access, host)
    app = create_app(home, lang, hosts=hosts, start=start)
    print(words("serve.at", url=access.url or f"http://{host}:{port}/"), file=sys.stderr)
    print(words(f"serve.{access.kind or 'local'}"), file=sys.stderr, flush=True)
    # The first figure loads most of plotly: not while the first reader waits.
    Thread(target=_warm, args=(app, Path(home), lang), daemon=True).start()
    # Waitress alone would keep a gigabyte; what is only a little too large reaches the limit that remembers it.
    run(app.server, host=host, port=port, threads=8, ident=None, max_request_body_size=4 * MOST_BYTES)


def allowed_hosts(access: Access, host: str) -> tuple[str, ...]:
    """The names the server answers to; AccessError for a network address without a configured identity."""
    if not access.kind and host not in LOOPBACK:
        texts = [Words(language)("serve.refused", host=host) for language in ("zh", "en")]
        raise AccessError(*texts)
    return (*LOOPBACK, *access.hosts)


def _warm(app: Dash, home: Path, lang: str) -> None:
    releases, views = app.server.config["skillhouse"]
    try:
        release = releases.get()
    except NoRelease:
        return
    for page in PAGES:
        request = Request(release, parse(page.PATH, "", lang), Words(lang), home)
        if page.IN_TABS and release.scope.opens(page.NAME) and fits(page, request):
            shown_page(request, views, home)
