"""Synthetic rows of facts and dimensions for the tests of pages and reports. Not here: statistics made of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

UNIT = "500103"
QUARTERS = {
    "2019Q1": 2900, "2019Q2": 3800, "2019Q3": 4300, "2019Q4": 5230,
    "2020Q1": 900, "2020Q2": 4700, "2020Q3": 6900, "2020Q4": 8015,
    "2021Q1": 4100, "2021Q2": 6330, "2021Q3": 6100, "2021Q4": 6204,
}  # fmt: skip
TARGETS = {"2019": 16000, "2020": 20100, "2021": 24100, "2019-2021": 60200}

INSTITUTIONS = {
    "91500103MA5U000001": "甲职业培训学校",
    "91500103MA5U000002": "乙技工学校",
    "91500103MA5U000003": "丙企业培训中心",
}


def institutions() -> list[tuple]:
    return [(code, name, "private_school") for code, name in INSTITUTIONS.items()]


def classes() -> list[tuple]:
    rows = []
    for number, code in enumerate(INSTITUTIONS):
        for quarter in (1, 2, 3, 4):
            rows.append((f"YZ2021-{quarter}{number:02d}", UNIT, code, "job_skills", "育婴员", "5", "offline",
                         "special_account", "closed", date(2021, 3 * quarter - 2, 3), date(2021, 3 * quarter - 2, 5),
                         date(2021, 3 * quarter, 15), 60, True, f"{quarter:020x}", f"classes_2021Q{quarter}.xlsx",
                         "开班台账", 4 + number))  # fmt: skip
    return rows


def findings() -> list[tuple]:
    place = (UNIT, Decimal("1180.00"), "2021Q2", "enrollments_2021Q2.xlsx", "花名册", 9)
    text = ("一年内第四次享受补贴：请核对。", "A fourth subsidised training in a year: check it.")
    why = ("fourth_in_year", f"{9:032x}", '{"turn": 4, "allowed": 3, "earlier_classes": ["YZ2021-100"]}')
    return [
        ("f1", "YZ2019-12b", "block", "YZ2019-12b", "YZ2021-200", None, None, None, *place, *text, *why),
        ("f2", "YZ2019-12b", "block", "YZ2019-12b", "YZ2021-200", None, None, None, *place, *text, *why),
        ("f3", "CQ2021-8e", "flag", "CQ2021-8e", None, None, None, "2021-0007", UNIT, None, "2021Q3",
         "fund_ledger_2021Q3.xlsx", "专账", 12, "台账与拨付不一致：请核对。", "The ledger differs from the payment.",
         "ledger_payment", None, '{"outlay_yuan": 1200.5, "paid_yuan": 1000}'),
    ]  # fmt: skip


def rules() -> list[tuple]:
    text = (
        "渝中府办〔2019〕51号",
        "实施方案",
        "每年不超过三次",
        "Three a year",
        "每人每年不超过三次",
        "按班期结束日期计",
        None,
    )
    return [
        ("YZ2019-12b", "fourth_in_year", "computed", "四(十二)", *text, date(2019, 9, 30), None),
        ("CQ2021-8e", "ledger_payment", "computed", "八", *text, date(2021, 3, 1), None),
        ("CQ2021-1b", "daily_rate", "computed", "一", *text, date(2021, 3, 1), None),
        ("YZ2019-13a", "", "not_decidable", "四", *text[:-1], "payroll", date(2019, 9, 30), None),
    ]


def claims() -> list[tuple]:
    """Paid, waiting 20 days and waiting 200 days on 2021-12-31; each a claim of the whole class."""
    found = []
    for number, (status, claimed_on, paid) in enumerate(
        (("paid", date(2021, 5, 1), 9000), ("approved", date(2021, 12, 11), 0), ("approved", date(2021, 6, 14), 0))
    ):
        found.append((f"{UNIT}/{number}", f"SQ-{number}", UNIT, "YZ2021-100", None, "institution", "91500103MA5U000001",
                      "training", "special_account", status, claimed_on, date(2021, 6, 1) if paid else None,
                      Decimal(10000), Decimal(9000), None, Decimal(paid), Decimal(paid), True, True, True, f"{3:020x}",
                      "claims_2021Q2.xlsx", "Sheet1", 5 + number))  # fmt: skip
    return found


def trainings() -> list[tuple]:
    rows = []
    for row in classes():
        for person in range(30):
            rows.append((row[0], f"{person:032x}", UNIT, person < 28, person < 25, person < 20, row[14],
                         row[15].replace("classes", "enrollments"), "花名册", 5 + person))  # fmt: skip
    return rows
