"""Blocks of the drill page on classes under way: where they stand, and how long each step took. Not here: SQL."""

from __future__ import annotations

from dashboards.charts.dwell import dwell
from dashboards.charts.style import palette
from dashboards.queries import pipeline
from dashboards.view import Block, Column, Request, Table


def blocks(request: Request, unit: str, first: str, last: str) -> list[Block]:
    """Stages and steps of the unit's classes from `first` to `last`; nothing where the release has no pipeline."""
    words, release, found = request.words, request.release, []
    steps = [row for row in pipeline.dwell(release, unit, first, last) if row["classes"]]
    for row in steps:
        row["label"] = words(f"pipeline.{row['step']}")
    if steps:
        names = {name: words(f"pipeline.{name}") for name in ("middle_days", "most_days")}
        columns = [
            Column("label", words("pipeline.step")),
            Column("classes", words("drill.classes"), "count"),
            Column("middle_days", names["middle_days"], "count"),
            Column("most_days", names["most_days"], "count"),
        ]
        figure = dwell(steps, names | {"axis": words("unit_of_measure.days")}, palette(request.is_dark))
        found.append(
            Block("dwell", words("pipeline.title"), Table(columns, steps, words("targets.table_caption")), figure,
                  words("pipeline.caption"))
        )  # fmt: skip
    stages = pipeline.stages(release, unit, first, last)
    for row in stages:
        row["label"] = words.known(f"pipeline.stage.{row['stage']}", row["stage"])
        row["address"] = request.address.to("/drill", u=unit, p=request.address.get("p"), c=row["class_id"])
    if stages:
        columns = [
            Column("label", words("pipeline.stands")),
            Column("classes", words("drill.classes"), "count"),
            Column("middle_days", words("pipeline.standing"), "count"),
            Column("longest_days", words("pipeline.longest"), "count"),
            Column("class_id", words("pipeline.longest_class"), link="address"),
        ]
        found.append(Block("stages", words("pipeline.stages"), Table(columns, stages)))
    return found
