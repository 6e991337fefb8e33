"""总览: where the plan stands in one minute, and what waits to be done."""

from __future__ import annotations

from dashboards.pages import funds, quality, targets
from dashboards.view import Block, Column, Request, Table, View

PATH = "/"
NAME = "overview"
NEEDS = ("mart_target_progress",)
IN_TABS = True


def view(request: Request) -> View:
    """The headline of each page the release can fill, and a list of what asks for attention."""
    words, release = request.words, request.release
    plan = targets.view(request)
    sentences, tiles, waiting = list(plan.conclusion), list(plan.tiles[:3]), []
    shown = [page for page in (funds, quality) if release.has(*page.NEEDS)]
    views = {page.NAME: page.view(request) for page in shown}
    if "funds" in views:
        sentences += views["funds"].conclusion[:1]
        tiles += [tile for tile in views["funds"].tiles if tile.indicator == "execution_rate"]
    for block in plan.blocks:
        if block.name in ("headline", "others"):
            waiting += [
                _todo(request, "targets", words("overview.missed", indicator=row["indicator_label"], period=row["period_label"]),
                      row["state_label"])
                for row in block.table.rows
                if row["state"] == "missed"
            ]  # fmt: skip
    for name, view in views.items():
        for block in view.blocks:
            if block.name in ("position", "account"):
                waiting += [
                    _todo(request, name, row["label"], row["state_label"])
                    for row in block.table.rows
                    if row["state"] == "missed"
                ]
            if block.name in ("rules", "rows"):
                waiting.append(
                    _todo(request, name, block.title, words("overview.entries", count=len(block.table.rows)))
                )
    columns = [
        Column("what", words("overview.what"), link="address"),
        Column("state_label", words("targets.column.state")),
        Column("page", words("workbook.view")),
    ]
    blocks = [block for block in plan.blocks if block.name == "headline"]
    todo = Block("todo", words("overview.todo"), Table(columns, waiting), description=words("overview.todo_from"))
    return View(
        title=words("overview.title"),
        conclusion=sentences,
        tiles=tiles,
        blocks=[todo, *blocks] if waiting else blocks,
        choices=plan.choices,
        note=plan.note,
    )


def _todo(request: Request, page: str, what: str, state: str) -> dict:
    path = {"targets": targets.PATH, "funds": funds.PATH, "quality": quality.PATH}[page]
    address = request.address.to(path)
    return {"what": what, "state_label": state, "page": request.words(f"page.{page}"), "address": address}
