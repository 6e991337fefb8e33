"""Figures that Chinese authorities published, loaded in the shape they were printed in, against the printed results."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.intake.load import load
from orchestration.release.publish import build_release, resolve
from orchestration.settings import PROJECT, load_settings

PUBLISHED = PROJECT / "data" / "sample" / "published"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A function that queries a release of the published folders."""
    import duckdb

    settings = load_settings(tmp_path_factory.mktemp("published") / "home")
    report = load(settings, [PUBLISHED / "000000", PUBLISHED / "141100"])
    assert {f["verdict"] for f in report.files} == {"accepted"}
    build_release(settings)

    def query(sql: str) -> list[tuple]:
        with duckdb.connect(str(resolve(settings)), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return query


def test_the_census_gives_shares_for_the_nation_and_31_provinces(published):
    rows = published("""
        SELECT indicator_code, count(*)::INTEGER FROM marts.mart_indicator
        WHERE indicator_code LIKE '%skilled_share' AND period = '2004' AND dimension = 'all' AND value IS NOT NULL
        GROUP BY ALL ORDER BY ALL""")
    assert rows == [("high_skilled_share", 32), ("skilled_share", 32)]
    (nation,) = published("""
        SELECT numerator::DOUBLE, denominator::DOUBLE FROM marts.mart_indicator WHERE indicator_code = 'skilled_share'
        AND reporting_unit = '000000' AND period = '2004' AND dimension = 'all'""")
    assert nation == (19237700, 212616600)


def test_the_provinces_add_up_to_the_printed_nation(published):
    columns = ("employed_total", "skilled_l4", "skilled_l3", "skilled_l2", "skilled_l1")
    (sums,) = published(f"""
        SELECT {
        ", ".join(
            f"(sum({c}) FILTER (reporting_unit <> '000000') - sum({c}) FILTER (reporting_unit = '000000'))::BIGINT"
            for c in columns
        )
    } FROM staging.stg_workforce_stats""")
    assert sums[0] == 0
    # grades within the printed rounding of 0.03 万
    assert all(abs(difference) <= 300 for difference in sums[1:])


def test_luliang_is_due_the_rate_for_each_qualified_to_the_fen(published):
    rows = published("SELECT class_id, due_yuan, claimed_yuan FROM marts.mart_subsidy_due ORDER BY class_id")
    printed = ["218.92", "234", "244.66", "238.68", "251.68"]
    assert [row[1] for row in rows] == [Decimal(amount) * 10000 for amount in printed]
    assert [row[1] for row in rows] == [row[2] for row in rows]
