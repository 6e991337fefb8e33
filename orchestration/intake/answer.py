"""The answer to the submitter: per file a JSON and, with anything to mend or to check, the same as a feedback workbook.

Not here: how the workbook looks (`expectations.feedback`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

ENDING = ".反馈.xlsx"


def answer_name(file: dict) -> str:
    """The name of a file's feedback; a file name may fill the 255 bytes a folder allows, the mark keeps a short one apart."""
    mark = hashlib.sha256(f"{file['dataset']}{file['path']}{file['sha256']}".encode()).hexdigest()[:8]
    return f"{file['file_name'].rsplit('.', 1)[0][:50]}-{mark}{ENDING}"


def write_answers(
    folder: Path,
    root: Path | None,
    files: list[dict],
    decisions: list,
    reading,
    judged: dict,
    links: dict[str, Path],
    lang: str = "zh",
) -> None:
    """Write `<folder>/<unit>/<period>/<file>-<hash>.反馈.xlsx` and `.json`; named in its entry (below `root`), in place.

    `lang` of the workbooks: zh, en, or both.
    """
    import duckdb

    from expectations.feedback import feedback_of, refusal_of, write_answer

    readings = {(r.file_no, r.dataset): r for r in reading.readings}
    coming = {id(file): d.submission_id for d in decisions if d.state == "committed" for file in d.files}
    with duckdb.connect() as connection:
        for file in files:
            item, verdict = readings.get((file.get("file_no"), file["dataset"])), judged.get(file["dataset"])
            if item is None or file["verdict"] in ("unchanged", "empty"):
                continue
            if item.state == "refused":
                answer: dict[str, Any] | None = refusal_of(item)
            else:
                answer = (
                    feedback_of(item, verdict, links.get(file["dataset"]), connection) if verdict is not None else None
                )
            if answer is None:
                continue
            answer |= {"verdict": file["verdict"], "submission_id": coming.get(id(file)), "lang": lang}
            target = folder / (file["reporting_unit"] or "_") / (file["period"] or "_") / answer_name(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target not in write_answer(target, answer, item.landed if item.state == "read" else None):
                continue
            file["feedback_file"] = str(target.relative_to(root) if root else target)
            file["stake"] = {name: answer["stake"][name] for name in ("rows", "fen", "heads")}
