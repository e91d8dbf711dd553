"""Loads a command's module only when that command is called."""

from __future__ import annotations

import importlib
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

#: Every command with its line in ``reviewnlp --help``, in the order of the work. The command's module is
#: ``reviewnlp.cli.NAME`` and holds a ``typer.Typer`` called ``app``.
COMMANDS: dict[str, str] = {
    "parse": "Read listings into records.",
    "extract": "Extract the facts of each case.",
    "redact": "Replace the names and labels of people by placeholders.",
    "suggest": "Suggest keywords and themes.",
    "train": "Learn from indexed reviews, write a model bundle.",
    "evaluate": "Measure methods by cross-validation.",
    "audit": "Check the indexing for inconsistency.",
    "annotate": "Annotate corpora of any size, on many cores or machines.",
    "export": "Write reviews, folds and vocabulary for other tools.",
    "vocabulary": "Look up terms, match raw keywords, export SKOS.",
}


class LazyGroup(TyperGroup):
    """A group that lists its commands by their summaries and imports one when it is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Replace the summary found under the name by the command itself."""
        name, summary, rest = super().resolve_command(ctx, args)
        return name, summary and load(name or ""), rest


def load(name: str) -> Any:
    """Import the command ``name`` and return it as Typer built it."""
    module = importlib.import_module(f"reviewnlp.cli.{name}")
    command = get_command(module.app)
    command.name = name
    return command


def register(app: typer.Typer) -> None:
    """Give ``app`` an entry for each of :data:`COMMANDS` without importing any."""
    for name, summary in COMMANDS.items():
        app.command(name, help=summary)(_summary_only)


def _summary_only() -> None:
    """Stand in a list of commands; never called, :class:`LazyGroup` resolves the name to the real command."""
