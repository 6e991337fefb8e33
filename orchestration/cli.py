"""`skillhouse`: the command line. Puts the commands together and turns errors into one line and an exit code.

Nothing heavy is imported here or by a command module at its top: `--help` must answer at once.
Not here: the commands (`orchestration/commands`) and the work they start.
"""

from __future__ import annotations

import sys

import click
import typer

from orchestration.commands import allocate, ask, care, demo, intake, policy, releases, review, show, usage
from orchestration.commands.session import Lang, prefer
from orchestration.errors import SkillhouseError, told
from orchestration.settings import SettingsError

app = typer.Typer(
    name="skillhouse",
    help="职业技能培训数据仓库。 A data warehouse for publicly subsidised skills training.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # rich panels cost more time than all else that `--help` does
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
click.Context.formatter_class = usage.Help


@app.callback()
def root(lang: Lang = None) -> None:
    """Options before the command: `skillhouse --lang en load …`."""
    prefer(lang)


for commands in (demo, intake, releases, ask, review, allocate, show, policy, care):
    commands.register(app)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 refused or failed as told, 2 wrong usage or a fault."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        sys.exit(app(args=given, prog_name="skillhouse", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        print(usage.told(error).line(_language(given)), file=sys.stderr)
        sys.exit(error.exit_code)
    except click.Abort:
        # an interrupted question, not an interrupted command: that ends with 130
        sys.exit(1)
    except (SkillhouseError, SettingsError) as error:
        line = error.line(_language(given)) if isinstance(error, SkillhouseError) else str(error)
        print(line, file=sys.stderr)
        sys.exit(getattr(error, "exit_code", 2))
    except BrokenPipeError:
        # the reader of our output has left, e.g. `| head`
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a user never sees a traceback
        from orchestration.faults import record

        known = told(error)
        zh, en = (known.line("zh"), known.line("en")) if known else record(error)
        print(en if _language(given) == "en" else zh, file=sys.stderr)
        sys.exit(known.exit_code if known else 2)


def _language(arguments: list[str]) -> str:
    from orchestration.settings import load_settings

    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return argument.partition("=")[2]
        if argument == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    try:
        return load_settings()["lang"]
    except SettingsError:
        return "zh"
