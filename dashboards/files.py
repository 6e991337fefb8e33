"""Files that readers take away: the workbook of a page as it stands, and the reports.

Both come from the release the address names, within the reader's scope. Not here: their content (`workbook.py`,
`reports/`).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, abort, g
from flask import request as asked

from dashboards import feedback, runs
from dashboards.address import parse
from dashboards.door import refused
from dashboards.queries import quality
from dashboards.release import NoRelease, Releases
from dashboards.reports import FORMATS, WRITERS
from dashboards.reports.content import ReportError, read_report
from dashboards.show import Views, fits, page_named
from dashboards.view import Request
from dashboards.words import Words
from dashboards.workbook import view_workbook

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def hand_out(server: Flask, home: Path, releases: Releases, views: Views, lang: str) -> None:
    """Add the addresses of files to the server."""

    def requested(path: str) -> Request:
        address = parse(path, asked.query_string.decode("ascii", "replace"), lang)
        try:
            release = releases.get(address.get("v"), g.reader.scope)
        except NoRelease:
            abort(404)
        return Request(release, address, Words(address.lang), home)

    @server.get("/export/<name>.xlsx")
    def export(name: str) -> Response:
        page = page_named(name)
        if page is None:
            abort(404)
        if not g.reader.scope.opens(name):
            refused(home, "page")
            abort(403)
        request = requested(page.PATH)
        if not fits(page, request):
            abort(404)
        if _is_foreign(request):
            refused(home, "unit")
            abort(403)
        return file(view_workbook(request, views.get(page, request)), f"{name}_{request.release.release_id}.xlsx")

    @server.get("/report/<kind>.<form>")
    def report(kind: str, form: str) -> Response:
        if form not in FORMATS:
            abort(404)
        if not g.reader.scope.opens("reports"):
            refused(home, "report")
            abort(403)
        request = requested("/reports")
        period, unit = request.address.get("p") or "", request.address.get("u") or ""
        if _is_foreign(request):
            refused(home, "unit")
            abort(403)
        try:
            content = read_report(request.release, kind, period, unit, request.words)
        except ReportError:
            abort(404)
        with TemporaryDirectory(prefix="report-") as folder:
            path = WRITERS[form](content, Path(folder) / f"{content.file_stem}.{form}")
            return file(path.read_bytes(), path.name)

    @server.get("/run/<identity>/<name>")
    def run_file(identity: str, name: str) -> Response:
        if not g.reader.scope.opens("reports"):
            refused(home, "report")
            abort(403)
        path = runs.file_of(home, identity, name, g.reader.scope)
        if path is None:
            abort(404)
        return file(path.read_bytes(), path.name)

    @server.get("/feedback/<unit>/<period>/<name>")
    def feedback_file(unit: str, period: str, name: str) -> Response:
        if not g.reader.scope.opens("quality") or not g.reader.scope.covers(unit):
            refused(home, "unit")
            abort(403)
        path = feedback.path_of(home, unit, period, name, g.reader.scope)
        rows = quality.files_set_aside(releases.get(None, g.reader.scope), unit, 10_000) if path else []
        answered = feedback.Feedback(unit, period, name).answers
        datasets = {row["dataset"] for row in rows if feedback.stem_of(row["file_name"]) == answered}
        # A file that no row account names may hold anything: it is not handed out.
        if path is None or not datasets:
            abort(404)
        if any(feedback.is_personal(home, dataset) for dataset in datasets):
            refused(home, "feedback")
            abort(403)
        return file(path.read_bytes(), f"feedback_{unit}_{period}.xlsx")


def file(content: bytes, name: str) -> Response:
    """A download of this content under this name."""
    response = Response(content, mimetype=TYPES[name.rsplit(".", 1)[1]])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_foreign(request: Request) -> bool:
    unit = request.address.get("u")
    return unit is not None and not request.scope.covers(unit)
