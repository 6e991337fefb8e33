"""Separated text: no record is lost, whatever its quotes, line ends and blank lines; encodings are told, never guessed."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.intake.reasons import Refusal
from orchestration.intake.text import read_text


@pytest.fixture(scope="module")
def connection():
    connection = duckdb.connect()
    yield connection
    connection.close()


def records(connection, tmp_path: Path, content: bytes) -> list[tuple]:
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    out, (sheet,) = read_text(connection, 1, path, tmp_path, 10_000_000)
    rows = connection.execute(
        f"SELECT row_no, cells FROM '{out}' WHERE row_no <= {sheet['rows']} ORDER BY row_no"
    ).fetchall()
    return [(number, [cell for cell in cells if cell is not None]) for number, cells in rows]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\n1,2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        (b"a,b\r\n1,2", [(1, ["a", "b"]), (2, ["1", "2"])]),
        (b"a,b\r1,2\r", [(1, ["a", "b"]), (2, ["1", "2"])]),
        # blank records count, at the end they do not
        (b"a,b\n\n\n1,2\n\n\n", [(1, ["a", "b"]), (2, []), (3, []), (4, ["1", "2"])]),
        (b"\n\na,b\n", [(1, []), (2, []), (3, ["a", "b"])]),
        # ragged rows, rows wider than the header
        (b"a,b,c\n1\n1,2,3,4\n", [(1, ["a", "b", "c"]), (2, ["1"]), (3, ["1", "2", "3", "4"])]),
        # quotes: separators, line ends and quotes inside
        (
            b'a,b\n"x,y","p\nq"\n"he said ""hi""",2\n',
            [(1, ["a", "b"]), (2, ["x,y", "p\nq"]), (3, ['he said "hi"', "2"])],
        ),
        (b'a,b\n5" pipe,1\n2,3\n', [(1, ["a", "b"]), (2, ['5" pipe', "1"]), (3, ["2", "3"])]),
        (b"a\tb,c\n1\t2,3\n", [(1, ["a", "b,c"]), (2, ["1", "2,3"])]),
        (b"a|b\n1|2\n", [(1, ["a", "b"]), (2, ["1", "2"])]),
        ("甲，乙,丙\n".encode("gb18030"), [(1, ["甲，乙", "丙"])]),
    ],
)
def test_every_record_keeps_its_number_and_cells(connection, tmp_path: Path, content: bytes, expected: list) -> None:
    assert records(connection, tmp_path, content) == expected


def test_a_record_in_two_chunks_stays_whole(connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.intake.text.CHUNK", 7)
    content = '班期,"甲\r\n乙"\r\n\r\n1,2\r\n'.encode("gb18030")
    assert records(connection, tmp_path, content) == [(1, ["班期", "甲\n乙"]), (2, []), (3, ["1", "2"])]


@pytest.mark.parametrize(
    "content",
    [
        "班期编号,姓名\n".encode() + "张三,李四\n".encode("gb18030"),
        "班期编号,姓名\n".encode("gb18030") + "张三学员,李四学员\n".encode(),
        b"\xff\xfe\x00",
        b"a,b\n\x00\x01,2\n",
        b"\xef\xbb\xbfa,\xff\xff\n",
    ],
)
def test_mixed_and_unknown_encodings_are_refused(connection, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        records(connection, tmp_path, content)
    assert caught.value.rule == "intake.encoding"


def test_text_over_its_limit_is_refused(connection, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"a,b\n" * 100)
    with pytest.raises(Refusal) as caught:
        read_text(connection, 1, path, tmp_path, 99)
    assert caught.value.rule == "intake.limit"
