"""The vault: the only module that sees plain ID numbers, names and phones once reading is over.

Personal columns of committed rows lie encrypted in `vault/<dataset>/<submission>.parquet` (Parquet modular encryption,
AES-GCM, key in `keys/vault_key`). Not here: the keyed hash itself (`orchestration.intake.identity`).
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.sql import literal
from orchestration.errors import SkillhouseError
from orchestration.intake.identity import secret
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_KEY_NAME = "vault_key"


class VaultError(SkillhouseError):
    """A vault file that cannot be opened with the key of this home."""


def _crypto(settings: Settings):
    """Arrow's factory with a key service that wraps data keys with `keys/vault_key`."""
    import pyarrow.parquet.encryption as pe
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(secret(settings, _KEY_NAME))

    class LocalKeys(pe.KmsClient):
        def __init__(self, _config) -> None:
            super().__init__()

        def wrap_key(self, key_bytes: bytes, master_key_identifier: str) -> bytes:
            nonce = os.urandom(12)
            return base64.b64encode(nonce + cipher.encrypt(nonce, key_bytes, master_key_identifier.encode()))

        def unwrap_key(self, wrapped_key: bytes, master_key_identifier: str) -> bytes:
            raw = base64.b64decode(wrapped_key)
            return cipher.decrypt(raw[:12], raw[12:], master_key_identifier.encode())

    return pe, pe.CryptoFactory(LocalKeys), pe.KmsConnectionConfig()


def seal(
    settings: Settings,
    reading,
    slot,
    identifier: str,
    file_nos: Sequence[int],
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Path | None:
    """Encrypt the personal columns of a submission's rows; the file, or None for a dataset without personal columns.

    `reading.personal` names the plain Parquet by dataset, unit and period, the fields of `slot`. Each person's row once
    per different content. `connection`: DuckDB to read with, else one of its own.
    """
    source = reading.personal.get((slot.dataset, slot.unit, slot.period)) if reading else None
    if source is None:
        return None
    import duckdb
    import pyarrow.parquet as pq

    with nullcontext(connection) if connection else duckdb.connect() as reader:
        table = _select(reader, source, slot.unit, slot.period, file_nos)
    pe, factory, kms = _crypto(settings)
    target = settings.vault / slot.dataset / f"{identifier}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = target.with_suffix(".tmp")
    properties = factory.file_encryption_properties(
        kms,
        pe.EncryptionConfiguration(
            footer_key=_KEY_NAME, uniform_encryption=True, encryption_algorithm="AES_GCM_V1", data_key_length_bits=256
        ),
    )
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        with pq.ParquetWriter(out, table.schema, encryption_properties=properties, compression="zstd") as writer:
            writer.write_table(table)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, target)
    return target


def _select(
    connection: duckdb.DuckDBPyConnection, source: Path, unit: str, period: str, file_nos: Iterable[int]
) -> pa.Table:
    path = literal(source)
    files = ", ".join(map(str, file_nos)) or "-1"
    columns = [r[0] for r in connection.execute(f"DESCRIBE FROM read_parquet({path})").fetchall()]
    # a person of many rows is kept once; rows without a person keep their place
    place = [] if "person_key" in columns else ["row_id"]
    kept = place + [c for c in columns if c not in ("row_id", "file_no", "slot_unit", "slot_period")]
    return connection.execute(
        f"""SELECT DISTINCT {", ".join(kept)} FROM read_parquet({path})
        WHERE slot_unit = '{unit}' AND slot_period = '{period}' AND file_no IN ({files})"""
    ).to_arrow_table()


def reveal(settings: Settings, dataset: str, identifier: str, person_key: str | None = None) -> list[dict]:
    """The personal columns of a submission, of one person where a key is given. VaultError without the right key."""
    import pyarrow.parquet as pq

    path = settings.vault / dataset / f"{identifier}.parquet"
    if not path.exists():
        return []
    _, factory, connection = _crypto(settings)
    try:
        properties = factory.file_decryption_properties(connection)
        table = pq.ParquetFile(path, decryption_properties=properties).read()
    except Exception as error:  # Arrow raises bare exceptions from the key service
        raise VaultError(
            "保险库文件无法用本机密钥打开：请核对 keys/vault_key。",
            "A vault file does not open with this home's key: check keys/vault_key.",
        ) from error
    rows = table.to_pylist()
    return [row for row in rows if person_key is None or row.get("person_key") == person_key]
