"""The audit between build and publish, and `release verify`: does the file hold what it says, and nothing it must not.

Runs in a fresh process over the finished file. Not here: rules about data (suites, dbt tests).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from orchestration.errors import SkillhouseError
from orchestration.settings import Settings

# a resident ID number in a text (area code, birth date of 1900..2099, sequence, check character), not within a longer
# number or a keyed hash
IDENTITY = (
    "(^|[^0-9a-f])"
    "([1-8][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])"
    "($|[^0-9a-f])"
)
CHECKSUM = (
    "CREATE TEMP MACRO is_identity(s) AS substr('10X98765432',"
    " (list_sum(list_transform(range(1, 18), lambda i: substr(s, i, 1)::INTEGER"
    " * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i])) % 11)::INTEGER + 1, 1) = upper(substr(s, 18, 1))"
)

# letters of a decision's hash that name its file
NAMED = 20

ACCOUNT = """
SELECT count(*) FROM marts.mart_row_account
WHERE rows_read <> rows_not_data + rows_duplicate + rows_quarantined + rows_accepted
   OR rows_superseded NOT BETWEEN 0 AND rows_accepted
"""


class AuditError(SkillhouseError):
    """A build that must not be published; says which check failed."""


def audit(database: Path, manifest: dict) -> dict:
    """Check the finished file in a fresh process: {passed, total, names}. Raises AuditError naming what failed."""
    command = [sys.executable, "-m", "orchestration.release.audit", str(database)]
    run = subprocess.run(command, input=json.dumps(manifest["tables"]), capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise AuditError(
            zh=f"审核进程未能读完新版本（返回码 {run.returncode}），版本未发布，当前版本不变：请检查磁盘与内存后重新 build。",
            en=f"the audit could not read the build (exit {run.returncode}); nothing published: check disk and memory.",
        )
    checks = json.loads(run.stdout)
    failed = [c for c in checks if not c["passed"]]
    if failed:
        names = "；".join(f"{c['zh']}（{c['detail']}）" for c in failed)
        raise AuditError(
            zh=f"审核未通过，版本未发布，当前版本不变：{names}", en=f"audit failed, nothing published: {names}"
        )
    return {"passed": len(checks), "total": len(checks), "names": [c["name"] for c in checks]}


def _check(name: str, zh: str, problems: list[str]) -> dict:
    return {"name": name, "zh": zh, "passed": not problems, "detail": "，".join(problems[:5])}


def run_checks(database: Path, tables: dict) -> list[dict]:
    """All checks of one finished warehouse file, each {name, zh, passed, detail}."""
    import duckdb

    from orchestration.release.publish import CONTENT

    connection = duckdb.connect(str(database), read_only=True)
    try:
        names = connection.execute("SELECT schema_name || '.' || table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        present = [n for (n,) in names]
        scan = []
        for name in sorted(set(present) | set(tables)):
            expected = tables.get(name)
            if name not in present or expected is None:
                scan.append(name)
                continue
            rows, content = connection.execute(f"SELECT {CONTENT} FROM {name} AS t").fetchone()
            if [rows, content] != [expected["rows"], expected["content"]]:
                scan.append(name)
        texts = connection.execute(
            "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns()"
            " WHERE data_type IN ('VARCHAR', 'JSON') ORDER BY ALL"
        ).fetchall()
        connection.execute(CHECKSUM)
        leaks = [f"{t}.{c}" for t, c in texts if c not in HASHED and _leaks(connection, t, c)]
        (account,) = connection.execute(ACCOUNT).fetchone()
        left = connection.execute("SELECT index_name FROM duckdb_indexes()").fetchall()
    finally:
        connection.close()
    return [
        _check("full_scan", "全表复核", scan),
        _check("no_identity", "无身份证号外泄", leaks),
        _check("row_account", "行数账平衡", [f"{account}"] if account else []),
        _check("no_index", "发布文件无索引", [i for (i,) in left]),
        _check("not_empty", "数据集市已生成", [] if any(n.startswith("marts.") for n in present) else ["marts"]),
    ]


def _leaks(connection, table: str, column: str) -> bool:
    """True if some text of the column holds a valid ID number."""
    found = f"SELECT regexp_extract(\"{column}\", '{IDENTITY}', 2) AS s FROM {table}"
    return connection.execute(f"SELECT count(*) FROM ({found}) WHERE s <> '' AND is_identity(s)").fetchone()[0] > 0


HASHED = {"person_key", "phone_key", "submission_id", "finding_id", "sha256"}


def verify(settings: Settings, release_id: str) -> list[str]:
    """Rehash a release and everything it was made from; the problems found, in Chinese, none when all is whole."""
    from orchestration.allocation.record import folder, problems_of
    from orchestration.release.publish import file_hash, seal, show

    manifest = show(settings, release_id)
    problems = []
    if manifest.get("manifest_sha256") != seal(manifest):
        problems.append(f"{release_id}/manifest.json 内容已被改动")
    database = settings.releases / release_id / "warehouse.duckdb"
    if not database.is_file():
        problems.append(f"{release_id}/warehouse.duckdb 缺失")
    elif file_hash(database) != manifest["sha256"]:
        problems.append(f"{release_id}/warehouse.duckdb 内容已被改动")
    landed = {sha: settings.landing / sha for item in manifest["inputs"] for sha in item["files"]}
    kept = {path: (settings.home / path, sha) for item in manifest["inputs"] for path, sha in item["kept"].items()}
    for sha, path in sorted(landed.items()):
        kept[f"landing/{sha}"] = (path, sha)
    for name, (path, sha) in sorted(kept.items()):
        if not path.is_file():
            problems.append(f"{name} 缺失")
        elif file_hash(path) != sha:
            problems.append(f"{name} 内容已被改动")
    for sha in manifest.get("allocations", []):
        # a record is named by the beginning of its hash
        record = folder(settings) / f"{sha[:NAMED]}.json"
        problems += [f"allocations/{told}" for told in problems_of(record)] if record.is_file() else [f"{record.name} 缺失"]
    return problems


if __name__ == "__main__":
    print(json.dumps(run_checks(Path(sys.argv[1]), json.load(sys.stdin)), ensure_ascii=False))
