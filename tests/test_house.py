"""The house keeps its own rules: style, types, layers, and one test command."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("command", [
    ["ruff", "check", "recon", "tests"], ["mypy"], ["importlinter.cli", "lint"],
], ids=lambda c: c[0])
def test_the_code_passes(command):
    """Ruff, mypy and the layers of the architecture."""
    if command[0] == "importlinter.cli":
        code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    else:
        done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ci_runs_exactly_the_test_command_of_both_readmes():
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]
    for name in ("README.md", "README.zh-CN.md"):
        assert command in (ROOT / name).read_text(encoding="utf-8"), name


def test_every_module_opens_with_one_sentence():
    for path in (ROOT / "recon").rglob("*.py"):
        assert re.match(r'"""[^"\n]+[.。:]"?', path.read_text(encoding="utf-8")), path


def test_the_top_level_holds_what_was_agreed():
    known = {"recon", "templates", "samples", "notebooks", "tests"}
    command = ["git", "-c", "core.quotePath=false", "ls-files"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    folders = {line.split("/")[0] for line in listed.splitlines() if "/" in line and not line.startswith(".")}
    assert folders <= known
