"""The contract of every command: where output goes, what the exit status says, how errors look."""

import json
import os
import re
import subprocess
import sys

import pytest

from reviewnlp.cli import app
from reviewnlp.cli.lazy import COMMANDS, load
from reviewnlp.cli.output import Column, Format, write_results
from reviewnlp.errors import BundleError, ConfigError, InputError
from reviewnlp.tables import read_rows

HEAVY = {"spacy", "sklearn", "scipy", "rdflib", "datasets", "pandas", "pyarrow", "numpy", "pydantic", "rich"}


def loaded_by(code: str) -> set[str]:
    """Return the heavy packages that a fresh interpreter holds after running ``code``."""
    script = f"import sys\n{code}\nprint(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return HEAVY & set(done.stderr.split())


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_by("import reviewnlp") == set()


def test_help_loads_nothing_heavy():
    call = "import reviewnlp.cli\ntry:\n    reviewnlp.cli.main(['--help'])\nexcept SystemExit:\n    pass"
    assert loaded_by(call) == set()


def test_the_help_of_each_command_loads_nothing_heavy():
    calls = "\n".join(
        f"try:\n    reviewnlp.cli.main([{name!r}, '--help'])\nexcept SystemExit:\n    pass" for name in COMMANDS
    )
    assert loaded_by(f"import reviewnlp.cli\n{calls}") <= {"pydantic"}, "typer itself reads options with pydantic"


def test_help_lists_every_command_with_its_summary(run):
    done = run("--help")
    assert done.status == 0
    for name, summary in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(summary)}$", done.out, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_described_by_the_summary_that_lists_it(name):
    assert (load(name).help or "").strip().splitlines()[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_explains_all_of_its_options(name, run):
    done = run(name, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: reviewnlp {name} ")
    for parameter in load(name).params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help text"


def test_the_version_is_told(run):
    done = run("--version")
    assert (done.status, done.out) == (0, "reviewnlp 0.1.0\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Usage:"),
        (("vocabularies",), "No such command 'vocabularies'. Did you mean 'vocabulary'?"),
        (("vocabulary", "match"), "Missing argument 'KEYWORD'"),
        (("vocabulary", "match", "x", "--format", "xml"), "'--format'"),
        (("vocabulary", "match", "x", "-o", "x.doc"), "none of .jsonl .json .csv .parquet"),
        (("vocabulary", "match", "x", "-o", "x.csv", "--format", "json"), "contradict each other"),
        (("vocabulary", "match", "x", "-o", "nowhere/x.csv"), "there is no folder nowhere"),
    ],
)
def test_wrong_usage_is_status_2_with_one_clear_message(words, said, run):
    done = run(*words)
    assert done.status == 2
    assert said in (done.err or done.out)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (InputError("not UTF-8 text", "a.txt", 3), 1, "reviewnlp: a.txt:3: not UTF-8 text\n"),
        (BundleError("the bundle\nis newer"), 1, "reviewnlp: the bundle is newer\n"),
        (ConfigError("no learner of this name"), 2, "reviewnlp: no learner of this name\n"),
        (PermissionError(13, "Permission denied", "/x"), 1, "reviewnlp: /x: Permission denied\n"),
    ],
)
def test_an_error_of_the_library_is_one_line_on_standard_error(error, status, said, run, monkeypatch):
    def fail(_path: object) -> None:
        raise error

    monkeypatch.setattr("reviewnlp.cli.vocabulary._load", fail)
    done = run("vocabulary", "match", "x")
    assert (done.status, done.out, done.err) == (status, "", said)


def test_an_interrupt_ends_quietly(run, monkeypatch):
    def interrupt(_path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reviewnlp.cli.vocabulary._load", interrupt)
    done = run("vocabulary", "match", "x")
    assert (done.status, done.out) == (130, "")
    assert "Traceback" not in done.err


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    lines = tmp_path / "keywords.txt"
    lines.write_text("infant deaths\n" * 50_000, encoding="utf-8")
    with (
        lines.open() as stdin,
        subprocess.Popen(
            [sys.executable, "-c", "from reviewnlp.cli import main; main()", "vocabulary", "match", "-"],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert json.loads(first)["term"] == "infant deaths"
    assert said == b""


ROWS = [{"id": "a", "score": 0.5, "terms": ["[bold]neglect", "twins"]}, {"id": "b", "score": None, "terms": []}]
COLUMNS = (
    Column("review", lambda row: row["id"], width=0),
    Column("score", lambda row: row["score"], width=0, align="right"),
    Column("terms", lambda row: row["terms"]),
)


@pytest.fixture
def show(run, monkeypatch):
    """Run a command that writes ROWS as the options say."""
    monkeypatch.setattr("reviewnlp.cli.vocabulary.write_results", _write_rows)
    return lambda *options, **settings: run("vocabulary", "match", "x", *options, **settings)


def _write_rows(_results, _columns, *, output, format, record):  # noqa: A002
    write_results(ROWS, COLUMNS, output=output, format=format)


def test_standard_output_is_a_table_on_a_terminal_and_json_lines_elsewhere(show):
    assert show().out == "".join(json.dumps(row) + "\n" for row in ROWS)
    assert [line.rstrip() for line in show(width=40).out.splitlines()] == [
        "review   score   terms",
        "─" * 37,
        "a         0.50   [bold]neglect; twins",
        "b",
    ]


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "parquet"])
def test_the_ending_of_the_file_says_the_format(ending, show, tmp_path):
    path = tmp_path / f"rows.{ending}"
    done = show("-o", path, width=80)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert list(read_rows(path)) == ROWS


def test_a_hyphen_for_a_file_is_standard_output(show, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert show("-o", "-").out == show().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", Format)
def test_format_says_it_where_there_is_no_file_or_no_ending(name, show, tmp_path):
    done = show("--format", name)
    assert done.status == 0
    assert show("--format", name, "-o", tmp_path / "rows").status == 0
    if name != "table":
        assert (tmp_path / "rows").read_bytes() == done.bytes
    assert b"neglect" in done.bytes


def test_parquet_is_not_written_to_a_terminal(show):
    done = show("--format", "parquet", width=80)
    assert (done.status, done.out) == (2, "")
    assert "-o FILE.parquet" in done.err


def test_the_group_has_no_command_that_is_not_listed():
    assert {command.name for command in app.registered_commands} == set(COMMANDS)
