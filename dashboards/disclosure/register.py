"""The register of publications: what this home has ever shown, hidden or could be worked out, so that nothing adds up later.

One JSON file per publication under `publications/`, written whole or not at all; part of every backup. It holds true figures
and is never published itself. Not here: the decision what is shown.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboards.disclosure.keys import Key

FOLDER = "publications"
NOTE = "内部台账，含未公开的真实数，不得对外提供。 Internal: true figures, never publish."
WAIT_SECONDS = 30.0


@dataclass
class Publication:
    """One report or page as published from one release. `cells`: (truth, state, money?, price) by key.

    `known` holds, for figures of earlier publications, what this release says of them; `heard` names those publications.
    """

    source: dict[str, str]
    release: str
    policy: str
    cells: dict[Key, dict[str, Any]] = field(default_factory=dict)
    known: dict[Key, dict[str, Any]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        stem = "_".join((*self.source.values(), self.release))
        return "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in stem)


class Register:
    """The publications of one home, in the order of their names."""

    def __init__(self, home: Path) -> None:
        self.folder = Path(home) / FOLDER

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the register: two publications at once would not know of each other. TimeoutError after half a minute."""
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with FileLock(self.folder / ".lock", timeout=WAIT_SECONDS):
                yield
        except Timeout as error:
            raise TimeoutError(str(self.folder)) from error

    def publications(self) -> list[Publication]:
        """Everything published so far. ValueError names a file that cannot be read: nothing may be published then."""
        found = []
        for path in sorted(self.folder.glob("*.json")):
            try:
                document = json.loads(path.read_text(encoding="utf-8"))
                cells, known = (_keyed(document[name]) for name in ("cells", "known"))
                heard = set(document.get("heard", []))
                found.append(
                    Publication(document["source"], document["release"], document["policy"], cells, known, heard)
                )
            except (OSError, KeyError, ValueError) as error:
                raise ValueError(path.name) from error
        return found

    def write(self, publication: Publication) -> Path:
        """Put a publication on record before anything of it leaves the house."""
        document = {
            "note": NOTE,
            "source": publication.source,
            "release": publication.release,
            "policy": publication.policy,
            "cells": {one.text: cell for one, cell in sorted(publication.cells.items())},
            "known": {one.text: cell for one, cell in sorted(publication.known.items())},
            "heard": sorted(publication.heard),
        }
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        path = self.folder / f"{publication.name}.json"
        half = path.with_suffix(".tmp")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return path


def _keyed(cells: dict[str, dict[str, Any]]) -> dict[Key, dict[str, Any]]:
    return {Key.parse(text): cell for text, cell in cells.items()}
