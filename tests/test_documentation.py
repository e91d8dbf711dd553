"""What the README and the docs show is what happens: their commands and their Python run here, without a network."""

import dataclasses
import doctest
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from reviewnlp import records
from reviewnlp.cli import main
from reviewnlp.cli.lazy import COMMANDS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"[|<>&;]")
INSTALL_FIRST = "pip install . && "


def examples(page: Path) -> list[tuple[str, str]]:
    """Return the examples of a page in their order: (command, the output shown) or (Python, "")."""
    found = []
    for language, body in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python":
            found.append((body, ""))
            continue
        for part in re.split(r"^\$ ", body.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            line, _, output = part.partition("\n")
            line = line.removeprefix(INSTALL_FIRST)
            if line.startswith("reviewnlp "):
                found.append((line, output))
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work where the examples expect to stand, without writing into the checkout."""
    for name in ("data", "models", "experiments"):
        if (ROOT / name).is_dir():
            (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


@pytest.mark.usefixtures("folder", "no_network")
@pytest.mark.skipif(os.name != "posix", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=lambda page: page.name)
def test_the_examples_of_a_page_run_and_print_what_it_shows(page, capsys):
    names: dict[str, object] = {}
    for example, shown in examples(page):
        if not example.startswith("reviewnlp "):
            exec(compile(example, page.name, "exec"), names)
            continue
        status, printed, said = in_shell(example) if SHELL.search(example) else in_process(example, capsys)
        assert status == 0, f"$ {example}\n{said}"
        if shown:
            same = doctest.OutputChecker().check_output(shown, printed, doctest.ELLIPSIS)
            assert same, f"$ {example}\nprinted\n{printed}\nbut {page.name} shows\n{shown}"


def test_the_readme_shows_every_command():
    shown = {example.split()[1] for example, _ in examples(ROOT / "README.md") if example.startswith("reviewnlp ")}
    assert shown == set(COMMANDS)


def in_shell(example: str) -> tuple[int, str, str]:
    done = subprocess.run(["bash", "-o", "pipefail", "-c", example], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def in_process(example: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run one plain command without the second that a new process takes to import everything."""
    with pytest.raises(SystemExit) as end:
        main(shlex.split(example)[1:])
    return end.value.code, *capsys.readouterr()


def test_the_readme_sets_up_with_two_commands():
    lines = re.findall(r"^\$ (pip install .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [line.split(" && ")[0] for line in lines] == ["pip install .", "pip install '.[test]'"]


def test_the_json_reference_names_every_field():
    rows = re.findall(
        r"^\| `(\w+)` \| (.*) \|$", (ROOT / "docs/reference/json.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) >= 5
    for record, cell in rows:
        outside_brackets = re.sub(r"\(.*?\)", "", cell)
        fields = [field.name for field in dataclasses.fields(getattr(records, record))]
        assert re.findall(r"`(\w+)`", outside_brackets) == fields


@pytest.mark.usefixtures("no_network")
def test_a_command_that_asked_for_the_network_would_be_seen():
    with pytest.raises(AssertionError, match="network"):
        urllib.request.urlopen("http://192.0.2.1/")
