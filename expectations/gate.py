"""The gate: suite and candidate in, verdict out.

One SQL pass decides every row; Great Expectations judges the same predicates at the same time in its own process. Where
the two disagree nothing may be committed. Not here: the SQL itself (split), Great Expectations (engine), committing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from expectations import split
from expectations.across import PENDING, across_rules
from expectations.candidate import candidate_columns
from expectations.contract import Contract
from expectations.derived import missing_rules
from expectations.engine import Engine, EngineError, Expectation, Judgement
from expectations.model import Rule, RuleResult, Suite, state_of, suites
from expectations.sql import literal
from expectations.stakes import needs_rates
from expectations.verdict import FileVerdict, Verdict

REASON_ROWS = 2000  # rows listed per file in a verdict; counts stay exact, the errors file holds all
NOTICE_ROWS = 20  # places listed per notice

Rates = Callable[[], Path | None]


class Gate:
    """Judges candidates with one running Engine; one Gate may judge any number of datasets, one after the other."""

    def __init__(self, engine: Engine, *, memory_limit: str = "2GB", threads: int = 2) -> None:
        self._engine = engine
        self._settings: dict[str, Any] = {"memory_limit": memory_limit, "threads": threads}

    def judge(
        self, contract: Contract, candidate: Path, workdir: Path, phase: str = "final", suite: Suite | None = None,
        rates: Rates | None = None,
    ) -> Verdict:  # fmt: skip
        """Judge one candidate Parquet and write `<dataset>.accepted|quarantine|errors.parquet` into `workdir`.

        `rates` gives a Parquet of class_id and fen per head, and is asked only where stakes rest on it.
        A verdict of state `error` has no files: the candidate breaks its contract, a predicate failed, the engine died,
        or the engine's counts differ from the split's.
        """
        import duckdb

        suite = suite or suites()[contract.dataset]
        with duckdb.connect(config={**self._settings, "temp_directory": str(workdir / "spill")}) as connection:
            try:
                return self._judge(connection, contract, suite, Path(candidate), Path(workdir), phase, rates)
            except duckdb.Error as error:
                # by kind only: the text of a database error may quote a cell
                return _failed(contract, phase, f"判定语句出错（{type(error).__name__}）", "a predicate failed in SQL")
            except EngineError as error:
                return _failed(contract, phase, str(error), "the judging process failed")

    def _judge(self, connection, contract, suite, candidate, workdir, phase, rates) -> Verdict:
        columns = split.open_source(connection, candidate)
        wanted = candidate_columns(contract)
        wrong = sorted(name for name, kind in wanted.items() if columns.get(name) != kind)
        if wrong:
            return _failed(
                contract, phase, f"候选表的列与合同不符：{'、'.join(wrong)}", f"columns differ: {', '.join(wrong)}"
            )
        present = split.present_faults(connection)
        rules = [_in_phase(rule, phase) for rule in (*suite.rules, *missing_rules(contract, suite.rules, present))]
        asked = [rule for rule in rules if rule.where and not _is_absent(rule, present)]
        refused = split.refused_files(connection, [rule for rule in asked if rule.severity == "refuse"])
        judged = candidate
        if refused and split.promote_duplicates(connection, refused, workdir / f"{contract.dataset}.judged.parquet"):
            judged = workdir / f"{contract.dataset}.judged.parquet"
            split.open_source(connection, judged)
        with ThreadPoolExecutor(max_workers=1) as pool:
            questions = _questions(contract, asked, rules, present)
            waiting = pool.submit(self._engine.judge, judged, questions)
            counts = split.count_failures(connection, asked)
            failed = [rule for n, rule in enumerate(asked) if any(c[n][1] for c in counts.values())]
            known = rates() if failed and rates and needs_rates(contract.dataset) else None
            split.mark_rows(connection, contract, failed, known)
            judgements = waiting.result()
        problems = _disagreements(asked, counts, judgements)
        if problems:
            return Verdict(contract.dataset, phase, "error", problems=problems)
        broken = [rule for rule in rules if rule.expect and not judgements[rule.id].success]
        if any(rule.severity == "refuse" for rule in broken):
            refused = [n for (n,) in connection.execute("SELECT DISTINCT file_no FROM source").fetchall()]
        accepted, quarantine, errors = split.write_rows(connection, refused, workdir / contract.dataset)
        files = _files(connection, refused, asked, counts, broken)
        return Verdict(
            dataset=contract.dataset,
            phase=phase,
            state="judged",
            files=files,
            rules=_results(contract.dataset, files, rules, asked, counts, judgements),
            accepted=accepted,
            quarantine=quarantine,
            errors=errors,
        )


def _failed(contract: Contract, phase: str, zh: str, en: str) -> Verdict:
    problem = {
        "zh": f"{contract.title_zh}：{zh}，未提交任何数据。",
        "en": f"{contract.dataset}: {en}; nothing is committed.",
    }
    return Verdict(contract.dataset, phase, "error", problems=[problem])


def _in_phase(rule: Rule, phase: str) -> Rule:
    return replace(rule, severity=rule.severity_in(phase))


def _is_fault_rule(rule: Rule) -> bool:
    return rule.is_derived and (rule.where or "").startswith("list_contains(faults, ")


def _fault_of(rule: Rule) -> str:
    return (rule.where or "").removeprefix("list_contains(faults, '").removesuffix("')")


def _is_absent(rule: Rule, present: Sequence[str]) -> bool:
    """A derived rule whose fault occurs nowhere; one question to the engine covers all of them."""
    return _is_fault_rule(rule) and _fault_of(rule) not in present


def _questions(contract: Contract, asked: list[Rule], rules: list[Rule], present: list[str]) -> list[Expectation]:
    names = ", ".join(map(literal, present))
    others = f"len(list_filter(faults, lambda fault: fault NOT IN ({names}))) > 0" if present else "len(faults) > 0"
    return [
        *(Expectation(rule.id, where=rule.predicate) for rule in asked),
        Expectation(f"{contract.dataset}.faults.others", where=others),
        Expectation(
            f"{contract.dataset}.candidate.columns",
            type="ExpectTableColumnsToMatchSet",
            arguments={"column_set": list(candidate_columns(contract)), "exact_match": False},
        ),
        Expectation(
            f"{contract.dataset}.candidate.row_id", type="ExpectColumnValuesToBeUnique", arguments={"column": "row_id"}
        ),
        *(Expectation(rule.id, type=rule.expect, arguments=rule.arguments) for rule in rules if rule.expect),
    ]


def _disagreements(
    asked: list[Rule], counts: dict[int, list[tuple[int, int]]], judgements: dict[str, Judgement]
) -> list[dict[str, str]]:
    """Every question where Great Expectations erred or counted other rows than the split."""
    expected = {rule.id: sum(file[n][1] for file in counts.values()) for n, rule in enumerate(asked)}
    problems = []
    for rule_id, judgement in judgements.items():
        is_own = rule_id.endswith((".faults.others", ".candidate.columns", ".candidate.row_id"))
        if judgement.error is not None:
            zh, en = f"规则 {rule_id} 无法判定", f"rule {rule_id} could not be judged"
        elif is_own and not judgement.success:
            zh, en = f"候选表未通过 {rule_id}", f"the candidate fails {rule_id}"
        elif rule_id in expected and judgement.failed != expected[rule_id]:
            zh = f"规则 {rule_id} 两次判定不一致（{judgement.failed} 与 {expected[rule_id]} 行）"
            en = f"rule {rule_id}: the two counts differ ({judgement.failed} and {expected[rule_id]} rows)"
        else:
            continue
        problems.append({"zh": zh + "，未提交任何数据。", "en": en + "; nothing is committed."})
    return problems


def _files(connection, refused, asked, counts, broken) -> dict[int, FileVerdict]:
    by_id = {rule.id: rule for rule in asked}
    reasons: dict[int, list[dict]] = {}
    for number, rule_id, reason, sheet, row_no, column, fen, stake, heads in split.list_reasons(
        connection, REASON_ROWS
    ):
        reasons.setdefault(number, []).append(
            {"rule_id": rule_id, "reason": reason, "sheet": sheet, "row_no": row_no, "column": column,
             "message": by_id[rule_id].message, "amount_fen": fen, "stake_fen": stake, "heads": heads}
        )  # fmt: skip
    places: dict[tuple[int, str], list[dict]] = {}
    for number, rule_id, sheet, row_no in split.list_notices(connection, NOTICE_ROWS):
        places.setdefault((number, rule_id), []).append({"sheet": sheet, "row_no": row_no})
    whole = [
        {"rule_id": r.id, "reason": r.reason, "sheet": None, "row_no": None, "column": r.column, "message": r.message,
         "amount_fen": 0, "stake_fen": 0, "heads": 0} for r in broken if r.severity == "refuse"
    ]  # fmt: skip
    files = {}
    for file in split.count_rows(connection, refused):
        number = file["file_no"]
        failed = {r.id: counts[number][n][1] for n, r in enumerate(asked) if number in counts and counts[number][n][1]}
        is_refused = number in refused
        state = "refused" if is_refused else "quarantined" if file["rows"]["quarantined"] else "accepted"
        files[number] = FileVerdict(
            **file,
            state=state,
            reasons=whole + reasons.get(number, []),
            reason_counts={i: n for i, n in failed.items() if by_id[i].severity != "warn"},
            notices=[
                {"rule_id": i, "reason": by_id[i].reason, "column": by_id[i].column, "count": n, "message": by_id[i].message,
                 "rows": places.get((number, i), [])}
                for i, n in failed.items() if by_id[i].severity == "warn"
            ],
        )  # fmt: skip
    return files


def _results(dataset, files, rules, asked, counts, judgements) -> list[RuleResult]:
    """One result per slot and rule, over the files that are not refused."""
    slots: dict[tuple[str, str], list[int]] = {}
    for file in files.values():
        if not file.is_refused:
            slots.setdefault((file.slot_unit, file.slot_period), []).append(file.file_no)
    position = {rule.id: n for n, rule in enumerate(asked)}
    results = []
    for (unit, period), numbers in sorted(slots.items()):
        of_slot = [counts[n] for n in numbers if n in counts]
        rows = sum(f.rows["accepted"] + f.rows["quarantined"] for f in map(files.__getitem__, numbers))
        for rule in rules:
            if rule.expect:
                checked, failed = 1, int(not judgements[rule.id].success)
            elif rule.id in position:
                checked = sum(c[position[rule.id]][0] for c in of_slot)
                failed = sum(c[position[rule.id]][1] for c in of_slot)
            else:
                checked, failed = rows, 0
            results.append(RuleResult(unit, period, rule.id, rule.severity, checked, failed, state_of(checked, failed)))
        # other files may still come: the build judges these
        results += [
            RuleResult(unit, period, rule.id, rule.severity, rows, 0, PENDING if rows else state_of(0, 0))
            for rule in across_rules()
            if rule.dataset == dataset
        ]
    return results
