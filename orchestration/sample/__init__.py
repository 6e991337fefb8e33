"""The sample bureau: synthetic exports as a district would send them, and the true value of every indicator.

Here stands only the function others call; the world is drawn in `world`, written in `exports`, told in `truth`.
Not here: anything that reads what a bureau sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class SampleReport:
    """What was written: the folder, the files (relative paths), the person-times aimed at and reached, the truth file."""

    directory: Path
    files: list[str] = field(default_factory=list)
    people_aimed: int = 0
    person_times: int = 0
    persons: int = 0
    classes: int = 0
    truth: Path | None = None


def write_sample(
    directory: Path,
    *,
    people: int,
    first: str = "2019-01",
    last: str = "2021-12",
    unit: str = "500103",
    dirt: str = "real",
    form: str = "mixed",
    seed: int = 1,
    truth: Path | None = None,
) -> SampleReport:
    """Write `directory/<unit>/<period>/…` for whole quarters from `first` to `last` and, if asked, the truth as JSON.

    `people` is the number of completed person-times aimed at; the same arguments give the same bytes.
    `dirt` is real or none, `form` mixed, xlsx, csv or parquet. Raises SampleError for arguments that make no sense.
    """
    from orchestration.sample.exports import write_exports
    from orchestration.sample.plan import make_plan
    from orchestration.sample.world import build_world

    plan = make_plan(people=people, first=first, last=last, unit=unit, dirt=dirt, form=form, seed=seed)
    with build_world(plan) as world:
        written = write_exports(world, plan, Path(directory))
        if truth is not None:
            from orchestration.sample.truth import write_truth

            write_truth(world, plan, written, Path(truth))
        counts = world.execute(
            "SELECT count(*) FILTER (completion = 'completed'), count(DISTINCT person_no), (SELECT count(*) FROM class)"
            " FROM enrolment"
        ).fetchone()
    return SampleReport(
        directory=Path(directory),
        files=[file.path for file in written],
        people_aimed=people,
        person_times=counts[0],
        persons=counts[1],
        classes=counts[2],
        truth=Path(truth) if truth is not None else None,
    )
