"""Rules, suites and their results as objects; loading the suites of `expectations/suites` and checking their form.

Not here: the rules that follow from a contract (derived) and judging a candidate (gate).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from expectations.contract import Contract, contracts

SUITES = Path(__file__).resolve().parent / "suites"

SEVERITIES = ("refuse", "quarantine", "warn")
PHASES = ("preview", "in_year", "final")
REASONS = ("identity", "date", "amount", "code", "required", "key", "encoding", "structure", "security", "balance")
STATES = ("passed", "failed", "error", "not_applicable", "pending")

MESSAGE_ZH = re.compile(r".*(缺失|有误|可疑)：必须.+；请.+。")
MESSAGE_EN = re.compile(r".+ (is|are|may be) (missing|wrong): you must .+; check .+\.")


class SuiteError(Exception):
    """A suite that breaks the rules of its form: says which file, which rule and what to mend."""


@dataclass(frozen=True)
class Rule:
    """One rule: `where` over the rows of a candidate, or `expect`, a Great Expectations type judged on the whole table."""

    id: str
    dataset: str
    severity: str
    reason: str
    message: dict[str, str]
    where: str | None = None
    given: str | None = None
    expect: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    column: str | None = None
    clause: str | None = None
    why: str = ""
    phase: dict[str, str] = field(default_factory=dict)
    is_derived: bool = False

    def severity_in(self, phase: str) -> str:
        """The severity of the rule in a phase (preview, in_year, final)."""
        return self.phase.get(phase, self.severity)

    @property
    def predicate(self) -> str | None:
        """The one text that both the gate and Great Expectations evaluate: TRUE where a row offends."""
        if self.where is None:
            return None
        return f"({self.given}) AND ({self.where})" if self.given else self.where


@dataclass(frozen=True)
class Suite:
    """The rules of one dataset, the derived ones first."""

    dataset: str
    rules: tuple[Rule, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@dataclass(frozen=True)
class RuleResult:
    """What one rule found in one submission: rows it could speak of, rows that offend, state (OHDSI's four, and pending)."""

    slot_unit: str
    slot_period: str
    rule_id: str
    severity: str
    checked: int
    failed: int
    state: str


def state_of(checked: int, failed: int, error: str | None = None) -> str:
    """passed, failed, error, or not_applicable where the rule had no row to speak of."""
    if error is not None:
        return "error"
    if failed:
        return "failed"
    return "passed" if checked else "not_applicable"


RULE_KEYS = {
    "id", "where", "given", "expect", "with", "column", "severity", "phase", "reason", "clause", "message", "why",
}  # fmt: skip


def _rule(item: dict[str, Any], dataset: str, place: str) -> Rule:
    unknown = set(item) - RULE_KEYS
    if unknown:
        raise SuiteError(f"{place}: {item.get('id')}: unknown keys {sorted(unknown)}; a rule knows {sorted(RULE_KEYS)}")
    try:
        return Rule(
            id=item["id"],
            dataset=dataset,
            severity=item["severity"],
            reason=item["reason"],
            message=item["message"],
            where=item.get("where"),
            given=item.get("given"),
            expect=item.get("expect"),
            arguments=item.get("with") or {},
            column=item.get("column"),
            clause=item.get("clause"),
            why=item["why"],
            phase=item.get("phase") or {},
        )
    except KeyError as error:
        raise SuiteError(f"{place}: {item.get('id')}: {error.args[0]} is missing; write it") from error


def _problems(rule: Rule, columns: set[str]) -> list[str]:
    found = []
    if not rule.id.startswith(f"{rule.dataset}.") or not re.fullmatch(r"[a-z_]+\.[a-z0-9_.]+", rule.id):
        found.append(f"the id must be {rule.dataset}.<what> in small letters")
    if (rule.where is None) == (rule.expect is None):
        found.append("exactly one of where and expect must be given")
    if rule.severity not in SEVERITIES or not set(rule.phase.values()) <= set(SEVERITIES):
        found.append(f"severity must be one of {SEVERITIES}")
    if not set(rule.phase) <= set(PHASES):
        found.append(f"phase must name {PHASES}")
    if rule.reason not in REASONS:
        found.append(f"reason must be one of {REASONS}")
    if rule.column is not None and rule.column not in columns:
        found.append(f"column {rule.column} is not in the contract")
    if not MESSAGE_ZH.fullmatch(rule.message.get("zh", "")):
        found.append("message.zh must read X 缺失/有误/可疑：必须…；请…。")
    if not MESSAGE_EN.fullmatch(rule.message.get("en", "")):
        found.append("message.en must read X is missing/wrong: you must …; check ….")
    if not rule.why.strip():
        found.append("why must say in one line what the rule is for")
    return found


def read_suite(path: Path, contract: Contract) -> tuple[Rule, ...]:
    """The written rules of one suite file; SuiteError names every rule that breaks the form."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if document.get("dataset") != contract.dataset:
        raise SuiteError(f"{path.name}: dataset must be {contract.dataset}")
    rules = tuple(_rule(item, contract.dataset, path.name) for item in document.get("rules") or ())
    columns = {c.name for c in contract.columns}
    problems = [f"{path.name}: {rule.id}: {problem}" for rule in rules for problem in _problems(rule, columns)]
    if problems:
        raise SuiteError("\n".join(problems))
    return rules


def build_suite(contract: Contract, written: tuple[Rule, ...]) -> Suite:
    """Derived and written rules as one suite; SuiteError where an id occurs twice."""
    from expectations.derived import derived_rules

    rules = (*derived_rules(contract), *written)
    ids = [rule.id for rule in rules]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise SuiteError(f"{contract.dataset}: rule ids must be unique: {twice}")
    return Suite(contract.dataset, rules)


@cache
def suites() -> dict[str, Suite]:
    """All suites by dataset."""
    return {
        name: build_suite(contract, read_suite(SUITES / f"{name}.yml", contract))
        for name, contract in contracts().items()
    }


def suite_sha256(dataset: str) -> str:
    """The hash of everything that judges a dataset: its rules in order, derived ones included."""
    import hashlib

    text = "\n".join(repr(rule) for rule in suites()[dataset].rules)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
