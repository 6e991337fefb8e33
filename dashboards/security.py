"""What every response carries and every request must satisfy, whatever page it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

# A page asks with an address of at most a few hundred characters: anything larger is not a reader.
MOST_BYTES = 1_000_000
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def policy(script_hashes: Sequence[str]) -> str:
    """The content security policy: our own files only, and no inline script but the one that starts the page."""
    scripts = " ".join(["'self'", *script_hashes])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            # plotly and the components set style attributes; styles cannot run anything.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def protect(
    server: Flask,
    script_hashes: Callable[[], Sequence[str]],
    hosts: tuple[str, ...] | None = None,
    refuse: Callable[[str], None] = lambda reason: None,
) -> None:
    """Set headers and limits; `hosts` are the names the server answers to, None for any; `refuse` remembers a reason.

    `script_hashes` is asked once, at the first response: by then every inline script is known.
    """
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES

    @cache
    def content_policy() -> str:
        return policy(script_hashes())

    @server.before_request
    def _judge() -> None:
        # A foreign name that resolves to this machine is a page elsewhere trying to read ours.
        if hosts is not None and _part(f"//{request.host}", "hostname") not in hosts:
            refuse("host")
            abort(403)
        if request.method in ("POST", "PUT", "PATCH", "DELETE"):
            origin = request.headers.get("Origin")
            is_foreign = origin is not None and _part(origin, "netloc") != request.host
            if is_foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
                refuse("origin")
                abort(403)

    @server.after_request
    def _dress(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers["Content-Security-Policy"] = content_policy()
        if not request.path.startswith(("/assets/", "/_dash-component-suites/")):
            response.headers["Cache-Control"] = "no-store"
        elif request.args.get("m") and response.status_code == 200:
            # The address of a file of ours has the time it was written in it: another file has another address.
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.headers.pop("Server", None)
        return response


def _part(url: str, name: str) -> str | None:
    """A part of an address that anybody may have written; None where it is no address."""
    try:
        return getattr(urlsplit(url), name)
    except ValueError:
        return None
