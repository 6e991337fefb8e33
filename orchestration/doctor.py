"""What this machine has, what it lacks, what that is for and how to get it. Not here: installing anything."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from orchestration.settings import Settings

DEBIAN = {
    "pango": "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "chromium": "chromium",
    # what drives the browser in the tests is linked against it
    "atomic": "libatomic1",
    "fonts": "fonts-noto-cjk fontconfig",
}
FREE_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: `state` is ok, missing (something will not work) or broken (nothing will)."""

    name: str
    state: str
    detail: str
    zh: str
    en: str


def examine(settings: Settings) -> list[Finding]:
    """Look at Python, packages, system libraries and the home; every finding says what it is for."""
    return [_python(), _dbt(), *_packages(), *system(), _home(settings), _space(settings), _release(settings)]


def system() -> list[Finding]:
    """The system packages that pictures, PDF and browser tests need."""
    pango = _library("libpango-1.0.so.0") and _library("libpangoft2-1.0.so.0")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    fonts = _chinese_fonts()
    return [
        _found("pango", pango, "libpango", "写 PDF 报表", "PDF reports"),
        _found("chromium", bool(chromium), chromium, "报表图片与网页测试", "pictures in reports, browser tests"),
        _found("atomic", _library("libatomic.so.1"), "libatomic", "网页测试", "browser tests"),
        _found("fonts", bool(fonts), fonts, "图片与 PDF 中的中文", "Chinese in pictures and PDF"),
    ]


def missing_packages() -> list[str]:
    """Names of the Debian packages to install for what `system` misses."""
    return [name for item in system() if item.state != "ok" for name in DEBIAN[item.name].split()]


def report(settings: Settings) -> dict[str, Any]:
    """All findings and every setting with its source, as plain values."""
    given = [{"name": "home", "value": str(settings.home), "source": settings.home_source}]
    given += [{"name": n, "value": v, "source": settings.sources[n]} for n, v in sorted(settings.values.items())]
    return {"findings": [asdict(finding) for finding in examine(settings)], "settings": given}


def _found(name: str, there: bool, detail: str, zh: str, en: str) -> Finding:
    fix = "" if there else f"apt-get install -y {DEBIAN[name]}"
    return Finding(name, "ok" if there else "missing", detail if there else fix, zh, en)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    state = "ok" if sys.version_info >= (3, 11) else "broken"
    return Finding("python", state, version, "运行一切，须 3.11 或更高", "everything; 3.11 or later")


def _dbt() -> Finding:
    command = Path(sys.executable).with_name("dbt")
    state = "ok" if command.exists() else "broken"
    return Finding("dbt", state, str(command) if state == "ok" else "make install", "计算指标", "computes the figures")


def _packages() -> list[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in ("duckdb", "dbt-core", "dagster", "great-expectations"):
        try:
            found.append(Finding(name, "ok", version(name), "核心组件", "core"))
        except PackageNotFoundError:
            found.append(Finding(name, "broken", "make install", "核心组件", "core"))
    return found


def _library(name: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _chinese_fonts() -> str:
    if not shutil.which("fc-list"):
        return ""
    listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    return next(iter(sorted(listed.stdout.splitlines())), "")


def _home(settings: Settings) -> Finding:
    from orchestration.home import HomeUnusable, create

    if not settings.home.exists():
        return Finding(
            "home", "ok", f"{settings.home} (new)", "数据目录，首次写入时建立", "data, made when first written"
        )
    try:
        create(settings)
    except HomeUnusable as error:
        return Finding("home", "broken", str(settings.home), error.zh, error.en)
    return Finding("home", "ok", str(settings.home), "数据目录，可写", "data, writable")


def _space(settings: Settings) -> Finding:
    place = next(folder for folder in (settings.home, *settings.home.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    state = "ok" if free >= FREE_BYTES else "missing"
    return Finding("disk", state, f"{free / 1e9:.1f} GB", "磁盘空间，宜有 2 GB 以上", "free space; 2 GB or more")


def _release(settings: Settings) -> Finding:
    if settings.current.is_symlink() and (settings.current / "warehouse.duckdb").is_file():
        return Finding("release", "ok", settings.current.resolve().name, "当前发布版本", "the current release")
    if settings.current.is_symlink():
        fix = "skillhouse release rollback"
        return Finding("release", "broken", fix, "CURRENT 指向的版本不在", "CURRENT names a release that is gone")
    return Finding("release", "ok", "-", "尚未发布", "nothing published yet")
