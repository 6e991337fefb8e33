"""The load: receive, read, judge, decide, commit. One call per drop of files, whatever their number.

Not here: how a file is read (`read.py`), what a row must satisfy (`expectations`), what a slot's fate is
(`outcome.py`), what is written of it (`commit.py`).
"""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.errors import SkillhouseError
from orchestration.home import writing
from orchestration.intake import outcome, submission
from orchestration.intake.identity import demand_same_key
from orchestration.settings import Settings

Progress = Callable[[str, int, int], None]

ASIDE = ("refused", "held", "unchanged")


class LoadError(SkillhouseError):
    """A load that cannot be done at all; nothing was committed."""


@dataclass
class LoadReport:
    """What became of every file and every submission of one load."""

    files: list[dict] = field(default_factory=list)
    submissions: list[dict] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True if any file was refused or any submission held: the exit code is 1."""
        return any(f["verdict"] in ("refused", "held") for f in self.files)


def load(
    settings: Settings,
    paths: Sequence[Path | str],
    *,
    unit: str | None = None,
    period: str | None = None,
    dataset: str | None = None,
    add: bool = False,
    dry_run: bool = False,
    phase: str = "final",
    answers: Path | None = None,
    lang: str = "zh",
    progress: Progress | None = None,
    engine=None,
) -> LoadReport:
    """Take files or folders into the lake; `dry_run` judges them and leaves the home as it was.

    `phase` (preview, in_year, final) says how strictly rules judge. Feedback is written to the home's own folder, or to
    `answers`; a dry run writes it to `answers` alone. `engine` is a judging process that runs already; without one the load
    starts its own. `lang`: Chinese workbooks (zh), or with English beside (both).

    Raises LoadError for a drop without files or a row account that does not close, DiscoverError for an unknown path,
    unit, period or dataset, HomeLocked.
    """
    from orchestration.intake.discover import discover

    found = discover(paths, unit=unit, period=period, dataset=dataset)
    if not found.drops and not found.refused:
        raise LoadError(
            zh=f"{paths[0]} 里没有可装载的文件：请给出导出文件或含有它们的文件夹。",
            en=f"{paths[0]} holds no file to load: name the exports or a folder that holds them.",
        )
    if answers is not None:
        _make(answers)
    with _workplace(settings, dry_run) as (place, workdir):
        earlier = submission.manifests(settings)
        demand_same_key(place, earlier)
        run = _Run(
            place, workdir, earlier, submission.standing(earlier), add, dry_run, progress or _silent, engine,
            phase=phase, home=settings.home, answers=answers or (None if dry_run else settings.feedback), lang=lang,
        )  # fmt: skip
        report = run.take(found)
        if not dry_run and any(f["verdict"] in ASIDE for f in report.files):
            aside = [{k: f[k] for k in ATTEMPT} for f in report.files if f["verdict"] in ASIDE]
            submission.record_attempt(settings, submission.next_commit_time(earlier), aside, report.submissions)
    report.passed_over = [str(p) for p in found.passed_over]
    return report


ATTEMPT = ("path", "file_name", "sha256", "dataset", "reporting_unit", "period", "verdict", "reasons", "feedback_file")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LoadError(
            zh=f"无法写入 {folder}（{error.strerror}）：请用 -o 另给反馈文件的目录。",
            en=f"cannot write in {folder} ({error.strerror}): name another folder for the feedback with -o.",
        ) from error


def _silent(stage: str, done: int, total: int) -> None:
    """No terminal, no progress."""


@contextmanager
def _workplace(settings: Settings, dry_run: bool) -> Iterator[tuple[Settings, Path]]:
    """The settings to read with and a scratch folder; a dry run reads in a copy that is thrown away."""
    if not dry_run:
        with writing(settings):
            workdir = settings.build / "intake"
            workdir.mkdir(parents=True)
            try:
                yield settings, workdir
            finally:
                shutil.rmtree(workdir, ignore_errors=True)
        return
    with tempfile.TemporaryDirectory(prefix="skillhouse-dry-run-") as name:
        place = dataclasses.replace(settings, home=Path(name))
        if settings.keys.is_dir():
            shutil.copytree(settings.keys, place.keys)
        workdir = Path(name) / "build" / "intake"
        workdir.mkdir(parents=True)
        yield place, workdir


@dataclass
class _Run:
    settings: Settings
    workdir: Path
    earlier: list[dict]
    standing: dict
    add: bool
    dry_run: bool
    tell: Progress
    engine: object = None
    phase: str = "final"
    # of the real home: a dry run reads in a copy
    home: Path = field(default_factory=Path)
    answers: Path | None = None
    lang: str = "zh"
    links: dict[str, Path] = field(default_factory=dict)

    def take(self, found) -> LoadReport:
        from orchestration.intake.repeat import split_unchanged, with_standing_files

        drops, unchanged = split_unchanged(found.drops, self.earlier, self.standing, self.phase)
        old_numbers: set[int] = set()
        if self.add and drops:
            drops, old_numbers = with_standing_files(drops, self.standing, self.settings)
        files = [*found.refused, *unchanged]
        reading, judged = self._judge(drops) if drops else (None, {})
        if reading is not None:
            files += self._account(reading, judged)
        decisions = outcome.decide(files, self.standing, add=self.add, phase=self.phase)
        if reading is not None:
            self._link(reading, judged)
            self._feedback(files, decisions, reading, judged)
        submissions = self._commit(decisions, reading, judged)
        told = [f for f in files if f.pop("file_no", None) not in old_numbers or f["verdict"] == "refused"]
        return LoadReport(files=told, submissions=submissions)

    def _judge(self, drops):
        from expectations.contract import contracts
        from expectations.engine import Engine
        from expectations.gate import Gate
        from orchestration.intake.read import read

        # started before the reading, for its import takes as long
        with nullcontext(self.engine) if self.engine else Engine() as engine:
            self.tell("read", 0, len(drops))
            reading = read(drops, self.settings, self.workdir)
            self.tell("read", len(drops), len(drops))
            gate = Gate(engine, memory_limit=self.settings["memory_limit"], threads=self.settings.integer("threads"))
            judged = {}
            for number, (name, candidate) in enumerate(sorted(reading.candidates.items()), start=1):
                judged[name] = gate.judge(
                    contracts()[name], candidate, self.workdir, self.phase, rates=lambda: self._rates(reading)
                )
                self.tell("gate", number, len(reading.candidates))
        for verdict in judged.values():
            if not verdict.is_judged:
                raise LoadError(zh=verdict.problems[0]["zh"], en=verdict.problems[0]["en"])
        return reading, judged

    def _rates(self, reading) -> Path | None:
        from orchestration.intake.worth import class_rates, standing_rows

        known = standing_rows(self.home, self.standing.values())
        return class_rates(known, reading.candidates, self.workdir / "class_rate.parquet")

    def _link(self, reading, judged: dict) -> None:
        """Find the rows of this load that an earlier submission set aside."""
        from orchestration.intake.mended import find_earlier

        for name, verdict in judged.items():
            found = find_earlier(self.home, self.earlier, reading, verdict, self.workdir / f"{name}.mended.parquet")
            if found:
                self.links[name] = found

    def _account(self, reading, judged: dict) -> list[dict]:
        from orchestration.intake.account import entries

        fresh = entries(reading, judged)
        outcome.mark_repeats(fresh)
        gaps = [gap for gap in map(outcome.account_gap, fresh) if gap]
        if gaps:
            told = "；".join(gaps)
            raise LoadError(
                zh=f"行数账不平，未提交任何数据：{told}。",
                en=f"the row account does not close, nothing committed: {told}.",
            )
        return fresh

    def _commit(self, decisions: list, reading, judged: dict) -> list[dict]:
        from orchestration.intake.commit import Committer

        known = {m["submission_id"] for m in self.earlier}
        submissions = []
        at = submission.next_commit_time(self.earlier)
        with Committer(self.settings, self.workdir, reading, judged, at, self.phase, self.links) as committer:
            for number, decision in enumerate(decisions, start=1):
                state = decision.state
                if state == "empty" and decision.submission_id in known:
                    state = "unchanged"
                if state in ("committed", "empty"):
                    for file in decision.files:
                        file["submission_id"] = decision.submission_id
                    if self.dry_run:
                        state = "dry_run"
                    else:
                        committer.slot(decision)
                submissions.append(
                    {
                        "submission_id": decision.submission_id
                        or (decision.replaces if state == "unchanged" else None),
                        "dataset": decision.slot.dataset,
                        "reporting_unit": decision.slot.unit,
                        "period": decision.slot.period,
                        "verdict": decision.verdict,
                        "state": state,
                        "replaces": decision.replaces if state == "committed" else None,
                    }
                )
                self.tell("commit", number, len(decisions))
        return submissions

    def _feedback(self, files: list[dict], decisions: list, reading, judged: dict) -> None:
        from orchestration.intake.answer import write_answers

        if self.answers is not None:
            # a dry run names its files as given, a load within the home
            root = None if self.dry_run else self.home
            write_answers(self.answers, root, files, decisions, reading, judged, self.links, self.lang)
