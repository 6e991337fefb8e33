"""The vault as an auditor reads it: the personal columns of one person, and nothing else.

Files are Parquet with modular encryption (uniform, AES-GCM-256); the data keys are wrapped with `keys/vault_key` of the
home. Only `person.py` calls this, after the reveal stands in the audit log. Not here: any answer that is kept.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

PERSON = re.compile(r"[0-9a-f]{32}")
SUBMISSION = re.compile(r"[0-9a-f]{20}")
DATASETS = ("enrollments", "certifications", "claims", "employment")


class VaultClosed(Exception):
    """The vault does not open: `zh` and `en` say what to do."""

    zh = "保险库无法打开：请核对 keys/vault_key 与 vault 文件。"
    en = "The vault does not open: check keys/vault_key and the files in vault."


def person(home: Path, person_key: str, places: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Personal columns of one person from `places` (dataset, submission id): rows with `dataset`, each content once.

    Raises VaultClosed where a file does not open with the home's key; no file at all gives no row.
    """
    if not PERSON.fullmatch(person_key):
        return []
    found: list[dict[str, Any]] = []
    for dataset, submission in places:
        path = Path(home) / "vault" / dataset / f"{submission}.parquet"
        if dataset not in DATASETS or not SUBMISSION.fullmatch(submission) or not path.is_file():
            continue
        for row in _rows(Path(home), path, person_key):
            told = {name: value for name, value in row.items() if name not in ("person_key", "row_id") and value}
            if {"dataset": dataset, **told} not in found:
                found.append({"dataset": dataset, **told})
    return found


def _rows(home: Path, path: Path, person_key: str) -> list[dict[str, Any]]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
    import pyarrow.parquet.encryption as pe
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        cipher = AESGCM((home / "keys" / "vault_key").read_bytes())
    except (OSError, ValueError) as error:
        raise VaultClosed from error

    class LocalKeys(pe.KmsClient):
        """Unwraps data keys with the home's own key."""

        def __init__(self, _config: Any) -> None:
            super().__init__()

        def unwrap_key(self, wrapped_key: bytes, master_key_identifier: str) -> bytes:
            raw = base64.b64decode(wrapped_key)
            return cipher.decrypt(raw[:12], raw[12:], master_key_identifier.encode())

    try:
        factory = pe.CryptoFactory(LocalKeys)
        opened = pq.ParquetFile(
            path, decryption_properties=factory.file_decryption_properties(pe.KmsConnectionConfig())
        )
        table = opened.read()
    except Exception as error:  # Arrow raises bare exceptions from the key service
        raise VaultClosed from error
    if "person_key" not in table.column_names:
        return []
    return table.filter(pc.field("person_key") == person_key).to_pylist()
