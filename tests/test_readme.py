"""What the README says is true: its Python runs, its record is the real one, its rule holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pkh_extract.proof import check

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def test_the_python_runs_as_it_stands(tmp_path):
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    script = tmp_path / "readme.py"
    body = "\n".join(blocks("python")).replace("\n", "\n    ")
    script.write_text(f"if __name__ == '__main__':\n    {body}\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script.name], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


FRAMEWORKS = re.findall(r"^```python (\w+)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("framework", "code"), FRAMEWORKS, ids=[name for name, _ in FRAMEWORKS])
def test_the_frameworks_run_it_where_they_are_installed(tmp_path, framework, code):
    pytest.importorskip(framework)
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    (columns,) = [block for block in blocks("python") if "columns = " in block]
    (tmp_path / "readme.py").write_text(f"{columns}\n{code}", encoding="utf-8")
    env = {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path)),
    }
    done = subprocess.run(
        [sys.executable, "readme.py"], cwd=tmp_path, capture_output=True, text=True, check=False, env=env
    )
    assert done.returncode == 0, done.stderr


def test_each_framework_has_its_example():
    assert [name for name, _ in FRAMEWORKS] == ["datasets", "dask", "ray", "pyspark"]


def test_the_record_is_the_one_that_comes_out(extractor):
    (shown,) = [json.loads(block) for block in blocks("json")]
    path = ROOT / "corpus" / "articles" / shown["article"]["source"]
    made = json.loads(extractor.extract(path.read_bytes(), source=path.name).model_dump_json())
    assert set(made["extractor"]) == set(shown["extractor"])
    made["extractor"] = shown["extractor"]  # version and hash change with every rule
    assert made == shown


@pytest.mark.parametrize(("finds", "holds"), [("klinik pendamping", True), ("klinik", False)])
def test_the_rule_of_its_own_holds(tmp_path, finds, holds):
    (rule,) = blocks("yaml")
    assert 'finds: "klinik pendamping"' in rule
    (tmp_path / "events.yaml").write_text(
        rule.replace('finds: "klinik pendamping"', f'finds: "{finds}"'), encoding="utf-8"
    )
    failed = {failure.rule for failure in check(str(tmp_path))}
    assert ("event.training.clinic" not in failed) == holds


@pytest.mark.parametrize("line", [line for block in blocks("sh") for line in block.splitlines()])
def test_each_command_names_what_exists(line):
    for word in re.findall(r"(?:corpus|tests|patterns)/[\w./]+", line):
        assert (ROOT / word).exists(), word
