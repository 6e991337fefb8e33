"""Single sign-on: the exchange with an OpenID Connect provider, by Authlib, and the session it leaves in a cookie.

OpenID Connect Core 1.0, code flow with PKCE (RFC 7636). Not here: what a reader may see.
"""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from flask import Flask, Response, redirect, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from dashboards.door import remember
from dashboards.identity import Access, key
from dashboards.words import Words

# A working day; then the provider is asked again.
LASTS = timedelta(hours=9)


def sign_on(server: Flask, home: Path, access: Access, lang: str) -> None:
    """Add `/login`, `/login/back` and `/logout` to a server whose readers are known by single sign-on."""
    import requests
    from authlib.integrations.flask_client import OAuth, OAuthError
    from joserfc.errors import JoseError

    server.secret_key = key(home, "session_key")
    server.config.update(
        SESSION_COOKIE_NAME="skillhouse",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=access.url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=LASTS,
    )
    provider = OAuth(server).register(
        "provider",
        client_id=access.client_id,
        client_secret=key(home, "oidc_client_secret").decode(),
        server_metadata_url=access.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    words = Words(lang)

    def failed(reason: str) -> Response:
        session.clear()
        remember(home, reason)
        return Response(words("refused.sign_on") + "\n", status=502, mimetype="text/plain; charset=utf-8")

    @server.get("/login")
    def login() -> AnyResponse:
        try:
            return provider.authorize_redirect(access.url.rstrip("/") + url_for("login_back"))
        except (OAuthError, requests.RequestException):
            return failed("no_identity")

    @server.get("/login/back")
    def login_back() -> AnyResponse:
        try:
            token = provider.authorize_access_token()
        except (OAuthError, JoseError, requests.RequestException, ValueError, KeyError, RuntimeError):
            # Whatever is wrong with the answer or its token, nobody is let in.
            return failed("no_identity")
        name = (token.get("userinfo") or {}).get(access.claim)
        if not isinstance(name, str) or not name:
            return failed("no_identity")
        session.clear()
        session.permanent = True
        session["name"], session["until"] = name, int(time.time() + LASTS.total_seconds())
        return redirect("/")

    @server.get("/logout")
    def logout() -> Response:
        session.clear()
        return Response(words("refused.logged_out") + "\n", mimetype="text/plain; charset=utf-8")


def session_name() -> str | None:
    """The name that single sign-on established in this session, None without one or after its time."""
    name, until = session.get("name"), session.get("until")
    return name if isinstance(name, str) and isinstance(until, int) and until > time.time() else None
