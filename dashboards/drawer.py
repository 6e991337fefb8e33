"""What stands behind a number: definition, release, and the way to the files whose rows it rests on."""

from __future__ import annotations

from dash import html

from dashboards.components import folded
from dashboards.queries import sources
from dashboards.screen import link
from dashboards.view import Request
from dashboards.words import NOTHING

FIELDS = ("formula", "numerator", "denominator", "unit_of_measure", "clause", "convention", "maturity")


def drawer(request: Request, indicator: str | None) -> tuple[str, list]:
    """Title and content of the drawer for one indicator; a sentence where the release does not define it."""
    words, release = request.words, request.release
    row = sources.definition(release, indicator) if indicator else None
    if row is None:
        return words("drawer.title"), [html.P(words("drawer.unknown"))] if indicator else []
    facts = [html.Dt(words("metadata.code")), html.Dd(html.Code(row["indicator_code"]))]
    for name in FIELDS:
        value = row.get(f"{name}_{words.language}") or row.get(f"{name}_zh") or row.get(name)
        if name == "unit_of_measure":
            value = words.unit_of_measure(value)
        if name in ("maturity", "convention"):
            value = words.known(f"{name}.{value}", value)
        if name == "clause":
            value = words.known(f"clause.{value}", value)
        facts += [html.Dt(words(f"metadata.{name}")), html.Dd(str(value or NOTHING))]
    passed, total = release.checks
    standing = [
        html.Dt(words("metadata.release_id")), html.Dd(release.release_id),
        html.Dt(words("metadata.data_date")), html.Dd(release.data_date),
        html.Dt(words("metadata.as_of")), html.Dd(release.as_of),
        html.Dt(words("metadata.checks")), html.Dd(words("metadata.checks_value", passed=passed, total=total)),
    ]  # fmt: skip
    content = [html.H3(words("drawer.definition")), html.Dl(facts, className="facts")]
    content += [html.H3(words("drawer.release")), html.Dl(standing, className="facts")]
    if release.has("mart_row_account"):
        # The unit as asked, or none: the page of sources then takes the first that has a file.
        period = request.address.get("p") or request.address.get("y")
        target = request.address.to("/sources", k=indicator, p=period, v=release.release_id)
        content.append(html.P(link(words("drawer.sources"), target, className="button")))
    return words.either(row, "label"), folded(content)
