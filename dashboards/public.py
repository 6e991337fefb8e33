"""Figures for the public: the one place that reads a whole release for a reader who may not, and only through disclosure
control. What is shown is put on record as published.

Not here: rounding, suppression, the register (`disclosure/`), the page (`pages/public.py`).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dashboards.release import Releases, Row


def cells(home: Path, release_id: str, unit: str, period: str) -> list[Row]:
    """Rows of mart_indicator of a unit and period as the public may see them; ReportError where none may be shown."""
    from dashboards.disclosure import public_rows

    return public_rows(_releases(Path(home)).get(release_id), Path(home), unit, period)


@lru_cache(maxsize=2)
def _releases(home: Path) -> Releases:
    return Releases(home)
