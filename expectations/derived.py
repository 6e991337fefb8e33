"""Rules that follow from a contract: required, key, and one rule per column and fault that reading can find.

Whether a fault quarantines follows from the column: required, key, money and identity do; any other bad value is null
with a notice. Not here: rules a suite writes down.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from expectations.candidate import candidate_column, candidate_columns
from expectations.contract import Column, Contract, contracts
from expectations.model import Rule, suites

DATES = ("date", "month", "year", "period", "timestamp")
NUMBERS = ("int", "decimal", "money")
CODES = ("code", "code[]", "level", "bool", "division", "occupation", "unit", "uscc")

# faults that say something about a value which stays: a notice, whatever the column
NOTICES = ("area_code", "sex", "id_upgraded", "name_damaged", "unit_suspect", "merged")
# faults that set the row aside, whatever the column
ALWAYS = {"test_row": "identity", "key_conflict": "key", "mark": "code", "lessons_missing": "required"}

# faults that only columns of one name have
BY_NAME = {
    "lessons": ("mark", "lessons_missing"),
    "person_name": ("name_damaged",),
    "payee_id": ("damaged",),
}

KEY_FAULTS = ("key_conflict", "merged")
WHOLE_ROW = "*"

FAULTS = Path(__file__).resolve().parent / "faults.yml"


@cache
def _wording() -> dict[str, dict[str, dict[str, str]]]:
    import yaml

    return yaml.safe_load(FAULTS.read_text(encoding="utf-8"))


def _label_en(column: Column) -> str:
    return column.description.split(":")[0].rstrip(".")


def _texts(column: Column | None, fault: str) -> dict[str, str]:
    wording = _wording()
    if fault in wording["by_fault"]:
        return wording["by_fault"][fault]
    kind = column.type if column else "text"
    if fault == "unknown_code" or (kind in CODES and kind != "uscc"):
        kind = "code"
    return wording["by_type"].get(kind, wording["by_type"]["text"])


def _message(zh: str, en: str, texts: dict[str, str], is_missing: bool = False) -> dict[str, str]:
    return {
        "zh": f"{zh}{'缺失' if is_missing else '有误'}：必须{texts['must_zh']}；请核对{texts['check_zh']}。",
        "en": f"{en} is {'missing' if is_missing else 'wrong'}: "
        f"you must {texts['must_en']}; check {texts['check_en']}.",
    }


def reason_of(column: Column) -> str:
    """The reason under which a bad value of the column is reported."""
    if column.type == "idcard":
        return "identity"
    if column.type in DATES:
        return "date"
    if column.type in NUMBERS:
        return "amount"
    if column.type in CODES:
        return "code"
    return "key" if column.is_key else "code"


def sets_row_aside(column: Column, fault: str) -> bool:
    """Whether a fault in this column quarantines the row (else the value is null with a notice)."""
    if fault in ALWAYS:
        return True
    if fault in NOTICES or (fault == "checksum" and column.type != "idcard"):
        return False
    return column.is_required or column.is_key or column.type in ("money", "idcard")


def faults_of(column: Column) -> tuple[str, ...]:
    """The faults that reading a column of this type is expected to find."""
    found = ["unreadable", "error_cell"]
    if column.type in DATES:
        found += ["no_year", "ambiguous"] if column.type in ("date", "month") else []
    elif column.type == "idcard":
        found += ["checksum", "damaged", "birth_date", "area_code", "sex", "id_upgraded"]
    elif column.type == "uscc":
        found += ["checksum", "damaged"]
    elif column.type in CODES:
        found += ["unknown_code", "ambiguous"]
    elif column.type in NUMBERS:
        found += ["out_of_range", "damaged"]
        found += ["unit_suspect"] if column.type in ("money", "int") else []
    return (*found, *BY_NAME.get(column.name, ()))


def phases_of(column: Column, fault: str) -> dict[str, str]:
    """Phases in which a fault is judged more softly: in a preview an optional amount may still be open."""
    is_open = column.type == "money" and not (column.is_required or column.is_key) and fault not in ALWAYS
    return {"preview": "warn"} if is_open and sets_row_aside(column, fault) else {}


def fault_rule(contract: Contract, column_name: str, fault: str) -> Rule:
    """The rule for one fault of one column (`*` = the whole row)."""
    if column_name == WHOLE_ROW:
        zh, en, named = ("主键", "The key", None) if fault in KEY_FAULTS else ("该行", "The row", None)
        phase: dict[str, str] = {}
        severity = "quarantine" if fault in ALWAYS else "warn"
        reason, texts = ALWAYS.get(fault, "key"), _texts(None, fault)
        rule_id = f"{contract.dataset}.row.{fault}"
    else:
        column = contract.column(column_name)
        zh, en, named = column.header_zh, _label_en(column), column.name
        severity = "quarantine" if sets_row_aside(column, fault) else "warn"
        reason, texts = ALWAYS.get(fault) or reason_of(column), _texts(column, fault)
        phase = phases_of(column, fault)
        rule_id = f"{contract.dataset}.{column.name}.{fault}"
    return Rule(
        id=rule_id,
        dataset=contract.dataset,
        severity=severity,
        reason=reason,
        message=_message(zh, en, texts),
        where=f"list_contains(faults, '{column_name}:{fault}')",
        column=named,
        why="What reading found in the cell, as the contract's type demands.",
        phase=phase,
        is_derived=True,
    )


def _required_rule(contract: Contract, column: Column) -> Rule:
    name = candidate_column(column) or column.name
    is_list = candidate_columns(contract)[name].endswith("[]")
    blank = f"coalesce(len({name}), 0) = 0" if is_list else f"{name} IS NULL"
    faults = [f"'{column.name}:{f}'" for f in faults_of(column) if sets_row_aside(column, f)]
    faults += [f"'{column.name}:{f}'" for f in ALWAYS]
    return Rule(
        id=f"{contract.dataset}.{column.name}.required",
        dataset=contract.dataset,
        severity="quarantine",
        reason="key" if column.is_key else "required",
        message=_message(
            column.header_zh,
            _label_en(column),
            _wording()["by_fault"]["required"],
            is_missing=True,
        ),
        # a cell that holds something unreadable is reported as such, not as blank
        where=f"{blank} AND NOT coalesce(list_has_any(faults, [{', '.join(faults)}]), false)",
        column=column.name,
        why="The contract requires the column.",
        is_derived=True,
    )


def derived_rules(contract: Contract) -> tuple[Rule, ...]:
    """All rules that follow from the contract: whole-row faults, required columns, faults of each column's type."""
    rules = [fault_rule(contract, WHOLE_ROW, fault) for fault in ("key_conflict", "test_row", "merged")]
    for column in contract.columns:
        if column.is_required:
            rules.append(_required_rule(contract, column))
        rules += [fault_rule(contract, column.name, fault) for fault in faults_of(column)]
    return tuple(rules)


def missing_rules(contract: Contract, rules: tuple[Rule, ...], faults: list[str]) -> tuple[Rule, ...]:
    """Rules for faults found in a candidate that no rule of the suite names, so that none is passed over in silence."""
    known = " ".join(rule.where or "" for rule in rules)
    columns = {column.name for column in contract.columns}
    extra = []
    for fault in sorted(faults):
        if f"'{fault}'" in known:
            continue
        column, _, kind = fault.partition(":")
        if column in columns or column == WHOLE_ROW:
            extra.append(fault_rule(contract, column, kind))
        else:
            whole = fault_rule(contract, WHOLE_ROW, kind)
            where = f"list_contains(faults, '{fault}')"
            extra.append(replace(whole, id=f"{contract.dataset}.row.{column}.{kind}", where=where))
    return tuple(extra)


def rule_of(dataset: str, rule_id: str) -> Rule:
    """The rule of an id, also where a fault outside the suite gave rise to it."""
    rules = suites()[dataset].rules
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is not None:
        return found
    column, kind = rule_id.removeprefix(f"{dataset}.").rsplit(".", 1)
    name = WHOLE_ROW if column.split(".")[0] == "row" else column
    return fault_rule(contracts()[dataset], name, kind)
