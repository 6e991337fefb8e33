"""Who asks: the identity that a proxy has signed or that single sign-on has established, and the reader's entry.

`access.toml` in the home says how readers are known and what each may see; it is read again when it changes:

    [identity]
    kind = "header"                    # header, or oidc
    url = "https://skills.example.cn"  # what readers type: the only name the server answers to
    issuer = "https://sso.example.cn"  # oidc only, with client_id; the secret lies in keys/oidc_client_secret

    [[reader]]
    name = "planner.yuzhong"
    role = "planner"                   # planner, city_planner, finance, steward, auditor, public
    units = ["500103"]                 # left out: all units

Not here: what a role may see (`access.py`), the exchange with an identity provider (`oidc.py`).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboards.access import LOCAL, ROLES, WHOLE, Scope

FILE = "access.toml"
KINDS = ("header", "oidc")
# How far the clocks of proxy and server may be apart, and how long a signature may travel.
SECONDS = 60
NAME, TIME, SIGNATURE = "X-Skillhouse-Reader", "X-Skillhouse-Time", "X-Skillhouse-Signature"


class AccessError(Exception):
    """The access file, or the lack of one, forbids serving: `zh` and `en` say what to do."""

    def __init__(self, zh: str, en: str):
        super().__init__(zh)
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Reader:
    """One who reads: the name by which the audit log knows him, and what he may see."""

    name: str = LOCAL
    scope: Scope = WHOLE


@dataclass(frozen=True)
class Access:
    """The access file, read and checked; without one (`kind` empty) whoever is at this machine reads."""

    kind: str = ""
    url: str = ""
    issuer: str = ""
    client_id: str = ""
    claim: str = "preferred_username"
    readers: Mapping[str, Reader] = field(default_factory=dict)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names the server answers to; empty without a configured identity."""
        name = urlsplit(self.url).hostname
        return (name,) if name else ()


class AccessFile:
    """`access.toml` of a home, read again when it has changed; AccessError when it cannot be relied on."""

    def __init__(self, home: Path):
        self.home, self._path = Path(home), Path(home) / FILE
        self._seen: tuple[int, int] | None = None
        self._read = Access()
        self._lock = threading.Lock()

    def get(self) -> Access:
        """What the file says now."""
        try:
            state = self._path.stat()
        except FileNotFoundError:
            if self._seen is not None and self._read.kind:
                # A file that vanishes must close the doors, not open them.
                raise AccessError(
                    f"{FILE} 不见了：请恢复该文件后再试。", f"{FILE} has vanished: put it back."
                ) from None
            return self._read
        seen = (state.st_mtime_ns, state.st_size)
        with self._lock:
            if seen != self._seen:
                self._read = _read(self._path)
                self._seen = seen
            return self._read


def _read(path: Path) -> Access:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AccessError(f"{FILE} 无法读取：请改正其格式。", f"{FILE} cannot be read: correct its form.") from error
    identity, readers = given.get("identity", {}), given.get("reader", [])
    kind, url = identity.get("kind"), str(identity.get("url", ""))
    if kind not in KINDS or not urlsplit(url).hostname:
        raise AccessError(
            f"{FILE} 的 [identity] 须写明 kind（header 或 oidc）和 url（读者使用的网址）。",
            f"[identity] in {FILE} must give kind (header or oidc) and url (the address readers use).",
        )
    if kind == "oidc" and not (identity.get("issuer") and identity.get("client_id")):
        raise AccessError(
            f"{FILE} 的 [identity] 用 oidc 时须写明 issuer 和 client_id。",
            f"[identity] in {FILE} must give issuer and client_id for oidc.",
        )
    found = {}
    for number, entry in enumerate(readers, 1):
        name, role, units = str(entry.get("name", "")), entry.get("role"), entry.get("units")
        if not name or name in found or role not in ROLES or not _are_units(units, role):
            raise AccessError(
                f"{FILE} 第 {number} 个 [[reader]] 有误：name 不可空缺或重复，role 须为 {'、'.join(ROLES)} 之一，"
                "planner 须写明 units。",
                f"[[reader]] number {number} in {FILE} is wrong: name once and not blank, role one of "
                f"{', '.join(ROLES)}, units for a planner.",
            )
        found[name] = Reader(name, Scope(role, None if units is None else tuple(sorted(units))))
    text = {key: str(identity[key]) for key in ("issuer", "client_id", "claim") if key in identity}
    return Access(kind=kind, url=url, readers=found, **text)


def _are_units(units: Any, role: str) -> bool:
    if units is None:
        return role != "planner"
    return isinstance(units, list) and bool(units) and all(isinstance(one, str) and one.isalnum() for one in units)


def key(home: Path, name: str) -> bytes:
    """The key `keys/<name>` of the home, made on first use: 0600, written whole before it gets its name."""
    path = Path(home) / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = path.with_name(f".{name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secrets.token_hex(32).encode("ascii"))
        try:
            # A link fails where the key exists already: the first of two servers wins.
            os.link(temporary, path)
        except FileExistsError:
            return path.read_bytes().strip()
        finally:
            temporary.unlink()
    return path.read_bytes().strip()


def sign(secret: bytes, name: str, at: int, method: str, path: str) -> str:
    """What a proxy writes into X-Skillhouse-Signature: HMAC-SHA-256, hex, over name, Unix time, method and path."""
    return hmac.new(secret, f"{name}\n{at}\n{method}\n{path}".encode(), hashlib.sha256).hexdigest()


def signed_name(secret: bytes, headers: Mapping[str, str], method: str, path: str) -> str | None:
    """The name in the headers if the proxy's signature holds and is fresh, else None."""
    name, at, signature = (headers.get(header, "") for header in (NAME, TIME, SIGNATURE))
    if not name or not at.isascii() or not at.isdigit() or len(at) > 12 or abs(time.time() - int(at)) > SECONDS:
        return None
    expected = sign(secret, name, int(at), method, path)
    return name if hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace")) else None
