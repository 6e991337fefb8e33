"""Reports: the same rows of marts as workbook, document or page.

`write_report` is what others call. Not here: any figure of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboards.reports.content import Report


def _xlsx(report: Report, path: Path) -> Path:
    from dashboards.reports.xlsx import write_xlsx

    return write_xlsx(report, path)


def _html(report: Report, path: Path) -> Path:
    from dashboards.reports.page import write_html

    return write_html(report, path)


def _pdf(report: Report, path: Path) -> Path:
    from dashboards.reports.page import write_pdf

    return write_pdf(report, path)


def _docx(report: Report, path: Path) -> Path:
    from dashboards.reports.document import write_docx

    return write_docx(report, path)


# Each imports its library when it is called, so that a missing one harms no other format.
WRITERS: dict[str, Callable[[Report, Path], Path]] = {"xlsx": _xlsx, "docx": _docx, "pdf": _pdf, "html": _html}
FORMATS = tuple(WRITERS)


def write_report(
    home: Path,
    kind: str,
    period: str,
    unit: str,
    formats: list[str],
    directory: Path,
    lang: str = "zh",
    release: str | None = None,
    public: bool = False,
) -> list[Path]:
    """Write one report in each format and return the files, in the order of `formats`.

    `kind` is quarterly, `period` like 2021Q2, `unit` a reporting unit code, `release` an id or None for CURRENT.
    `public` applies disclosure control and puts the publication on record, or refuses it.
    Raises `dashboards.release.NoRelease` or `dashboards.reports.content.ReportError`; both carry `zh` and `en`.
    """
    from dashboards.release import Releases
    from dashboards.reports.content import ReportError, read_report
    from dashboards.words import Words

    for name in formats:
        if name not in WRITERS:
            raise ReportError("error.format", format=name, formats=", ".join(WRITERS))
    releases = Releases(Path(home))
    opened = releases.get(release)
    current = releases.get() if release and not public else None
    try:
        report = read_report(opened, kind, period, unit, Words(lang), current)
        if public:
            from dashboards.disclosure import protect_report

            report = protect_report(report, Path(home))
        directory = Path(directory)
        directory.mkdir(parents=True, exist_ok=True)
        return [WRITERS[name](report, directory / f"{report.file_stem}.{name}") for name in formats]
    finally:
        # Another part of the same process may want the file under other settings.
        for used in filter(None, (opened, current)):
            used.connection.close()
