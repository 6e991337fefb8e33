"""Reporting units of a release and what they are called."""

from __future__ import annotations

from dashboards.queries import drill
from dashboards.release import Release
from dashboards.words import Words


def names(release: Release) -> dict[str, str]:
    """Names by reporting unit, from the release's list of units; empty where it has none."""
    columns = release.tables.get("dim_unit", set())
    named = next((column for column in ("unit_name", "name", "reporting_unit_name") if column in columns), None)
    if named is None:
        return {}
    return {
        row["reporting_unit"]: row["name"]
        for row in release.rows(f"select reporting_unit, {named} as name from marts.dim_unit order by 1")
        if row["name"]
    }


def name(release: Release, unit: str, words: Words) -> str:
    """What the unit is called, its code where the release does not say."""
    known = words.known(f"unit.{unit}")
    return (known if words.language == "en" else "") or names(release).get(unit) or known or unit


def first(release: Release, known: list[str]) -> str:
    """The unit a page opens with: the first of its own, before a municipality or province that sums others up."""
    columns = release.tables.get("dim_unit", set())
    sums = set()
    if {"reporting_unit", "is_rollup"} <= columns:
        sums = {
            row["reporting_unit"] for row in release.rows("select reporting_unit from marts.dim_unit where is_rollup")
        }
    return next((unit for unit in known if unit not in sums), known[0] if known else "")


def breakdown(release: Release, text: str | None, words: Words) -> str:
    """`dimension=member` as people say it, an institution by its name; empty for the whole."""
    dimension, _, member = str(text or "").partition("=")
    if dimension == "institution_id" and release.has("dim_institution"):
        return drill.institution_name(release, member)
    return words.member(dimension, member) if member else dimension


def with_targets(release: Release) -> list[str]:
    """Units that have a target, in order of their code."""
    found = release.rows("select distinct reporting_unit from marts.mart_target_progress order by 1")
    return [row["reporting_unit"] for row in found]
