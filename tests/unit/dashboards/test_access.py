"""A reader sees the rows of his role and units, whatever the address says; nothing reads a release around that."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path

import duckdb
import openpyxl
import pytest

from dashboards.access import OPEN, ROLES, WHOLE, Scope, statements
from dashboards.app import create_app
from dashboards.pages import PAGES
from dashboards.release import Releases
from tests.unit.dashboards.readers import COUNT, MARK, OURS, THEIRS, access_file, show, signed, two_units

# Modules that ask for a release, each with the scope of the reader of the request; `app.py` opens none.
OPENERS = (
    "app.py", "show.py", "files.py", "reveal.py", "seek.py", "ordering.py", "sliders.py", "public.py", "reports/__init__.py",
)  # fmt: skip
ROOM = Path(create_app.__code__.co_filename).parent
UPDATE = "/_dash-update-component"


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Path:
    home = two_units(tmp_path_factory.mktemp("two"))
    access_file(home)
    return home


@pytest.fixture(scope="module")
def client(bureau):
    return create_app(bureau).server.test_client()


class As:
    """Headers of one reader for any path: what the proxy would add to each request."""

    def __init__(self, home: Path, name: str):
        self.home, self.name = home, name

    def get(self, client, path: str):
        return client.get(path, headers=signed(self.home, self.name, path.partition("?")[0]))

    def layout(self, client, address: str) -> str:
        """The first layout of a browser that stands at an address."""
        headers = signed(self.home, self.name, "/_dash-layout") | {"Referer": f"http://localhost{address}"}
        return client.get("/_dash-layout", headers=headers).get_data(as_text=True)

    def show(self, client, path: str, search: str = "") -> tuple[int, str]:
        client_of = _Signing(client, self)
        return show(client_of, {}, path, search)


class _Signing:
    def __init__(self, client, reader: As):
        self.client, self.reader = client, reader

    def get(self, path: str, headers: dict):
        return self.reader.get(self.client, path)

    def post(self, path: str, json: dict, headers: dict):
        return self.client.post(path, json=json, headers=signed(self.reader.home, self.reader.name, path, "POST"))


def escaped(text: str, typed: str = "") -> set[str]:
    """What of the other unit's rows stands in a text, but for what the reader himself typed."""
    found = set(re.findall(rf"{MARK}[\w.-]*|(?<!\d){COUNT}(?!\d)|{COUNT:,}", text))
    return {one for one in found if one not in typed}


ADDRESSES = ["", f"?u={THEIRS}", "?u=500000", f"?c={MARK}-YZ2021-200", f"?k={MARK}-91500103MA5U000001", "?y=2020",
             "?p=2021", f"?u={OURS}", "?v=r&n=all", "?def=person_times"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.NAME)
def test_a_planner_never_meets_a_row_of_another_unit(bureau, client, page):
    ours, city = As(bureau, "planner.ours"), As(bureau, "city")
    for search in ADDRESSES:
        status, text = ours.show(client, page.PATH, search)
        assert (status, escaped(text, search)) == (200, set())
        assert escaped(ours.layout(client, page.PATH + search), search) == set()
        answer = ours.get(client, f"/export/{page.NAME}.xlsx{search}")
        if answer.status_code == 200:
            cells = " ".join(str(cell.value) for sheet in openpyxl.load_workbook(BytesIO(answer.data)) for row in sheet
                             for cell in row)  # fmt: skip
            assert escaped(cells, search) == set()
    if page.NAME in ("targets", "funds", "drill", "sources"):
        assert escaped(city.show(client, page.PATH, f"?u={THEIRS}")[1]), "the mark is on what the other unit sent"
        assert escaped(city.layout(client, f"{page.PATH}?u={THEIRS}")), "and the first layout holds the page"


def test_two_readers_of_one_server_each_see_their_own(bureau, client):
    for _ in range(2):
        ours = As(bureau, "planner.ours").show(client, "/targets")[1]
        theirs = As(bureau, "planner.theirs").show(client, "/targets")[1]
        assert "59,479" in ours and not escaped(ours)
        assert "59,479" not in theirs and escaped(theirs)


def test_a_report_of_another_unit_is_refused(bureau, client):
    ours = As(bureau, "planner.ours")
    assert ours.get(client, f"/report/quarterly.xlsx?u={OURS}&p=2021Q2").status_code == 200
    assert ours.get(client, f"/report/quarterly.xlsx?u={THEIRS}&p=2021Q2").status_code == 403
    assert As(bureau, "city").get(client, f"/report/quarterly.xlsx?u={THEIRS}&p=2021Q2").status_code == 200


@pytest.mark.parametrize(
    ("name", "page", "opens"),
    [
        ("anybody", "quality", False), ("anybody", "drill", False), ("anybody", "targets", False),
        ("finance", "funds", True), ("finance", "drill", False), ("finance", "quality", False),
        ("steward", "quality", True), ("steward", "funds", False), ("auditor", "person", True), ("city", "person", False),
    ],
)  # fmt: skip
def test_a_role_has_its_pages(bureau, client, name, page, opens):
    assert As(bureau, name).get(client, f"/export/{page}.xlsx").status_code == (200 if opens else 403)
    text = As(bureau, name).show(client, next(one.PATH for one in PAGES if one.NAME == page))[1]
    assert ("您的身份不能查看此页" in text) is not opens


def test_every_role_opens_with_an_overview(bureau, client):
    for name in ("planner.ours", "city", "finance", "steward", "auditor"):
        status, text = As(bureau, name).show(client, "/")
        assert status == 200 and "60,200" in text


def test_persons_reach_the_auditor_alone(bureau):
    releases, keys = Releases(bureau), {}
    for role in ("local", *ROLES):
        release = releases.get(None, Scope(role))
        rows = release.rows("select person_key from marts.fct_training") if release.has("fct_training") else []
        keys[role] = {row["person_key"] for row in rows}
    assert "0" * 31 + "a" in keys["auditor"]
    for role in ("local", "planner", "city_planner"):
        assert len(keys[role]) == len(keys["auditor"]), "persons stay distinct"
        assert not keys[role] & keys["auditor"], "under a name that opens no archive"
    assert not keys["finance"] and not keys["public"]
    assert keys["local"] != keys["planner"]


def test_the_public_sees_no_row_of_anybody_and_figures_only_through_disclosure_control(bureau, client, monkeypatch):
    release = Releases(bureau).get(None, Scope("public"))
    assert set(release.tables) <= OPEN
    asked = []

    def shown(whole, home, unit, period):
        asked.append((whole.scope, unit, period))
        return [{"indicator_code": "person_times", "value": 59480, "unit_of_measure": "person_times"}]

    monkeypatch.setattr("dashboards.disclosure.public_rows", shown)
    status, text = As(bureau, "anybody").show(client, "/", f"?u={OURS}&p=2021")
    assert status == 200 and "59,480" in text and asked == [(WHOLE, OURS, "2021")]
    for name in ("city", "planner.ours", "auditor"):
        As(bureau, name).show(client, "/public")
    assert len(asked) == 1, "looking at it publishes it: only the public's own readers do"


def test_a_table_that_says_of_no_row_whose_it_is_stays_closed_to_a_reader_of_some_units():
    tables = {"mart_new": ["what", "value"], "mart_old": ["reporting_unit"]}
    assert [one.split()[2] for one in statements(tables, "s.marts", Scope("planner", (OURS,)))] == ['marts."mart_old"']
    assert len(list(statements(tables, "s.marts", WHOLE))) == 2


def test_a_statement_cannot_reach_behind_the_scope(bureau):
    release = Releases(bureau).get(None, Scope("planner", (OURS,)))
    listed = release.rows("select distinct database_name from duckdb_tables() where table_name = 'mart_indicator'")
    assert len(listed) == 1, "the file is there, under a name made anew for each opening"
    other = Releases(bureau).get(None, Scope("planner", (OURS,)))
    assert (
        other.rows("select distinct database_name from duckdb_tables() where table_name = 'mart_indicator'") != listed
    )
    for statement in ("create table marts.x as select 1", "set schema = 'x'", "select 1; select 2"):
        with pytest.raises(duckdb.Error):
            release.rows(statement)


def test_no_page_reads_a_release_around_the_limit():
    """Only `release/publish.py` opens a database, and only the callback and the files ask for a release, with a scope."""
    wrong = []
    for path in ROOM.rglob("*.py"):
        inside, tree = path.relative_to(ROOM).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                if names & {"duckdb", "sqlite3"} and inside != "release.py":
                    wrong.append(f"{inside}:{node.lineno} opens databases")
                if names & {"Releases"} and inside not in OPENERS:  # fmt: skip
                    wrong.append(f"{inside}:{node.lineno} opens releases")
            if isinstance(node, ast.Attribute) and node.attr == "connection" and inside not in (
                "release.py", "reports/__init__.py"
            ):  # fmt: skip
                wrong.append(f"{inside}:{node.lineno} takes the connection")
            called = node.func if isinstance(node, ast.Call) else None
            if inside in OPENERS[1:-1] and isinstance(called, ast.Attribute):
                if (
                    called.attr == "get"
                    and ast.unparse(called.value) == "releases"
                    and "scope" not in ast.unparse(node)
                ):
                    wrong.append(f"{inside}:{node.lineno} asks without a scope")
    assert not wrong
