"""Who asks is said by a signature or by single sign-on; everybody else is turned away, and that is remembered."""

from __future__ import annotations

import json
import time

import pytest

from dashboards import audit
from dashboards.app import allowed_hosts, create_app, serve
from dashboards.identity import SECONDS, Access, AccessError, AccessFile, key
from tests.unit.dashboards.readers import READERS, access_file, signed


@pytest.fixture
def bureau(release_home, tmp_path):
    release_home.write_release(tmp_path, "r")
    access_file(tmp_path)
    return tmp_path


def refusals(home) -> list[dict]:
    path = home / "audit" / audit.REFUSED
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_a_signed_name_reads_and_everything_else_does_not(bureau):
    client, path = create_app(bureau).server.test_client(), "/export/targets.xlsx"
    assert client.get(path, headers=signed(bureau, "city", path)).status_code == 200
    now = int(time.time())
    wrong = [
        {},
        signed(bureau, "city", "/export/funds.xlsx"),
        signed(bureau, "city", path, "POST"),
        signed(bureau, "city", path, at=now - SECONDS - 5),
        signed(bureau, "city", path, at=now + SECONDS + 5),
        {**signed(bureau, "city", path), "X-Skillhouse-Reader": "auditor"},
        {**signed(bureau, "city", path), "X-Skillhouse-Time": "soon"},
        {**signed(bureau, "city", path), "X-Skillhouse-Signature": "市"},
    ]
    for headers in wrong:
        encoded = {name: value.encode().decode("latin-1") for name, value in headers.items()}
        answer = client.get(path, headers=encoded)
        assert answer.status_code == 401 and "登录" in answer.get_data(as_text=True)
    assert client.get(path, headers=signed(bureau, "stranger", path)).status_code == 403


def test_a_refusal_is_remembered_without_the_name(bureau):
    client = create_app(bureau).server.test_client()
    path = "/export/person.xlsx"
    client.get(path, headers=signed(bureau, "finance", path))
    client.get("/targets?u=510681198503142417", headers=signed(bureau, "stranger", "/targets"))
    first, second = refusals(bureau)
    assert (first["reason"], first["role"], first["path"]) == ("page", "finance", "export")
    assert (second["reason"], second["path"]) == ("unknown_reader", "/targets")
    text = (bureau / "audit" / audit.REFUSED).read_text(encoding="utf-8")
    assert "finance" not in text.replace('"role": "finance"', "") and "stranger" not in text and "5106" not in text
    assert first["reader"] != second["reader"] and audit.broken_at(bureau, audit.REFUSED) is None


def test_scripts_are_open_and_rows_are_not(bureau):
    client = create_app(bureau).server.test_client()
    assert client.get("/assets/skillhouse.css").status_code == 200
    for path in ("/", "/targets", "/_dash-layout", "/_dash-dependencies", "/report/quarterly.xlsx"):
        assert client.get(path).status_code == 401


def test_a_change_of_the_access_file_holds_at_the_next_request_and_its_loss_closes_the_doors(bureau):
    client, path = create_app(bureau).server.test_client(), "/export/funds.xlsx"
    assert client.get(path, headers=signed(bureau, "city", path)).status_code == 200
    access_file(bureau, READERS.replace('role = "city_planner"', 'role = "steward"'))
    assert client.get(path, headers=signed(bureau, "city", path)).status_code == 403
    access_file(bureau, "[identity")
    assert client.get(path, headers=signed(bureau, "city", path)).status_code == 503
    (bureau / "access.toml").unlink()
    assert client.get(path, headers=signed(bureau, "city", path)).status_code == 503


@pytest.mark.parametrize(
    "text",
    [
        "", "[identity]\nkind = 'none'\nurl = 'https://a'", "[identity]\nkind = 'header'",
        "[identity]\nkind = 'oidc'\nurl = 'https://a'", READERS + "[[reader]]\nname = 'x'\nrole = 'king'\n",
        READERS + "[[reader]]\nname = 'x'\nrole = 'planner'\n", READERS + "[[reader]]\nname = 'city'\nrole = 'finance'\n",
        READERS + "[[reader]]\nname = 'x'\nrole = 'planner'\nunits = []\n",
        READERS + "[[reader]]\nname = 'x'\nrole = 'planner'\nunits = [\"5' or 1=1\"]\n",
    ],
)  # fmt: skip
def test_an_access_file_that_cannot_be_relied_on_opens_nothing(tmp_path, text):
    access_file(tmp_path, text)
    with pytest.raises(AccessError) as error:
        AccessFile(tmp_path).get()
    assert "access.toml" in error.value.zh and "access.toml" in error.value.en


def test_another_address_than_loopback_takes_an_identity(tmp_path):
    assert allowed_hosts(Access(), "127.0.0.1") == ("127.0.0.1", "localhost", "::1")
    with pytest.raises(AccessError, match=r"0\.0\.0\.0"):
        serve(tmp_path, host="0.0.0.0")
    assert allowed_hosts(Access(kind="header", url="https://skills.example.cn"), "0.0.0.0")[-1] == "skills.example.cn"


def test_keys_are_made_once_for_their_owner(tmp_path):
    made = key(tmp_path, "proxy_key")
    assert len(made) == 64 and key(tmp_path, "proxy_key") == made
    assert (tmp_path / "keys" / "proxy_key").stat().st_mode & 0o777 == 0o600


def test_the_log_tells_a_line_changed_or_taken_out(tmp_path):
    for number in range(4):
        audit.append(tmp_path, audit.REVEALS, reader="a", number=str(number))
    path = tmp_path / "audit" / audit.REVEALS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert audit.broken_at(tmp_path, audit.REVEALS) is None
    path.write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    assert audit.broken_at(tmp_path, audit.REVEALS) == 2
    path.write_text("".join([lines[0].replace('"a"', '"b"'), *lines[1:]]), encoding="utf-8")
    assert audit.broken_at(tmp_path, audit.REVEALS) == 2
