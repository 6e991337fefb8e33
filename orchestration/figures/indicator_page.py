"""The page `docs/indicators.md`: every indicator as its one definition says.

`python -m orchestration.figures.indicator_page` writes it.
Not here: the definitions (the YAML beside the indicator models) and the page people see in the browser (`dashboards`).
"""

from __future__ import annotations

from orchestration.figures.indicators import indicator_definitions
from orchestration.settings import PROJECT

PAGE = PROJECT / "docs" / "indicators.md"
INTRODUCTION = """# Indicators 指标口径

Written by `python -m orchestration.figures.indicator_page` from the YAML beside the models in
`dbt_project/models/intermediate/indicators`: change the definition, not this page. The same definition is what
`skillhouse indicator show CODE`, the glossary page and the reports print, and what `skillhouse trace CODE` follows to
the source rows.

A count has a numerator alone. A ratio over 0 has no value. Where an outcome needs time, `mart_indicator` says how many
person-times have not had it yet (`immature_count`, `is_mature`) and the link rate beside it (`link_ratio`).
"""


def indicators_page() -> str:
    """The page as Markdown."""
    found = indicator_definitions()
    lines = [INTRODUCTION, "| code | 名称 | name | unit | clause |", "|---|---|---|---|---|"]
    for _, item in found:
        lines.append(
            f"| [`{item['code']}`](#{item['code']}) | {item['zh']} | {item['en']} | {_unit(item)} | {item['clause']} |"
        )
    for model, item in found:
        lines += ["", *_definition(model, item)]
    return "\n".join(lines) + "\n"


def _definition(model: str, item: dict) -> list[str]:
    told = {
        "公式": item["formula_zh"],
        "formula": item["formula_en"],
        "numerator 分子": item["numerator_zh"],
        "denominator 分母": item.get("denominator_zh"),
        "unit": _unit(item),
        "clause": item["clause"],
        "convention": item.get("convention"),
        "whole after": item.get("maturity"),
        "decided by": ", ".join(item["datasets"]),
        "model": f"`{model}`",
    }
    for side, traced in item["trace"].items():
        counted = traced.get("distinct") or traced.get("amount") or "1"
        what = "distinct " if "distinct" in traced else ""
        told[f"{side} rows"] = f"`{traced['rows']}` where `{str(traced['where']).lower()}`, {what}`{counted}`"
    lines = [f"## {item['code']}", "", f"{item['zh']} · {item['en']}", ""]
    return lines + [f"- {name}: {text}" for name, text in told.items() if text]


def _unit(item: dict) -> str:
    return f"{item['unit']} ({item['shown_unit']})" if "shown_unit" in item else item["unit"]


def main() -> None:
    """Write the page."""
    PAGE.write_text(indicators_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
