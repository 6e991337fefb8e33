"""The keyed hash equals Python's hmac; the key is made once, for the owner alone; ID macros agree with a reference."""

from __future__ import annotations

import hashlib
import hmac

import duckdb
import pytest
from stdnum.cn import ric, uscc

from orchestration.intake.identity import KeyChanged, demand_same_key, key_mark, load_macros, secret, set_key
from orchestration.settings import load_settings
from tests.unit.intake.bureau import id_number


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect()
    load_macros(connection)
    set_key(connection, b"k" * 32)
    yield connection
    connection.close()


def one(connection, expression: str):
    return connection.execute(f"SELECT {expression}").fetchone()[0]


@pytest.mark.parametrize("text", ["509901199001010017", "passport:E12345678", "中文", "a" * 200])
def test_hash_equals_pythons_hmac(connection, text: str) -> None:
    expected = hmac.new(b"k" * 32, text.encode(), hashlib.sha256).hexdigest()[:32]
    assert one(connection, f"hmac_key('{text}')") == expected


def test_key_is_made_once_and_for_the_owner_alone(tmp_path) -> None:
    settings = load_settings(tmp_path)
    first = secret(settings, "person_key")
    assert len(first) == 32 and secret(settings, "person_key") == first
    assert (settings.keys / "person_key").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in settings.keys.iterdir()] == ["person_key"]


def test_another_key_than_that_of_the_loaded_data_is_refused_and_none_is_made(tmp_path) -> None:
    settings = load_settings(tmp_path)
    loaded = [{"submission_id": "a"}, {"submission_id": "b", "person_key_mark": key_mark(settings)}]
    demand_same_key(settings, loaded)
    key = settings.keys / "person_key"
    key.write_bytes(bytes([key.read_bytes()[0] ^ 1]) + key.read_bytes()[1:])
    with pytest.raises(KeyChanged):
        demand_same_key(settings, loaded)
    key.unlink()
    with pytest.raises(KeyChanged):
        demand_same_key(settings, loaded)
    assert not key.exists()
    demand_same_key(settings, loaded[:1])


def test_check_digit_agrees_with_the_reference(connection) -> None:
    for sequence in range(1, 60):
        number = id_number(sequence=sequence)
        assert one(connection, f"id_check('{number}')") == number[-1] == ric.calc_check_digit(number)


def test_fifteen_digits_become_the_eighteen_of_the_standard(connection) -> None:
    assert one(connection, "id_upgraded('110105491231002')") == "11010519491231002X"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "52500103MJ00000013", "91110000600037341L"])
def test_credit_code_check_agrees_with_the_reference(connection, code: str) -> None:
    assert one(connection, f"is_credit_code('{code}')") == uscc.is_valid(code)


def test_a_certificate_numbered_by_an_id_number_is_keyed(connection) -> None:
    number = id_number()
    keyed = one(connection, f"keyed_id_numbers('T{number}')")
    assert keyed.startswith("T") and number not in keyed and len(keyed) == 17
    # 22 characters of a skill certificate are no ID number
    assert one(connection, "keyed_id_numbers('S000050000001205000001')") == "S000050000001205000001"
