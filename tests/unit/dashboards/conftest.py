"""The synthetic home that the browser tests publish, for tests without a browser."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

from tests.browser import release_home as writer


@pytest.fixture(scope="session")
def release_home() -> ModuleType:
    """The module that writes homes."""
    return writer


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two releases: r-0001, where the three-year actual is 58,000, then r-0002, where it is 59,479."""
    home = tmp_path_factory.mktemp("home")
    writer.write_release(home, "r-0001", person_times=58000)
    writer.write_release(home, "r-0002")
    return home
