"""Pages, one module each: a page reads rows through its queries and fills a view.

A page has PATH, NAME (its key in the texts and in exports), NEEDS (marts without which it is not shown), IN_TABS,
and `view(request) -> View`; LIVES_ON where it shows places of the home beside the release. PAGES is the order of the tabs.
"""

from __future__ import annotations

from dashboards.pages import (
    allocation,
    drill,
    findings,
    funds,
    glossary,
    help,
    overview,
    person,
    public,
    quality,
    reports,
    sources,
    targets,
)

PAGES = (overview, public, targets, funds, allocation, findings, drill, reports, quality, glossary, sources, person, help)
# Pages that have charts: the library that draws them is asked for with the document.
CHARTED = (overview, public, targets, funds, allocation, findings, drill, quality)
