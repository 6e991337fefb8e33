"""Rules carried by an enterprise or an institution: education funds, volume of bases, certificates in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tests.independent.facts import Finding, add_months, half_up, month_end
from tests.independent.world import World

BULK_MONTHS = 6  # YZ2019-17b: an assessor listed under so many months


def enterprises(world: World) -> Iterator[Finding]:
    """60 % for frontline staff (YZ2019-13c, CQ2012-2.1b, DL2011-2.2-4c, SC-15b); 1.5 % of payroll (CQ2012-2.1a)."""
    rules = (("500103", "YZ2019-13c"), ("50", "CQ2012-2.1b"), ("2102", "DL2011-2.2-4c"), ("51", "SC-15b"))
    for row in world.rows["enterprises"]:
        unit, carrier = row["district_code"], (row["employer_id"], str(row["year"]))
        used, frontline = row.get("education_fund_used_yuan"), row.get("education_fund_frontline_yuan")
        rule = next((rule for prefix, rule in rules if unit.startswith(prefix)), None)
        started = row["year"] >= 2019 or rule != "YZ2019-13c"
        if rule and started and used is not None and frontline is not None and frontline * 10 < used * 6:
            severity = "preview" if rule == "SC-15b" else "flag"
            if severity == "flag" or world.preview:
                yield Finding("frontline_share", rule, severity, carrier, half_up(Fraction(used * 6, 10) - frontline))
        payroll, drawn = row.get("payroll_yuan"), row.get("education_fund_drawn_yuan")
        if unit.startswith("50") and payroll is not None and drawn is not None and drawn * 1000 < payroll * 15:
            yield Finding(
                "education_fund", "CQ2012-2.1a", "flag", carrier, half_up(Fraction(payroll * 15, 1000) - drawn)
            )


def base_volume(world: World) -> Iterator[Finding]:
    """CQ2021-6a: person-times at level 3 and above of each high-skill base in each year that has ended."""
    least = {"national": world.numbers.base_national, "municipal": world.numbers.base_municipal}
    for row in world.rows["institutions"]:
        if row["institution_kind"] != "high_skill_base" or not row["district_code"].startswith("50"):
            continue
        for year in [year for year in world.years if year >= 2021]:
            end = date(year, 12, 31)
            left = row.get("delisted_on")
            if (
                end > world.data_date
                or row["listed_on"] > end
                or (left and left <= end)
                or row.get("tier") not in least
            ):
                continue
            senior = sum(
                training.counted
                and training.of["institution_id"] == row["institution_id"]
                and training.of["ends_on"].year == year
                and (training.of.get("skill_level") or "5") <= "3"
                for training in world.trainings
            )
            if senior < least[row["tier"]]:
                unpaid = (row.get("base_grant_yuan") or 0) - (row.get("base_grant_paid_yuan") or 0)
                yield Finding("base_volume", "CQ2021-6a", "flag", (row["institution_id"], str(year)), unpaid)


def bulk_certificates(world: World) -> Iterator[Finding]:
    """YZ2019-17b: very many certificates in a calendar month from an assessor newly on the list."""
    issued: dict[tuple[str, int, int], list[date]] = defaultdict(list)
    for row in world.rows["certifications"]:
        if row.get("assessor_id") and row.get("issued_on") and row["result"] == "passed":
            if row.get("certificate_status") not in ("revoked", "reissued"):
                issued[row["assessor_id"], row["issued_on"].year, row["issued_on"].month].append(row["issued_on"])
    for (assessor, year, month), days in issued.items():
        listed = [row for row in world.rows["institutions"] if row["institution_id"] == assessor]
        if not listed or len(days) <= world.numbers.bulk_certificates or listed[0]["district_code"] != "500103":
            continue
        since = min(row["listed_on"] for row in listed)
        if date(year, month, 1) < add_months(since, BULK_MONTHS) and month_end(days[0]) >= date(2019, 9, 30):
            yield Finding("bulk_certificates", "YZ2019-17b", "flag", (assessor, f"{year}Q{(month + 2) // 3}"))


RULES = (enterprises, base_volume, bulk_certificates)
