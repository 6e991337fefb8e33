"""Write what a slot commits: its rows, its quarantine, its personal columns, and the manifest last.

Not here: which slots commit (`outcome.py`) and what a manifest means (`submission.py`).
"""

from __future__ import annotations

import os
from pathlib import Path

from expectations.candidate import PLACE_COLUMNS
from expectations.contract import contracts
from expectations.sql import literal
from orchestration.intake.identity import key_mark
from orchestration.intake.mended import traces
from orchestration.intake.outcome import Decision
from orchestration.intake.periods import parse_period
from orchestration.intake.submission import commit
from orchestration.settings import Settings

READER_VERSION = "1"
# of the place of a row, what the lake keeps; the rest only means something within one load
KEPT_PLACE = ("slot_unit", "slot_period", "file_name", "sheet", "row_no")


class Committer:
    """Commits the slots of one load; rows of a dataset are opened once, slots come dataset by dataset."""

    def __init__(
        self, settings: Settings, workdir: Path, reading, judged: dict, at: str, phase: str, links: dict[str, Path]
    ) -> None:
        import duckdb

        self._phase, self._links = phase, links
        self._settings, self._reading, self._judged, self._at = settings, reading, judged, at
        self._connection = duckdb.connect()
        self._connection.execute(f"SET threads = {settings.integer('threads')}")
        self._connection.execute(f"SET memory_limit = '{settings['memory_limit']}'")
        self._connection.execute(f"SET temp_directory = {literal(workdir / 'spill')}")
        self._open: str | None = None
        self._order = ""

    def __enter__(self) -> Committer:
        return self

    def __exit__(self, *_) -> None:
        self._connection.close()

    def slot(self, decision: Decision) -> dict:
        """Commit one decision of state committed or empty; the manifest, written when its files are on disk."""
        slot, verdict = decision.slot, self._judged.get(decision.slot.dataset)
        period = parse_period(slot.period)
        manifest = {
            "submission_id": decision.submission_id,
            "dataset": slot.dataset,
            "reporting_unit": slot.unit,
            "period": slot.period,
            "period_starts_on": period.starts_on.isoformat(),
            "period_ends_on": period.ends_on.isoformat(),
            "committed_at": self._at,
            "replaces": decision.replaces,
            "verdict": decision.verdict,
            "phase": self._phase,
            "rows": None,
            "quarantine": None,
            "mended": None,
            "hashes": {},
            "contract_sha256": _hash_of("data/contracts", slot.dataset),
            "suite_sha256": _hash_of("expectations/suites", slot.dataset),
            "reader_version": READER_VERSION,
            "person_key_mark": key_mark(self._settings),
            "files": [{k: v for k, v in f.items() if k != "file_no"} for f in decision.files],
            "rules": [],
        }
        if decision.state == "committed" and verdict is not None:
            self._write(manifest, decision, verdict)
        for file in manifest["files"]:
            file["submission_id"] = decision.submission_id
        commit(self._settings, manifest)
        return manifest

    def _write(self, manifest: dict, decision: Decision, verdict) -> None:
        from orchestration.release.publish import file_hash
        from orchestration.vault import seal

        slot, identifier = decision.slot, decision.submission_id
        self._open_dataset(slot.dataset, verdict)
        numbers = ", ".join(str(f["file_no"]) for f in decision.files)
        where = f"slot_unit = '{slot.unit}' AND slot_period = '{slot.period}' AND file_no IN ({numbers})"
        place = f"{slot.dataset}/unit={slot.unit}/period={slot.period}/{identifier}.parquet"
        dropped = ", ".join(name for name, _ in PLACE_COLUMNS if name not in KEPT_PLACE)
        self._copy(
            self._settings.lake / place,
            f"SELECT '{identifier}' AS submission_id, * EXCLUDE ({dropped}) FROM accepted WHERE {where}{self._order}",
        )
        self._copy(
            self._settings.quarantine / place,
            f"SELECT '{identifier}' AS submission_id, '{slot.dataset}' AS dataset, slot_unit AS reporting_unit,"
            " slot_period AS period, file_name, sheet, row_no, rule_id, reason, column_name, amount_fen,"
            f" row_key, prints, '{self._at}' AS committed_at"
            f" FROM quarantined JOIN trace USING (row_id) WHERE {where} ORDER BY row_id, rule_id",
        )
        manifest["rows"], manifest["quarantine"] = f"lake/{place}", f"quarantine/{place}"
        self._write_mended(manifest, slot.dataset, f"{where} AND kind = 'mended'")
        kept = [name for name in ("rows", "quarantine", "mended") if manifest[name]]
        manifest["hashes"] = {name: file_hash(self._settings.home / manifest[name]) for name in kept}
        manifest["rules"] = [
            {k: getattr(r, k) for k in ("rule_id", "severity", "checked", "failed", "state")}
            for r in verdict.rules_of(slot.unit, slot.period)
        ]
        file_nos = [f["file_no"] for f in decision.files]
        seal(self._settings, self._reading, slot, identifier, file_nos, self._connection)

    def _write_mended(self, manifest: dict, dataset: str, where: str) -> None:
        """Rows taken now that an earlier submission had set aside, each with its first appearance."""
        if dataset not in self._links:
            return
        source = f"read_parquet({literal(self._links[dataset])})"
        if not self._connection.execute(f"SELECT count(*) FROM {source} WHERE {where}").fetchone()[0]:
            return
        manifest["mended"] = manifest["quarantine"].replace(".parquet", ".mended.parquet")
        dropped = "kind, row_id, file_no, slot_unit, slot_period"
        own = ", ".join(
            f"'{manifest[name]}' AS {name}" for name in ("submission_id", "dataset", "reporting_unit", "period")
        )
        query = f"SELECT {own}, * EXCLUDE ({dropped}) FROM {source} WHERE {where} ORDER BY row_id"
        self._copy(self._settings.home / manifest["mended"], query)

    def _open_dataset(self, dataset: str, verdict) -> None:
        if self._open != dataset:
            for name, path in (("accepted", verdict.accepted), ("quarantined", verdict.quarantine)):
                self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet({literal(path)})")
            candidate = f"read_parquet({literal(self._reading.candidates[dataset])})"
            self._connection.execute(
                f"""CREATE OR REPLACE VIEW trace AS SELECT row_id, {traces(contracts()[dataset])}
                FROM {candidate} WHERE row_id IN (SELECT row_id FROM quarantined)"""
            )
            # rows come as they stood in the files; wide rows are sorted only where they do not
            moved = "SELECT row_id < lag(row_id) OVER () AS is_back FROM accepted"
            found = self._connection.execute(f"SELECT coalesce(bool_or(is_back), false) FROM ({moved})").fetchone()
            self._order = " ORDER BY row_id" if found[0] else ""
            self._open = dataset

    def _copy(self, target: Path, query: str) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_suffix(".tmp")
        self._connection.execute(f"COPY ({query}) TO {literal(temporary)} (FORMAT parquet, COMPRESSION zstd)")
        os.replace(temporary, target)


def _hash_of(folder: str, dataset: str) -> str | None:
    from orchestration.release.publish import file_hash
    from orchestration.settings import PROJECT

    found = sorted((PROJECT / folder).glob(f"{dataset}.*"))
    return file_hash(found[0]) if found else None
