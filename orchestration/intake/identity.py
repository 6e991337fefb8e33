"""The keyed hash that stands for a person: HMAC-SHA-256 inside DuckDB, its key in `keys/person_key`.

Not here: what a valid ID number is (identity.sql) and who may see plain numbers (`orchestration.vault`).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import SkillhouseError
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

_BLOCK = 64


class KeyChanged(SkillhouseError):
    """The key is not the one that the loaded data was keyed with."""


def secret(settings: Settings, name: str) -> bytes:
    """The 32-byte key `keys/<name>`, made on first use: 0600, written whole before it gets its name."""
    path = settings.keys / name
    if not path.exists():
        settings.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = settings.keys / f".{name}.{os.getpid()}"
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(secrets.token_bytes(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            # a link fails where the key exists already: the first of two processes wins
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(temporary)
    return path.read_bytes()


def key_mark(settings: Settings) -> str:
    """What a manifest keeps to know the key again: 16 hex digits that tell nothing of the key."""
    return hashlib.sha256(b"person_key:" + secret(settings, "person_key")).hexdigest()[:16]


def demand_same_key(settings: Settings, manifests: Iterable[dict]) -> None:
    """KeyChanged where the key is not the one that keyed what is loaded: every person would come apart into two."""
    marks = {m["person_key_mark"] for m in manifests if m.get("person_key_mark")}
    if marks and not ((settings.keys / "person_key").exists() and marks == {key_mark(settings)}):
        raise KeyChanged(
            zh="密钥 keys/person_key 不是装载已有数据时的那一个（被改动、丢失或换过）：请从备份恢复该文件。未装载任何文件。",
            en="keys/person_key is not the key that the loaded data was keyed with (changed, lost or replaced): restore that"
            " file from a backup. Nothing was loaded.",
        )


def set_key(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Give a connection the padded keys that `hmac_key` of identity.sql uses. RFC 2104: keys of at most one block."""
    padded = key.ljust(_BLOCK, b"\0")
    for name, pad in (("key_inner", 0x36), ("key_outer", 0x5C)):
        value = bytes(byte ^ pad for byte in padded)
        # as a literal: binding a parameter makes duckdb import pandas
        connection.execute(f"SET VARIABLE {name} = unhex('{value.hex()}')")


def load_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the macros of values.sql and identity.sql on a connection."""
    for name in ("values.sql", "identity.sql"):
        connection.execute((Path(__file__).parent / name).read_text(encoding="utf-8"))
