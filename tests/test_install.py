"""The wheel works without the clone: built, installed into an empty folder, run from elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import pkh_extract
from pkh_extract.rules import load_rules

CLONE = Path(__file__).resolve().parent.parent


def python(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    environment = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def files(folder: Path) -> set[Path]:
    found = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    return {path for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist"), cwd=CLONE)
    (wheel,) = (folder / "dist").glob("*.whl")
    target = folder / "site"
    python("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
           "--target", str(target), str(wheel), cwd=folder)  # fmt: skip
    return target


def test_the_wheel_holds_the_package_and_every_pattern_file(installed: Path):
    assert {entry.name for entry in installed.iterdir()} - {"bin", "__pycache__"} == {
        "pkh_extract",
        f"pkh_extract-{pkh_extract.__version__}.dist-info",
    }
    assert files(installed / "pkh_extract" / "patterns") == files(CLONE / "patterns")
    assert (installed / "pkh_extract" / "py.typed").is_file()


def test_the_wheel_runs_outside_the_clone_with_its_own_patterns(installed: Path, tmp_path: Path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Sebanyak 31 pendamping PKH mengikuti bimtek di Kota Padang.")
    script = [str(installed / "bin" / "pkh-extract")]
    assert (
        python(*script, "--version", cwd=tmp_path, path=installed).strip() == f"pkh-extract {pkh_extract.__version__}"
    )
    python(*script, "run", "articles", "-o", "out.jsonl", cwd=tmp_path, path=installed)
    record = json.loads((tmp_path / "out.jsonl").read_text())
    assert record["relevant"] is True
    assert record["extractor"] == {"version": pkh_extract.__version__, "patterns": load_rules().digest}
    code = "import pkh_extract, pkh_extract.rules as r; print(pkh_extract.__file__, r.builtin_folder(), sep='\\n')"
    places = python("-c", code, cwd=tmp_path, path=installed).splitlines()
    assert places == [str(installed / "pkh_extract" / "__init__.py"), str(installed / "pkh_extract" / "patterns")]
