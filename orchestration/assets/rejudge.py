"""Reading and judging again what stands in a slot, from the landed bytes, and comparing with what was committed.

Commits nothing: new bytes or new rules reach the lake through a load. Not here: how files are read and judged.
"""

import dataclasses
import tempfile
from pathlib import Path
from typing import Any

from orchestration.checks import COUNTS
from orchestration.settings import Settings


def rejudge(settings: Settings, dataset: str, slots: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """One entry per standing file of the slots: its row counts now, and `same`, whether they equal the committed ones.

    `slots`: (reporting unit, period). Works in a scratch folder; the home is only read.
    """
    from expectations.contract import contracts
    from expectations.engine import Engine
    from expectations.gate import Gate
    from orchestration.intake.account import entries
    from orchestration.intake.read import read

    committed = _standing_files(settings, dataset, slots)
    if not committed:
        return []
    with tempfile.TemporaryDirectory(prefix="skillhouse-rejudge-") as scratch, Engine() as engine:
        reading = read(_drops(settings, committed), settings, Path(scratch))
        candidates = {name: path for name, path in reading.candidates.items() if name == dataset}
        now = {}
        # each slot in the phase in which it was judged
        for phase in {file["phase"] for file in committed}:
            gate = Gate(engine)
            judged = {n: gate.judge(contracts()[n], path, Path(scratch), phase) for n, path in candidates.items()}
            now |= {(phase, e["reporting_unit"], e["period"], e["sha256"]): e for e in entries(reading, judged)}
    key = ("phase", "reporting_unit", "period", "sha256")
    return [_compared(file, now.get(tuple(file[part] for part in key))) for file in committed]


def _standing_files(settings: Settings, dataset: str, slots: list[tuple[str, str]]) -> list[dict[str, Any]]:
    from orchestration.intake.submission import manifests, phase_of, standing

    found = []
    for slot, manifest in standing(manifests(settings)).items():
        if slot.dataset == dataset and (slot.unit, slot.period) in slots:
            own = {"reporting_unit": slot.unit, "period": slot.period, "dataset": dataset, "phase": phase_of(manifest)}
            found += [file | own for file in manifest["files"]]
    return sorted(found, key=lambda file: (file["reporting_unit"], file["period"], file["path"]))


def _drops(settings: Settings, files: list[dict[str, Any]]) -> list[Any]:
    from orchestration.intake.discover import Drop

    blank = Drop(no=0, path=settings.landing, display_path="", name="", unit=None, period=None, dataset=None)
    return [
        dataclasses.replace(
            blank,
            no=number,
            path=settings.landing / file["sha256"],
            display_path=file["path"],
            name=file["file_name"],
            unit=file["reporting_unit"],
            period=file["period"],
            dataset=file["dataset"],
        )
        for number, file in enumerate(files)
    ]


def _compared(file: dict[str, Any], now: dict[str, Any] | None) -> dict[str, Any]:
    entry = {name: int((now or {}).get(name) or 0) for name in COUNTS}
    return entry | {"verdict": (now or file)["verdict"], "same": all(entry[name] == file[name] for name in COUNTS)}
