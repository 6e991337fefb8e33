"""Zip archives: judged by their directory before a byte is unpacked, then unpacked into a scratch folder.

Not here: workbooks, which are zip files too but are read by `workbook.py`.
"""

from __future__ import annotations

import os
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from orchestration.intake.reasons import Refusal

MAX_MEMBERS = 5_000
MAX_RATIO = 200
# a highly compressible small part is no bomb
SMALL_BYTES = 10_000_000
MAX_BYTES = 8_000_000_000


@dataclass(frozen=True)
class Member:
    """One unpacked file: where it lies now, the folders it stood in, its name."""

    path: Path
    folders: tuple[str, ...]
    name: str


def check_directory(archive: zipfile.ZipFile, max_bytes: int, max_ratio: int = MAX_RATIO) -> None:
    """Refuse an archive whose directory shows too many parts, too much content, bombs or paths that leave it."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise Refusal("intake.unsafe", f"超过 {MAX_MEMBERS} 个成员", f"more than {MAX_MEMBERS} members")
    if sum(info.file_size for info in infos) > max_bytes:
        raise Refusal("intake.limit", "解压后大小", "unzipped size")
    starts = set()
    for info in infos:
        if info.file_size > SMALL_BYTES and info.file_size > max_ratio * max(1, info.compress_size):
            raise Refusal("intake.unsafe", "压缩比过高", "compression ratio")
        if info.header_offset in starts:
            raise Refusal("intake.unsafe", "成员重叠", "overlapping members")
        starts.add(info.header_offset)
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename[:3]:
            raise Refusal("intake.unsafe", "路径越界", "path leaves the archive")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Refusal("intake.unsafe", "含链接", "holds a link")


def is_folder_archive(path: Path) -> bool:
    """True for a zip file that is neither a workbook nor a text document: content decides over the extension."""
    with path.open("rb") as handle:
        if handle.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return path.suffix.lower() == ".zip"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() == ".zip"
    return "[Content_Types].xml" not in names and "mimetype" not in names


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's path as text: archives of Chinese Windows hold GB18030 where the UTF-8 flag is off."""
    if info.flag_bits & 0x800:
        return info.filename.replace("\\", "/")
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename.replace("\\", "/")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", "backslashreplace").replace("\\", "/")


def unpack(path: Path, target: Path, max_bytes: int = MAX_BYTES) -> list[Member]:
    """Unpack into `target` under made-up names; members in path order. Refusal when the archive is unsafe or damaged."""
    members = []
    try:
        with zipfile.ZipFile(path) as archive:
            check_directory(archive, max_bytes)
            infos = [(member_name(info), info) for info in archive.infolist() if not info.is_dir()]
            for number, (name, info) in enumerate(sorted(infos, key=lambda item: item[0].encode("utf-8", "replace"))):
                if info.flag_bits & 0x1:
                    raise Refusal("intake.password")
                place = target / f"{number:05d}"
                _copy(archive, info, place)
                *folders, last = PurePosixPath(name).parts
                members.append(Member(place, tuple(folders), last))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zipfile.LargeZipFile) as error:
        raise Refusal("intake.unreadable") from error
    return members


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Path) -> None:
    left = info.file_size
    with (
        archive.open(info) as source,
        os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        while chunk := source.read(1 << 20):
            left -= len(chunk)
            if left < 0:
                raise Refusal("intake.unsafe", "大小与目录不符", "size differs from the directory")
            out.write(chunk)
