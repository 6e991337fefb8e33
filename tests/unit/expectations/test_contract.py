"""The contracts against the open standard they are written in, and against the code lists they name."""

import json
from importlib.resources import files

import jsonschema
import open_data_contract_standard.model as standard
import pytest
import yaml

from expectations.contract import CONTRACTS, code_lists, contracts

FILES = sorted(CONTRACTS.glob("*.odcs.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_contract_is_valid_in_the_open_standard(path):
    schema = json.loads((files("open_data_contract_standard") / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)
    contract = standard.OpenDataContractStandard.from_file(str(path))
    assert contract.apiVersion == "v3.1.0"
    assert contract.schema_[0].name == path.name.removesuffix(".odcs.yaml")


def test_there_are_sixteen_datasets():
    assert len(contracts()) == len(FILES) == 16


def test_every_code_column_names_a_list_that_exists():
    for contract in contracts().values():
        for column in contract.columns:
            if column.type in ("code", "code[]", "bool", "level"):
                assert column.code_list in code_lists(), f"{contract.dataset}.{column.name}"


def test_no_two_columns_of_a_dataset_share_a_header():
    for contract in contracts().values():
        headers = [header for column in contract.columns for header in set(column.headers)]
        assert len(headers) == len(set(headers)), contract.dataset


def test_every_key_column_is_a_column():
    for contract in contracts().values():
        names = {column.name for column in contract.columns} | {"booked_month"}
        assert set(contract.key) <= names, contract.dataset


def test_every_column_is_described_and_personal_ones_are_marked():
    personal = {(c.dataset, column.name) for c in contracts().values() for column in c.columns if column.is_personal}
    assert ("enrollments", "person_id") in personal
    assert ("fund_ledger", "counterparty") in personal
    assert all(column.description and column.header_zh for c in contracts().values() for column in c.columns)
