"""How a text stands in SQL. DuckDB imports pandas to bind a parameter, so texts are written as literals, here only.

Not here: the statements themselves.
"""

from __future__ import annotations


def literal(value: object) -> str:
    """The text of a value as an SQL string, quotes doubled."""
    return "'" + str(value).replace("'", "''") + "'"
