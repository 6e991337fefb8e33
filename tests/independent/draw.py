"""Draws small, nasty data sets by a seed: rows whose dates, sums and blanks lie on and beside every boundary.

Here is the drawing of single rows (class, trainee, certificate, claim); what stands together in a data set is in `scenes`.
Money is integer fen. Every id carries the name of its data set, so that many data sets can stand in one home.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from tests.independent.facts import Row, occupation_codes

UNITS = ("500103", "500103", "500103", "500112", "500106")
DALIAN, SICHUAN = "210202", "510104"
DAY = timedelta(days=1)
# days on which a rule begins or ends, a month or a year turns, or a leap day falls
TURNS = (
    date(2019, 1, 1), date(2019, 9, 30), date(2019, 12, 31), date(2020, 2, 29), date(2020, 8, 31), date(2020, 12, 31),
    date(2021, 2, 28),
    date(2021, 3, 1), date(2021, 6, 30), date(2021, 8, 31), date(2021, 12, 31),
)  # fmt: skip
# name and code: blank codes, an old name, a trade that maps to three, a name off the list with a code of it
OCCUPATIONS = (
    ("焊工", "6-18-02-04"), ("焊工", None), ("电焊工", "6-18-02-04"), ("养老护理员", "4-10-01-05"), ("养老护理员", None),
    ("保育员", None),
    ("保育师", "4-10-01-03"), ("钳工", None), ("装配钳工", "6-20-01-01"), ("健康照护师", "4-14-01-03"), ("家电清洗", None),
)  # fmt: skip
LEVELS = ("5", "5", "4", "3", "2", None, None)
TYPES = ("job_skills",) * 5 + ("upskilling", "safety", "entrepreneurship", "induction", "transfer", "on_the_job")
KINDS = (
    "qualification",
    "skill_level",
    "specific_ability",
    "special_operation",
    "completion",
    "startup_completion",
    None,
)
CATEGORIES = (
    "enterprise_employee", "rural_worker", "school_leaver", "unemployed", "veteran", "hard_to_employ", "disabled",
    "poor_labourer",
    "poor_family_child", "zero_job_family", "low_income_family", "graduate", "college_student", "new_hire", "transferred_worker",
    "deindustrialised", "flexible_worker",
)  # fmt: skip


class Draw:
    """One data set: `rows` by dataset, drawn with the data set's own seed."""

    def __init__(self, seed: str, name: str, data_date: date, unit: str | None = None) -> None:
        self.random = random.Random(seed)
        self.name, self.data_date = name, data_date
        self.unit = unit or self.pick(*UNITS)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.number = 0
        self.people = [f"{name}.P{n}" for n in range(self.random.randint(2, 4))]
        self.years = sorted(self.random.sample((2018, 2019, 2020, 2021), 2))

    def pick(self, *options: Any) -> Any:
        return self.random.choice(options)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def label(self, letter: str) -> str:
        self.number += 1
        return f"{self.name}.{letter}{self.number}"

    def near(self, day: date) -> date:
        """A day, or the one before or after."""
        return day + self.pick(-1, 0, 0, 1) * DAY

    def start(self) -> date:
        """A first day: often beside a turn, else anywhere in the years of the data set."""
        if self.chance(0.3):
            return self.near(self.pick(*TURNS[1:]))
        return date(self.pick(*self.years), self.random.randint(1, 12), self.pick(1, 5, 17, 28))

    def add(self, dataset: str, **columns: Any) -> Row:
        """A row; `slot_unit` is the unit that submits it."""
        row = {"slot_unit": self.unit} | columns
        self.rows[dataset].append(row)
        return row

    def klass(self, **changes: Any) -> Row:
        """A class of the data set's unit."""
        name, code = self.pick(*OCCUPATIONS)
        starts_on = changes.pop("starts_on", None) or self.start()
        row = {
            "class_id": self.label("C"), "institution_id": f"{self.name}.I", "training_type": self.pick(*TYPES),
            "occupation_name": name,
            "occupation_code": code, "skill_level": self.pick(*LEVELS), "starts_on": starts_on,
            "total_lessons": self.pick(36, 60, 61, 80),
            "ends_on": starts_on + self.pick(0, 9, 13, 30) * DAY, "standard_yuan": self.pick(None, 800_00, 1000_00, 1500_05,
            2500_00),
            "approved_on": starts_on - self.pick(0, 0, 1, 10, 40) * DAY, "district_code": self.unit,
            "class_status": self.pick(*("filed", "closed") * 5, "pending", "returned", "cancelled"),
            "fund_source": self.pick(*("special_account", "employment_fund") * 5, "enterprise_education_fund"),
        }  # fmt: skip
        if self.chance(0.2):
            row["approved_on"] = min(self.near(date(2021, 3, 1)), starts_on)
        return self.add("classes", **(row | changes))

    def trainee(self, klass: Row, person: str | None = None, **changes: Any) -> Row:
        """A person on the roster of a class."""
        row = {
            "class_id": klass["class_id"], "person_key": person or self.pick(*self.people),
            "completion": self.pick(*("completed",) * 6, "failed", "dropped", "in_training"),
            "trainee_categories": self.random.sample(CATEGORIES, self.pick(1, 1, 2)), "hukou_kind": self.pick("rural",
            "urban", None),
            "fee_yuan": self.pick(None, None, 0, 50_00),
        }  # fmt: skip
        return self.add("enrollments", **(row | changes))

    def certificate(self, klass: Row, person: str, **changes: Any) -> Row:
        """An assessment of a person in a class: linked, or to be matched by occupation, level and date."""
        row = {
            "assessment_batch": self.label("B"), "person_key": person, "class_id": klass["class_id"],
            "examined_on": klass["ends_on"],
            "occupation_name": klass["occupation_name"], "occupation_code": klass["occupation_code"],
            "skill_level": klass["skill_level"], "result": "passed", "certificate_kind": self.pick(*KINDS),
            "certificate_status": self.pick("valid", "valid", None, "reissued"),
        }  # fmt: skip
        doubt = self.random.random()
        if doubt < 0.2:
            row |= {
                "class_id": None,
                "examined_on": self.pick(klass["starts_on"], klass["starts_on"] - DAY, klass["ends_on"]),
            }
        elif doubt < 0.3:
            row["result"] = "failed"
        elif doubt < 0.35:
            row["certificate_status"] = "revoked"
        return self.add("certifications", **(row | changes))

    def claim(self, klass: Row | None, person: str | None = None, **changes: Any) -> Row:
        """One line of a claim for a class, or for one person of it."""
        claimed_on = (klass["ends_on"] if klass else date(2021, 4, 1)) + self.pick(0, 10) * DAY
        fen = self.pick(1000_00, 1500_00, 999_99)
        payee = self.pick("institution", "institution", "enterprise")
        row = {
            "claim_id": self.label("K"), "class_id": klass["class_id"] if klass else None, "person_key": person,
            "payee_kind": "individual" if person else payee, "payee_id": person or f"{self.name}.E",
            "subsidy_kind": "training", "claimed_yuan": fen, "claimed_on": claimed_on, "fund_source": "special_account",
            "claim_status": self.pick("submitted", "approved", "paid", "paid", "paid", "returned", "void", "publicised"),
        }  # fmt: skip
        row |= changes
        if row["claim_status"] in ("approved", "paid"):
            row = {"approved_yuan": row["claimed_yuan"]} | row
        if row["claim_status"] == "paid":
            row = {"paid_yuan": row["claimed_yuan"], "paid_on": row["claimed_on"] + self.pick(0, 20) * DAY} | row
        return self.add("claims", **row)

    def spell(self, person: str, **changes: Any) -> Row:
        """A spell of employment or insurance."""
        row = {
            "person_key": person,
            "employer_id": f"{self.name}.E",
            "insurance_kind": "pension",
            "starts_on": date(2018, 1, 1),
        }
        row["employer_name"] = self.label("employer")
        return self.add("employment", **(row | changes))

    def listed(self, **changes: Any) -> Row:
        """The data set's institution, on the list since 2018 unless told otherwise; the one told first stands."""
        known = [
            row
            for row in self.rows["institutions"]
            if row["institution_id"] == changes.get("institution_id", f"{self.name}.I")
        ]
        if known:
            return known[0]
        row = {
            "institution_id": f"{self.name}.I", "institution_name": f"{self.name} school", "institution_kind": "private_school",
            "district_code": self.unit, "listed_on": date(2018, 1, 1), "tier": self.pick("district", "municipal", None),
        }  # fmt: skip
        return self.add("institutions", **(row | changes))

    def project(self, **changes: Any) -> Row:
        """A project of the catalogue."""
        name, code = self.pick(*OCCUPATIONS)
        row = {
            "project_id": self.label("J"), "project_name": "project", "occupation_name": name,
            "occupation_code": code or occupation_codes().get(name), "skill_level": self.pick(*LEVELS),
            "certificate_kind": self.pick(*KINDS[:-1]), "standard_yuan": self.pick(900_00, 1200_00, 2000_00),
            "daily_rate_yuan": self.pick(None, 130_00, 155_50), "valid_from": date(2018, 1, 1),
            "is_new_occupation": self.pick(None, False, True),
        }  # fmt: skip
        return self.add("projects", **(row | changes))

    def enterprise(self, employer: str | None = None, year: int = 2021, **changes: Any) -> Row:
        """An enterprise in a year."""
        row = {
            "employer_id": employer or f"{self.name}.E",
            "employer_name": "firm",
            "year": year,
            "district_code": self.unit,
        }
        return self.add("enterprises", **(row | changes))

    def attend(self, klass: Row, person: str, *days: date, **changes: Any) -> None:
        """Attendance of a person on days."""
        for day in days:
            row = {
                "class_id": klass["class_id"],
                "person_key": person,
                "attended_on": day,
                "delivery_mode": "offline",
                "lessons": 6,
            }
            self.add("attendance", **(row | changes))
