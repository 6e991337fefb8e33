"""The axis of amounts: ticks in units that people read, 万元 rather than a row of noughts. Not here: any amount itself."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import Any

from dashboards.words import Words

# By language: from which amount (yuan) on the axis is told in which unit, the largest first.
SCALES = {
    "zh": ((20_000, 10_000, "wan"), (0, 1, "yuan")),
    "en": ((2_000_000, 1_000_000, "million"), (2_000, 1_000, "thousand"), (0, 1, "yuan")),
}


@dataclass(frozen=True)
class Axis:
    """What an axis is called, and how many of the values' own unit make one of its."""

    label: str
    scale: int = 1

    def of(self, longest: float) -> dict[str, Any]:
        """Layout of an axis from 0 to `longest`: title, and ticks at round places, five or fewer."""
        raw = max(longest, 1e-9) / 5
        power = 10 ** floor(log10(raw))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
        if self.scale == 1:
            step = max(1, step)
        places = [step * number for number in range(int(longest / step) + 1)]
        texts = [
            f"{place / self.scale:,.10g}" if step < self.scale else f"{place / self.scale:,.0f}" for place in places
        ]
        return {"tickvals": places, "ticktext": texts, "title": {"text": self.label, "font": {"size": 12}}}


def money(words: Words, longest: float) -> Axis:
    """The axis of amounts up to `longest` yuan."""
    scale, name = next((scale, name) for least, scale, name in SCALES[words.language] if longest >= least)
    return Axis(words(f"axis.{name}"), scale)
