"""Synthetic rows of statistics marts for the tests of pages and reports. Not here: rows of facts and dimensions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from tests.browser.rows_of_facts import INSTITUTIONS, QUARTERS, TARGETS, UNIT


def progress() -> list[tuple]:
    years = {year: sum(count for quarter, count in QUARTERS.items() if quarter[:4] == year) for year in TARGETS}
    years["2019-2021"] = sum(QUARTERS.values())
    clauses = ("YZ2019-2b", "渝中府办〔2019〕51号")
    rows = []
    for period, target in TARGETS.items():
        actual = years[period]
        clause = "YZ2019-2a" if period == "2019-2021" else clauses[0]
        rows.append((UNIT, "person_times", period, "", 0, target, "ge", actual, actual / target, 1.0, actual >= target,
                     max(0, target - actual), clause, clauses[1]))  # fmt: skip
    rows += [
        (UNIT, "skilled_share", "2021", "", 0, "0.27", "ge", 0.2789, 0.2789 / 0.27, 1.0, True, 0, "YZ2019-2c",
         clauses[1]),
        (UNIT, "high_skilled_share", "2021", "", 0, "0.32", "ge", 0.3164, 0.3164 / 0.32, 1.0, False, 0.0036,
         "YZ2019-2d", clauses[1]),
        (UNIT, "apprentices", "2019-2021", "", 0, 2000, "ge", 2143, 2143 / 2000, 1.0, True, 0, "YZ2019-3d",
         clauses[1]),
    ]  # fmt: skip
    return rows


def course() -> list[tuple]:
    """Quarters of the plan, with what they and the targets of the years come to."""
    rows, running, planned = [], 0, 0
    for quarter, count in sorted(QUARTERS.items()):
        year, number = quarter[:4], int(quarter[-1])
        running += count
        planned += TARGETS[year] if number == 4 else 0
        ends_on = date(int(year), 3 * number, 31 if number in (1, 4) else 30)
        rows.append((UNIT, "person_times", quarter, ends_on, count, running, planned if number == 4 else None))
    return rows


def indicators() -> list[tuple]:
    rows, running = [], 0
    for quarter, count in QUARTERS.items():
        running = count if quarter.endswith("Q1") else running + count
        rows.append(("person_times", UNIT, quarter, "all", "all", count, None, count, "person_times"))
        rows.append(("person_times", UNIT, quarter, "cumulative", "all", running, None, running, "person_times"))
        for member, part in (("job_skills", 0.5), ("upskilling", 0.3), ("entrepreneurship", 0.2)):
            part_count = round(count * part)
            rows.append(("person_times", UNIT, quarter, "training_type", member, part_count, None, part_count,
                         "person_times"))  # fmt: skip
    for period in ("2019", "2020", "2021"):
        count = sum(value for quarter, value in QUARTERS.items() if quarter[:4] == period)
        rows.append(("person_times", UNIT, period, "all", "all", count, None, count, "person_times"))
        for part, institution in zip((0.5, 0.3, 0.2), INSTITUTIONS, strict=True):
            rows.append(("person_times", UNIT, period, "institution_id", institution, round(count * part), None,
                         round(count * part), "person_times"))  # fmt: skip
            rows.append(
                ("certificate_rate", UNIT, period, "institution_id", institution, 80, 100, 0.8 + part / 10, "ratio")
            )
        rows.append(("fund_spend", UNIT, period, "all", "all", None, None, 34400004.4, "yuan"))
        rows.append(("employment_rate", UNIT, period, "all", "all", 4210, 6833, 4210 / 6833, "ratio"))
        rows.append(("execution_rate", UNIT, period, "all", "all", 812, 1000, 0.812, "ratio"))
        rows.append(("pass_rate", UNIT, period, "all", "all", 13110, 14200, 13110 / 14200, "ratio"))
        rows.append(("unit_cost_yuan", UNIT, period, "all", "all", None, None, 1180.5, "yuan"))
    count = sum(QUARTERS.values())
    rows.append(("person_times", UNIT, "2019-2021", "all", "all", count, None, count, "person_times"))
    rows.append(("apprentices", UNIT, "2019-2021", "all", "all", 2143, None, 2143, "persons"))
    return rows


def funds() -> list[tuple]:
    rows = []
    for fund, scale in (("employment_fund", 1), ("unemployment_insurance", 2), ("special_account", 5)):
        opening = Decimal("1200000.00") * scale
        for period in ("2019", "2020", "2021"):
            income, outlay = Decimal("5000000.00") * scale, Decimal("4300000.55") * scale
            returned, unexplained = Decimal("12000.00") * scale, Decimal("0.00")
            closing = opening + income + returned - outlay
            if (fund, period) == ("special_account", "2020"):
                closing, unexplained = closing - Decimal("35000.00"), Decimal("-35000.00")
            ratio = float(outlay / (opening + income + returned))
            rows.append((fund, UNIT, period, opening, income, returned, outlay, closing, income, ratio, unexplained))
            if period == "2021":
                spent = Decimal("2150000.25") * scale
                quarter = (opening, income / 2, None, spent, opening + income / 2 - spent, None, 0.25, 0)
                rows.append((fund, UNIT, "2021Q2", *quarter))
            opening = closing
    return rows


def files() -> list[tuple]:
    rows = []
    for number, (dataset, quarter) in enumerate(
        (dataset, quarter) for dataset in ("classes", "enrollments", "claims", "fund_ledger") for quarter in QUARTERS
    ):
        accepted, quarantined, duplicate = 800 + 13 * number, number % 7, number % 4
        money = dataset in ("claims", "fund_ledger")
        fen = [accepted * 118000 * money, quarantined * 118000 * money, duplicate * 118000 * money]
        rows.append((f"{number:020x}", dataset, UNIT, quarter, f"{dataset}_{quarter}.xlsx", accepted + quarantined
                     + duplicate + 3, 3, duplicate, quarantined, accepted, number % 3, sum(fen), fen[2], fen[1], fen[0],
                     0))  # fmt: skip
    return rows


def quality() -> list[tuple]:
    rows = []
    for number, (dataset, quarter) in enumerate(
        (dataset, quarter) for dataset in ("classes", "enrollments", "claims", "fund_ledger") for quarter in QUARTERS
    ):
        for rule, severity, failed in (("amount_wrong", "quarantine", number % 7), ("unit_suspect", "warn", 0)):
            state = "failed" if failed else "passed"
            rows.append((dataset, f"{dataset}.{rule}", f"{number:020x}", UNIT, quarter, True, severity, 800 + number,
                         failed, state, "amount", "YZ2019-12d", "金额有误：请核对原始凭证后重新报送。",
                         "The amount is wrong: check the voucher and send the file again."))  # fmt: skip
    rows.append(("enrollments", "enrollments.class_known", f"{4:020x}", UNIT, "2019Q1", True, "warn", 418, 0, "pending",
                 "key", None, "班期编号可疑：必须是已报送开班备案的班期；请核对编号，或补报开班备案表。",
                 "The class id may be wrong: you must use the id of a class that is filed; check the id."))  # fmt: skip
    return rows


def mended() -> list[tuple]:
    """Row 9 of a second file, first set aside as row 12 of the first one."""
    first = (f"{1:020x}", "claims_2020Q1.xlsx", "Sheet1", 12, datetime(2020, 4, 8, 9, 30))
    return [(f"{3:020x}", "claims", UNIT, "2020Q2", "claims_2020Q2.xlsx", "Sheet1", 9, 118000, *first, True)]


def definitions() -> list[tuple]:
    plan = "渝中府办〔2019〕51号"
    given = [
        ("person_times", "补贴性职业技能培训人次", "Person-times trained", "count", "person_times",
         "结业学员人次，按班期结业日期", "completed trainings, by the day the class ended", "结业人次", None,
         f"YZ2019-2a {plan}", "completion = completed"),
        ("apprentices", "企业新型学徒人数", "Apprentices", "count", "persons", "学徒制班级报名的不同人数",
         "distinct persons in apprenticeship classes", "不同人数", None, f"YZ2019-3d {plan}", "starts_on"),
        ("skilled_share", "技能劳动者占就业人员比例", "Skilled workers, share of employed", "ratio", "ratio",
         "技能劳动者总量 ÷ 就业人员总量", "skilled ÷ employed", "技能劳动者总量", "就业人员总量",
         f"YZ2019-2c {plan}", "official"),
        ("high_skilled_share", "高技能人才占技能劳动者比例", "High-skilled, share of skilled", "ratio", "ratio",
         "高技能人才 ÷ 技能劳动者", "high-skilled ÷ skilled", "高技能人才总量", "技能劳动者总量",
         f"YZ2019-2d {plan}", "official"),
        ("certificate_rate", "取证率", "Certificate rate", "ratio", "ratio", "取证人次 ÷ 结业人次", "certified ÷ completed",
         "取证人次", "结业人次", "D.9", None),
        ("pass_rate", "评价合格率", "Pass rate", "ratio", "ratio", "合格 ÷ 参评", "passed ÷ examined", "合格",
         "参评", "D.9", None),
        ("employment_rate", "就业率", "Employment rate", "ratio", "ratio", "窗口内就业人次 ÷ 应计人次", "employed ÷ base",
         "窗口内就业人次", "应计人次", "D.9", "6 months"),
        ("execution_rate", "资金执行率", "Execution rate", "ratio", "ratio", "支出 ÷（期初 + 收入 + 退回）",
         "outlay ÷ (opening + income + returned)", "支出", "期初 + 收入 + 退回", "D.9", None),
        ("fund_spend", "资金支出", "Fund outlay", "amount", "yuan", "台账支出合计", "ledger outlay", "支出", None, "D.9", None),
        ("unit_cost_yuan", "人均成本", "Unit cost", "amount", "yuan", "补贴支出 ÷ 人次", "paid ÷ person-times", "补贴支出",
         "人次", "D.9", None),
    ]  # fmt: skip
    return [(*row, None, "int_indicator", number) for number, row in enumerate(given, 1)]


def j1() -> list[tuple]:
    lines = [
        ("classes_started", "开班数", "Classes started", "count", 211, 348, 190, 10.55, None),
        ("enrolled", "参训人次", "Enrolled", "person_times", 7120, 11702, 5210, 34.2, None),
        ("person_times", "结业人次", "Completed", "person_times", 6330, 10430, 4700, 33.1, 24100),
        ("person_times_certified", "取证人次", "Certified", "person_times", 5511, 9077, 4012, 28.7, None),
        ("certificate_rate", "取证率", "Certificate rate", "ratio", 5511 / 6330, 9077 / 10430, 4012 / 4700, None, None),
        ("person_times_paid", "补贴人次", "Paid", "person_times", 4020, 8111, 3655, 22.0, None),
        ("subsidy_paid_yuan", "补贴金额", "Subsidy paid", "yuan", 4743600.5, 9571000.0, 4312900.0, None, None),
    ]
    rows = []
    for period, factor in (("2021Q2", 1), ("2021Q1", 0.5)):
        for number, (code, zh, en, unit, now, total, before, _, target) in enumerate(lines, 1):
            now = now if unit == "ratio" else round(now * factor, 2)
            rows.append(
                (
                    UNIT,
                    period,
                    number,
                    code,
                    zh,
                    en,
                    unit,
                    now,
                    total,
                    before,
                    None if unit == "ratio" else now / before - 1,
                    target,
                    total / target if target else None,
                )
            )
            # fmt: skip
    return rows


def j2() -> list[tuple]:
    rows = []
    units = [("500103", "渝中区", 24100, 6330, 10430), ("500199", "两江新区", 12000, 3320, 6410)]
    for number, (code, name, target, now, total) in enumerate(units, 1):
        rows.append(
            (
                "500000",
                "2021Q2",
                number,
                code,
                name,
                target,
                now,
                total,
                total / target,
                total / target - 0.4959,
                0.9232,
                0.6161,
                Decimal("4743600.50") / number,
            )
        )
        rows.append(
            (
                code,
                "2021Q2",
                1,
                code,
                name,
                target,
                now,
                total,
                total / target,
                total / target - 0.4959,
                0.9232,
                0.6161,
                Decimal("4743600.50") / number,
            )
        )
        rows.append((code, "2021Q2", 2, None, "合计", target, now, total, total / target, total / target - 0.4959,
                     0.9232, 0.6161, Decimal("4743600.50") / number))  # fmt: skip
    rows.append(("500000", "2021Q2", 3, None, "合计", 36100, 9650, 16840, 16840 / 36100, 16840 / 36100 - 0.4959, 0.9232,
                 0.6161, Decimal("7115400.75")))  # fmt: skip
    return rows
