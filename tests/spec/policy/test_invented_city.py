"""A sixth pack, for a city that does not exist: written as a folder, never as code. Findings and figures follow it.

The city takes two trainings a year where Chongqing takes three, changes its advance on a date, asks for other certificates,
frees other groups, and counts otherwise: everybody who sat to the end, of filed classes alone, jobs within three months.
"""

import csv
import shutil
from decimal import Decimal

import pytest

from orchestration.policy import packs as policy
from tests.spec.marts.home import Home
from tests.spec.policy import case as cases

CITY, DISTRICT = "470000", "470101"
TEXT = (
    "每人每年可享受两次补贴。先拨付三成，二〇二一年七月一日起先拨付四成。老人参加培训不收费。取得技能等级证书的给予补贴。"
    "年末起，一生九次，基地每年两人次。"
)
PARAMETERS = [
    ("trainings_per_person_year", "2", "", "", "XC-1", "每人每年可享受两次补贴"),
    ("advance_share_max", "0.3", "", "2021-06-30", "XC-2", "先拨付三成"),
    ("advance_share_max", "0.4", "2021-07-01", "", "XC-2", "二〇二一年七月一日起先拨付四成"),
    ("trainings_lifetime", "9", "2021-12-31", "", "XC-5", "一生九次"),
    *[(f"base_senior_{tier}_min", "2", "2021-12-31", "", "XC-6", "基地每年两人次") for tier in ("national", "municipal")],
    ("entitlement_document", "新城〔2021〕1号", "", "", "", ""),
    ("count_area", CITY, "", "", "", ""), ("counting_completion", "completed、failed", "", "", "", ""),
    ("counting_class_status", "filed", "", "", "", ""), ("counting_excluded_training_type", "on_the_job、safety", "", "", "", ""),
    ("counting_excluded_fund_source", "industry_fund", "", "", "", ""), ("counting_lessons_per_day", "8", "", "", "", ""),
    ("certificate_window_months", "1", "", "", "", ""), ("employment_window_months", "3", "", "", "", ""),
]  # fmt: skip
RULES = [
    ("XC-1", "fourth_in_year", "training", "flag", "2021-01-01", "ends_on"),
    ("XC-2", "advance_over_half", "claim", "block", "2021-01-01", "advance_on"),
    ("XC-3", "fee_in_free_training", "training", "flag", "2021-01-01", "starts_on"),
    ("XC-4", "claim_without_certificate", "training", "block", "2021-01-01", "ends_on"),
    # in force from the last day of a year: limits and volumes of that year are judged
    ("XC-5", "lifetime_count", "training", "flag", "2021-12-31", "ends_on"),
    ("XC-6", "base_volume", "institution", "flag", "2021-12-31", "year"),
]
CATEGORIES = [
    ("free_training", "retiree_volunteer", "XC-3"), ("certificate", "skill_level", "XC-4"),
    ("assessment", "retiree_volunteer", "XC-4"), ("assessment_certificate", "skill_level", "XC-4"),
]  # fmt: skip
FEES = [("5、4", "120.50", "", "2021-03-31"), ("5、4", "130.50", "2021-04-01", ""), ("3", "300", "", "")]
QUOTES = {
    "XC-1": "每人每年可享受两次补贴",
    "XC-2": "先拨付三成",
    "XC-3": "老人参加培训不收费",
    "XC-4": "取得技能等级证书的给予补贴",
    "XC-5": "一生九次",
    "XC-6": "基地每年两人次",
}


def write_pack(root):
    """The pack of the city as files under `root`."""
    folder = root / CITY / "XC2021"
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    (folder / "document.yml").write_text(
        f"document: XC2021\njurisdiction: '{CITY}'\ndocument_no: 新城〔2021〕1号\ntitle: 新城培训办法\nissued_on: '2021-01-01'\n"
        "issuer: 新城\nstatus: in_force\nscope: an invented city\nsupersedes: []\ntext: text.txt\nsource: invented\n",
        encoding="utf-8",
    )
    limits = ("parameter", "value", "valid_from", "valid_to", "rule_id", "quote")
    rules = ("rule_id", "test", "subject_kind", "severity", "valid_from", "date_key")
    said = {"clause": "一", "kind": "L", "jurisdiction": CITY, "state": "computed", "title_zh": "题", "title_en": "title",
            "formula": "f", "message_zh": "请核对。", "message_en": "Check."}  # fmt: skip
    tables = {
        "parameter": [dict(zip(limits, row, strict=True)) for row in PARAMETERS],
        "rate": [
            {"rate_kind": "assessment_fee", "unit": "元"}
            | dict(zip(("skill_levels", "value", "valid_from", "valid_to"), fee, strict=True))
            for fee in FEES
        ],
        "category": [
            {"category_set": a, "category": b, "rule_id": c, "clause": "一", "quote": QUOTES[c]}
            for a, b, c in CATEGORIES
        ],
        "catalogue": [],
        "rule": [dict(zip(rules, row, strict=True)) | said | {"quote": QUOTES[row[0]]} for row in RULES],
    }
    for table, rows in tables.items():
        with (folder / f"{policy.FILES[table]}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, policy.TABLES[table][0])
            writer.writeheader()
            writer.writerows(rows)
    return folder


def klass(class_id, **changes):
    return cases.klass(class_id, **({"district_code": DISTRICT} | changes))


ROWS = [
    # three in a year: the third is one too many here, none too many in Yuzhong
    *[klass(f"T{n}", occupation_name=f"T{n}", ends_on=f"2021-04-2{n}") for n in (1, 2, 3)],
    *[cases.trainee(f"T{n}", "p") for n in (1, 2, 3)],
    *[cases.klass(f"Y{n}", occupation_name=f"Y{n}", ends_on=f"2021-04-2{n}") for n in (1, 2, 3)],
    *[cases.trainee(f"Y{n}", "y") for n in (1, 2, 3)],
    # two until April are allowed by the first notice; on 1 May, when the next allows one, the third is judged by it alone
    *[klass(f"N{n}", occupation_name=f"N{n}", ends_on=day)
      for n, day in ((1, "2021-03-30"), (2, "2021-04-30"), (3, "2021-05-01"))],
    *[cases.trainee(f"N{n}", "n") for n in (1, 2, 3)],
    # the advance: three tenths until 30 June, four from 1 July
    *[cases.claim(name, class_id="A", payee_kind="enterprise", claim_status="approved", approved_yuan="1000", paid_yuan=None,
                  paid_on=None, advance_yuan=yuan, advance_on=day) for name, yuan, day in [
        ("before", "300", "2021-06-30"), ("before_more", "300.01", "2021-06-30"), ("after", "400", "2021-07-01"),
        ("after_more", "400.01", "2021-07-01")]],
    klass("A"),
    # groups and certificates: a volunteer is free, a veteran is not; a completion certificate is none here
    klass("F"), cases.trainee("F", "f1", trainee_categories=["retiree_volunteer"], fee_yuan="10"),
    cases.trainee("F", "f2", fee_yuan="10"),
    klass("C"), cases.trainee("C", "c1"), cases.trainee("C", "c2"), cases.claim("CC", class_id="C"),
    cases.certificate("c1", "C", certificate_kind="completion"), cases.certificate("c2", "C"),
    # the fee of an assessment stands in the city's own table, by level and day
    *[row for name, day, level in (("E1", "2021-03-31", "5"), ("E2", "2021-04-01", "5"), ("E3", "2021-04-01", "3"),
                                   ("E4", "2021-04-01", "2"))
      for row in (klass(name, starts_on="2021-03-01", ends_on=day, skill_level=level, occupation_name=name),
                  cases.trainee(name, f"e{name}", trainee_categories=["retiree_volunteer"]),
                  cases.certificate(f"e{name}", name, skill_level=level, occupation_name=name),
                  cases.claim(f"{name}C", class_id=name, subsidy_kind="assessment", standard_yuan="99"))],
    # counting: failed counts, closed does not, safety stands apart, an industry's own fund does, an enterprise's counts here
    klass("K"), cases.trainee("K", "k1", completion="failed"), cases.trainee("K", "k2", completion="dropped"),
    klass("closed", class_status="closed"), cases.trainee("closed", "k3"),
    klass("safety", training_type="safety"), cases.trainee("safety", "k4"),
    klass("industry", fund_source="industry_fund"), cases.trainee("industry", "k5"),
    klass("own", fund_source="enterprise_education_fund"), cases.trainee("own", "k6"),
    *[cases.row("institutions", institution_id=tier, institution_name=tier, institution_kind="high_skill_base", tier=tier,
                district_code=DISTRICT, listed_on="2021-01-01") for tier in ("national", "municipal")],
    # a job in the fourth month, an assessment in the second: too late here
    klass("J"), cases.trainee("J", "j1"), cases.spell("j1", "2021-08-01"),
    cases.certificate("j1", None, examined_on="2021-06-01"),
    klass("J2"), cases.trainee("J2", "j2"), cases.spell("j2", "2021-07-30"),
    cases.certificate("j2", None, examined_on="2021-05-30"),
]  # fmt: skip


def write_next_notice(root):
    """The notice of the year after, a folder beside: one training a year from 1 May 2021; all else stands."""
    folder = root / CITY / "XC2022"
    shutil.copytree(root / CITY / "XC2021", folder)
    facts = (folder / "document.yml").read_text(encoding="utf-8")
    (folder / "document.yml").write_text(facts.replace("XC2021", "XC2022"), encoding="utf-8")
    for name, own, changes in (
        ("parameters", "trainings_per_person_year", {"value": "1", "valid_from": "2021-05-01", "rule_id": "XD-1"}),
        ("rules", "XC-1", {"rule_id": "XD-1", "valid_from": "2021-05-01"}),
        ("rates", None, {}), ("categories", None, {}), ("catalogues", None, {}),
    ):  # fmt: skip
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as source:
            reader = csv.DictReader(source)
            kept = [row | changes for row in reader if own in (row.get("parameter"), row.get("rule_id")) and own]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
            writer = csv.DictWriter(target, reader.fieldnames)
            writer.writeheader()
            writer.writerows(kept[:1])


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    root = tmp_path_factory.mktemp("packs")
    write_pack(root)
    write_next_notice(root)
    return [*policy.load_packs(), *policy.load_packs(root)]


@pytest.fixture(scope="module")
def built(tmp_path_factory, packs):
    home = Home(tmp_path_factory.mktemp("home"))
    connection = cases.build(home, [cases.Case("city", "", tuple(ROWS))], "2022-06-30", packs=packs)
    yield connection
    connection.close()


def test_the_pack_is_sound(packs):
    assert policy.check(packs) == []


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("fourth_in_year", [("XD-1", "N3/n", "flag"), ("XC-1", "T3/p", "flag")]),
        ("advance_over_half", [("XC-2", "after_more", "block"), ("XC-2", "before_more", "block")]),
        ("fee_in_free_training", [("XC-3", "F/f1", "flag")]),
        ("claim_without_certificate", [("XC-4", "C/c1", "block")]),
    ],
)
def test_findings_follow_the_pack(built, test, expected):
    assert built.execute(
        "select rule_id, coalesce(class_id || '/' || person_key, claim_id), severity from marts.mart_finding where test = ?"
        " and (jurisdiction = ? or test = 'fourth_in_year') order by 2", [test, CITY]).fetchall() == expected  # fmt: skip


def test_money_follows_the_pack(built):
    rows = built.execute(
        "select person_key, document_no, due_yuan from marts.mart_subsidy_due where class_id = 'C' and subsidy_kind = 'training'"
        " order by 1"
    ).fetchall()
    assert rows == [("c1", "新城〔2021〕1号", 0), ("c2", "新城〔2021〕1号", Decimal(1500))]


def test_fees_follow_the_pack(built):
    rows = built.execute(
        "select class_id, due_yuan from marts.mart_subsidy_due where person_key like 'eE%' and subsidy_kind = 'assessment'"
        " order by 1"
    ).fetchall()
    # no fee of level 2 is in the table: the claim's own stands
    assert rows == [("E1", Decimal("120.50")), ("E2", Decimal("130.50")), ("E3", 300), ("E4", 99)]


def test_limits_of_a_rule_in_force_from_the_last_day_of_a_year(built):
    limits = built.execute(
        "select calendar_year, used_count, left_count from marts.mart_limit_use where person_key = 'p' and rule_id = 'XC-5'"
    ).fetchall()
    assert limits == [(2021, 3, 6)]
    bases = built.execute(
        "select tier, calendar_year, rule_id, required_count, shortfall from marts.mart_base_qualification order by 1"
    ).fetchall()
    assert bases == [("municipal", 2021, "XC-6", 2, 2), ("national", 2021, "XC-6", 2, 2)]


def test_counts_follow_the_pack(built):
    counted = built.execute(
        "select class_id, person_key from marts.fct_training where is_counted and class_id in"
        " ('K', 'closed', 'safety', 'industry', 'own') order by all"
    ).fetchall()
    assert counted == [("K", "k1"), ("own", "k6")]
    assert built.execute(
        "select class_id, is_certified, is_employed from marts.fct_training where class_id in ('J', 'J2') order by all"
    ).fetchall() == [("J", False, False), ("J2", True, True)]


def test_indicators_are_those_counts(built):
    ((value, counted),) = built.execute(
        "select any_value(i.value), count(*) from marts.mart_indicator as i cross join marts.fct_training as t"
        " where i.indicator_code = 'person_times' and i.dimension = 'all' and i.period = '2021' and i.reporting_unit = $1"
        " and t.reporting_unit = $1 and t.is_counted",
        [DISTRICT],
    ).fetchall()
    assert value == counted > 0
