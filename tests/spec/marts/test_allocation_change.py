"""Money moved between districts, quotas changed, money clawed back: proposed, put on record, read by the next build, replayed."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from fractions import Fraction

import pytest

from orchestration.allocation.change import decide_change, propose_change
from orchestration.allocation.compare import adjust
from orchestration.allocation.decide import decide, replay
from orchestration.allocation.propose import AllocationError, Request, fen, propose
from orchestration.allocation.record import RecordError, folder, standing_records, verify
from orchestration.errors import UsageError
from orchestration.query import open_read_only
from orchestration.review.score import score
from orchestration.scheme.read import Scheme, find_scheme
from tests.spec.marts.home import Home
from tests.spec.marts.rows import claim, klass, trainee
from tests.unit.allocation.recompute import allocate

RELEASE = "20211231-0123456789"
# district: (quota, spent) of 2021
MONEY = {"500103": (1_000_000, 900_000), "500105": (1_000_000, 300_000), "500107": (500_000, 299_999)}


def fill(home: Home) -> None:
    for number, (unit, (quota, spent)) in enumerate(MONEY.items()):
        classes = [klass(f"{unit}-{n}", district_code=unit, institution_id=f"I{n}-{unit}") for n in range(2)]
        home.submit("classes", classes, unit=unit, period="2021Q2")
        people = [trainee(k["class_id"], f"{k['class_id']}-{p}") for k in classes for p in range(10 + 10 * number)]
        home.submit("enrollments", people, unit=unit, period="2021Q2")
        paid = [claim(f"C{k['class_id']}", class_id=k["class_id"], paid_yuan="1000") for k in classes]
        home.submit("claims", paid, unit=unit, period="2021Q2")
        row = {"reporting_unit": unit, "fund_source": "special_account", "year": 2021, "quota_yuan": str(quota),
               "issued_on": "2021-01-10", "document_no": "1"}  # fmt: skip
        home.submit("fund_quota", [row], unit=unit, period="2021")
        lines = [("2021-01-15", "quota_in", quota, None, "1"), ("2021-06-15", "training", None, spent, "2")]
        home.submit("fund_ledger", [
            {"voucher_no": voucher, "line_no": 1, "booked_on": day, "account": "special_account", "purpose": purpose,
             "income_yuan": income and str(income), "outlay_yuan": outlay and str(outlay)}
            for day, purpose, income, outlay, voucher in lines
        ], unit=unit, period="2021")  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A municipality of three districts with a release of 2021."""
    made = Home(tmp_path_factory.mktemp("home"))
    fill(made)
    made.build(data_date="2021-12-31", policy=True).close()
    release = made.settings.releases / RELEASE
    release.mkdir(parents=True)
    shutil.copy(made.settings.build / "warehouse.duckdb", release)
    (release / "manifest.json").write_text(json.dumps({"release_id": RELEASE}), encoding="utf-8")
    made.settings.current.symlink_to(release)
    return made


@pytest.fixture
def settings(home):
    """The municipality without decisions before and after a test."""
    yield home.settings
    shutil.rmtree(folder(home.settings), ignore_errors=True)


def moved(found: dict) -> dict[str, Decimal]:
    return {row["recipient_id"]: Decimal(row["change_value"]) for row in found["changes"]}


def test_districts_below_the_line_of_the_scheme_give_half_of_what_is_unspent_and_the_others_get_it(settings):
    found = propose_change(settings, "adjustment", 2021)
    # 30.0 % and 59.9998 % lie below 60 %: half of 700,000 and half of 200,001 go to the one that spent 90 %
    assert found["rule"] == {"line": 0.6, "part": 0.5}
    assert moved(found) == {
        "500103": Decimal("450000.50"),
        "500105": Decimal(-350_000),
        "500107": Decimal("-100000.50"),
    }
    assert all(
        Decimal(r["before_value"]) + Decimal(r["change_value"]) == Decimal(r["after_value"]) for r in found["changes"]
    )
    assert [row["reason"] for row in found["changes"]][:2] == ["按方案份额调入", "执行率低于60%，调出结余的50%"]


def test_the_line_itself_is_not_below_it_and_the_rule_can_be_given_or_has_to_be(settings):
    with pytest.raises(AllocationError, match="没有执行率低于 30% 的区县.*执行率 90.0%"):
        propose_change(settings, "adjustment", 2021, rule=(0.3, 1))  # 30 % is not below 30 %
    with pytest.raises(AllocationError, match="执行率都低于 100%，没有可调入的区县"):
        propose_change(settings, "adjustment", 2021, rule=(1, 1))
    found = propose_change(settings, "adjustment", 2021, rule=(0.5, 1))
    assert moved(found)["500105"] == -700_000 and sum(moved(found).values()) == 0
    content = json.loads(json.dumps(find_scheme("chongqing_example").content))
    del content["allocation"]["adjustment"]
    silent = Scheme(content, "0", find_scheme("chongqing_example").path)
    with pytest.raises(UsageError, match="没有调剂规则"):
        adjust(settings, Request(2022, None, None, "district", silent))


def test_quotas_follow_the_grades_and_unspent_money_is_set_off_or_returned(settings):
    quotas = propose_change(settings, "quota", 2022, "500103", "institution")
    assert quotas["unit_of_measure"] == "person_times"
    # nobody passed an examination: poor, so the example takes the whole quota away
    assert {
        r["recipient_id"]: (r["before_value"], r["change_value"], r["after_value"]) for r in quotas["changes"]
    } == dict.fromkeys(("I0-500103", "I1-500103"), ("10.00", "-10.00", "0.00"))
    assert all(row["reason"].startswith("等次差，计划-100%") for row in quotas["changes"])
    back = propose_change(settings, "claw_back", 2021)
    assert {r["recipient_id"]: r["change_value"] for r in back["changes"]} == {
        "500103": "-100000.00", "500105": "-700000.00", "500107": "-200001.00",
    }  # fmt: skip
    assert "抵扣下年额度" in back["changes"][0]["reason"] and "缴回" in back["changes"][0]["reason"]
    with pytest.raises(AllocationError, match="没有可收回的结余|没有可分配的对象"):
        propose_change(settings, "claw_back", 2019)


@pytest.mark.parametrize(
    ("asked", "why"),
    [(("2030", None, None), "没有 2029 年的数据作依据"), (("2022", "999999", None), "--unit 可用 500000、500103"),
     (("2022", "500103", "district"), "至少要有两个区县")],
)  # fmt: skip
def test_that_nobody_can_get_anything_is_told_by_its_cause(settings, asked, why):
    year, unit, among = asked
    with pytest.raises(AllocationError, match=why):
        propose(settings, Request(int(year), 100, unit, among))


SCHEMES = ("chongqing_example", "hunan_2014_factors", "sichuan_base_assessment")


@pytest.mark.parametrize("name", SCHEMES)
@pytest.mark.parametrize("pool", [1, 99, 200_000_000, 250_000_001])
def test_every_proposal_is_what_plain_fractions_make_of_the_published_measures(settings, name, pool):
    scheme = find_scheme(name)
    with open_read_only(settings.current / "warehouse.duckdb", settings) as release:
        rows = release.execute(
            "SELECT recipient_id, measure, value FROM marts.mart_allocation_measure"
            " WHERE allocator_unit = '500000' AND recipient_kind = 'district' AND year = 2022 UNION ALL"
            " SELECT reporting_unit, indicator_code, value::DECIMAL(24,6) FROM marts.mart_indicator"
            " WHERE dimension = 'all' AND period = '2021' AND value IS NOT NULL"
        ).fetchall()
        score(release, scheme)
        scores = {row[0]: row[1:] for row in release.execute(
            "SELECT DISTINCT subject_id, if(rank IS NULL, NULL, total_score), coalesce(consequence = 'suspend', false)"
            " FROM temp.mart_review WHERE subject_kind = 'district' AND period = '2021'"
        ).fetchall()}  # fmt: skip
    measures = {(row[0], row[1]): Fraction(row[2]) for row in rows}
    expected = allocate(scheme.content, pool, measures, scores, {unit: unit for unit in MONEY})
    try:
        found = propose(settings, Request(2022, pool, "500000", "district", scheme))["scenarios"][0]["rows"]
    except AllocationError:
        found = []
    assert {row["recipient_id"]: fen(row["proposed_yuan"]) for row in found} == {
        r: e["amount"] for r, e in expected.items()
    }
    for row in found:
        own = expected[row["recipient_id"]]
        bounds = tuple(fen(row[column]) for column in ("computed_yuan", "floor_yuan", "cap_yuan"))
        assert bounds == (own["plain"], own["floor"], own["cap"])
        factors = [factor["factor"] for factor in scheme.content["allocation"]["factors"]]
        for kind in set(factors):
            parts = [own["parts"][n] for n, factor in enumerate(factors) if factor == kind]
            assert fen(row[f"{kind}_yuan"]) == sum(parts)


@pytest.mark.parametrize(
    ("kind", "year", "among"), [("adjustment", 2021, None), ("quota", 2022, "district"), ("claw_back", 2021, None)]
)
def test_a_change_is_a_record_and_another_one_names_it(settings, kind, year, among):
    proposed = propose_change(settings, kind, year, among=among)
    with pytest.raises(UsageError):
        decide_change(settings, proposed, "局长办公会", " ", None)
    first = decide_change(settings, proposed, "局长办公会", "首次", None)
    second = decide_change(settings, proposed, "局长办公会", "复核", None)
    assert (first["replaces"], second["replaces"]) == (None, first["allocation_id"])
    assert [r["allocation_id"] for r in standing_records(settings)] == [second["allocation_id"]]
    assert verify(settings, second["allocation_id"]) == []
    assert replay(settings, second["allocation_id"])["differences"] == []


def test_the_next_build_reads_what_was_decided_and_stops_where_a_record_was_changed(home, settings):
    for kind, year in (("adjustment", 2021), ("claw_back", 2021)):
        decide_change(settings, propose_change(settings, kind, year), "办公会", "年终", None)
    decide(settings, Request(2022, 60_000_000, "500000", "district"), "办公会", "首次")
    connection = home.build(data_date="2021-12-31", policy=True)
    found = connection.execute(
        "SELECT decides, is_standing, count(*), sum(change_value) FROM marts.mart_allocation_change GROUP BY ALL ORDER BY 1"
    ).fetchall()
    decided = connection.execute(
        "SELECT recipient_id, unspent_yuan, proposed_yuan FROM marts.mart_allocation WHERE is_standing"
    ).fetchall()
    connection.close()
    assert found == [("adjustment", True, 3, 0), ("claw_back", True, 3, Decimal("-1000001.00"))]
    # unspent money is now set off against the amount that was decided
    shutil.copy(home.settings.build / "warehouse.duckdb", settings.current)
    back = {r["recipient_id"]: r["reason"] for r in propose_change(settings, "claw_back", 2021)["changes"]}
    assert sum(amount for _, _, amount in decided) == 600_000 and len(back) == 3
    for unit, unspent, amount in decided:
        assert f"抵扣下年额度{min(unspent, amount):,.2f}元，缴回{max(unspent - amount, 0):,.2f}元" in back[unit]
    path = next(folder(settings) / f"{r['allocation_id']}.json" for r in standing_records(settings) if "changes" in r)
    content = path.read_text(encoding="utf-8")
    path.chmod(0o644)
    path.write_text(content.replace('"change_value": "-', '"change_value": "-1', 1), encoding="utf-8")
    assert verify(settings, path.stem) != []
    with pytest.raises(RecordError, match="已被改动"):
        home.build(data_date="2021-12-31")
