"""The wheel carries what the library needs at run time."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.parametrize("folder", ["data", "models/default"])
def test_the_wheel_holds_every_shipped_file(folder, wheel_names):
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
    assert shipped
    assert {f"reviewnlp/_shipped/{name}" for name in shipped} <= wheel_names


def test_the_wheel_holds_the_word_lists_and_templates_beside_the_code(wheel_names):
    source = ROOT / "src"
    files = {path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    beside = {path.relative_to(source).as_posix() for path in files if "egg-info" not in str(path)}
    assert "reviewnlp/py.typed" in beside
    assert beside <= wheel_names


def test_the_wheel_holds_no_tests_and_no_examples_of_development(wheel_names):
    assert {name.split("/")[0] for name in wheel_names} == {"reviewnlp", "reviewnlp-0.1.0.dist-info"}


def test_the_constraints_pin_every_dependency_by_name():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(need for extra in ("test", "docs", "plots", "cluster") for need in extras[extra]),
    ]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.match(r"[a-z0-9.-]+==[0-9][\w.]*( ; .+)?$", pin) for pin in pins)
    assert {_name(need) for need in wanted} <= {_name(pin) for pin in pins}


def _name(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement)[0].lower().replace("_", "-")
