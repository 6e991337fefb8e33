"""What is kept of an unexpected error: where it arose, never what the data was.

Library messages quote cells. The log keeps the type, the frames and the message with every quoted text, long number
and Chinese word masked. Not here: expected errors (orchestration.errors).
"""

from __future__ import annotations

import errno
import re
import shutil
import traceback
from datetime import UTC, datetime

from orchestration.settings import SettingsError, load_settings

_QUOTED = re.compile(r"(['\"`]).*?\1", re.DOTALL)
_NUMBER = re.compile(r"\d[\dXx]{5,}")
_FULL = re.compile(r"disk is full|No space left on device")
LITTLE_BYTES = 1_000_000
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


def masked(message: str) -> str:
    """The message without what may be personal: quoted text, runs of six or more digits, Chinese words."""
    return _CHINESE.sub("□", _NUMBER.sub("#", _QUOTED.sub("'…'", message)))


def is_full(error: BaseException) -> bool:
    """Whether a full disk is behind the error; each library has words of its own for it."""
    return getattr(error, "errno", None) == errno.ENOSPC or bool(_FULL.search(str(error)))


def record(error: BaseException) -> tuple[str, str]:
    """Append the fault to `logs/faults.log` in the home; the line to show, in Chinese and in English."""
    frames = [f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    kind = type(error).__name__
    # these three speak of code, not of data
    message = str(error) if isinstance(error, (ImportError, AttributeError, NameError)) else masked(str(error))
    entry = "\n".join([f"{datetime.now(UTC).isoformat()} {kind}: {message}", *frames, ""])
    where, is_crowded = "-", False
    try:
        folder = load_settings().home / "logs"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / "faults.log").open("a", encoding="utf-8") as log:
            log.write(entry)
        where = str(folder / "faults.log")
        # SQLite may say no more of a full disk than that it could not write
        is_crowded = shutil.disk_usage(folder).free < LITTLE_BYTES
    except (OSError, SettingsError) as unwritable:
        where, is_crowded = type(unwritable).__name__, is_full(unwritable)
    if is_full(error) or is_crowded:
        return (
            "磁盘已满，命令没有做完：请腾出空间后重新运行。已接收的数据和已发布的版本不变。",
            "The disk is full and the command did not finish: free some space and run it again. What was accepted and"
            " published before stands.",
        )
    return (
        f"发生意外错误（{kind}），详情见 {where}。未发布任何结果，可重新运行该命令。",
        f"Unexpected fault ({kind}). Details: {where}. Nothing was published; the command can be run again.",
    )
