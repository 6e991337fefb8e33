"""Every response carries the headers; what is not a reader is turned away."""

from __future__ import annotations

import pytest

from dashboards.app import create_app
from dashboards.security import HEADERS, LOOPBACK, MOST_BYTES

CALLBACK = "/_dash-update-component"


@pytest.fixture(scope="module")
def client(home):
    return create_app(home, hosts=LOOPBACK).server.test_client()


@pytest.mark.parametrize(
    "path", ["/", "/targets?u=1", "/export/targets.xlsx", "/assets/skillhouse.css", "/none/such", CALLBACK]
)
def test_every_response_carries_the_headers(client, path):
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    content = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in content and "object-src 'none'" in content and "frame-ancestors 'none'" in content
    scripts = content.split("script-src")[1].split(";")[0]
    assert "unsafe" not in scripts and "http" not in scripts


def test_the_first_page_names_no_other_host(client):
    text = client.get("/").get_data(as_text=True)
    assert "http://" not in text and "https://" not in text


def test_a_foreign_name_for_this_machine_is_turned_away(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/", headers={"Host": "localhost:8050"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
def test_a_page_elsewhere_cannot_ask(client, headers):
    assert client.post(CALLBACK, json={}, headers=headers).status_code == 403


def test_a_body_larger_than_any_reader_sends_is_refused(client):
    answer = client.post(CALLBACK, data=b"x" * (MOST_BYTES + 1), content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/export/none.xlsx", "/export/..xlsx", "/report/quarterly.exe", "/report/none.xlsx?u=500103&p=2021Q2",
        "/report/quarterly.xlsx?u=500103&p=9999Q1", "/report/quarterly.xlsx", "/export/targets.xlsx?v=none",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_report_is_a_file(client):
    answer = client.get("/report/quarterly.xlsx?u=500103&p=2021Q2")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quarterly_500103_2021Q2_zh.xlsx"'


def test_home_without_a_release_still_serves_a_page_that_says_what_to_do(tmp_path):
    assert create_app(tmp_path).server.test_client().get("/").status_code == 200
