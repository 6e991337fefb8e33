"""Mutation score of `dbt_project/models/policy`: faults put into the compiled SQL, and which of them the tests notice.

Usage: python -m benchmarks.mutation [--per-model 3] [--minutes 25] [--models NAME…] [--known FILE]; writes the page of the score.
`--known`: names of mutants an earlier run caught; they are not tried again, and those caught now are added.
The tests are those of tests/spec/policy and the unit tests in the models' YAML. Their homes are built once; of a mutant only
what its change reaches is built anew. Not in CI. Not here: what a mutant is (`mutants.py`), what a test is (`checks.py`).
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import yaml

from benchmarks.checks import Suite, suites
from benchmarks.mutants import Mutant, mutants
from benchmarks.unit_checks import unit_tests

PROJECT = Path(__file__).resolve().parents[1]
MODELS = PROJECT / "dbt_project" / "models" / "policy"
PAGE = PROJECT / "docs" / "policies" / "mutation.md"
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.yml")
# where the process holds more it ends with what it has: run again with --known
MEMORY_KIB = 3 * 1024 * 1024
KINDS = ("comparison flipped", "boundary shifted", "join kind", "predicate dropped", "constant changed")


@dataclass
class Score:
    """What became of the mutants: how many there are and were tried by model and kind, and those nobody noticed."""

    made: Counter = field(default_factory=Counter)
    tried: Counter = field(default_factory=Counter)
    caught: Counter = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)
    untried: list[str] = field(default_factory=list)


def sample(found: list[Mutant], count: int) -> list[Mutant]:
    """At most `count` mutants, kinds in turn, within a kind by the hash of the name: the same ones at every run."""
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in sorted(found, key=lambda mutant: mutant.name[-8:]):
        by_kind[mutant.kind].append(mutant)
    turns = [mutant for turn in range(len(found)) for kind in KINDS for mutant in by_kind[kind][turn : turn + 1]]
    return turns[:count]


def is_caught(mutant: Mutant, homes: list[Suite], units: dict[str, list], relation: str) -> bool:
    """Whether a unit test of the model or a test of a home fails with the mutant in the model's place."""
    if any(not test.holds(mutant.sql) for test in units.get(mutant.model, ())):
        return True
    return any(home.notices(relation, mutant.sql) for home in homes)


def run(per_model: int, minutes: float, names: list[str], known: Path | None) -> Iterator[Score]:
    """Mutate each model, run the tests, count; the score so far after each model."""
    earlier = set(known.read_text(encoding="utf-8").split()) if known and known.is_file() else set()
    homes, models = suites(MODELS)
    own = {path.stem for path in MODELS.rglob("*.sql")}
    chosen = {relation: sql for relation, sql, _ in models if relation.split(".")[-1] in own}
    units = unit_tests(MODELS, homes[0])
    deadline = time.process_time() + 60 * minutes
    score = Score()
    parser = duckdb.connect()
    made = {
        relation: mutants(parser, relation.split(".")[-1], sql)
        for relation, sql in sorted(chosen.items())
        if not names or relation.split(".")[-1] in names
    }
    score.made.update({relation.split(".")[-1]: len(found) for relation, found in made.items()})
    score.untried = sorted(score.made)
    for relation, found in made.items():
        model = relation.split(".")[-1]
        for mutant in sample(found, per_model):
            if time.process_time() > deadline or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY_KIB:
                return
            score.tried[model] += 1
            score.tried[mutant.kind] += 1
            if mutant.name in earlier or is_caught(mutant, homes, units, relation):
                earlier.add(mutant.name)
                score.caught[model] += 1
                score.caught[mutant.kind] += 1
            else:
                score.survivors.append(mutant)
                print(f"{mutant.name} {mutant.kind}: {mutant.before} -> {mutant.after}", flush=True)
        score.untried.remove(model)
        if known:
            known.write_text("\n".join(sorted(earlier)) + "\n", encoding="utf-8")
        print(f"{model}: {score.caught[model]} of {score.tried[model]} caught", file=sys.stderr, flush=True)
        yield score


def page(score: Score, per_model: int, minutes: float) -> str:
    """The page as Markdown."""
    reasons = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {}
    models = sorted(score.made)
    tried, caught = (sum(counter[model] for model in models) for counter in (score.tried, score.caught))
    equivalent = [mutant for mutant in score.survivors if mutant.name in reasons]
    real = tried - len(equivalent)
    lines = [
        "# Mutation of the policy models",
        "",
        "Written by `python -m benchmarks.mutation`. One fault at a time is put into the compiled SQL of a model of",
        "`dbt_project/models/policy`; what follows from it meets the tests of `tests/spec/policy` and what the models' YAML asks",
        "(unit tests, grains, filled columns). What a finding shows as evidence is not mutated: no test of a rule compares it.",
        "",
        f"{sum(score.made[model] for model in models):,} mutants in {len(models)} models. At most {per_model} of each model were"
        f" tried, kinds in turn, in at most {minutes:g} minutes of a core: {tried} tried, {caught} caught,"
        f" {len(equivalent)} equivalent, {tried - caught - len(equivalent)} survived. Score without the equivalent ones:"
        f" **{caught / max(real, 1):.1%}**.",
        "",
        "| kind | tried | caught |",
        "|---|---|---|",
        *(f"| {kind} | {score.tried[kind]} | {score.caught[kind]} |" for kind in KINDS),
        "",
        "| model | mutants | tried | caught |",
        "|---|---|---|---|",
        *(f"| {model} | {score.made[model]} | {score.tried[model]} | {score.caught[model]} |" for model in models),
    ]
    if score.untried:
        lines += ["", f"Not tried for want of time or memory: {', '.join(score.untried)}."]
    for title, those in (
        ("Survivors", [mutant for mutant in score.survivors if mutant not in equivalent]),
        ("Equivalent", equivalent),
    ):
        lines += ["", f"## {title}", ""]
        for mutant in those:
            reason = f": {reasons[mutant.name]}" if mutant.name in reasons else ""
            lines.append(f"- `{mutant.name}` {mutant.kind}: `{mutant.before}` → `{mutant.after}`{reason}")
        if not those:
            lines.append("None.")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run and write the page; with `--models` only print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--per-model", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--models", nargs="*", default=[])
    parser.add_argument("--known", type=Path)
    options = parser.parse_args()
    for score in run(options.per_model, options.minutes, options.models, options.known):
        text = page(score, options.per_model, options.minutes)
        if not options.models:
            PAGE.write_text(text, encoding="utf-8")
    if options.models:
        print(text)


if __name__ == "__main__":
    main()
