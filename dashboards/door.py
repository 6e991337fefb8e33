"""Every request is let in as a reader, or turned away and remembered.

Belongs here: the order of the questions (is an identity configured, whose is it, may he read) and what a refused reader
is told. Not here: headers and limits of every response (`security.py`), rows (`access.py`).
"""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards import audit
from dashboards.identity import Access, AccessError, AccessFile, Reader, key, signed_name
from dashboards.words import Words

# Scripts and styles hold no rows, and the way in must be open.
OPEN = ("/assets/", "/_dash-component-suites/", "/login")
REASONS = (
    "no_identity", "unknown_reader", "page", "unit", "report", "feedback", "reveal", "access_file", "host", "origin", "size",
    "shape", "missing",
)  # fmt: skip
log = logging.getLogger("dashboards.door")


def guard(server: Flask, home: Path, lang: str) -> AccessFile:
    """Judge every request of the server before anything else sees it; the reader stands in `flask.g.reader`."""
    file = AccessFile(home)

    @server.before_request
    def _let_in() -> AnyResponse | None:
        if request.path.startswith(OPEN):
            return None
        try:
            access = file.get()
        except AccessError as error:
            remember(home, "access_file")
            return _told(503, error.zh if lang == "zh" else error.en)
        if not access.kind:
            g.reader = Reader()
            return None
        name = _name(home, access)
        if name is None and access.kind == "oidc" and request.method == "GET" and request.path != "/_dash-layout":
            return redirect("/login")
        reader = access.readers.get(name) if name else None
        if reader is None:
            reason = "unknown_reader" if name else "no_identity"
            remember(home, reason, name or "")
            return _told(403 if name else 401, Words(lang)(f"refused.{reason}"))
        g.reader = reader
        return None

    return file


def remember(home: Path, reason: str, name: str = "", role: str = "") -> None:
    """Write a refusal to the log: when, why, which role and page; the reader as a keyed hash, nothing he typed."""
    known = request.path if request.path in _known() else request.path.split("/")[1][:20]
    who = audit.pseudonym(key(home, "session_key"), name) if name else ""
    try:
        audit.append(home, audit.REFUSED, reason=reason, role=role, path=known if known.isascii() else "", reader=who)
    except OSError:
        # A full disk must not let the refused one in, and he learns nothing of it; the operator does.
        log.error("refusal not written to the audit log: %s", reason)


def refused(home: Path, reason: str) -> None:
    """Remember that this request asked for what it may not; of a reader who is known, who he is."""
    reader = g.get("reader")
    remember(home, reason, reader.name if reader else "", reader.scope.role if reader else "")


def _name(home: Path, access: Access) -> str | None:
    if access.kind == "header":
        return signed_name(key(home, "proxy_key"), request.headers, request.method, request.path)
    from dashboards.oidc import session_name

    return session_name()


def _known() -> set[str]:
    from dashboards.pages import PAGES

    return {page.PATH for page in PAGES} | {"/_dash-update-component", "/_dash-layout", "/_dash-dependencies"}


def _told(status: int, text: str) -> Response:
    return Response(text + "\n", status=status, mimetype="text/plain; charset=utf-8")
