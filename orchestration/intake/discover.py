"""Which files a load takes, and which unit and period their place gives them.

Folders are walked in path order, zip archives like folders. Not here: what stands inside a file.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.intake import archive
from orchestration.intake.names import display, display_alone, readable
from orchestration.intake.periods import parse_period
from orchestration.intake.reasons import Refusal
from orchestration.intake.units import resolve_unit

PASSED_OVER = {".ds_store", "thumbs.db", "desktop.ini"}
READ = {
    ".csv",
    ".txt",
    ".tsv",
    ".tab",
    ".xlsx",
    ".xls",
    ".xlsm",
    ".xlsb",
    ".ods",
    ".htm",
    ".html",
    ".parquet",
    ".et",
    "",
}


class DiscoverError(UsageError):
    """A path, unit, period or dataset given on the command line that does not exist."""


@dataclass(frozen=True)
class Drop:
    """One file to read. `no` is its ordinal in path order; unit and period are canonical, None where only a title may tell."""

    no: int
    path: Path
    display_path: str
    name: str
    unit: str | None
    period: str | None
    dataset: str | None


@dataclass
class Discovery:
    """What was found: files to read, files refused by name (entries of `load --json`), files passed over (names)."""

    drops: list[Drop] = field(default_factory=list)
    refused: list[dict] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    # unpacked archives live as long as the discovery
    scratch: tempfile.TemporaryDirectory | None = None


@dataclass(frozen=True)
class _Found:
    path: Path
    parts: tuple[str, ...]
    name: str
    refusal: Refusal | None = None


def slot_of(parts: Sequence[str]) -> tuple[str | None, str | None]:
    """(unit, period) that folder names give: the deepest `<unit>/<period>` pair, else the deepest of each."""
    units = [(i, resolve_unit(part)) for i, part in enumerate(parts)]
    periods = [(i, parse_period(part)) for i, part in enumerate(parts)]
    units = [(i, unit) for i, unit in units if unit]
    periods = [(i, period.text) for i, period in periods if period]
    for i, period in reversed(periods):
        for j, unit in reversed(units):
            if j == i - 1:
                return unit, period
    return (units[-1][1] if units else None), (periods[-1][1] if periods else None)


def _is_passed_over(name: str) -> bool:
    return name.startswith("~$") or name.startswith(".~lock.") or name.startswith("._") or name.lower() in PASSED_OVER


def _walk(path: Path, parts: tuple[str, ...], found: Discovery, is_given: bool) -> Iterator[_Found]:
    try:
        mode = os.stat(path).st_mode if is_given else os.lstat(path).st_mode
    except OSError:
        yield _Found(path, parts, path.name, Refusal("intake.unreadable"))
        return
    if _is_passed_over(path.name):
        found.passed_over.append(display_alone(path.name))
    elif stat.S_ISDIR(mode):
        try:
            children = sorted(os.listdir(path), key=os.fsencode)
        except OSError:
            yield _Found(path, parts, path.name, Refusal("intake.unreadable"))
            return
        for child in children:
            yield from _walk(path / child, (*parts, path.name), found, False)
    elif not stat.S_ISREG(mode):
        yield _Found(path, parts, path.name, Refusal("intake.not_regular"))
    elif archive.is_folder_archive(path):
        yield from _unpacked(path, parts, found)
    elif path.suffix.lower() not in READ:
        yield _Found(path, parts, path.name, Refusal("intake.unknown_type"))
    else:
        yield _Found(path, parts, path.name)


def _unpacked(path: Path, parts: tuple[str, ...], found: Discovery) -> Iterator[_Found]:
    if found.scratch is None:
        found.scratch = tempfile.TemporaryDirectory(prefix="skillhouse-unzip-")
    target = Path(tempfile.mkdtemp(dir=found.scratch.name))
    try:
        members = archive.unpack(path, target)
    except Refusal as refusal:
        yield _Found(path, parts, path.name, refusal)
        return
    inside = (*parts, path.stem)
    for member in members:
        folders, name = (*inside, *member.folders), member.name
        if _is_passed_over(name):
            found.passed_over.append(display_alone(name))
        elif Path(name).suffix.lower() not in READ:
            yield _Found(member.path, folders, name, Refusal("intake.unknown_type"))
        else:
            yield _Found(member.path, folders, name)


def _arguments(unit: str | None, period: str | None, dataset: str | None) -> tuple[str | None, str | None]:
    from expectations.contract import contracts

    code = resolve_unit(unit) if unit else None
    if unit and not code:
        raise DiscoverError(
            f"--unit：没有报送单位 {unit!r}，请给出区划代码或名称。", f"--unit: no reporting unit {unit!r}."
        )
    parsed = parse_period(period) if period else None
    if period and not parsed:
        raise DiscoverError(
            f"--period：{period!r} 不是期间，请写成 2021、2021Q2 或 202106。",
            f"--period: {period!r} is no period (2021, 2021Q2, 202106).",
        )
    if dataset and dataset not in contracts():
        raise DiscoverError(
            f"--dataset：没有数据集 {dataset!r}，可用：{', '.join(contracts())}。",
            f"--dataset: no dataset {dataset!r}.",
        )
    return code, parsed.text if parsed else None


def discover(
    paths: Sequence[Path | str], unit: str | None = None, period: str | None = None, dataset: str | None = None
) -> Discovery:
    """Find the files of a load. DiscoverError for a path that is not there or an argument that means nothing."""
    unit, period = _arguments(unit, period, dataset)
    result = Discovery()
    for given in paths:
        path = Path(os.path.abspath(given))
        if not os.path.lexists(path):
            raise DiscoverError(
                f"没有这个文件或文件夹：{display(str(given))}", f"No such file or folder: {display(str(given))}"
            )
        for found in _walk(path, path.parent.parts[1:], result, True):
            _take(result, found, path, unit, period, dataset)
    return result


def _take(
    result: Discovery, found: _Found, given: Path, unit: str | None, period: str | None, dataset: str | None
) -> None:
    # archive names come from other systems: compare them as text
    of_unit, of_period = slot_of([readable(part) for part in found.parts])
    unit, period = unit or of_unit, period or of_period
    name = display_alone(found.name)
    inside = found.parts[len(given.parent.parts) - 1 :]
    shown = "/".join([*(display(part) for part in inside), name])
    if found.refusal is None:
        result.drops.append(Drop(len(result.drops), found.path, shown, name, unit, period, dataset))
    else:
        result.refused.append(refused_entry(shown, name, unit, period, dataset, [found.refusal.entry()]))


def refused_entry(
    path: str,
    name: str,
    unit: str | None,
    period: str | None,
    dataset: str | None,
    reasons: list[dict],
    sha256: str | None = None,
) -> dict:
    """A refused file as `load --json` prints it: all counts 0, fen too."""
    counts = ("read", "not_data", "duplicate", "quarantined", "accepted")
    return {
        "path": path,
        "file_name": name,
        "sha256": sha256,
        "submission_id": None,
        "dataset": dataset,
        "reporting_unit": unit,
        "period": period,
        "verdict": "refused",
        **{f"rows_{count}": 0 for count in counts},
        **{f"fen_{count}": 0 for count in counts if count != "not_data"},
        "feedback_file": None,
        "reasons": reasons,
        "notices": [],
    }
