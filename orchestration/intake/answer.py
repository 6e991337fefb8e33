"""The answer to the submitter: one feedback workbook per file that has refused or quarantined rows.

Not here: how the workbook looks (`expectations.feedback`).
"""

from __future__ import annotations

import hashlib

from orchestration.settings import Settings


def write_answers(settings: Settings, files: list[dict], reading, judged: dict) -> None:
    """Write `feedback/<unit>/<period>/<file>-<hash>.反馈.xlsx` for each file with errors; named in its entry, in place."""
    from expectations.feedback import write_feedback

    readings = {(r.file_no, r.dataset): r for r in reading.readings}
    for file in files:
        if file["verdict"] not in ("quarantined", "refused", "held") or not file["reasons"]:
            continue
        item = readings.get((file.get("file_no"), file["dataset"]))
        verdict = judged.get(file["dataset"])
        if item is None or verdict is None or item.state != "read":
            continue
        folder = settings.feedback / (file["reporting_unit"] or "_") / (file["period"] or "_")
        mark = hashlib.sha256(f"{file['dataset']}{file['path']}{file['sha256']}".encode()).hexdigest()[:8]
        # a file name may fill the 255 bytes a folder allows; the mark keeps the shortened one apart
        target = folder / f"{file['file_name'].rsplit('.', 1)[0][:50]}-{mark}.反馈.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        write_feedback(target, item, verdict)
        file["feedback_file"] = str(target.relative_to(settings.home))
