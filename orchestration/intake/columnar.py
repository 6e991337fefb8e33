"""Parquet files with canonical or Chinese column names, as systems and benchmarks give them. Read in the child process.

Not here: what a cell means: values become texts like those of any file.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from expectations.sql import literal
from orchestration.intake.reasons import Refusal

if TYPE_CHECKING:
    from orchestration.intake.workbook import RawWriter

# a real export has a byte or more per cell; one value repeated a hundred million times has next to none
MAX_CELLS_PER_BYTE = 50
SMALL_CELLS = 2_000_000


def read_parquet(path: Path, writer: RawWriter, limits: dict) -> list[dict]:
    """Write the file as one sheet: its records from row 1, the column names in a row 0; Refusal over the limit of cells."""
    import duckdb

    writer.close()
    connection = duckdb.connect()
    try:
        connection.execute("SET threads = 1")
        connection.execute("SET memory_limit = '1GB'")
        source = literal(path)
        described = connection.execute(f"DESCRIBE FROM read_parquet({source})").fetchall()
        records = connection.execute(f"SELECT count(*) FROM read_parquet({source})").fetchone()[0]
        if records * len(described) > 100 * limits["cells"] or len(described) > 4_000:
            raise Refusal("intake.limit", "单元格数", "cells")
        cells_in_all = records * len(described)
        if cells_in_all > SMALL_CELLS and cells_in_all > MAX_CELLS_PER_BYTE * path.stat().st_size:
            raise Refusal("intake.unsafe", "压缩比过高", "compression ratio")
        names = ['"' + name.replace('"', '""') + '"' for name, *_ in described]
        cells = [
            f"array_to_string({name}, '、')" if kind.endswith("[]") else f"{name}::VARCHAR"
            for name, (_, kind, *_) in zip(names, described, strict=True)
        ]
        header = ", ".join(literal(name) for name, *_ in described)
        target = literal(writer.target)
        connection.execute(
            f"""COPY (SELECT {writer.file_no}::INTEGER AS file_no, 0 AS sheet_no, 0::INTEGER AS row_no, [{header}]
              AS cells, NULL::VARCHAR AS kinds
              UNION ALL SELECT {writer.file_no}, 0, (row_number() OVER ())::INTEGER, [{", ".join(cells)}], NULL
                FROM read_parquet({source}))
              TO {target} (FORMAT parquet, COMPRESSION snappy)"""
        )
        return [{"sheet_no": 0, "name": "", "hidden": False, "rows": records, "cols": len(described)}]
    except duckdb.Error as error:
        raise Refusal("intake.unreadable") from error
    finally:
        connection.close()
