"""The command line: one file a command; this package only wires them together.

A command's module is imported when that command runs or its help is asked for, so that ``reviewnlp --help``
answers at once. Exit status: 0 done; 1 done, but an input could not be read or a bar was missed; 2 wrong
usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from reviewnlp.cli.lazy import LazyGroup, register
from reviewnlp.errors import ConfigError, ReviewNLPError

app = typer.Typer(
    cls=LazyGroup,
    name="reviewnlp",
    help="Read child safeguarding case review listings, suggest subject keywords, extract the facts of a "
    "case, audit the indexing.",
    epilog="`reviewnlp COMMAND --help` describes a command. Nothing is fetched from a network.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    Parameters
    ----------
    arguments
        The words after the program's name; by default those of the process.
    """
    if not sys.stdout.isatty():
        # A lone surrogate then becomes the escape \udcXX, which is valid inside a JSON string.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    status = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has left: give the interpreter's own last flush somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if status == 130:
        print("reviewnlp: stopped", file=sys.stderr)
    sys.exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        get_command(app)(args=arguments, prog_name="reviewnlp")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except ReviewNLPError as error:
        return _say(str(error), status=2 if isinstance(error, ConfigError) else 1)
    except OSError as error:
        if error.filename is None:
            raise
        return _say(f"{error.filename}: {error.strerror}", status=1)
    return 0


def _say(message: str, *, status: int) -> int:
    print("reviewnlp:", " ".join(message.split()), file=sys.stderr)
    return status


def _print_version(asked: bool) -> None:
    if asked:
        from reviewnlp import __version__

        typer.echo(f"reviewnlp {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
    max_megabytes: Annotated[
        int | None,
        typer.Option(
            "--max-megabytes",
            metavar="N",
            min=1,
            help="Refuse a single line, HTML page or batch of Parquet rows of more than N megabytes (64).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take the options that stand before the command."""
    from reviewnlp.cli.inputs import limit_pieces

    limit_pieces(max_megabytes)


__all__ = ["app", "main"]
