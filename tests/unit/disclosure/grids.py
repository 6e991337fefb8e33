"""Small cross-tabs as figures: rows by columns with their totals, for tests of hiding and of the attacker."""

from __future__ import annotations

from itertools import product

from dashboards.disclosure.model import Limits, Model, Variable, interval


def grid(counts: list[list[int]], limits: Limits | None = None) -> Model:
    """A model of a table: its cells, its row and column totals, the whole; every count a variable named by its place."""
    model = Model(limits or Limits())
    at = {(r, c): model.add(Variable(f"{r}.{c}", float(n))) for r, row in enumerate(counts) for c, n in enumerate(row)}
    rows = [model.add(Variable(f"row {r}", float(sum(row)))) for r, row in enumerate(counts)]
    columns = [
        model.add(Variable(f"column {c}", float(sum(column)))) for c, column in enumerate(zip(*counts, strict=True))
    ]
    whole = model.add(Variable("whole", float(sum(map(sum, counts))), is_whole=True))
    for r, total in enumerate(rows):
        model.line(total, [at[r, c] for c in range(len(columns))])
    for c, total in enumerate(columns):
        model.line(total, [at[r, c] for r in range(len(rows))])
    model.line(whole, rows)
    model.line(whole, columns)
    return model


def possible(model: Model, target: int, most: int = 60) -> set[int]:
    """Every value a cell of a 2 x 2 grid can have, by trying all tables: the attacker's judge."""
    limits = [interval(one, model.limits) for one in model.variables]
    spans = [range(int(max(0, low)), int(min(high, most)) + 1) for low, high in limits[:4]]
    found = set()
    for a, b, c, d in product(*spans):
        table = [a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d]
        if all(low <= value <= high for value, (low, high) in zip(table, limits, strict=True)):
            found.add(table[target])
    return found
