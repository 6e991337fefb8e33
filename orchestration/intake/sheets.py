"""Runs the child process that opens sheets: hands it files, watches the clock, starts a new one when it dies.

Not here: anything that opens a workbook (`workbook.py`).
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from orchestration.intake.reasons import Refusal
from orchestration.settings import PROJECT, Settings

# the child counts its own processor seconds; by the clock a busy machine may take this many times as long for a good file
_PATIENCE = 10


@dataclass(frozen=True)
class SheetJob:
    """One file for the child: its ordinal, its bytes, where its raw Parquet goes."""

    file_no: int
    path: Path
    out: Path


class _Child:
    def __init__(self, settings: Settings) -> None:
        self.seconds = settings.integer("sheet_seconds")
        self.limits = {
            "cells": settings.integer("sheet_cells"),
            "unzipped_bytes": settings.integer("unzipped_mb") * 1_000_000,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.intake.workbook"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # a dying parser writes its own words; what matters is that it died
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            text=True,
        )
        self._send({"memory_bytes": settings.integer("sheet_memory_mb") * 1_000_000, "seconds": self.seconds})

    def _send(self, message: dict) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()

    def ask(self, job: SheetJob) -> dict | None:
        """The child's answer; None when it died or took too long."""
        try:
            self._send({"file_no": job.file_no, "path": str(job.path), "out": str(job.out), "limits": self.limits})
        except (BrokenPipeError, OSError):
            return None
        assert self.process.stdout is not None
        deadline = time.monotonic() + self.seconds * _PATIENCE
        while (left := deadline - time.monotonic()) > 0:
            ready, _, _ = select.select([self.process.stdout], [], [], left)
            if ready:
                line = self.process.stdout.readline()
                return json.loads(line) if line.endswith("\n") else None
        return {"refusal": ["intake.limit", "读取时间", "time"], "late": True}

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()


def read_sheets(jobs: list[SheetJob], settings: Settings) -> dict[int, list[dict] | Refusal]:
    """Sheets by file ordinal, or the refusal of the file. One child reads all; a file that kills it costs only itself."""
    results: dict[int, list[dict] | Refusal] = {}
    child: _Child | None = None
    try:
        for job in jobs:
            child = child or _Child(settings)
            answer = child.ask(job)
            if answer is None:
                results[job.file_no] = Refusal("intake.limit", "内存或处理时间", "memory or processor time")
            elif "refusal" in answer:
                results[job.file_no] = Refusal(*answer["refusal"])
            else:
                results[job.file_no] = answer["sheets"]
            if answer is None or "late" in answer:
                child.close()
                child = None
            if isinstance(results[job.file_no], Refusal):
                job.out.unlink(missing_ok=True)
    finally:
        if child is not None:
            child.close()
    return results
