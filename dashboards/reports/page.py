"""The report as one HTML page without scripts, and as PDF made from the same page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.reports import metadata, printed
from dashboards.reports.content import Report, ReportError

TEMPLATES = Path(__file__).parent / "templates"
# The server's own font first: an unknown name in front of it lets the system choose a Latin font for digits.
FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimSun, sans-serif"
HEADING_FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimHei, sans-serif"


def render(report: Report) -> str:
    """The page as text. Everything that comes from data is escaped."""
    words, checks = report.words, printed.check_lines(report)
    forms = []
    for form, rows in report.forms:
        above, below = printed.headers(form, report)
        forms.append(
            {
                "code": form.code,
                "title": words(form.text_key("title")),
                "head": printed.head_lines(form, report),
                "above": above,
                "below": below,
                "marks": printed.marks(form, words),
                "rows": printed.body(form, rows, words),
                "notes": printed.notes(form, words),
                "checks": checks[form.code],
            }
        )
    title = words("report.book_title", title=report.title, period=words.period(report.period), unit=report.unit_name)
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("report.html").render(
        lang="zh-Hans" if words.language == "zh" else "en",
        title=title,
        fonts=FONTS,
        heading_fonts=HEADING_FONTS,
        release=report.release,
        words=words,
        forms=forms,
        signatures=printed.signatures(words),
        facts=metadata.facts(report),
        tables=[metadata.definitions(report), metadata.files(report)],
    )


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
