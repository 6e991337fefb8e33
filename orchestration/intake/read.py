"""Reading: all files of a load at once, from landed bytes to one candidate per dataset.

Not here: judging rows (`expectations`), committing them (`commit.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.contract import contracts
from expectations.sql import literal
from orchestration.intake import formats, landing
from orchestration.intake.discover import Drop
from orchestration.intake.header import HEAD_ROWS, recognise
from orchestration.intake.layout import Layout, Sheet
from orchestration.intake.names import display_alone
from orchestration.intake.reasons import Refusal
from orchestration.intake.rows import STRUCK
from orchestration.intake.sheets import SheetJob, read_sheets
from orchestration.intake.text import read_text
from orchestration.intake.titles import complete
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

# rows of one dataset that stand in memory at a time
PART_ROWS = 1_000_000


@dataclass
class FileReading:
    """What became of one file as one dataset: counts, layout for the feedback, reasons and notices."""

    file_no: int
    display_path: str
    file_name: str
    sha256: str | None
    landed: Path | None
    dataset: str | None
    slot_unit: str | None
    slot_period: str | None
    state: str = "read"
    reasons: list[dict] = field(default_factory=list)
    notices: list[dict] = field(default_factory=list)
    rows_read: int = 0
    rows_not_data: int = 0
    opening: list[dict] = field(default_factory=list)
    layout: list[dict] = field(default_factory=list)
    sheets_not_read: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """Everything one load read: per file and dataset, the candidates, and the personal columns kept apart (0600)."""

    readings: list[FileReading] = field(default_factory=list)
    # a path or, where the rows came in parts, the pattern of theirs
    candidates: dict[str, Path] = field(default_factory=dict)
    # by dataset, unit and period
    personal: dict[tuple[str, str, str], Path] = field(default_factory=dict)


@dataclass
class _File:
    drop: Drop
    sha256: str | None = None
    landed: Path | None = None
    raw: Path | None = None
    sheets: list[dict] = field(default_factory=list)
    layouts: list[Layout] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)


def connect(settings: Settings, workdir: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that spills into the workdir; macros and person key set."""
    import duckdb

    from orchestration.intake.identity import load_macros, secret, set_key

    connection = duckdb.connect()
    connection.execute(f"SET threads = {settings.integer('threads')}")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET memory_limit = '{settings['memory_limit']}'")
    connection.execute(f"SET temp_directory = {literal(workdir / 'spill')}")
    load_macros(connection)
    set_key(connection, secret(settings, "person_key"))
    return connection


def read(
    drops: Sequence[Drop], settings: Settings, workdir: Path, only_slots: Iterable[tuple[str, str, str]] | None = None
) -> Reading:
    """Land and read the files. `only_slots` keeps (dataset, unit, period) triples alone."""
    workdir.mkdir(parents=True, exist_ok=True, mode=0o700)
    files = [_land(drop, settings) for drop in drops]
    connection = connect(settings, workdir)
    try:
        _to_raw(connection, files, settings, workdir)
        heads = _heads(connection, files)
        for file in files:
            if file.raw:
                _recognise(file, heads)
        wanted = set(only_slots) if only_slots is not None else None
        return _assemble(connection, files, workdir, wanted)
    finally:
        connection.close()
        for file in files:
            if file.raw:
                file.raw.unlink(missing_ok=True)


def _land(drop: Drop, settings: Settings) -> _File:
    file = _File(drop)
    try:
        file.sha256, file.landed = landing.receive(drop.path, settings)
    except Refusal as refusal:
        file.refusals.append(refusal)
    return file


def _to_raw(connection: duckdb.DuckDBPyConnection, files: list[_File], settings: Settings, workdir: Path) -> None:
    """Raw Parquet of every landed file: text in this process by DuckDB, everything else in the child."""
    jobs = []
    for file in (f for f in files if f.landed):
        kind = formats.sniff(file.landed)
        try:
            if kind == "empty":
                raise Refusal("intake.zero_bytes")
            if kind == "xml":
                raise Refusal("intake.unknown_type")
            if kind == "text":
                limit = settings.integer("csv_bytes")
                file.raw, file.sheets = read_text(connection, file.drop.no, file.landed, workdir, limit)
            else:
                jobs.append(SheetJob(file.drop.no, file.landed, workdir / f"raw-sheets-{file.drop.no}.parquet"))
        except Refusal as refusal:
            file.refusals.append(refusal)
    answers = read_sheets(jobs, settings) if jobs else {}
    places = {job.file_no: job.out for job in jobs}
    for file in files:
        answer = answers.get(file.drop.no)
        if isinstance(answer, Refusal):
            file.refusals.append(answer)
        elif answer is not None:
            file.raw, file.sheets = places[file.drop.no], answer


def _heads(connection: duckdb.DuckDBPyConnection, files: list[_File]) -> dict[tuple[int, int], list]:
    """The first rows of every sheet: (file, sheet) -> [(row number, cells, kinds)]."""
    heads: dict[tuple[int, int], list] = {}
    raw = [file.raw for file in files if file.raw]
    if raw:
        listed = ", ".join(literal(path) for path in raw)
        for file_no, sheet_no, row_no, cells, kinds in connection.execute(
            f"SELECT * FROM read_parquet([{listed}]) WHERE row_no <= {HEAD_ROWS} ORDER BY ALL"
        ).fetchall():
            texts = [text.strip() or None if text else None for text in cells]
            heads.setdefault((file_no, sheet_no), []).append((row_no, texts, kinds or ""))
    return heads


def _recognise(file: _File, heads: dict) -> None:
    drop = file.drop
    for entry in file.sheets:
        name = display_alone(entry["name"])
        if entry["hidden"]:
            file.not_read.append(f"{name}（隐藏）")
            continue
        if not entry["rows"] and not heads.get((drop.no, entry["sheet_no"])):
            continue
        sheet = Sheet(drop.no, entry["sheet_no"], name, entry["rows"], heads.get((drop.no, entry["sheet_no"]), []),
                      entry.get("hidden_rows", 0), entry.get("struck_rows", 0), entry.get("date_1904", False))  # fmt: skip
        try:
            layout = recognise(sheet, drop.dataset)
            if layout is None:
                file.not_read.append(name)
                continue
            missing = complete(layout, sheet, drop.name, drop.unit, drop.period)
            if missing:
                contract = contracts()[layout.dataset]
                headers = "、".join(contract.column(m).header_zh for m in missing)
                raise Refusal(
                    "intake.column_missing", headers, ", ".join(missing), name or None, layout.header_row, missing[0]
                )
            if not layout.unit:
                raise Refusal("intake.unit_unknown", sheet=name or None)
            if not layout.period:
                raise Refusal("intake.period_unknown", sheet=name or None)
        except Refusal as refusal:
            file.refusals.append(refusal)
            continue
        layout.tell_rows(sheet, layout.dataset in STRUCK)
        file.layouts.append(layout)
    if not file.layouts and not file.refusals:
        file.refusals.append(Refusal("intake.no_header"))
    slots = {(layout.dataset, layout.unit, layout.period) for layout in file.layouts}
    if len(slots) > len({dataset for dataset, _, _ in slots}):
        # one submission is one unit and period; which sheet replaces what must be plain from the file
        file.refusals.append(Refusal("intake.several_slots"))


def _assemble(connection: duckdb.DuckDBPyConnection, files: list[_File], workdir: Path, wanted: set | None) -> Reading:
    from orchestration.intake.assemble import build_candidate, prepare

    reading = Reading()
    good: dict[str, list[tuple[_File, Layout]]] = {}
    for file in files:
        # a file is taken whole or not at all
        if file.refusals:
            reading.readings.append(_refused(file))
            continue
        for layout in file.layouts:
            if wanted is None or (layout.dataset, layout.unit, layout.period) in wanted:
                good.setdefault(layout.dataset, []).append((file, layout))
    if good:
        prepare(connection)
    for dataset, members in sorted(good.items()):
        parts = _parts(members)
        for number, part in enumerate(parts):
            grouped: dict[tuple[int, str, str], list[Layout]] = {}
            by_no = {file.drop.no: file for file, _ in part}
            for file, layout in part:
                grouped.setdefault((file.drop.no, layout.unit, layout.period), []).append(layout)
            entries = {key: _entry(by_no[key[0]], dataset, key, layouts) for key, layouts in grouped.items()}
            raw = sorted({file.raw for file, _ in part})
            stem = workdir / (dataset if len(parts) == 1 else f"{dataset}.{number:03d}")
            result = build_candidate(
                connection, contracts()[dataset], [layout for _, layout in part], raw, entries, stem
            )
            if result:
                # one file, or the pattern that all parts answer to
                reading.candidates[dataset] = result[0] if len(parts) == 1 else workdir / f"{dataset}.0*.candidate"
                reading.personal |= {(dataset, unit, period): result[1] for _, unit, period in entries}
            reading.readings += entries.values()
    reading.readings.sort(key=lambda item: (item.file_no, item.dataset or ""))
    return reading


def _parts(members: list[tuple[_File, Layout]]) -> list[list[tuple[_File, Layout]]]:
    """Whole slots together, about PART_ROWS rows at a time: rows of different slots never meet, and memory is bounded."""
    slots: dict[tuple[str, str], list[tuple[_File, Layout]]] = {}
    for file, layout in members:
        slots.setdefault((layout.unit, layout.period), []).append((file, layout))
    parts: list[list[tuple[_File, Layout]]] = [[]]
    held = 0
    for slot in sorted(slots, key=lambda slot: slots[slot][0][0].drop.no):
        rows = sum(layout.rows * max(1, len(layout.days)) for _, layout in slots[slot])
        if held and held + rows > PART_ROWS:
            parts.append([])
            held = 0
        parts[-1] += slots[slot]
        held += rows
    return parts


def _entry(file: _File, dataset: str, key: tuple[int, str, str], layouts: list[Layout]) -> FileReading:
    entry = FileReading(
        file.drop.no, file.drop.display_path, file.drop.name, file.sha256, file.landed, dataset, key[1], key[2]
    )
    entry.rows_read = sum(layout.rows for layout in layouts)
    entry.notices = [notice for layout in layouts for notice in layout.notices]
    entry.sheets_not_read = list(file.not_read)
    entry.layout = [{"sheet": x.sheet, "header_row": x.header_row, "columns": dict(x.columns)} for x in layouts]
    for name in file.not_read:
        entry.notices.append(
            {
                "rule_id": "intake.sheet_not_read",
                "sheet": name,
                "message": {"zh": f"工作表“{name}”未读取", "en": f"sheet “{name}” not read"},
            }
        )
    return entry


def _refused(file: _File) -> FileReading:
    drop = file.drop
    layout = file.layouts[0] if file.layouts else None
    return FileReading(
        drop.no, drop.display_path, drop.name, file.sha256, file.landed,
        drop.dataset or (layout.dataset if layout else None),
        drop.unit or (layout.unit if layout else None), drop.period or (layout.period if layout else None),
        state="refused", reasons=[refusal.entry() for refusal in file.refusals], sheets_not_read=list(file.not_read),
    )  # fmt: skip
