"""Which periods a release speaks of, for a reader who sees no figure of it."""

from __future__ import annotations

from dashboards.release import Release


def periods(release: Release) -> list[str]:
    """Years and spans loaded, the newest year first, spans last."""
    rows = release.rows(
        "select period from marts.dim_period where is_loaded and period_kind <> 'quarter' "
        "order by period like '%-%', period desc"
    )
    return [row["period"] for row in rows]
