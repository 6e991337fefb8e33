"""Great Expectations behind one door: a child process that judges a candidate inside DuckDB.

The only file that imports Great Expectations. Its import takes seconds, so the parent starts the child early and talks
to it in JSON lines. Answers hold counts, never a value of a cell. Not here: what a rule says (suites) and what follows
from a failure (gate).
"""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from expectations.sql import literal

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
JUDGE_SECONDS = 1800


class EngineError(Exception):
    """The judging process did not answer: says what happened and what to do; holds no data."""


@dataclass(frozen=True)
class Expectation:
    """One question: `where` (SQL over the candidate, TRUE = the row offends) or a table expectation type with arguments."""

    id: str
    where: str | None = None
    type: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgement:
    """The answer: `failed` rows (for a table expectation 0 or 1), or the kind of error that stopped the question."""

    id: str
    success: bool
    failed: int
    error: str | None


class Engine:
    """The judging process as a context manager: `start` returns at once, `judge` waits until the process is ready."""

    def __init__(self, *, memory_limit: str = "2GB", threads: int = 2, command: Sequence[str] | None = None) -> None:
        self._command = list(command or [sys.executable, "-m", "expectations.engine"])
        self._options = {"memory_limit": memory_limit, "threads": threads}
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._is_ready = False

    def start(self) -> Engine:
        """Start the process; the import runs while the caller goes on. Calling it twice does no harm."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
            self._reader = threading.Thread(target=self._collect, args=(self._process.stdout,), daemon=True)
            self._reader.start()
        return self

    def judge(
        self, candidate: Path, expectations: Sequence[Expectation], *, timeout: float = JUDGE_SECONDS
    ) -> dict[str, Judgement]:
        """Judge the rows of a candidate Parquet that repeat no other row; one Judgement per expectation id.

        Raises EngineError when the process is gone, stays silent for `timeout` seconds or cannot read the candidate.
        """
        self.start()
        if not self._is_ready:
            self._await(START_SECONDS)
            self._is_ready = True
        request = {
            "candidate": str(Path(candidate).absolute()),
            "expectations": [asdict(e) for e in expectations],
            **self._options,
        }
        self._send(request)
        answer = self._await(timeout)
        if answer.get("error"):
            raise EngineError(f"质检进程无法读取候选数据（{answer['error']}）：请重新加载；若再次出现，请运行 doctor。")
        return {item["id"]: Judgement(**item) for item in answer["judgements"]}

    def close(self) -> None:
        """End the process; safe to call at any time."""
        process, self._process, self._is_ready = self._process, None, False
        if process is None:
            return
        # it owns nothing but memory, and an orderly end of the interpreter takes seconds
        process.kill()
        process.wait()
        if self._reader is not None:
            self._reader.join()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._answers = queue.Queue()

    def __enter__(self) -> Engine:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _collect(self, stream: TextIO) -> None:
        answers = self._answers
        for line in stream:
            answers.put(line)
        answers.put(None)

    def _send(self, request: dict[str, Any]) -> None:
        stream = self._process.stdin if self._process else None
        if stream is None:
            raise EngineError("质检进程未启动：请重新加载。The judging process is not running.")
        try:
            stream.write(json.dumps(request, ensure_ascii=False) + "\n")
            stream.flush()
        except OSError as error:
            self.close()
            raise EngineError(
                "质检进程已退出：本次未提交任何数据，请重新加载。The judging process has ended."
            ) from error

    def _await(self, seconds: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty as error:
            self.close()
            raise EngineError(
                f"质检进程 {seconds:.0f} 秒无应答，已停止：本次未提交任何数据，请减少文件后重新加载。"
                "The judging process hung and was stopped."
            ) from error
        if line is None:
            self.close()
            raise EngineError("质检进程已退出：本次未提交任何数据，请重新加载。The judging process has ended.")
        return json.loads(line)


def _escaped(where: str) -> str:
    """The predicate as Great Expectations and SQLAlchemy need it: braces doubled, single colons not read as parameters."""
    import re

    return re.sub(r"(?<!:):(?!:)", r"\\:", where).replace("{", "{{").replace("}", "}}")


def _duckdb_source() -> tuple[Any, Any]:
    """Great Expectations and an ephemeral context's datasource on one in-memory DuckDB."""
    import os
    from typing import Literal

    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.datasource.fluent import SQLDatasource
    from great_expectations.execution_engine import SqlAlchemyExecutionEngine

    class KeptConnectionEngine(SqlAlchemyExecutionEngine):
        """GX fetches rows after it closed its connection, and DuckDB then returns none: keep one open (GX issue 10738)."""

        @contextmanager
        def get_connection(self) -> Iterator[Any]:
            if self._connection is None:
                self._connection = self.engine.connect()
            yield self._connection

    class DuckDBDatasource(SQLDatasource):
        """DuckDB as a datasource of its own type; reflection and metrics share one engine, so one in-memory database."""

        type: Literal["duckdb"] = "duckdb"

        @property
        def execution_engine_type(self) -> type[SqlAlchemyExecutionEngine]:
            return KeptConnectionEngine

        def get_engine(self) -> Any:
            return self.get_execution_engine().engine

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_duckdb(name="gate", connection_string="duckdb:///:memory:")
    with source.get_execution_engine().get_connection() as connection:
        connection.exec_driver_sql("SET autoinstall_known_extensions = false")
    return gx, source


def _results(batch: Any, gx: Any, expectations: list[dict[str, Any]], result_format: str) -> list[dict[str, Any]]:
    suite = gx.ExpectationSuite(name=result_format)
    for item in expectations:
        meta = {"id": item["id"]}
        if item["where"] is not None:
            # the query counts, so that even a failed expectation carries one number and no row
            query = f"SELECT count(*) AS failed FROM {{batch}} WHERE ({_escaped(item['where'])}) HAVING count(*) > 0"
            expectation = gx.expectations.UnexpectedRowsExpectation(unexpected_rows_query=query, meta=meta)
        else:
            expectation = getattr(gx.expectations, item["type"])(**item["arguments"], meta=meta)
        suite.add_expectation(expectation)
    answers = []
    for result in batch.validate(suite, result_format=result_format).results:
        rows = (result.result or {}).get("details", {}).get("unexpected_rows", [])
        raised = result.exception_info or {}
        error = None
        if raised.get("raised_exception") or ("raised_exception" not in raised and raised):
            error = "PredicateError"
        failed = int(rows[0]["failed"]) if rows else int(not result.success)
        answers.append(
            {
                "id": result.expectation_config.meta["id"],
                "success": bool(result.success) and error is None,
                "failed": 0 if error else failed,
                "error": error,
            }
        )
    return answers


def _answer(request: dict[str, Any], gx: Any, source: Any, number: int) -> dict[str, Any]:
    table = f"candidate_{number}"
    with source.get_execution_engine().get_connection() as connection:
        connection.exec_driver_sql(f"SET memory_limit = '{request['memory_limit']}'")
        connection.exec_driver_sql(f"SET threads = {int(request['threads'])}")
        path = request["candidate"]
        connection.exec_driver_sql(f"SET temp_directory = {literal(str(Path(path).parent / 'engine.spill'))}")
        # a view: each question reads its own columns from the file, and no row is held
        connection.exec_driver_sql(
            f"CREATE VIEW {table} AS SELECT * FROM read_parquet({literal(path)}) WHERE duplicate_of IS NULL"
        )
        connection.commit()
    asset = source.add_table_asset(name=table, table_name=table)
    batch = asset.add_batch_definition_whole_table(table).get_batch()
    rows = [e for e in request["expectations"] if e["where"] is not None]
    tables = [e for e in request["expectations"] if e["where"] is None]
    judgements = _results(batch, gx, rows, "COMPLETE") if rows else []
    judgements += _results(batch, gx, tables, "BOOLEAN_ONLY") if tables else []
    with source.get_execution_engine().get_connection() as connection:
        connection.exec_driver_sql(f"DROP VIEW {table}")
        connection.commit()
    source.delete_asset(table)
    return {"judgements": judgements}


def main() -> None:
    """The child: one request a line on stdin, one answer a line on stdout, until stdin closes."""
    import os

    # the protocol keeps the real stdout; whatever a library prints goes to stderr
    protocol = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    gx, source = _duckdb_source()

    def say(answer: dict[str, Any]) -> None:
        protocol.write(json.dumps(answer) + "\n")
        protocol.flush()

    say({"ready": True})
    for number, line in enumerate(sys.stdin):
        try:
            say(_answer(json.loads(line), gx, source, number))
        except Exception as error:  # noqa: BLE001 - reported by kind only: a database message may quote a cell
            with source.get_execution_engine().get_connection() as connection:
                connection.rollback()
            say({"error": type(error).__name__})


if __name__ == "__main__":
    main()
