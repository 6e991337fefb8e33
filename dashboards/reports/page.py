"""The report as one HTML page without scripts, and as PDF made from the same page.

Not here: what is printed (`printed.py`, `narrative.py`, `metadata.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.release import Row
from dashboards.reports import metadata, printed
from dashboards.reports.content import Report, ReportError
from dashboards.reports.form import Form
from dashboards.reports.narrative import narrative

TEMPLATES = Path(__file__).parent / "templates"
# The server's own font first: an unknown name in front of it lets the system choose a Latin font for digits.
FONTS = {
    "fonts": "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimHei, sans-serif",
    "text_fonts": "Noto Serif CJK SC, FangSong, STFangsong, SimSun, serif",
}

# Room between the margins of a page across, in millimetres.
WIDTH = 269


def render(report: Report) -> str:
    """The page as text. Everything that comes from data is escaped."""
    words, checks = report.words, printed.check_lines(report)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("report.html").render(
        lang="zh-Hans" if words.language == "zh" else "en",
        title=report.book_title,
        heading=report.title,
        subtitle=report.subtitle,
        release=report.release,
        status=report.status,
        words=words,
        sections=narrative(report),
        forms=[_form(report, form, rows, checks[form.code]) for form, rows in report.forms],
        signatures=printed.signatures(words),
        facts=metadata.facts(report),
        tables=[metadata.definitions(report), metadata.files(report)],
        **FONTS,
    )


def _form(report: Report, form: Form, rows: list[Row], checks: list[tuple[str, bool]]) -> dict[str, Any]:
    above, below = printed.headers(form, report)
    return {
        "code": form.code,
        "title": report.words(form.text_key("title")),
        "is_wide": form.letters < 9,
        "letters": printed.letters(form, rows, report.words, WIDTH, 8.5 if form.letters < 9 else 10.5),
        "head": printed.head_lines(form, report),
        "widths": printed.shares(form),
        "above": above,
        "below": below,
        "marks": printed.marks(form, report.words),
        "rows": printed.body(form, rows, report.words),
        "notes": printed.notes(form, report.words),
        "checks": checks,
        "bars": printed.bars(form, rows),
        "chart": printed.chart_title(form, report) if form.chart else "",
        "series": printed.series(form, report),
    }


def write_html(report: Report, path: Path) -> Path:
    """One file, UTF-8, that needs nothing beside it."""
    path.write_text(render(report), encoding="utf-8")
    return path


def write_pdf(report: Report, path: Path) -> Path:
    """PDF/UA with embedded fonts; ReportError where the system lacks Pango."""
    try:
        from weasyprint import HTML
    except OSError as error:
        raise ReportError("error.pango") from error

    HTML(string=render(report), url_fetcher=_nothing).write_pdf(str(path), pdf_variant="pdf/ua-1")
    return path


def _nothing(url: str, *_: object, **__: object) -> dict:
    """The page holds everything it needs: nothing is ever fetched."""
    raise ValueError(f"a report fetches nothing: {url.partition(':')[0]}")
