"""Comma, tab and bar separated text: encoding, conversion to UTF-8, reading by DuckDB, a true count of records.

Text streams: a chunk at a time through the decoder, then rows inside DuckDB only. Not here: what a cell means.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.sql import literal
from orchestration.intake.reasons import Refusal

if TYPE_CHECKING:
    import duckdb

CHUNK = 4 << 20
MAX_COLUMNS = 4_000
# no row of a table is longer; a file without line ends is no table
MAX_LINE = 20_000_000
# a run of two or more Chinese characters in UTF-8 with ASCII on both sides: practically never GB18030 text
_UTF8_RUN = re.compile(
    rb"(?<![\x80-\xff])(?:(?:[\xe4-\xe9][\x80-\xbf]|\xe3\x80|\xef[\xbc\xbd])[\x80-\xbf]){2,}(?![\x80-\xff])"
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class TextFacts:
    """What conversion found: encoding, separator, records (newlines outside quotes), lines, widest line, quotes in use."""

    encoding: str
    separator: str
    records: int
    lines: int
    width: int
    has_quotes: bool


def _decodes(path: Path, encoding: str, skip: int) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as handle:
            handle.seek(skip)
            while chunk := handle.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def detect_encoding(path: Path) -> tuple[str, int]:
    """(encoding, bytes of its mark): byte-order mark, then strict UTF-8, else GB18030 as far as it holds."""
    with path.open("rb") as handle:
        head = handle.read(4)
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if _decodes(path, encoding, len(mark)):
                return encoding, len(mark)
            raise Refusal("intake.encoding")
    if _decodes(path, "utf-8", 0):
        return "utf-8", 0
    return "gb18030", 0


class _MixedWatch:
    """Looks for UTF-8 inside text that is taken for GB18030: such a file is half and half."""

    def __init__(self) -> None:
        self.found, self.tail = 0, b""

    def see(self, chunk: bytes) -> None:
        # cut at a line end, so that no run is split
        cut = chunk.rfind(b"\n") + 1
        self.found += len(_UTF8_RUN.findall(self.tail + chunk[:cut]))
        self.tail = chunk[cut:] if cut else self.tail + chunk
        if self.found + (0 if chunk else len(_UTF8_RUN.findall(self.tail))) > 1:
            raise Refusal("intake.encoding")


def _separator(sample: str) -> str:
    lines = [line for line in re.sub(r'"[^"]*"', "", sample).split("\n") if line.strip()][:30]
    # the mark that most lines hold; of two, the one that splits them finer, a tab before a comma
    best = max(
        "\t,|;",
        key=lambda mark: (sum(mark in line for line in lines), max((line.count(mark) for line in lines), default=0)),
    )
    return best if any(best in line for line in lines) else ","


class _Outline:
    """Counts records and the widest line while text passes, and marks blank lines, which DuckDB would skip."""

    def __init__(self, separator: str) -> None:
        self.separator = separator
        self.is_quoted, self.has_quotes = False, False
        self.records, self.lines, self.width, self.line, self.length = 0, 0, 0, 0, 0
        self.at_line_start = True

    def pass_through(self, text: str) -> str:
        """The text with a separator on each blank line outside quotes."""
        self.lines += text.count("\n")
        self.length = len(text) - 1 - text.rfind("\n") + (0 if "\n" in text else self.length)
        if self.length > MAX_LINE:
            raise Refusal("intake.limit", "行长", "length of a line")
        if '"' in text or self.is_quoted:
            self.has_quotes = True
            pieces = text.split('"')
            for index, piece in enumerate(pieces):
                if index:
                    self.is_quoted = not self.is_quoted
                    self.at_line_start = False
                if not self.is_quoted:
                    pieces[index] = self._plain(piece)
            out = '"'.join(pieces)
        else:
            out = self._plain(text)
        return out

    def _plain(self, text: str) -> str:
        if not text:
            return text
        self.records += text.count("\n")
        lines = text.split("\n")
        counts = [line.count(self.separator) for line in lines]
        self.width = max(self.width, self.line + counts[0] + 1, *(count + 1 for count in counts[1:]))
        self.line = counts[-1] + (self.line if len(counts) == 1 else 0)
        starts = self.at_line_start
        self.at_line_start = text.endswith("\n") or (starts and text == "")
        if "\n\n" in text or (starts and text.startswith("\n")):
            filler = "\n" + self.separator + "\n"
            # twice: neighbours share their newline
            text = text.replace("\n\n", filler).replace("\n\n", filler)
            if starts and text.startswith("\n"):
                text = self.separator + text
        return text


def to_utf8(path: Path, target: Path) -> TextFacts:
    """Write the text as UTF-8 with `\\n` line ends to `target`. Refusal for unknown or mixed encodings and binary content."""
    encoding, skip = detect_encoding(path)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    watch = _MixedWatch() if encoding == "gb18030" else None
    outline: _Outline | None = None
    ends_with_newline, held = True, ""
    with path.open("rb") as source, target.open("w", encoding="utf-8", newline="") as out:
        source.seek(skip)
        while True:
            chunk = source.read(CHUNK)
            if watch:
                watch.see(chunk)
            try:
                text = held + decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                raise Refusal("intake.encoding") from error
            # a carriage return at the end may belong to a line end that goes on in the next chunk
            held = "\r" if chunk and text.endswith("\r") else ""
            text = text[: len(text) - len(held)].replace("\r\n", "\n").replace("\r", "\n")
            if "\x00" in text:
                raise Refusal("intake.encoding")
            outline = outline or _Outline(_separator(text[:100_000]))
            if text:
                ends_with_newline = text.endswith("\n")
                out.write(outline.pass_through(text))
            if not chunk:
                break
    last = 0 if ends_with_newline else 1
    return TextFacts(
        encoding, outline.separator, outline.records + last, outline.lines + last, outline.width, outline.has_quotes
    )


def read_text(
    connection: duckdb.DuckDBPyConnection, file_no: int, path: Path, workdir: Path, max_bytes: int
) -> tuple[Path, list[dict]]:
    """Raw Parquet of one text file and its one sheet; Refusal over `max_bytes` or where records cannot be counted."""
    if path.stat().st_size > max_bytes:
        raise Refusal("intake.limit", "文本大小", "size of the text")
    plain, out = workdir / f"text-{file_no}.csv", workdir / f"raw-text-{file_no}.parquet"
    try:
        facts = to_utf8(path, plain)
        rows = _copy(connection, file_no, plain, out, facts)
    finally:
        plain.unlink(missing_ok=True)
    return out, [{"sheet_no": 0, "name": "", "hidden": False, "rows": rows, "hidden_rows": 0, "date_1904": False}]


def _copy(connection: duckdb.DuckDBPyConnection, file_no: int, plain: Path, out: Path, facts: TextFacts) -> int:
    import duckdb

    if facts.width > MAX_COLUMNS:
        raise Refusal("intake.limit", "列数", "columns")
    # a field may run over several lines, so a record may be wider than the widest line; quotes may also be no quotes at all
    attempts = [(facts.width, facts.has_quotes, facts.records)]
    if facts.has_quotes:
        attempts += [(min(facts.width * 4, MAX_COLUMNS), True, facts.records), (facts.width * 2, False, facts.lines)]
    for width, is_quoted, records in attempts:
        try:
            rows = _read_csv(connection, file_no, plain, out, facts.separator, width, is_quoted)
        except duckdb.Error:
            continue
        if rows == records:
            return _last_filled(connection, out, rows)
    raise Refusal("intake.records")


def _read_csv(
    connection: duckdb.DuckDBPyConnection,
    file_no: int,
    plain: Path,
    out: Path,
    separator: str,
    width: int,
    is_quoted: bool,
) -> int:
    names = [f"c{number}" for number in range(1, max(width, 1) + 1)]
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    quote = '"' if is_quoted else ""
    source = f"""read_csv({literal(plain)}, columns = {columns}, auto_detect = false, header = false,
        delim = {literal(separator)}, quote = {literal(quote)}, escape = {literal(quote)}, null_padding = true,
        strict_mode = false, parallel = {str(not is_quoted).lower()}, max_line_size = {MAX_LINE}, new_line = '\\n')"""
    connection.execute(
        f"""COPY (SELECT {file_no}::INTEGER AS file_no, 0 AS sheet_no, (row_number() OVER ())::INTEGER AS row_no,
            [{", ".join(names)}] AS cells, NULL::VARCHAR AS kinds FROM {source})
            TO {literal(out)} (FORMAT parquet, COMPRESSION uncompressed)"""
    )
    return connection.execute(f"SELECT count(*) FROM {literal(out)}").fetchone()[0]


def _last_filled(connection: duckdb.DuckDBPyConnection, out: Path, records: int) -> int:
    """Number of the last record that holds anything; the tail is looked at first."""
    filled = "len(list_filter(cells, lambda c: trim(c) <> '')) > 0"
    for start in (records - 1_000, 0):
        found = connection.execute(
            f"SELECT max(row_no) FROM {literal(out)} WHERE row_no > {start} AND {filled}"
        ).fetchone()[0]
        if found:
            return found
    return 0
