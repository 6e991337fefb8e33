"""总览: five questions of a leader, each with its answer and the page behind it, and what waits to be done.

On target? Where do we lag? Where is the money? What is wrong in the data? What would I sign? Not here: any figure of its
own; every answer is a row that the page behind it shows.
"""

from __future__ import annotations

from dashboards.pages import findings, flow, funds, quality, reports, targets
from dashboards.queries import findings as rules
from dashboards.queries import quality as rows_of_quality
from dashboards.queries import reports as printable
from dashboards.release import Row
from dashboards.reports.content import frozen
from dashboards.view import Block, Column, Request, Table, Tile, View
from dashboards.words import number

PATH = "/"
NAME = "overview"
NEEDS = ("mart_target_progress",)
IN_TABS = True


def view(request: Request) -> View:
    """The answers that the release and the reader's role allow, and a list of what asks for attention."""
    words = request.words
    plan = targets.view(request)
    money = funds.view(request) if _has(request, funds) else None
    rows = [row for block in plan.blocks if block.name in ("headline", "others") for row in block.table.rows]
    tiles = [
        *_on_target(request, plan),
        *_lag(request, rows),
        *_money(request, money),
        *_data(request),
        *_sign(request),
    ]
    waiting = _waiting(request, rows, money)
    columns = [
        Column("what", words("overview.what"), link="address"),
        Column("state_label", words("targets.column.state")),
        Column("page", words("workbook.view")),
    ]
    todo = Block("todo", words("overview.todo"), Table(columns, waiting), description=words("overview.todo_from"))
    blocks = [block for block in plan.blocks if block.name == "headline"]
    return View(
        title=words("overview.title"),
        conclusion=[*plan.conclusion[:1], *(money.conclusion[:1] if money else ())],
        tiles=tiles,
        blocks=[*blocks, todo] if waiting else blocks,
        choices=plan.choices,
        note=plan.note,
    )


def _has(request: Request, page) -> bool:  # noqa: ANN001
    return request.scope.opens(page.NAME) and request.release.has(*page.NEEDS)


def _to(request: Request, page) -> tuple[str, str]:  # noqa: ANN001
    return request.words("overview.open"), str(request.address.to(page.PATH))


def _on_target(request: Request, plan: View) -> list[Tile]:
    if not plan.tiles:
        return []
    first, words = plan.tiles[0], request.words
    return [
        Tile(words("overview.question.target"), first.value, first.unit,
             words("overview.of", what=first.label, detail=first.detail), first.state,
             first.is_good, first.indicator, _to(request, targets))
    ]  # fmt: skip


def _lag(request: Request, rows: list[Row]) -> list[Tile]:
    """The target that is furthest behind its time, of those not met; that it is met by all, if none lags."""
    words = request.words
    behind = [row for row in rows if row["state"] in ("missed", "running") and row["completion_ratio"] is not None]
    if not behind:
        text = words("overview.no_lag" if rows else "overview.no_data")
        return [Tile(words("overview.question.lag"), text, link=_to(request, targets), is_good=True)]
    worst = min(behind, key=lambda row: row["completion_ratio"] - (row["time_progress_ratio"] or 1))
    detail = words("overview.lag", indicator=worst["indicator_label"], period=worst["period_label"], count=len(behind))
    return [
        Tile(words("overview.question.lag"), number(worst["completion_ratio"], "ratio"), detail=detail,
             state=worst["state_label"], is_good=False, indicator=worst["indicator_code"], link=_to(request, targets))
    ]  # fmt: skip


def _money(request: Request, money: View | None) -> list[Tile]:
    words = request.words
    tile = next((tile for tile in money.tiles if tile.indicator == "execution_rate"), None) if money else None
    if tile is None:
        return []
    waiting = [row for row in flow.waiting(request, _unit(request)) if row["claims"]]
    late = [row for row in waiting if row["is_late"]]
    detail = words("overview.nothing_late")
    if late:
        detail = words("overview.late", count=number(late[0]["claims"]), amount=number(late[0]["waiting_yuan"], "yuan"))
    state = words("overview.late_state" if late else "overview.fine_state")
    return [
        Tile(words("overview.question.money"), tile.value, words("overview.spent"), detail, state, not late,
             "execution_rate", _to(request, funds))
    ]  # fmt: skip


def _unit(request: Request) -> str:
    return funds.unit_of(request)


def _data(request: Request) -> list[Tile]:
    words, release = request.words, request.release
    if not _has(request, quality):
        return []
    total = rows_of_quality.account(release)[-1]
    passed, checks = release.checks
    detail = words("overview.checks", passed=passed, total=checks)
    if _has(request, findings):
        blocked = [row for row in rules.rules(release, "block") if row["is_total"]]
        if blocked:
            amount = number(blocked[0]["amount_yuan"], "yuan")
            detail += words("overview.blocked", count=number(blocked[0]["findings"]), amount=amount)
    aside = total["rows_quarantined"] or 0
    state = words("overview.aside_state" if aside else "overview.clean_state")
    return [
        Tile(words("overview.question.data"), number(aside), words("overview.rows_aside"), detail, state, not aside,
             link=_to(request, quality))
    ]  # fmt: skip


def _sign(request: Request) -> list[Tile]:
    words = request.words
    if not _has(request, reports):
        return []
    rows = printable.printable(request.release)
    signed = {period for period, (final, _) in frozen(request.release).items() if final}
    open_rows = [row for row in rows if row["period"] not in signed]
    # The newest year and the newest quarter: what comes next to the desk.
    newest = dict.fromkeys(row["period"] for row in open_rows)
    newest = [next((one for one in newest if ("Q" in one) is is_quarter), None) for is_quarter in (True, False)]
    told = words("narrative.comma").join(words.period(one) for one in newest if one)
    passed, checks = request.release.checks
    is_ready = bool(rows) and passed == checks
    detail = words("overview.newest", period=told) if told else ""
    return [
        Tile(words("overview.question.sign"), number(len(open_rows)), words("overview.reports"),
             detail + words("overview.signed", count=number(len(rows) - len(open_rows))),
             words("overview.ready" if is_ready else "overview.not_ready"), is_ready, link=_to(request, reports))
    ]  # fmt: skip


def _waiting(request: Request, rows: list[Row], money: View | None) -> list[Row]:
    """Missed targets, funds that do not add up, rules that fail and rows that wait: one line each."""
    words, release = request.words, request.release
    missed = [row for row in rows if row["state"] == "missed"]
    found = [
        _todo(request, targets, words("overview.missed", indicator=row["indicator_label"], period=row["period_label"]),
              row["state_label"])
        for row in missed
    ]  # fmt: skip
    for block in money.blocks if money else ():
        if block.name == "position":
            found += [_todo(request, funds, row["label"], row["state_label"]) for row in block.table.rows
                      if row["state"] == "missed"]  # fmt: skip
        if block.name == "ageing":
            found += [_todo(request, funds, f"{block.title}：{row['label']}", row["state_label"])
                      for row in block.table.rows if row["state"] == "missed"]  # fmt: skip
    if _has(request, quality):
        for title, listed in (
            (words("quality.rules.title"), rows_of_quality.failed_rules(release, quality.MOST)),
            (words("quality.rows.title"), rows_of_quality.quarantined(release, quality.MOST)),
        ):
            if listed:
                found.append(_todo(request, quality, title, words("overview.entries", count=len(listed))))
    if _has(request, findings):
        for row in rules.rules(release):
            if row["is_total"]:
                title = words.known(f"finding.{row['severity']}", row["severity"])
                found.append(_todo(request, findings, title, words("overview.entries", count=row["findings"])))
    return found


def _todo(request: Request, page, what: str, state: str) -> Row:  # noqa: ANN001
    return {
        "what": what,
        "state_label": state,
        "page": request.words(f"page.{page.NAME}"),
        "address": request.address.to(page.PATH),
    }
