"""What ops and assets are given: the home, a progress callback, and a place for the answer of a run in this process.

Not here: opening or locking the home (`home.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import dagster as dg

from orchestration.errors import SkillhouseError, told
from orchestration.settings import Settings, SettingsError, load_settings

T = TypeVar("T")


class HiddenFault(SkillhouseError):
    """An unexpected error inside a step, as told to Dagster: its kind and where the details lie, no data."""

    exit_code = 2


@dataclass
class HomeResource:
    """The home a run works on. `answer` is what the step leaves for a caller in the same process.

    `engine` is a judging process that the caller has started already (`expectations.engine`), None to start one.
    """

    settings: Settings = field(default_factory=load_settings)
    progress: Callable[[str, int, int], None] | None = None
    answer: Any = None
    engine: Any = None

    def guarded(self, work: Callable[[], T]) -> T:
        """Run `work`; an unexpected error leaves as HiddenFault, so that no event log quotes a cell."""
        fault = None
        try:
            return work()
        except (SkillhouseError, SettingsError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its text must not reach the event log
            from orchestration.faults import record

            fault = told(error) or HiddenFault(*record(error))
        raise fault


@dg.resource
def home_resource(context: dg.InitResourceContext) -> HomeResource:
    """The home of the settings; what `dagster dev` uses."""
    return HomeResource()
