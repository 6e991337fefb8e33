"""The faults planted in the files: rows that must be set aside, each a copy of a true row with one cell spoiled.

A fault never touches a true row, so the figures stay those of the drawn tables.
Not here: dirt that a reader must digest without loss (dirt).
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """One spoiled copy: what a reader must find (kind, column) and the cells that differ from the row copied.

    Cell values are SQL; `spare(n)` is the ID number of the n-th spare person, `code(n)` a credit code of nobody.
    """

    kind: str
    column: str
    cells: dict[str, str] = field(default_factory=dict)


def _person(number: int, kind: str, column: str, **cells: str) -> Fault:
    return Fault(kind, column, {"person_id": f"spare({number})"} | cells)


WRONG_CHECK = "left(spare({0}), 17) || if(right(spare({0}), 1) = '0', '1', '0')"
NO_SUCH_DAY = "id_number(left(spare({0}), 6) || '19850230' || '107')"
EXPONENT = "'5.09955E+17'"

FAULTS: dict[str, list[Fault]] = {
    "enrollments": [
        _person(11, "checksum", "person_id", person_id=WRONG_CHECK.format(11)),
        _person(12, "damaged", "person_id", person_id=EXPONENT),
        _person(13, "birth_date", "person_id", person_id=NO_SUCH_DAY.format(13)),
        _person(14, "unknown_code", "completion", completion="'待定'"),
        _person(15, "missing", "completion", completion="NULL"),
        _person(16, "unknown_code", "trainee_categories", trainee_categories="'其他类型人员'"),
        _person(17, "test_row", "person_name", person_name="'测试'"),
        _person(18, "unreadable", "fee_yuan", fee_yuan="'约一百'"),
        _person(19, "key_conflict", "*", completion="'合格'", education="'高中'"),
        _person(19, "key_conflict", "*", completion="'不合格'", education="'高中'"),
    ],
    "attendance": [
        _person(21, "checksum", "person_id", person_id=WRONG_CHECK.format(21)),
        _person(22, "unreadable", "attended_on", attended_on="'2019-02-30'"),
        _person(23, "unknown_code", "delivery_mode", delivery_mode="'函授'"),
        _person(24, "missing", "lessons", lessons="NULL"),
    ],
    "certifications": [
        _person(31, "unknown_code", "result", result="'优秀'"),
        _person(32, "unreadable", "examined_on", examined_on="'2020-13-01'"),
        _person(33, "missing", "person_id", person_id="NULL"),
    ],
    "employment": [
        _person(41, "unreadable", "starts_on", starts_on="'201913'"),
        _person(42, "unknown_code", "insurance_kind", insurance_kind="'商业保险'"),
        _person(43, "damaged", "person_id", person_id=EXPONENT),
    ],
    "claims": [
        Fault("unreadable", "claimed_yuan", {"claim_id": "'SLQ0001'", "claimed_yuan": "'约一千五'"}),
        Fault("unreadable", "paid_yuan", {"claim_id": "'SLQ0002'", "paid_yuan": "'待核实'"}),
        Fault("unknown_code", "claim_status", {"claim_id": "'SLQ0003'", "claim_status": "'处理中'"}),
        Fault("no_year", "claimed_on", {"claim_id": "'SLQ0004'", "claimed_on": "'3月5日'"}),
        Fault("key_conflict", "*", {"claim_id": "'SLQ0005'", "claimed_yuan": "'1000.00'"}),
        Fault("key_conflict", "*", {"claim_id": "'SLQ0005'", "claimed_yuan": "'1200.00'"}),
    ],
    "classes": [
        Fault("unreadable", "starts_on", {"class_id": "class(1)", "starts_on": "'2019-02-30'"}),
        Fault("missing", "total_lessons", {"class_id": "class(2)", "total_lessons": "NULL"}),
        Fault("unknown_code", "class_status", {"class_id": "class(3)", "class_status": "'暂存'"}),
        Fault("missing", "fund_source", {"class_id": "class(4)", "fund_source": "NULL"}),
    ],
    "fund_ledger": [
        # no amount, so that the balance still runs
        Fault(
            "unknown_code",
            "purpose",
            {
                "voucher_no": "'QT-01'",
                "line_no": "'1'",
                "purpose": "'杂项'",
                "balance_yuan": "NULL",
                "claim_id": "NULL",
                "income_yuan": "NULL",
                "outlay_yuan": "NULL",
            },
        ),
    ],
    "followups": [Fault("missing", "class_id", {"class_id": "NULL", "response_no": "'R901'"})],
    "inspections": [Fault("unknown_code", "method", {"method": "'电话询问'"})],
    "publications": [Fault("unknown_code", "item", {"item": "'其他公告'"})],
    "institutions": [
        Fault("unknown_code", "institution_kind", {"institution_id": "code(1)", "institution_kind": "'夜校'"}),
        Fault("missing", "listed_on", {"institution_id": "code(2)", "listed_on": "NULL"}),
    ],
    "projects": [Fault("unreadable", "standard_yuan", {"project_id": "'XM-Q01'", "standard_yuan": "'面议'"})],
    "enterprises": [Fault("missing", "employer_name", {"employer_id": "code(3)", "employer_name": "NULL"})],
    "targets": [Fault("unknown_code", "indicator_code", {"indicator_code": "'学员满足感'"})],
    "workforce_stats": [Fault("missing", "employed_total", {"population": "'在岗'", "employed_total": "NULL"})],
    "fund_quota": [Fault("unreadable", "quota_yuan", {"document_no": "'渝财社（合成）待定'", "quota_yuan": "'待定'"})],
}

# the quarter (as a number of the sample) or the year (counted from 0) whose file of the dataset holds the faults
FAULTY_QUARTER = {
    "enrollments": 2,
    "attendance": 1,
    "certifications": 3,
    "employment": 2,
    "claims": 5,
    "classes": 2,
    "fund_ledger": 4,
    "followups": 3,
    "inspections": 2,
    "publications": 3,
}
FAULTY_YEAR = {
    "institutions": 0,
    "projects": 0,
    "enterprises": 1,
    "targets": 1,
    "workforce_stats": 1,
    "fund_quota": 1,
}
