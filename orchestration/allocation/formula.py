"""The allocation formula: the SQL of the dbt models under `intermediate/allocation` and `marts/allocation`, as one statement.

The formula stands once, in those models. A build runs it through dbt and publishes its text with the figures
(`marts.mart_allocation_formula`); the command line and the pages run that text on the release with a pool, weights or a scheme
of their own. So a decision can be replayed on its release by the very formula it was taken with.
Not here: what the formula computes (dbt) and who asks for it (`allocation/propose.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from orchestration.settings import PROJECT

MODELS = PROJECT / "dbt_project" / "models"
# in the order they build on each other; each refers to earlier ones, to published tables, and to what a scheme gives
STEPS = (
    "intermediate/allocation/int_allocation_score",
    "intermediate/allocation/int_allocation_input",
    "intermediate/allocation/int_allocation_point",
    "intermediate/allocation/int_allocation_claim",
    "intermediate/allocation/int_allocation_filling",
    "intermediate/allocation/int_allocation_amount",
    "marts/allocation/mart_allocation_part",
    "intermediate/allocation/int_allocation_lever",
    "intermediate/allocation/int_allocation_proposal",
    "intermediate/allocation/int_allocation_told",
)
_REF = re.compile(r"\{\{\s*ref\('(\w+)'\)\s*\}\}")
_SOURCE = re.compile(r"\{\{\s*source\('given',\s*'(\w+)'\)\s*\}\}")


def formula() -> list[tuple[str, str]]:
    """(step, SQL) in order: a step is called by its bare name, a published table by its schema, given data by its name."""
    found = []
    for step in STEPS:
        text = (MODELS / f"{step}.sql").read_text(encoding="utf-8")
        text = _REF.sub(lambda match: _called(match[1]), text)
        found.append((step.rsplit("/", 1)[1], _SOURCE.sub(r"\1", text)))
    return found


def _called(model: str) -> str:
    steps = {step.rsplit("/", 1)[1] for step in STEPS}
    if model.startswith("int_") or model in steps:
        return model
    return f"staging.{model}" if model.startswith("stg_") else f"marts.{model}"


def statement(steps: Sequence[tuple[str, str]], given: Mapping[str, str], ask: str) -> str:
    """One SELECT: `given` (name -> SQL) stands for steps and tables of that name, `ask` is what is wanted of the steps."""
    parts = {name: sql for name, sql in steps if name not in given}
    wanted, needed = ask, []
    for name, sql in reversed([*given.items(), *parts.items()]):
        # only what is asked for: a step may rest on tables that the asker has replaced
        if re.search(rf"\b{name}\b", wanted):
            needed.append(f"{name} as materialized ({sql}\n)")
            wanted += sql
    return "with " + ",\n".join(reversed(needed)) + f"\n{ask}"
