"""One entry per (file, dataset): what was read joined with what the gate said, as `load --json` prints it.

Not here: what becomes of the slot (`outcome.py`).
"""

from __future__ import annotations

from orchestration.intake.outcome import FEN, ROWS


def entries(reading, judged: dict) -> list[dict]:
    """The files of a reading with their verdict and row account; `judged` is dataset -> Verdict.

    The rows of a file that the gate refuses are told as quarantined, so that every account closes.
    """
    return [_entry(item, judged.get(item.dataset)) for item in reading.readings]


def _entry(item, verdict) -> dict:
    entry = {
        "file_no": item.file_no,
        "path": item.display_path,
        "file_name": item.file_name,
        "sha256": item.sha256,
        "submission_id": None,
        "dataset": item.dataset,
        "reporting_unit": item.slot_unit,
        "period": item.slot_period,
        "verdict": {"read": "accepted"}.get(item.state, item.state),
        **dict.fromkeys(ROWS + FEN, 0),
        "feedback_file": None,
        "reasons": list(item.reasons),
        "notices": list(item.notices),
        "opening": list(item.opening),
    }
    if item.state == "refused":
        return entry
    entry["rows_read"], entry["rows_not_data"] = item.rows_read, item.rows_not_data
    found = verdict.files.get(item.file_no) if verdict else None
    if found is None:
        return entry
    entry["verdict"] = found.state
    for name in ("duplicate", "accepted"):
        entry[f"rows_{name}"], entry[f"fen_{name}"] = found.rows[name], found.fen[name]
    entry["rows_quarantined"] = found.rows["quarantined"] + found.rows["refused"]
    entry["fen_quarantined"] = found.fen["quarantined"] + found.fen["refused"]
    entry["fen_read"] = sum(found.fen.values())
    entry["reasons"] += found.reasons
    entry["notices"] += found.notices
    return entry
