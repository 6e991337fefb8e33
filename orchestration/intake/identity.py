"""The keyed hash that stands for a person: HMAC-SHA-256 inside DuckDB, its key in `keys/person_key`.

Not here: what a valid ID number is (identity.sql) and who may see plain numbers (`orchestration.vault`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

_BLOCK = 64


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
