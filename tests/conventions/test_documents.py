"""Documents tell the truth: commands, targets, links and settings that they name exist."""

import re
from pathlib import Path

import pytest
import typer

from orchestration.cli import app
from orchestration.settings import DEFAULTS
from tests.conventions.tree import PROJECT, files, read

READMES = (Path("README.md"), Path("README.zh-CN.md"))
PAGES = sorted(p for p in files() if p.suffix == ".md" and p.parts[0] not in ("data", "dashboards", "tests"))


def commands() -> set[str]:
    """Every command of the command line, groups with their commands."""
    click = typer.main.get_command(app)
    found = set()
    for name, command in click.commands.items():
        found.add(name)
        found |= {f"{name} {sub}" for sub in getattr(command, "commands", {})}
    return found


def targets() -> set[str]:
    """The targets of the Makefile."""
    return set(re.findall(r"^([a-z][a-z-]*):", read(Path("Makefile")), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_make_targets_named_in_documents_exist(page):
    named = set(re.findall(r"\bmake ([a-z][a-z-]+)(?=`|$|[\s)]*(?:#|\n|\|))", read(page), re.MULTILINE))
    assert named <= targets(), f"{page} names {named - targets()}"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands_named_in_documents_exist(page):
    known = commands()
    for words in re.findall(r"\bskillhouse ((?:[a-z]+ ?){1,2})", _code(read(page))):
        first, _, second = words.strip().partition(" ")
        assert first in known, f"{page} names `skillhouse {first}`"
        if any(name.startswith(f"{first} ") for name in known) and second:
            assert f"{first} {second}" in known, f"{page} names `skillhouse {first} {second}`"


def _code(text: str) -> str:
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_inside_the_project_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", read(page)):
        assert (PROJECT / page.parent / target).exists(), f"{page} links to {target}"


@pytest.mark.parametrize("readme", READMES, ids=str)
def test_readmes_tell_the_two_commands_and_every_setting(readme):
    text = read(readme)
    assert "make demo" in text and "make test" in text
    missing = [name for name in DEFAULTS if f"`{name}`" not in text]
    assert not missing


def test_every_make_target_is_described():
    described = set(re.findall(r"^([a-z-]+):.*## ", read(Path("Makefile")), re.MULTILINE))
    assert targets() - described <= {"ensure-system"}


def test_the_places_for_what_is_next_exist():
    named = re.findall(r"`([a-z_]+(?:/[\w.<>-]*)+)`", read(Path("docs/adding.md")))
    solid = {place.split("<")[0].rpartition("/")[0] if "<" in place else place.rstrip("/") for place in named}
    assert len(solid) > 15
    missing = [place for place in solid if not (PROJECT / place).exists()]
    assert not missing
