"""Try a policy pack: findings and sums due with a changed or new pack, beside those of a release, on the release's own data.

The models run in a scratch folder under the home that is removed; nothing else is touched. What no pack decides is read from
the release where its code is this code, else everything is computed twice.
Not here: packs (`packs.py`), what a rule means.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.sql import literal
from orchestration.policy.beside import compare
from orchestration.policy.packs import MODELS, PACKS, Pack, PolicyError, load_pack, load_packs
from orchestration.settings import Settings

if TYPE_CHECKING:
    import duckdb

Progress = Callable[[str, int, int], None]

TARGETS = ("mart_finding", "mart_subsidy_due", "mart_indicator")
CONVENTIONS = "int_policy_convention"


@dataclass(frozen=True)
class Scratch(Settings):
    """Settings of a home whose build folder is another one."""

    folder: Path = Path()

    @property
    def build(self) -> Path:
        return self.folder


@dataclass(frozen=True)
class Model:
    """One model: its database and relation (`schema.name`), its compiled SQL, what it reads (keys of models and sources)."""

    database: str
    relation: str
    sql: str
    parents: tuple[str, ...]


def try_pack(
    settings: Settings, folder: Path, release: str | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """What a release would say with the pack at `folder` in place of its namesake, or beside the others when it is new.

    Keys: pack, release_id, preview (jurisdictions switched on), is_new, findings (a record per rule, test, jurisdiction and
    severity that changes: count, heads, yuan, now and tried), totals, due (by kind of subsidy, in yuan), figures (indicators
    that move). PolicyError when the pack is unsound or changes nothing; ReleaseError when there is no release.
    """
    from orchestration.home import writing
    from orchestration.release.publish import code_version, resolve, show

    tell = progress or (lambda stage, done, total: None)
    published = resolve(settings, release)
    manifest = show(settings, published.parent.name)
    packs, tried = load_packs(), load_pack(folder)
    others = [pack for pack in packs if (pack.jurisdiction, pack.name) != (tried.jurisdiction, tried.name)]
    _refuse_unsound(packs, others, tried)
    preview = sorted({*manifest["preview"], *([tried.jurisdiction] if tried.document["status"] == "draft" else [])})
    with writing(settings), _scratch(settings) as place:
        models = _compiled(settings, place)
        given = {"as_of": manifest["as_of"], "data_date": manifest["data_date"]}
        tell("try", 1, 3)
        if manifest["code_version"] == code_version():
            beside = published
        else:
            beside = place.folder / "beside.duckdb"
            now = _set_up(replace(place, values=_preview(settings, manifest["preview"])), packs, **given)
            _run(place, now, models, None, True, TARGETS)
            now.rename(beside)
        tell("try", 2, 3)
        database = _set_up(replace(place, values=_preview(settings, preview)), [*others, tried], **given)
        moved = _conventions(packs) != _conventions([*others, tried])
        _run(place, database, models, beside, moved, TARGETS if moved else TARGETS[:2])
        with _open(place, database, beside) as connection:
            found = compare(connection, moved)
        tell("try", 3, 3)
    head = {"pack": f"{tried.jurisdiction}/{tried.name}", "release_id": manifest["release_id"], "preview": preview}
    return head | {"is_new": len(others) == len(packs)} | found


def _refuse_unsound(packs: list[Pack], others: list[Pack], tried: Pack) -> None:
    from orchestration.policy.check import problems

    name = f"{tried.jurisdiction}/{tried.name}"
    if any(pack.tables == tried.tables and pack.document == tried.document for pack in packs):
        raise PolicyError(
            f"政策包 {name} 与现行的完全相同，没有可试算的：请复制文件夹，改动副本后再试。",
            f"Pack {name} is the one in use, there is nothing to try: copy its folder and change the copy.",
        )
    placed = replace(tried, folder=PACKS / tried.jurisdiction / tried.name)
    wrong = [text for text in problems([*others, placed], MODELS) if text.startswith(f"{name}：")]
    if wrong:
        raise PolicyError(
            f"政策包 {name} 有 {len(wrong)} 处问题，请先改正：{' '.join(wrong[:5])}",
            f"Pack {name} has {len(wrong)} problems, mend them first: {' '.join(wrong[:5])}",
        )


def _preview(settings: Settings, jurisdictions: list[str]) -> dict[str, str]:
    return settings.values | {"preview": ",".join(jurisdictions)}


def _conventions(packs: list[Pack]) -> list[tuple[str, ...]]:
    """The counting conventions of the packs: where they stay, no core table changes."""
    return sorted(
        (pack.jurisdiction, row["parameter"], row["value"])
        for pack in packs
        for row in pack.tables["parameter"]
        if row["parameter"].startswith("count") or "window" in row["parameter"]
    )


@contextmanager
def _scratch(settings: Settings) -> Iterator[Scratch]:
    """A build folder of its own inside the home; `heal` clears it if this run is killed."""
    folder = settings.build / "tmp-try"
    had_build = settings.build.is_dir()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield Scratch(settings.home, settings.home_source, settings.values, settings.sources, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not had_build:
            settings.build.rmdir()


def _compiled(settings: Settings, place: Scratch) -> dict[str, Model]:
    """Every model by its key: from the home's last build where that was this code, else compiled by dbt (ten seconds)."""
    import subprocess

    from orchestration.dbt_run import dbt_command

    kept = settings.build / "dbt" / "target" / "manifest.json"
    manifest = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else None
    if manifest is None or not _is_this_code(manifest):
        run = subprocess.run(dbt_command(place, "compile", "--quiet"), capture_output=True, text=True, check=False)
        if run.returncode != 0:
            raise PolicyError(
                "政策模型无法编译：请先运行 skillhouse build，并查看数据目录下 build/dbt/logs/dbt.log。",
                "The policy models do not compile: run skillhouse build first and see build/dbt/logs/dbt.log.",
            )
        manifest = json.loads((place.build / "dbt" / "target" / "manifest.json").read_text(encoding="utf-8"))
    return {
        key: Model(
            node["database"],
            f"{node['schema']}.{node['name']}",
            node["compiled_code"],
            tuple(node["depends_on"]["nodes"]),
        )
        for key, node in manifest["nodes"].items()
        if node["resource_type"] == "model"
    }


def _is_this_code(manifest: dict[str, Any]) -> bool:
    """Whether a dbt manifest holds exactly the models and macros that lie in the project now, all compiled."""
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    macros = [m for m in manifest["macros"].values() if m["package_name"] == "skillhouse"]
    if {node["name"] for node in nodes} != {path.stem for path in (MODELS / "models").rglob("*.sql")}:
        return False
    paths = {node["original_file_path"] for node in [*nodes, *macros]}
    if not all((MODELS / path).is_file() for path in paths):
        return False
    texts = {path: (MODELS / path).read_text(encoding="utf-8") for path in paths}
    if not all(macro["macro_sql"].strip() in texts[macro["original_file_path"]] for macro in macros):
        return False
    return all(
        node.get("compiled_code") and node["raw_code"].strip() == texts[node["original_file_path"]].strip()
        for node in nodes
    )


def _set_up(place: Scratch, packs: list[Pack], as_of: str, data_date: str) -> Path:
    """A build as the release's, with these packs: the warehouse, empty so far, beside its scratch."""
    import duckdb

    from orchestration.build import prepare
    from orchestration.given import write_policies

    with duckdb.connect(str(prepare(place, as_of=as_of, data_date=data_date))) as connection:
        write_policies(connection, packs)
        connection.execute("CREATE SCHEMA work")
    warehouse = place.build / "warehouse.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE SCHEMA staging; CREATE SCHEMA marts")
    return warehouse


def _open(place: Scratch, database: Path, beside: Path | None) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(str(database))
    connection.execute(f"SET threads = {place.integer('threads')}")
    connection.execute(f"SET memory_limit = {literal(place['memory_limit'])}")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"ATTACH {literal(place.build / 'scratch.duckdb')} AS scratch")
    if beside is not None:
        connection.execute(f"ATTACH {literal(beside)} AS beside (READ_ONLY)")
    return connection


def _run(
    place: Scratch, database: Path, models: dict[str, Model], beside: Path | None, moved: bool, targets: tuple[str, ...]
) -> None:
    """Make the targets and what they need; what no pack decides is a view on `beside` where that has it."""
    decided: dict[str, bool] = {}

    def is_decided(key: str) -> bool:
        if key not in decided:
            if key in models:
                own = not moved and models[key].relation == f"work.{CONVENTIONS}"
                decided[key] = not own and any(is_decided(parent) for parent in models[key].parents)
            else:
                decided[key] = key.split(".")[-1].startswith("policy_")
        return decided[key]

    with _open(place, database, beside) as connection:
        held = set()
        if beside is not None:
            rows = connection.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'beside'"
            ).fetchall()
            held = {name for (name,) in rows}
        done: set[str] = set()

        def make(key: str) -> None:
            if key not in models or key in done:
                return
            done.add(key)
            model = models[key]
            if model.relation in held and not is_decided(key):
                connection.execute(f"CREATE VIEW {model.database}.{model.relation} AS FROM beside.{model.relation}")
                return
            for parent in model.parents:
                make(parent)
            connection.execute(f"CREATE TABLE {model.database}.{model.relation} AS {model.sql}")

        for key in sorted(models):
            if models[key].relation.split(".")[1] in targets:
                make(key)
