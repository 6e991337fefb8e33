"""Conventions of the dbt project: layers, headers, descriptions, contracts, sizes, no clock, derived files current."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from orchestration.given import derived_files, indicator_definitions

DBT = Path(__file__).resolve().parents[2] / "dbt_project"
MODELS = sorted((DBT / "models").rglob("*.sql"))
LAYERS = {"staging": set(), "core": {"stg", "int", "dim", "fct"}, "intermediate": {"stg", "int", "dim", "fct", "mart"},
          "policy": {"stg", "int", "dim", "fct", "mart"}, "marts": {"stg", "int", "dim", "fct", "mart"}}  # fmt: skip
CLOCK = re.compile(
    r"\b(now|today|get_current_time(stamp)?)\s*\(|\bcurrent_(date|time|timestamp)\b|\blocaltimestamp\b", re.IGNORECASE
)


@cache
def described(path: Path) -> dict:
    return yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"][0]


def layer(path: Path) -> str:
    return path.relative_to(DBT / "models").parts[0]


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_a_model_has_its_yaml_beside_it_with_everything_described(path):
    model = described(path)
    assert model["name"] == path.stem
    assert model["description"].startswith("One row per"), "the description begins with the grain"
    assert model["columns"], "no columns"
    assert [c["name"] for c in model["columns"] if not c.get("description")] == []


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_a_model_begins_with_what_it_is_and_stays_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("--"), "the first line says what the model is"
    assert len(text.splitlines()) <= 80
    assert not CLOCK.search(re.sub(r"--.*", "", text)), "no model reads the clock"


@pytest.mark.parametrize("path", MODELS, ids=lambda p: p.stem)
def test_a_model_refers_only_to_layers_it_may_know(path):
    refs = re.findall(r"ref\('(\w+)'\)", path.read_text(encoding="utf-8"))
    assert {r.split("_")[0] for r in refs} <= LAYERS[layer(path)]


def test_staging_reads_sources_only_and_core_and_marts_never_the_lake():
    for path in MODELS:
        text = path.read_text(encoding="utf-8")
        if layer(path) != "staging" and path.stem not in ("mart_quarantine", "mart_mended_row"):
            assert "source('lake'" not in text, path.stem


@pytest.mark.parametrize("path", [p for p in MODELS if layer(p) in ("core", "marts")], ids=lambda p: p.stem)
def test_a_published_model_states_types_and_a_grain_that_is_tested(path):
    model = described(path)
    assert all(c.get("data_type") for c in model["columns"]), "the contract needs every type"
    grain = model["config"]["meta"]["grain"]
    tested = [t for t in model.get("data_tests", []) if "unique_grain" in t]
    unique = [c["name"] for c in model["columns"] if "unique" in c.get("data_tests", [])]
    # a row may break one rule in two columns, so the quarantine has no unique grain
    assert tested or unique == grain or path.stem == "mart_quarantine"


def test_names_follow_the_grammar():
    for path in MODELS:
        assert re.fullmatch(r"(stg|dim|fct|int|mart)_[a-z0-9_]+", path.stem), path.stem


def test_derived_files_are_current():
    stale = [p.name for p, text in derived_files().items() if not p.is_file() or p.read_text(encoding="utf-8") != text]
    assert stale == [], "run `python -m orchestration.given`"


def test_every_indicator_is_defined_once_and_fully():
    definitions = [item for _, item in indicator_definitions()]
    codes = [d["code"] for d in definitions]
    assert len(codes) == len(set(codes))
    needed = {"zh", "en", "kind", "unit", "formula_zh", "formula_en", "numerator_zh", "clause", "empty", "order"}
    assert [d["code"] for d in definitions if needed - set(d)] == []
    assert [d["code"] for d in definitions if (d["kind"] == "ratio") != ("denominator_zh" in d)] == []


def test_every_indicator_of_the_code_list_is_defined():
    from expectations.contract import code_lists

    assert {c.code for c in code_lists()["indicator"]} <= {item["code"] for _, item in indicator_definitions()}


def test_every_page_and_report_is_an_exposure_of_the_marts_it_needs():
    from dashboards.pages import PAGES
    from dashboards.reports.tables import FORMS, KINDS

    exposures = yaml.safe_load((DBT / "models" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    told = {e["name"]: {re.search(r"'(\w+)'", r).group(1) for r in e["depends_on"]} for e in exposures}
    needed = {f"page_{page.NAME}": set(page.NEEDS) for page in PAGES if page.NEEDS}
    for kind, codes in KINDS.items():
        forms = [FORMS[code] for code in codes if code in FORMS]
        needed[f"report_{kind}"] = {mart for form in forms for mart in (form.mart, *form.beside)}
    assert told.keys() == needed.keys()
    assert [f"{name}: {missing}" for name, marts in needed.items() if (missing := sorted(marts - told[name]))] == []
