"""Whose change a figure's change is: rows that differ between two releases, each put down to a submission.

Rows of either release that the other holds alike cancel out. A row that differs is due to the submission that brought the row
of the nearest dataset that differs too (a new assessment before the roster it belongs to). What no submission explains is
told as such. Not here: the figures that moved and the value of a part (`release/diff.py`).
"""

from __future__ import annotations

from typing import Any

from expectations.sql import literal
from orchestration.figures.rows import BEGUN, KEY, WINDOWS, columns, member_of, rows_behind

BROUGHT = (
    "submission_id",
    "file_name",
    "sheet",
    "row_no",
    "slot_unit",
    "slot_period",
    "amount_fen",
    "person_no",
    "place",
)
SIDES = ("a", "b")

# columns that say whose a row is, when it counts and what it is, beside the dimensions
PLACING = (
    "reporting_unit", "dated_on", "opened_on", "closed_on", "opening_period", "year", "subject", "class_id", "person_key",
    "claim_key", "certification_key", "trainee_categories", "audience",
)  # fmt: skip

# columns of a relation that lead to the rows of a dataset: column -> expression over the dataset
LINKS = {
    "enrollments": {"class_id": "class_id", "person_key": "person_key"},
    "classes": {"class_id": "class_id"},
    "certifications": {"person_key": "person_key"},
    "employment": {"person_key": "person_key"},
    "claims": {"class_id": "class_id"},
    "followups": {"class_id": "class_id"},
    "projects": {"project_id": "project_id"},
    "institutions": {"institution_id": "institution_id"},
    "fund_ledger": {"reporting_unit": "left(slot_unit, 6)", "fund_source": "account"},
}

# a submission that stands in one release only, and the one that a change is put down to: itself, or what took its place
MOVED_SUBMISSIONS = """
CREATE TEMP TABLE changed_submission AS
WITH before AS (SELECT * FROM a.marts.mart_submission WHERE is_standing),
after AS (SELECT * FROM b.marts.mart_submission WHERE is_standing)
SELECT submission_id, dataset, submission_id AS cause FROM after ANTI JOIN before USING (submission_id)
UNION ALL
SELECT o.submission_id, o.dataset, coalesce(n.submission_id, o.submission_id)
FROM before AS o ANTI JOIN after USING (submission_id)
LEFT JOIN after AS n USING (dataset, reporting_unit, period)
"""


def attribute(connection: Any, others: str) -> None:
    """Fill the temporary table `part` (figure, cause, numerator_part, denominator_part) for the figures in `moved`.

    `others`: the cause of what no submission explains. The parts of each side add up to its change.
    """
    connection.execute(MOVED_SUBMISSIONS)
    connection.execute(
        f"CREATE TEMP TABLE found_part AS SELECT {KEY}, ''::VARCHAR AS cause, ''::VARCHAR AS side, 0::DOUBLE AS amount"
        " FROM moved LIMIT 0"
    )
    (changed,) = connection.execute("SELECT count(*) FROM changed_submission").fetchone()
    # the same submissions on both sides: no row can be put down to any, so rows need not be compared
    defined = _definitions(connection) if changed else []
    datasets = {name for source in defined for name in source["datasets"]}
    linked = [name for name in sorted(datasets & set(LINKS)) if _write_causes(connection, name)]
    for rows_name in sorted({source["rows_name"] for source in defined}):
        several = [source for source in defined if source["rows_name"] == rows_name]
        names = _write_changed(connection, several[0], linked)
        for source in several:
            _write_parts(connection, source, names, linked)
    connection.execute(PARTS.format(others=literal(others)))


# what is left of a side after the rows that differ is the change of rules, of the data date or of the preview setting
PARTS = f"""
CREATE TEMP TABLE part AS
WITH found AS (
    SELECT {KEY}, coalesce(cause, {{others}}) AS cause,
        coalesce(sum(amount) FILTER (WHERE side = 'numerator'), 0) AS numerator_part,
        coalesce(sum(amount) FILTER (WHERE side = 'denominator'), 0) AS denominator_part
    FROM found_part GROUP BY ALL
),
rest AS (
    SELECT {KEY}, {{others}} AS cause,
        any_value(m.numerator_change) - coalesce(sum(f.numerator_part), 0) AS numerator_part,
        any_value(m.denominator_change) - coalesce(sum(f.denominator_part), 0) AS denominator_part
    FROM moved AS m LEFT JOIN found AS f USING ({KEY}) GROUP BY {KEY}
),
listed AS (
    SELECT * FROM found
    UNION ALL
    SELECT {KEY}, cause, if(abs(numerator_part) < 1e-6, 0, numerator_part), if(abs(denominator_part) < 1e-6, 0, denominator_part)
    FROM rest
)
SELECT {KEY}, cause, sum(numerator_part) AS numerator_part, sum(denominator_part) AS denominator_part
FROM listed GROUP BY {KEY}, cause
HAVING sum(numerator_part) <> 0 OR sum(denominator_part) <> 0
"""


def _definitions(connection: Any) -> list[dict[str, Any]]:
    """The sides of the figures that moved, as the later release defines them; none where the earlier one has no such mart."""
    has = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'marts' AND table_name = 'mart_indicator_source'"
    if connection.execute(has).fetchone() != (2,):
        return []
    cursor = connection.execute(
        "SELECT * FROM b.marts.mart_indicator_source SEMI JOIN moved USING (indicator_code) ORDER BY indicator_code, side"
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _content(names: list[str]) -> str:
    return "hash(" + ", ".join(f'"{name}"' for name in names if name not in BROUGHT) + ")"


def _write_causes(connection: Any, dataset: str) -> bool:
    """`cause_<dataset>`: keys of the dataset's rows that one release alone holds, with the submission; False if none."""
    if not connection.execute(f"SELECT count(*) FROM changed_submission WHERE dataset = {literal(dataset)}").fetchone()[
        0
    ]:
        return False
    table = f"staging.stg_{dataset}"
    content = _content(columns(connection, f"SELECT * FROM b.{table}"))
    keys = ", ".join(f"{sql} AS {name}" for name, sql in LINKS[dataset].items())
    own = " UNION ALL ".join(
        f"SELECT {keys}, cause FROM {here}.{table} JOIN changed_submission USING (submission_id)"
        f" WHERE {content} NOT IN (SELECT {content} FROM {there}.{table})"
        for here, there in (SIDES, SIDES[::-1])
    )
    connection.execute(
        f"CREATE TEMP TABLE cause_{dataset} AS SELECT {', '.join(LINKS[dataset])}, min(cause) AS cause FROM ({own}) GROUP BY ALL"
    )
    return True


def _write_changed(connection: Any, source: dict[str, Any], linked: list[str]) -> list[str]:
    """`changed`: rows of the relation that one release alone holds, with `in_release` and a cause per dataset; its columns."""
    for side in SIDES:
        connection.execute(f"USE {side}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE rows_{side} AS {source['rows_sql']}")
    names = columns(connection, "SELECT * FROM rows_b")
    content = _content(names)
    numbered = "SELECT *, {c} AS content, row_number() OVER (PARTITION BY {c}) AS copy FROM rows_{s}"
    for side in SIDES:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE numbered_{side} AS {numbered.format(c=content, s=side)}")
    able = [name for name in linked if set(LINKS[name]) <= set(names)]
    joins = " ".join(f"LEFT JOIN cause_{name} AS of_{name} USING ({', '.join(LINKS[name])})" for name in able)
    told = "".join(f", of_{name}.cause AS cause_{name}" for name in able)
    either = " UNION ALL BY NAME ".join(
        f"SELECT *, '{here}' AS in_release FROM numbered_{here} ANTI JOIN numbered_{there} USING (content, copy)"
        for here, there in (SIDES, SIDES[::-1])
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE changed AS SELECT r.*, s.cause AS cause_own{told} FROM ({either}) AS r"
        f" LEFT JOIN changed_submission AS s ON s.submission_id = r.submission_id {joins}"
    )
    return [*names, *(f"cause_{name}" for name in able)]


def _write_parts(connection: Any, source: dict[str, Any], names: list[str], linked: list[str]) -> None:
    """Add the parts of one side of an indicator to `found_part`."""
    # a training's own record first, then the datasets that decide the figure, then the others: they decide its member
    near = [f"r.cause_{name}" for name in ["enrollments", *source["datasets"], *linked] if f"cause_{name}" in names]
    order = ["r.cause_own", *near] if source["is_own_cause"] else [*near, "r.cause_own"]
    if source["own_first"]:
        # which rows count depends on the others: take all, let those that both releases hold cancel; a row that another
        # one stands in for now is gone because of that one
        whole = " UNION ALL ".join(_behind(connection, source, names, _whole(side), side, order) for side in SIDES)
        found = f"SELECT * REPLACE (coalesce(cause, min(cause) OVER (PARTITION BY {KEY})) AS cause) FROM ({whole})"
    else:
        _write_differing(connection, source, names)
        differing = "SELECT * FROM differing WHERE in_release = '{}'"
        found = " UNION ALL ".join(
            _behind(connection, source, names, differing.format(side), side, order) for side in SIDES
        )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE behind AS {found}")
    side = literal(source["side"])
    if source["measure"] == "distinct":
        sql = _distinct(connection, source, names)
    elif source["measure"] in ("sum", "mean_per_year"):
        per = "/ any_value(year_count)" if source["measure"] == "mean_per_year" else ""
        sql = f"SELECT {KEY}, cause, {side}, sum(sign * amount) {per} FROM behind GROUP BY {KEY}, cause"
    else:  # a quantile or a lowest has no sum of parts: its change is shared by rows that differ
        sql = (
            f"SELECT {KEY}, cause, {side}, any_value(numerator_change) * count(*) / sum(count(*)) OVER (PARTITION BY {KEY})"
            f" FROM behind JOIN moved USING ({KEY}) GROUP BY {KEY}, cause"
        )
    connection.execute(f"INSERT INTO found_part {sql}")


def _write_differing(connection: Any, source: dict[str, Any], names: list[str]) -> None:
    """`differing`: changed rows that this side does not count alike in both releases, whatever else in them differs."""
    known = [name for (name,) in connection.execute("SELECT DISTINCT dimension FROM moved").fetchall()]
    telling = ", ".join(name for name in names if name in {*PLACING, *known})
    mark = f"hash({telling}, ({source['amount_sql']}))"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE differing AS
        WITH counted AS (
            SELECT *, {mark} AS mark, row_number() OVER (PARTITION BY in_release, {mark}) AS mark_copy
            FROM changed WHERE {source["condition_sql"]}
        )
        SELECT * EXCLUDE (mark, mark_copy) FROM counted
        QUALIFY count(*) OVER (PARTITION BY mark, mark_copy) = 1"""
    )


def _whole(side: str) -> str:
    return (
        f"SELECT n.*, c.* EXCLUDE (content, copy, in_release) FROM numbered_{side} AS n LEFT JOIN"
        f" (SELECT content, copy, in_release, COLUMNS('cause_.*') FROM changed) AS c"
        f" ON c.content = n.content AND c.copy = n.copy AND c.in_release = '{side}'"
    )


def _behind(connection: Any, source: dict[str, Any], names: list[str], rows: str, side: str, order: list[str]) -> str:
    """SQL: moved figures of the indicator with the rows behind them in one release: sign, amount, cause."""
    connection.execute(f"USE {side}")
    moved = f"(SELECT {KEY} FROM moved WHERE indicator_code = {literal(source['indicator_code'])})"
    window = f"window_{side}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {window} AS {WINDOWS.format(figures=moved)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE place_{side} AS SELECT * FROM marts.dim_unit")
    known = [name for (name,) in connection.execute("SELECT DISTINCT dimension FROM moved").fetchall()]
    sql = rows_behind(source | {"rows_sql": rows}, member_of(names, sorted(known)), f"SELECT * FROM {window}")
    sql = sql.replace("marts.dim_unit", f"place_{side}")
    if source["own_first"] == "begun":
        connection.execute(f"CREATE OR REPLACE TEMP TABLE begun_{side} AS {BEGUN}")
        sql = sql.replace(BEGUN, f"FROM begun_{side}")
    keys = ", ".join(f"w.{name} AS {name}" for name in KEY.split(", "))
    sign = 1 if side == "b" else -1
    cause = f"coalesce({', '.join(order)})"
    return (
        f"SELECT {keys}, w.year_count AS year_count, {sign} AS sign, r.amount AS amount, {cause} AS cause FROM ({sql})"
    )


def _distinct(connection: Any, source: dict[str, Any], names: list[str]) -> str:
    """SQL: keys that came into a figure or left it, each with the first cause among its rows that differ."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE first_cause AS SELECT {KEY}, amount, min(cause) AS cause FROM behind GROUP BY ALL"
    )
    kept = f"({source['amount_sql']}) IN (SELECT amount FROM first_cause)"
    whole = " UNION ALL ".join(
        _behind(connection, source, names, f"SELECT * FROM rows_{side} WHERE {kept}", side, ["NULL"]) for side in SIDES
    )
    return (
        f"SELECT {KEY}, f.cause, {literal(source['side'])}, sum(p.sign) FROM (SELECT DISTINCT {KEY}, amount, sign FROM ({whole}))"
        f" AS p LEFT JOIN first_cause AS f USING ({KEY}, amount) GROUP BY {KEY}, f.cause"
    )
