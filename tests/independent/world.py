"""The rows of one data set and what rules look up in them: trainings, claims, standards, certificates, lists.

Rows that raise nothing (classes pending or cancelled, claims void, what is dated after the data date) are left out here, once.
No rule of a document belongs here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.independent.facts import YEARS, Numbers, Row, add_months, half_up


@dataclass
class Training:
    """One person in one class."""

    row: Row
    of: Row
    ended: bool

    @property
    def ids(self) -> tuple[str, str]:
        return self.of["class_id"], self.row["person_key"]

    @property
    def order(self) -> tuple[date, date, str]:
        """Which of two comes first: ends_on, then starts_on, then class_id."""
        return self.of["ends_on"], self.of["starts_on"], self.of["class_id"]

    @property
    def completed(self) -> bool:
        return self.row["completion"] == "completed"

    @property
    def categories(self) -> set[str]:
        return set(self.row.get("trainee_categories") or ())

    @property
    def counted(self) -> bool:
        """Counts towards a limit: ended, completed, not work-for-training, not paid from the firm's own education fund."""
        subsidised = self.of["fund_source"] != "enterprise_education_fund"
        return self.ended and self.completed and subsidised and self.of["training_type"] != "on_the_job"


@dataclass
class Claim:
    """One claim with its lines; a line with a blank person carries the money, else the lines are summed."""

    claim_id: str
    unit: str
    lines: list[Row] = field(default_factory=list)

    @property
    def head(self) -> Row:
        return next((line for line in self.lines if not line.get("person_key")), self.lines[0])

    @property
    def people(self) -> set[str]:
        return {line["person_key"] for line in self.lines if line.get("person_key")}

    def share(self, person: str, column: str, heads: int) -> int:
        """A person's part of the claim: what the person's own lines say, else an equal part."""
        has_head = any(not line.get("person_key") for line in self.lines)
        own = 0 if has_head else sum(line.get(column) or 0 for line in self.lines if line.get("person_key") == person)
        return own or half_up(Fraction(self.fen(column) or 0, heads))

    def fen(self, column: str) -> int | None:
        """A sum of money of the claim, None where it is blank."""
        heads = [line for line in self.lines if not line.get("person_key")]
        values = [line[column] for line in heads or self.lines if line.get(column) is not None]
        return sum(values) if values else None

    def covers(self, training: Training) -> bool:
        """Whether it claims for this training: its class, and the person where the claim names one."""
        same = self.head.get("class_id") == training.of["class_id"]
        return same and (not self.people or training.row["person_key"] in self.people)


class World:
    """The rows of one data set with what rules look up in them; rows that raise nothing (pending, void) are left out."""

    def __init__(
        self, rows: dict[str, list[Row]], data_date: date, numbers: Numbers | None = None, catalogue: list[Row] | None = None,
        preview: bool = True,
    ) -> None:  # fmt: skip
        """`catalogue`: the projects of all data sets beside this one, for rules that ask what a city has in its catalogue."""
        self.rows, self.data_date, self.preview = defaultdict(list, rows), data_date, preview
        self.numbers = numbers or Numbers()
        self.catalogue = self.rows["projects"] if catalogue is None else catalogue
        self.years = YEARS
        # of the home as a whole, for rules carried by a unit: units that submit, scores of the review
        self.units: set[str] = set()
        self.scores: dict[tuple[str, str, str], Fraction] = {}
        self.known = {row["class_id"]: row for row in self.rows["classes"]}
        live = [row for row in self.rows["classes"] if row["class_status"] in ("filed", "closed")]
        self.classes = {row["class_id"]: row for row in live if row["starts_on"] <= data_date}
        self.trainings = []
        for row in self.rows["enrollments"]:
            if klass := self.classes.get(row["class_id"]):
                self.trainings.append(Training(row, klass, klass["ends_on"] <= data_date))
        claims: dict[tuple[str, str], Claim] = {}
        for line in self.rows["claims"]:
            if line["claimed_on"] > data_date:
                continue  # nothing dated after the data date counts; a payment after it is not yet made
            if line.get("paid_on") and line["paid_on"] > data_date:
                line = line | {"paid_yuan": None}
            key = line["slot_unit"], line["claim_id"]
            claims.setdefault(key, Claim(line["claim_id"], line["slot_unit"])).lines.append(line)
        self.every_claim = claims
        self.claims = [each for each in claims.values() if each.head["claim_status"] not in ("returned", "void")]
        for each in self.claims:
            each.unit = self.known.get(each.head.get("class_id"), {}).get("district_code") or each.unit

    def of_class(self, class_id: str) -> list[Training]:
        return [training for training in self.trainings if training.of["class_id"] == class_id]

    def by_person(self, trainings: list[Training]) -> Iterator[tuple[str, list[Training]]]:
        """Trainings of each person in their order."""
        people: dict[str, list[Training]] = defaultdict(list)
        for training in sorted(trainings, key=lambda each: each.order):
            people[training.row["person_key"]].append(training)
        yield from people.items()

    def spells(self, person: str, *kinds: str) -> list[Row]:
        rows = self.rows["employment"]
        return [row for row in rows if row["person_key"] == person and (not kinds or row["insurance_kind"] in kinds)]

    def project(self, klass: Row, day: date) -> Row | None:
        """The project a class names, as valid on a day: of the level of the class, else where one of both is blank."""
        level = klass.get("skill_level")
        fitting = [
            row
            for row in self.rows["projects"]
            if row["project_id"] == klass.get("project_id")
            and row["valid_from"] <= day
            and (row.get("valid_to") is None or day <= row["valid_to"])
            and (row.get("skill_level") == level or None in (row.get("skill_level"), level))
        ]
        return max(
            fitting,
            key=lambda row: (row.get("skill_level") == level, row.get("skill_level") is None, row["valid_from"]),
            default=None,
        )

    def is_listed_project(self, project_id: str, day: date) -> bool:
        """Whether a project is in the catalogue on a day, at whatever level."""
        rows = [row for row in self.rows["projects"] if row["project_id"] == project_id]
        return any(row["valid_from"] <= day and (row.get("valid_to") is None or day <= row["valid_to"]) for row in rows)

    def standard(self, klass: Row) -> int | None:
        """Standard per person: of the project named, valid on the day of approval; where there is none, the class's own."""
        project = self.priced_by(klass)
        return project["standard_yuan"] if project else klass.get("standard_yuan")

    def priced_by(self, klass: Row) -> Row | None:
        """The project a class is paid by; one of several levels and standards prices no class that names no level."""
        project = self.project(klass, klass["approved_on"]) if klass.get("project_id") else None
        if project and project.get("skill_level") and not klass.get("skill_level"):
            day = klass["approved_on"]
            of_it = [
                row for row in self.rows["projects"]
                if row["project_id"] == klass["project_id"] and row["valid_from"] <= day <= (row.get("valid_to") or day)
            ]  # fmt: skip
            several = len({row["standard_yuan"] for row in of_it}) > 1 and len({row["skill_level"] for row in of_it}) > 1
            if several:
                if klass.get("standard_yuan") is not None:
                    return None
                return min(of_it, key=lambda row: row["standard_yuan"])
        return project

    def assessments(self, training: Training) -> list[Row]:
        """Assessments of a training: those of its class; where there are none, or all failed, unlinked ones that fit too."""
        mine = self._examined(training.row["person_key"])
        linked = [row for row in mine if row.get("class_id") == training.of["class_id"]]
        resits = [row for row in mine if not row.get("class_id") and self._fits(row, training.of)]
        return linked + (resits if all(row["result"] == "failed" for row in linked) else [])

    def certificates(self, training: Training) -> list[Row]:
        """Passed assessments of a training whose certificate stands, in the order they were sat."""
        mine = sorted(self.assessments(training), key=lambda row: row["examined_on"])
        return [row for row in mine if row["result"] == "passed" and row.get("certificate_status") != "revoked"]

    def _examined(self, person: str) -> list[Row]:
        rows = self.rows["certifications"]
        return [row for row in rows if row["person_key"] == person and row["examined_on"] <= self.data_date]

    def was_assessed(self, training: Training) -> bool:
        """Whether an assessment of the training has a result other than absent."""
        return any(row["result"] in ("passed", "failed") for row in self.assessments(training))

    def project_kind(self, klass: Row) -> str | None:
        """Kind of certificate of the project a class names, of whatever version where none is valid on the day."""
        named = [row for row in self.rows["projects"] if row["project_id"] == klass.get("project_id")]
        level, valid = klass.get("skill_level"), self.project(klass, klass["approved_on"])
        best = max(
            named, key=lambda row: (row is valid, row.get("skill_level") == level, row["valid_from"]), default={}
        )
        return best.get("certificate_kind")

    @staticmethod
    def _fits(row: Row, of: Row) -> bool:
        """Same occupation (by code where both have one) and level, examined within twelve months of the end."""
        if row.get("occupation_code") and of.get("occupation_code"):
            same = row["occupation_code"] == of["occupation_code"]
        else:
            same = row["occupation_name"] == of["occupation_name"]
        window = of["starts_on"] <= row["examined_on"] <= add_months(of["ends_on"], 12)
        return same and window and row.get("skill_level") == of.get("skill_level")

    def claimed_for(self, training: Training) -> bool:
        """A claim of kind training or apprenticeship for the class, and the person where it names one."""
        kinds = ("training", "apprenticeship")
        return any(each.head["subsidy_kind"] in kinds and each.covers(training) for each in self.claims)

    def claimed(self, class_id: str) -> int:
        """Fen claimed for a class."""
        of_it = [each for each in self.claims if each.head.get("class_id") == class_id]
        return sum(
            each.fen("claimed_yuan") or 0
            for each in of_it
            if each.head["subsidy_kind"] in ("training", "apprenticeship")
        )

    def is_centre(self, institution_id: str) -> bool:
        """A firm's training centre: on the list as one, or a firm that is on file with one."""
        kinds = {
            row["institution_kind"] for row in self.rows["institutions"] if row["institution_id"] == institution_id
        }
        firms = [row for row in self.rows["enterprises"] if row["employer_id"] == institution_id]
        return "enterprise_centre" in kinds or any(row.get("has_training_centre") for row in firms)

    def institution(self, institution_id: str, day: date) -> Row | None:
        """The version of an institution on the list on a day; the day of leaving is no longer on it."""
        for row in self.rows["institutions"]:
            left = row.get("delisted_on")
            if row["institution_id"] == institution_id and row["listed_on"] <= day and (left is None or day < left):
                return row
        return None
