"""Single sign-on against a small provider on this machine: who it names reads, and nobody else does."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from dashboards.app import create_app
from tests.unit.dashboards.readers import READERS, access_file

SITE = "https://skills.example.cn"


class Provider(BaseHTTPRequestHandler):
    """Discovery, keys and tokens; what a token says is set by the test."""

    keys = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
    says: dict = {}
    asked: dict = {}

    def do_GET(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            return self._answer(
                {"issuer": base, "authorization_endpoint": f"{base}/ask", "token_endpoint": f"{base}/token",
                 "jwks_uri": f"{base}/keys", "id_token_signing_alg_values_supported": ["RS256"]}
            )  # fmt: skip
        return self._answer({"keys": [self.keys.as_dict(private=False)]})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        proof = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        )
        assert proof == self.asked["code_challenge"]
        now = int(time.time())
        claims = {"iss": f"http://127.0.0.1:{self.server.server_port}", "aud": "skillhouse", "sub": "1", "iat": now,
                  "exp": now + 60, "nonce": self.asked["nonce"], **self.says}  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.keys)
        self._answer({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def _answer(self, body: dict) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nothing on the console of a test."""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def client(release_home, tmp_path, issuer):
    release_home.write_release(tmp_path, "r")
    text = READERS.replace('kind = "header"', f'kind = "oidc"\nissuer = "{issuer}"\nclient_id = "skillhouse"')
    access_file(tmp_path, text)
    return create_app(tmp_path).server.test_client()


def sign_in(client, says: dict, state: str | None = None):
    asked = client.get("/login", base_url=SITE)
    Provider.says = says
    Provider.asked = {name: values[0] for name, values in parse_qs(urlsplit(asked.location).query).items()}
    assert Provider.asked["redirect_uri"] == f"{SITE}/login/back" and "openid" in Provider.asked["scope"]
    return client.get(f"/login/back?code=c&state={state or Provider.asked['state']}", base_url=SITE)


def test_whom_the_provider_names_reads_within_his_role(client):
    assert client.get("/targets", base_url=SITE).location == "/login"
    answer = sign_in(client, {"preferred_username": "finance"})
    assert answer.location == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=Lax" in cookie
    assert client.get("/export/funds.xlsx", base_url=SITE).status_code == 200
    assert client.get("/export/quality.xlsx", base_url=SITE).status_code == 403
    client.get("/logout", base_url=SITE)
    assert client.get("/export/funds.xlsx", base_url=SITE).status_code == 302


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ({"preferred_username": "finance", "aud": "another"}, None),
        ({"preferred_username": "finance", "nonce": "old"}, None),
        ({"preferred_username": "finance", "exp": 1}, None),
        ({"preferred_username": "finance", "iss": "https://evil.example"}, None),
        ({"preferred_username": "finance"}, "guessed"),
        ({}, None),
    ],
)
def test_a_token_that_is_not_for_us_lets_nobody_in(client, says, state):
    assert sign_in(client, says, state).status_code == 502
    assert client.get("/export/funds.xlsx", base_url=SITE).status_code == 302


def test_a_known_stranger_is_refused(client):
    assert sign_in(client, {"preferred_username": "stranger"}).location == "/"
    assert client.get("/export/funds.xlsx", base_url=SITE).status_code == 403


def test_a_cookie_of_ones_own_making_is_nothing(client):
    client.set_cookie("skillhouse", "eyJuYW1lIjoiY2l0eSJ9.aaaa.bbbb", domain="skills.example.cn")
    assert client.get("/export/funds.xlsx", base_url=SITE).status_code == 302
