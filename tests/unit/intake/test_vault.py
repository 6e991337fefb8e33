"""The vault: what is sealed cannot be read without the home's key, and comes back whole with it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from orchestration.vault import VaultError, reveal, seal
from tests.unit.intake.bureau import ROSTER, Case, id_number, roster


def test_sealed_columns_come_back_with_the_key_alone(tmp_path) -> None:
    case, number = Case(tmp_path), id_number()
    case.text("roster.csv", ROSTER, roster(number), roster(id_number(sequence=3), 姓名="乙某"))
    case.read()
    slot = SimpleNamespace(dataset="enrollments", unit="500103", period="2020Q1")
    path = seal(case.settings, case.reading, slot, "abc", [0])
    assert path.stat().st_mode & 0o777 == 0o600
    assert number.encode() not in path.read_bytes() and "甲某".encode() not in path.read_bytes()
    key = case.rows("roster.csv")[0]["person_key"]
    (person,) = reveal(case.settings, "enrollments", "abc", key)
    assert (person["person_id"], person["person_name"]) == (number, "甲某")
    assert len(reveal(case.settings, "enrollments", "abc")) == 2
    (case.settings.keys / "vault_key").write_bytes(b"x" * 32)
    with pytest.raises(VaultError):
        reveal(case.settings, "enrollments", "abc")


def test_a_dataset_without_personal_columns_seals_nothing(tmp_path) -> None:
    reading = SimpleNamespace(personal={})
    assert (
        seal(Case(tmp_path).settings, reading, SimpleNamespace(dataset="targets", unit="1", period="2020"), "abc", [0])
        is None
    )
