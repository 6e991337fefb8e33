"""帮助: keys, and how to read and take away what a page shows. Not here: any figure."""

from __future__ import annotations

from dashboards.screen_keys import KEYS
from dashboards.view import Block, Column, Request, Table, View

PATH = "/help"
NAME = "help"
NEEDS = ()
IN_TABS = False
OTHERS = (("/", "seek"), ("?", "help"), ("↑ ↓", "arrows"), ("Enter", "enter"), ("Backspace", "up"), ("Esc", "escape"),
          ("Tab", "tab"))  # fmt: skip


def view(request: Request) -> View:
    """The list of keys, with the switch that turns them off."""
    words, address = request.words, request.address
    rows = [{"key": key, "does": words(f"help.key.{name}")} for key, name in OTHERS]
    rows += [{"key": f"g {letter}", "does": words("help.go", page=words.known(f"page.{name}", name))} for name, letter in
             KEYS.items()]  # fmt: skip
    columns = [Column("key", words("help.keys")), Column("does", words("help.does"))]
    is_on = address.keys == "on"
    reading = [{"key": words(f"help.reading.{name}.what"), "does": words(f"help.reading.{name}.how")} for name in
               ("number", "link", "old", "export", "print")]  # fmt: skip
    pair = [Column("key", words("drill.fact")), Column("does", words("help.does"))]
    return View(
        title=words("help.title"),
        conclusion=[words("help.is_on" if is_on else "help.is_off")],
        blocks=[
            Block("reading", words("help.reading.title"), Table(pair, reading)),
            Block("keys", words("help.keys"), Table(columns, rows)),
        ],
        links=[
            (words("help.switch_off" if is_on else "help.switch_on"), str(address.with_(keys="off" if is_on else None)))
        ],
    )
