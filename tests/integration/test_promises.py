"""The promises of docs/architecture.md, each by a test named after it, on a small bureau with dirt on."""

from __future__ import annotations

import re
import shutil

import duckdb
import pytest

from orchestration.build import BuildError
from orchestration.intake.load import load
from orchestration.intake.submission import DamagedError, manifests, standing
from orchestration.release import publish as release
from orchestration.release.audit import AuditError
from orchestration.settings import load_settings

ROWS = ("rows_read", "rows_not_data", "rows_duplicate", "rows_quarantined", "rows_accepted")


def lake_content(settings) -> dict:
    """The standing rows of the lake by slot, without the name of the submission that brought them."""
    content = {}
    for slot, manifest in standing(manifests(settings)).items():
        path = str(settings.home / manifest["rows"])
        query = f"SELECT * EXCLUDE (submission_id) FROM read_parquet('{path}') ORDER BY ALL"
        content[slot] = duckdb.execute(query).fetchall()
    return content


def test_pure_two_builds_from_the_same_inputs_are_equal(own_bureau, monkeypatch):
    """Also on another number of threads, which take the rows in another order."""
    before = release.show(own_bureau.settings, own_bureau.release_id)["tables"]
    shutil.rmtree(own_bureau.settings.releases)
    own_bureau.settings.current.unlink()
    monkeypatch.setenv("SKILLHOUSE_THREADS", "7")
    again = release.build_release(load_settings(own_bureau.settings.home))
    assert again == own_bureau.release_id
    assert release.show(own_bureau.settings, again)["tables"] == before


def test_every_row_is_accounted_for(bureau):
    for file in bureau.report.files:
        assert file["rows_read"] == sum(file[name] for name in ROWS[1:]), file["file_name"]
    told = {(f["path"], f["dataset"]): [f[n] for n in ROWS] for f in bureau.report.files if f["verdict"] != "unchanged"}
    (mart,) = bureau.query(f"SELECT {', '.join(f'sum({n})' for n in ROWS)} FROM marts.mart_row_account")
    assert list(mart) == [sum(counts[i] for counts in told.values()) for i in range(len(ROWS))]


def test_what_stands_and_what_is_superseded_add_up_to_what_was_accepted(bureau):
    for dataset in ("enrollments", "certifications", "claims", "fund_ledger"):
        (standing_rows,) = bureau.query(f"SELECT count(*) FROM staging.stg_{dataset}")[0]
        (account,) = bureau.query(
            f"SELECT sum(rows_accepted - rows_superseded) FROM marts.mart_row_account WHERE dataset = '{dataset}'"
        )[0]
        assert account == standing_rows, dataset


def test_write_audit_publish_a_failed_audit_leaves_current(own_bureau, monkeypatch):
    def refuse(database, manifest):
        raise AuditError(zh="审核未通过", en="audit failed")

    monkeypatch.setattr("orchestration.release.audit.audit", refuse)
    monkeypatch.setattr("orchestration.release.publish.code_version", lambda: "another")
    with pytest.raises(AuditError):
        release.build_release(own_bureau.settings)
    assert release.resolve(own_bureau.settings).parent.name == own_bureau.release_id
    assert [r["release_id"] for r in release.list_releases(own_bureau.settings)] == [own_bureau.release_id]


def test_write_audit_publish_a_failed_model_leaves_current(own_bureau, monkeypatch):
    def fail(settings, progress=None):
        raise BuildError(zh="模型失败：mart_x", en="model failed: mart_x")

    monkeypatch.setattr("orchestration.dbt_run.run_dbt", fail)
    with pytest.raises(BuildError):
        release.build_release(own_bureau.settings)
    assert release.resolve(own_bureau.settings).parent.name == own_bureau.release_id


def test_pure_what_was_committed_and_changed_since_is_not_built(own_bureau):
    """An amount altered in the lake: the file still reads as Parquet, the build refuses it by its hash."""
    rows = next(own_bureau.settings.lake.glob("claims/**/*.parquet"))
    with duckdb.connect() as connection:
        altered = rows.with_suffix(".tmp")
        connection.execute(
            f"COPY (SELECT * REPLACE (paid_yuan * 2 AS paid_yuan) FROM read_parquet('{rows}')) TO '{altered}'"
        )
    altered.replace(rows)
    with pytest.raises(DamagedError, match=rows.name):
        release.build_release(own_bureau.settings)
    assert release.resolve(own_bureau.settings).parent.name == own_bureau.release_id


def test_pure_code_that_changes_while_it_builds_publishes_nothing(own_bureau, monkeypatch):
    def build(settings, progress=None):
        duckdb.connect(str(settings.build / "warehouse.duckdb")).close()
        monkeypatch.setattr(release, "code_version", lambda: "another")

    monkeypatch.setattr("orchestration.dbt_run.run_dbt", build)
    with pytest.raises(release.ReleaseError, match="被改动"):
        release.build_release(own_bureau.settings)
    assert [r["release_id"] for r in release.list_releases(own_bureau.settings)] == [own_bureau.release_id]


def test_names_stay_home(bureau):
    """No valid ID number, no phone of the exports, outside landing and vault."""
    identity = re.compile(rb"(?<![0-9A-Za-z])5099\d{2}(?:19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
    home = bureau.settings.home
    for path in sorted(p for p in home.rglob("*") if p.is_file()):
        top = path.relative_to(home).parts[0]
        if top in ("landing", "vault", "keys", "feedback"):
            continue
        assert not identity.search(path.read_bytes()), path.relative_to(home)
    for manifest in manifests(bureau.settings):
        columns = duckdb.execute(f"DESCRIBE FROM read_parquet('{home / manifest['rows']}')").fetchall()
        assert not {c[0] for c in columns} & {"person_id", "person_name", "phone", "counterparty", "summary"}


def test_the_same_folder_twice_changes_nothing(own_bureau):
    before, ids = lake_content(own_bureau.settings), [m["submission_id"] for m in manifests(own_bureau.settings)]
    report = load(own_bureau.settings, [own_bureau.exports])
    assert {f["verdict"] for f in report.files} <= {"unchanged", "refused"}
    assert [m["submission_id"] for m in manifests(own_bureau.settings)] == ids
    assert lake_content(own_bureau.settings) == before


def test_a_release_verifies_and_any_changed_byte_is_found(own_bureau):
    settings = own_bureau.settings
    assert release.verify(settings, own_bureau.release_id) == []
    kept = release.show(settings, own_bureau.release_id)["inputs"][0]["kept"]
    for path in [release.resolve(settings), *(settings.home / p for p in kept)]:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.chmod(0o644)
        path.write_bytes(content)
        assert release.verify(settings, own_bureau.release_id), path.name
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert release.verify(settings, own_bureau.release_id) == []
