"""Publications one after the other: differencing between tables and releases, the register, refusals."""

from __future__ import annotations

import json

import pytest

from benchmarks.disclosure import attacked, publish_all, unprotected
from dashboards.disclosure.attack import Attack
from dashboards.disclosure.cells import Cell
from dashboards.disclosure.keys import Key, at_period, breakdown, parts_of_period
from dashboards.disclosure.model import HIDDEN, SHOWN, Model, Variable
from dashboards.disclosure.policy import policy
from dashboards.disclosure.publish import Exposed, publish
from dashboards.disclosure.register import Publication, Register
from orchestration.backup import LEFT_OUT

UNIT = "500103"


def figures(period: str = "2021Q2", **streets: int) -> dict[Key, Cell]:
    """Person-times by street and the whole; `whole` where it is not their sum."""
    whole = streets.pop("whole", sum(streets.values()))
    found = {
        Key("person_times", UNIT, period, (("street", name),)): Cell(float(n), low=1.0) for name, n in streets.items()
    }
    return found | {Key("person_times", UNIT, period): Cell(float(whole))}


def shown(register: Register, release: str, cells: dict[Key, Cell], name: str = "t", again: dict | None = None) -> dict:
    """Publish and return what is printed: by street, the whole as `all`."""
    new = Publication({"kind": name, "period": next(iter(cells)).period}, release, policy().sha256)
    look = publish(register, new, cells, policy(), {}, lambda source: again or {})
    return {(key.where[0][1] if key.where else "all"): look(key) for key in cells}


@pytest.fixture
def register(tmp_path):
    register = Register(tmp_path)
    register.folder.mkdir()
    return register


def test_a_small_street_is_hidden_with_a_second_one_and_the_total_is_the_true_one(register):
    assert shown(register, "r1", figures(a=6, b=41, c=52, d=12)) == {"a": "*", "b": 40, "c": 50, "d": "*", "all": 110}


def test_a_figure_is_shown_the_same_way_again_while_it_has_not_changed(register):
    first = figures(a=6, b=41, c=52, d=12)
    shown(register, "r1", first)
    # late data moves c alone; a, b and d are the same unknowns as before
    late = figures(a=6, b=41, c=57, d=12)
    assert shown(register, "r2", late, again=late) == {"a": "*", "b": 40, "c": 55, "d": "*", "all": 115}


def test_a_release_is_asked_once_what_it_says_of_an_earlier_publication(register):
    """Unless more was published of it since: then it is asked again."""
    first, asked = figures(a=6, b=41, c=52, d=12), []

    def put(release: str, name: str, cells: dict) -> None:
        new = Publication({"kind": name, "period": "2021Q2"}, release, policy().sha256)
        publish(register, new, cells, policy(), {}, lambda source: asked.append(source["kind"]) or first)

    put("r1", "t", first)
    put("r2", "u", figures("2021Q1", x=20, y=30))
    put("r2", "v", figures("2020Q4", x=20, y=30))
    assert asked == ["t"]
    put("r1", "t", first | figures("2020Q2", x=20, y=30))
    put("r2", "w", figures("2020Q3", x=20, y=30))
    assert asked == ["t", "u", "v", "t"], "the older release is asked of what the newer one published"


def test_what_hangs_together_with_nothing_new_is_not_attacked_again():
    model = Model(policy().limits)
    for name, truth, state in (("T", 12.0, SHOWN), ("a", 6.0, HIDDEN), ("b", 6.0, HIDDEN)) * 2:
        model.add(Variable(name, truth, state))
    model.line(0, [1, 2])
    model.line(3, [4, 5])
    relations, checked = Attack(model, touched={4})._scope()
    assert checked == [4, 5] and relations == model.relations[1:]
    assert Attack(model)._scope() == (model.relations, [1, 2, 4, 5])


def test_what_was_shown_is_not_hidden_later_for_another(register):
    alone = Key("person_times", UNIT, "2021Q2", (("street", "d"),))
    shown(register, "r1", {alone: Cell(12.0, low=1.0)})
    printed = shown(register, "r1", figures(a=6, b=41, c=52, d=12), name="u")
    assert printed["d"] == 10 and printed["a"] == "*" and printed["b"] == "*"


def test_a_figure_that_changed_is_another_unknown(register):
    shown(register, "r1", figures(a=6, b=41, c=52, d=12))
    late = figures(a=11, b=41, c=52, d=12)
    printed = shown(register, "r2", late, again=late)
    # d stays hidden, and a, which nobody has seen at 11, is the second one in its line
    assert printed == {"a": "*", "b": 40, "c": 50, "d": "*", "all": 115} and attacked(register)[1] == 0


def test_the_year_does_not_tell_a_hidden_quarter(register):
    for number in (1, 2, 3, 4):
        shown(register, "r1", figures(f"2021Q{number}", a=3 if number == 4 else 20, b=41, c=52))
    shown(register, "r1", figures("2021", a=63, b=164, c=208))
    assert attacked(register)[1] == 0


def test_a_part_that_leaves_next_to_nothing_of_its_whole_is_hidden(register):
    # 10 stands for 10 to 12: a whole and a part of 10 would leave 0 to 2 for those who are not in it
    cells = {Key("examined", UNIT, "2021Q2"): Cell(10.0), Key("passed", UNIT, "2021Q2"): Cell(10.0)}
    new = Publication({"kind": "t", "period": "2021Q2"}, "r1", policy().sha256)
    look = publish(register, new, cells, policy(), {}, lambda source: {})
    assert "*" in {look(key) for key in cells}


def test_nothing_goes_out_while_something_on_record_can_be_worked_out(register):
    record = {"truth": 10.0, "state": "shown", "money": False, "price": 1.0, "low": 0.0, "withheld": False}
    old = Publication({"kind": "old"}, "r0", "before")
    old.cells = {
        Key("person_times", UNIT, "2021Q2"): record,
        Key("person_times", UNIT, "2021Q2", (("street", "a"),)): record,
        Key("person_times", UNIT, "2021Q2", (("street", "b"),)): {**record, "truth": 0.0, "state": "hidden"},
    }
    register.write(old)
    before = sorted(path.name for path in register.folder.iterdir())
    with pytest.raises(Exposed) as refusal:
        shown(register, "r1", figures("2020Q1", x=40, y=50))
    assert refusal.value.names == ["person_times|500103|2021Q2|street=b"]
    assert sorted(path.name for path in register.folder.iterdir()) == before


def test_the_register_keeps_what_went_out_and_is_for_its_owner_alone(register):
    shown(register, "r1", figures(a=6, b=41, c=52, d=12))
    [path] = register.folder.glob("*.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["cells"]["person_times|500103|2021Q2|street=a"]["state"] == "hidden"
    assert path.stat().st_mode & 0o077 == 0 and not list(register.folder.glob("*.tmp"))
    assert register.folder.name not in LEFT_OUT
    again = path.read_bytes()
    shown(register, "r1", figures(a=6, b=41, c=52, d=12))
    assert path.read_bytes() == again


def test_a_damaged_register_stops_every_publication(register):
    (register.folder / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="x.json"):
        shown(register, "r1", figures(a=6, b=41, c=52, d=12))


@pytest.mark.parametrize(
    ("period", "at", "meant"),
    [
        ("2021Q1", "cumulative", "2021Q1"),
        ("2021Q2", "cumulative", "2021Q2+"),
        ("2021Q4", "cumulative", "2021"),
        ("2021", "cumulative", "2021"),
        ("2021Q2", "year_before", "2020Q2"),
        ("2021Q1", "period_before", "2020Q4"),
        ("2021", "period_before", "2020"),
    ],
)
def test_one_figure_has_one_name(period, at, meant):
    assert at_period(period, at) == meant


def test_periods_are_made_up_of_periods():
    assert parts_of_period("2021Q3+") == ["2021Q1", "2021Q2", "2021Q3"]
    assert parts_of_period("2019-2021") == ["2019", "2020", "2021"] and parts_of_period("2021Q2") == []


def test_a_key_is_read_back_from_its_text():
    where = breakdown([("street", "甲=乙|丙&丁"), ("training_type", "all"), ("sex", "female")], policy())
    one = Key("person_times", UNIT, "2021Q2+", where)
    assert Key.parse(one.text) == one and [name for name, _ in where] == ["sex", "street"]


def test_generated_districts_that_publish_quarter_by_quarter_give_nothing_away(tmp_path):
    hidden = bare = 0
    for seed in (1, 2):
        register, refused = publish_all(tmp_path / str(seed), seed)
        count, found = attacked(register)
        assert (found, refused) == (0, 0)
        hidden, bare = hidden + count, bare + unprotected(seed)[1]
    # and the attacker does find figures where small ones alone are hidden
    assert hidden > 400 and bare > 10
