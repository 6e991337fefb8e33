"""The file of a comparison group, read and checked: who was trained, one outcome, traits as columns of numbers.

Not here: what is estimated of it (`review/effect.py`). Nothing of the file is kept; no message holds a value of one person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expectations.sql import literal
from orchestration.errors import SkillhouseError, UsageError
from orchestration.query import records

LEAST = 30  # persons of each group: below, a standard error says little
LEVELS = 30  # members of a trait in words; more is a name or a number of somebody
RAREST = 10  # persons that a member of a trait in words needs to be named
LARGEST = 1_000_000_000  # a larger number in a trait is a number of somebody


class EffectError(SkillhouseError):
    """A comparison that cannot be made of the file supplied."""


@dataclass
class Frame:
    """The rows used, as arrays: trained 0/1 of n, outcome of n, traits of n x k with their names."""

    trained: Any
    outcome: Any
    traits: Any
    names: list[str]
    rows_read: int
    rows_left_out: int
    left_out: list[str]


def read_frame(path: Path, treatment: str, outcome: str, covariates: Sequence[str] = ()) -> Frame:
    """Read and check the file: rows with a blank in any column used are left out, words become one column per member."""
    import duckdb
    import numpy

    connection = duckdb.connect()
    try:
        types = _columns(connection, path)
        traits = list(dict.fromkeys(covariates)) or [name for name in types if name not in (treatment, outcome)]
        if missing := [name for name in (treatment, outcome, *traits) if name not in types]:
            raise UsageError(
                f"{path.name} 没有列 {'、'.join(missing)}；现有 {'、'.join(types)}。",
                f"{path.name} has no column {', '.join(missing)}; it has {', '.join(types)}.",
            )
        if not traits or {treatment, outcome} & set(traits) or treatment == outcome:
            raise UsageError(
                "分组、结果与特征须是不同的列，且至少有一个特征。",
                "group, outcome and traits are different columns, one trait at least.",
            )
        _check_group(connection, path, treatment, outcome, types)
        used = " AND ".join(f"{_name(column)} IS NOT NULL" for column in (treatment, outcome, *traits))
        connection.execute(f"CREATE TABLE used AS SELECT * FROM given WHERE {used}")
        (counts,) = records(
            connection,
            "SELECT (SELECT count(*) FROM given) AS rows_read, count(*) AS kept,"
            f" count_if({_name(treatment)}::INTEGER = 1) AS trained FROM used",
        )
        others = counts["kept"] - counts["trained"]
        if min(counts["trained"], others) < LEAST:
            raise EffectError(
                f"每组至少需要 {LEAST} 人（各列齐全）：培训组 {counts['trained']} 人，对照组 {others} 人。",
                f"each group needs {LEAST} complete rows: trained {counts['trained']}, comparison {others}.",
            )
        columns = [column for trait in traits for column in _terms(connection, path, trait, types[trait])]
        listed = ", ".join(f"({sql})::DOUBLE AS c{n}" for n, (_, sql) in enumerate(columns))
        found = connection.execute(
            f"SELECT {_name(treatment)}::DOUBLE AS t, {_name(outcome)}::DOUBLE AS y, {listed} FROM used"
        ).fetchnumpy()
    finally:
        connection.close()
    matrix = numpy.column_stack([found[f"c{n}"] for n in range(len(columns))])
    kept = _independent(matrix)
    return Frame(
        numpy.asarray(found["t"]), numpy.asarray(found["y"]), matrix[:, kept], [columns[n][0] for n in kept], counts["rows_read"],
        counts["rows_read"] - counts["kept"], [name for n, (name, _) in enumerate(columns) if n not in kept],
    )  # fmt: skip


def _columns(connection: Any, path: Path) -> dict[str, str]:
    import duckdb

    readers = {".csv": "read_csv({}, header=true, sample_size=-1)", ".parquet": "read_parquet({})"}
    if path.suffix.lower() not in readers or not path.is_file():
        raise UsageError(
            f"{path.name or path} 不是可读的 CSV 或 Parquet 文件：请检查路径与扩展名。",
            f"{path.name or path} is no CSV or Parquet file: check path and ending.",
        )
    try:
        reader = readers[path.suffix.lower()].format(literal(path))
        connection.execute(f"CREATE TABLE given AS SELECT * FROM {reader}")
    except duckdb.Error as error:
        raise EffectError(
            f"{path.name} 无法读取：请另存为带表头的 CSV（UTF-8）或 Parquet。",
            f"{path.name} cannot be read: save it as CSV (UTF-8) or Parquet.",
        ) from error
    if not records(connection, "SELECT 1 FROM given LIMIT 1"):
        raise EffectError(f"{path.name} 没有数据行：请一人一行填写。", f"{path.name} holds no rows: write one per person.")
    types = {row["column_name"]: row["column_type"] for row in records(connection, "DESCRIBE given")}
    if len(types) == 1 and any(sign in next(iter(types)) for sign in ",;\t"):
        raise EffectError(
            f"{path.name} 各行的列数不一致，分不出列：请检查多出或缺少分隔符的行。",
            f"{path.name}: rows differ in their number of columns, so none can be told; look for separators too many.",
        )
    for column, kind in types.items():
        if kind in ("DOUBLE", "FLOAT"):
            # what other programs write where they know nothing
            name = _name(column)
            connection.execute(f"UPDATE given SET {name} = NULL WHERE NOT isfinite({name})")
    return types


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


NUMBERS = (
    "DECIMAL",
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UINTEGER",
    "UBIGINT",
    "FLOAT",
    "DOUBLE",
    "BOOLEAN",
)


def _is_number(kind: str) -> bool:
    return kind.startswith(NUMBERS)


def _check_group(connection: Any, path: Path, treatment: str, outcome: str, types: dict[str, str]) -> None:
    if not _is_number(types[outcome]):
        raise EffectError(
            f"{path.name} 的结果列 {outcome} 不是数字：请写成数字（就业与否写 1、0）。",
            f"{path.name}: the outcome {outcome} is no number.",
        )
    group = _name(treatment)
    is_wrong = f"coalesce(TRY_CAST({group} AS DOUBLE) NOT IN (0, 1), {group} IS NOT NULL)"
    sql = f"SELECT count_if({is_wrong}) AS wrong FROM given"
    if records(connection, sql)[0]["wrong"]:
        raise EffectError(
            f"{path.name} 的分组列 {treatment} 只能是 1（培训）和 0（对照）。",
            f"{path.name}: {treatment} must be 1 (trained) or 0 (comparison).",
        )


def _terms(connection: Any, path: Path, trait: str, kind: str) -> list[tuple[str, str]]:
    """(name, SQL) of the columns a trait becomes: itself where it is a number, else one per member but the most frequent."""
    if _is_number(kind):
        if records(connection, f"SELECT count_if(abs({_name(trait)}::DOUBLE) > {LARGEST}) AS large FROM used")[0][
            "large"
        ]:
            raise _no_trait(path, trait, f"有大于 {LARGEST:,} 的数", f"holds numbers above {LARGEST:,}")
        return [(trait, _name(trait))]
    members = records(
        connection,
        f"SELECT {_name(trait)}::VARCHAR AS member, count(*) AS persons FROM used"
        f" GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {LEVELS + 1}",
    )
    if len(members) > LEVELS:
        words = f"count_if(TRY_CAST({_name(trait)}::VARCHAR AS DOUBLE) IS NULL)"
        (found,) = records(connection, f"SELECT {words} AS words, count(*) AS persons FROM used")
        if 2 * found["words"] < found["persons"]:
            raise EffectError(
                f"{path.name} 的列 {trait} 应是数字，但有 {found['words']} 行不是：请改正，不知道的留空。",
                f"{path.name}: {trait} holds numbers but for {found['words']} rows: mend them, leave the unknown blank.",
            )
        raise _no_trait(path, trait, f"有 {LEVELS} 种以上取值", f"has over {LEVELS} values")
    # a member of few persons stands with the most frequent one: it could name somebody
    named = [row["member"] for row in members[1:] if row["persons"] >= RAREST]
    return [(f"{trait}={member}", f"{_name(trait)}::VARCHAR = {literal(member)}") for member in named]


def _no_trait(path: Path, trait: str, zh: str, en: str) -> EffectError:
    return EffectError(
        f"{path.name} 的列 {trait} {zh}，不能作为特征：请去掉编号、姓名一类的列，或先归类。",
        f"{path.name}: {trait} {en} and is no trait: leave out names and numbers, or group it.",
    )


def _independent(matrix: Any) -> list[int]:
    """Columns that say something the constant and those before them do not."""
    import numpy

    kept: list[int] = []
    basis = numpy.ones((len(matrix), 1)) / numpy.sqrt(len(matrix))
    for number in range(matrix.shape[1]):
        column = matrix[:, number]
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)
        size = numpy.linalg.norm(rest)
        if size > 1e-8 * max(numpy.linalg.norm(column), 1e-300):
            kept.append(number)
            basis = numpy.column_stack([basis, rest / size])
    return kept
