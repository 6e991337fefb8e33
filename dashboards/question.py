"""What a browser may ask of a callback: a body of the shape that the application itself gave out, and nothing else.

Belongs here: judging the body before Dash takes it apart, and what a reader is told of a fault that nobody foresaw. Not
here: what a value may be (each callback judges its own), headers and sizes (`security.py`).
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError, PreventUpdate
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from dashboards.release import NoRelease
from dashboards.words import Words

PATH = "/_dash-update-component"
Refuse = Callable[[str], None]
log = logging.getLogger("dashboards.question")


def judge(app: Dash, refuse: Refuse, lang: str) -> None:
    """Turn away bodies of another shape with 400; `refuse` is told the reason and remembers it."""

    @app.server.before_request
    def _shape() -> Response | None:
        if request.path != PATH or request.method != "POST":
            return None
        try:
            body = json.loads(request.get_data(), parse_constant=_no_number)
        except (ValueError, RecursionError):
            body = None
        if request.mimetype == "application/json" and is_question(body, app.callback_map):
            return None
        refuse("shape")
        return plain(400, Words(lang)("refused.shape"))


def catch_faults(server: Flask, refuse: Refuse, lang: str) -> None:
    """Tell a reader of any fault without a traceback, to him or in the log: one could quote a row."""
    words = Words(lang)

    @server.errorhandler(Exception)
    def _fault(error: Exception) -> Any:
        if isinstance(error, PreventUpdate):
            return "", 204
        if isinstance(error, NotFound | DependencyException | InvalidResourceError):
            refuse("missing")
        if isinstance(error, DependencyException | InvalidResourceError):
            return plain(404, words("message.no_page"))
        if isinstance(error, RequestEntityTooLarge):
            refuse("size")
        if isinstance(error, HTTPException):
            return error
        if isinstance(error, NoRelease):
            return plain(503, error.zh if lang == "zh" else error.en)
        tell(request.path, error)
        return plain(500, words("message.fault"))


def tell(path: str, error: Exception) -> None:
    """Write to the log which page failed, of what kind the fault is and where in the code it arose."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("page %s failed: %s at %s:%s", path, type(error).__name__, place.filename, place.lineno)


def plain(status: int, text: str) -> Response:
    """A text for a reader who asked outside of a page."""
    return Response(text + "\n", status=status, mimetype="text/plain; charset=utf-8")


def is_question(body: Any, known: dict[str, Any]) -> bool:
    """Whether a body names a callback of `known` and gives exactly its inputs, states and outputs."""
    if not isinstance(body, dict) or not isinstance(body.get("output"), str) or body["output"] not in known:
        return False
    callback, changed = known[body["output"]], body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(one, str) for one in changed):
        return False
    outputs = body.get("outputs")
    names = body["output"].strip(".").split("...")
    if not names == [_name(one) for one in (outputs if isinstance(outputs, list) else [outputs])]:
        return False
    # A callback of one output names it as it is, one of several names a list.
    if isinstance(outputs, list) != body["output"].startswith(".."):
        return False
    return all(_are(body.get(part, []), callback[kind]) for part, kind in (("inputs", "inputs"), ("state", "state")))


def _are(given: Any, wanted: list[dict[str, str]]) -> bool:
    if not isinstance(given, list) or len(given) != len(wanted):
        return False
    return all(_is(one, want) for one, want in zip(given, wanted, strict=True))


def _is(given: Any, want: dict[str, str]) -> bool:
    """One value under the name of the callback's own; for a pattern a list of values under names of its form."""
    if want["id"].startswith("{"):
        keys = set(json.loads(want["id"]))
        return isinstance(given, list) and all(
            isinstance(one, dict) and isinstance(one.get("id"), dict) and set(one["id"]) == keys
            and all(isinstance(value, str) for value in one["id"].values()) and one.get("property") == want["property"]
            for one in given
        )  # fmt: skip
    return _name(given) == f"{want['id']}.{want['property']}"


def _name(given: Any) -> str | None:
    if not isinstance(given, dict) or not all(isinstance(given.get(key), str) for key in ("id", "property")):
        return None
    return f"{given['id']}.{given['property']}"


def _no_number(text: str) -> None:
    raise ValueError(text)
