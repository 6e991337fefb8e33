"""Forty generated districts publish quarter after quarter, with late data in between; then the attacker gets everything.

Run: python benchmarks/disclosure.py [--districts 40] [--hidden 10000]. Prints one JSON line: hidden figures, what was found
after protection, and, to show that the attacker is no straw man, what is found when small figures alone are hidden.
Not here: any of the rules (`dashboards/disclosure`).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dashboards.disclosure.attack import Attack  # noqa: E402
from dashboards.disclosure.cells import Cell  # noqa: E402
from dashboards.disclosure.keys import Key  # noqa: E402
from dashboards.disclosure.model import HIDDEN, SHOWN, Model  # noqa: E402
from dashboards.disclosure.policy import policy  # noqa: E402
from dashboards.disclosure.publish import Exposed, Known, publish  # noqa: E402
from dashboards.disclosure.register import Publication, Register  # noqa: E402

# one training: street, occupation, level, sex, categories, certified?
Training = tuple[str, str, str, str, tuple[str, ...], bool]
# what a publication tables: breakdowns by one and by two dimensions
TABLES = (("street",), ("occupation",), ("skill_level",), ("trainee_category",), ("street", "occupation"),
          ("occupation", "skill_level"), ("street", "trainee_category"))  # fmt: skip
CATEGORIES = ("rural_worker", "unemployed", "veteran", "disabled", "low_income_family")


def trainings(rng: random.Random, count: int) -> list[Training]:
    """Trainings of one quarter of a district: uneven over streets, occupations and levels, as real ones are."""
    streets = [f"街{number}" for number in range(rng.randint(6, 11))]
    trades = [f"4-0{number}" for number in range(rng.randint(5, 8))]
    weights = [rng.expovariate(1) for _ in streets], [rng.expovariate(1) for _ in trades]
    found = []
    for _ in range(count):
        street, trade = rng.choices(streets, weights[0])[0], rng.choices(trades, weights[1])[0]
        level = rng.choices(["5", "4", "3", "none"], [4, 3, 1, 2])[0]
        groups = tuple(sorted(rng.sample(CATEGORIES, rng.choices([0, 1, 2], [5, 4, 1])[0])))
        found.append((street, trade, level, rng.choice(["female", "male"]), groups, rng.random() < 0.9))
    return found


def cells(rows: list[Training], unit: str, period: str) -> dict[Key, Cell]:
    """The figures of a publication: completed and certified, by every table, with the whole."""
    counts: Counter[Key] = Counter()
    for street, trade, level, sex, groups, certified in rows:
        members = {"street": (street,), "occupation": (trade,), "skill_level": (level,), "sex": (sex,)}
        members["trainee_category"] = groups
        for table in ((), *TABLES):
            wheres = [()]
            for name in table:
                wheres = [(*where, (name, member)) for where in wheres for member in members[name]]
            for where in wheres:
                key = Key("person_times", unit, period, tuple(sorted(where)))
                counts[key] += 1
                if len(table) < 2:
                    counts[Key("person_times_certified", unit, period, key.where)] += certified
    found = {}
    for key, count in counts.items():
        about = policy().is_withheld(unit, key.where)
        found[key] = Cell(
            float(count), low=1.0 if key.where and key.quantity == "person_times" else 0.0, is_withheld=about
        )
    return found


def history(seed: int) -> list[tuple[str, str, dict[Key, Cell]]]:
    """What a district publishes: release, period, figures. Each release also knows the late rows of earlier quarters."""
    rng = random.Random(seed)
    unit = f"5099{seed % 90 + 10}"
    quarters = {f"2021Q{number}": trainings(rng, rng.randint(150, 900)) for number in (1, 2, 3)}
    told = []
    for number in (1, 2, 3):
        for late in list(quarters)[: number - 1]:
            quarters[late] = [*quarters[late], *rng.sample(quarters[late], rng.randint(0, 3))]
        told.append((f"r{number}", f"2021Q{number}", cells(quarters[f"2021Q{number}"], unit, f"2021Q{number}")))
        if number > 1:
            # the earlier quarter again, corrected, and the year so far: differencing in time
            told.append(
                (f"r{number}", f"2021Q{number - 1}", cells(quarters[f"2021Q{number - 1}"], unit, f"2021Q{number - 1}"))
            )
    year = [row for rows in quarters.values() for row in rows]
    told.append(("r3", "2021", cells(year, unit, "2021")))
    return told


def publish_all(folder: Path, seed: int) -> tuple[Register, int]:
    """Publish a district's history into a register; the register and how many publications were refused."""
    register, refused = Register(folder), 0
    register.folder.mkdir(parents=True, exist_ok=True)
    told = history(seed)
    for number, (release, period, found) in enumerate(told):
        again = {
            (one.source["kind"], one.source["period"]): one.source
            for one in register.publications()
            if one.release != release
        }
        same = {where: figures for at, where, figures in told[: number + 1] if at == release}

        def reread(source: dict[str, str], same: dict[str, dict[Key, Cell]] = same) -> dict[Key, Cell]:
            return same.get(source["period"], {})

        source = {"kind": "table", "period": period, "no": str(len(again))}
        try:
            publish(register, Publication(source, release, policy().sha256), found, policy(), {}, reread)
        except Exposed:
            refused += 1
    return register, refused


def attacked(register: Register) -> tuple[int, int]:
    """Hidden figures of a register, and how many of them a fresh attacker finds."""
    known = Known(policy(), Model(policy().limits), {})
    for one in register.publications():
        for key, record in (*one.cells.items(), *one.known.items()):
            known.put(one.release, key, record)
    known.relate()
    hidden = [at for at, one in enumerate(known.model.variables) if one.state == HIDDEN]
    return len(hidden), len(Attack(known.model).exposed(hidden))


def unprotected(seed: int) -> tuple[int, int]:
    """The same district with small figures hidden and nothing else done, counts to the unit: hidden, and found."""
    from dashboards.disclosure.model import Limits

    known = Known(policy(), Model(Limits(base=1)), {})
    release, _, found = history(seed)[0]
    for key, cell in found.items():
        state = HIDDEN if cell.truth < known.model.limits.threshold else SHOWN
        record = {"truth": cell.truth, "state": state, "money": False, "price": 1.0, "low": cell.low, "withheld": False}
        known.put(release, key, record)
    known.relate()
    hidden = [at for at, one in enumerate(known.model.variables) if one.state == HIDDEN]
    return len(hidden), len(Attack(known.model).exposed(hidden))


def run(districts: int, wanted: int) -> dict[str, float | int]:
    """Districts until there are `districts` of them and `wanted` hidden figures."""
    started, totals, seed = time.process_time(), Counter(), 0
    while seed < districts or totals["hidden"] < wanted:
        seed += 1
        with tempfile.TemporaryDirectory() as folder:
            register, refused = publish_all(Path(folder), seed)
            hidden, found = attacked(register)
        bare_hidden, bare_found = unprotected(seed)
        totals.update(hidden=hidden, found=found, refused=refused, bare_hidden=bare_hidden, bare_found=bare_found)
        totals.update(publications=len(history(seed)), districts=1)
        print(seed, dict(totals), file=sys.stderr)
    return {**totals, "cpu_seconds": round(time.process_time() - started, 1)}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=40)
    parser.add_argument("--hidden", type=int, default=10_000)
    given = parser.parse_args()
    print(json.dumps(run(given.districts, given.hidden)))


if __name__ == "__main__":
    main()
