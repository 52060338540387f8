"""The errors file: what it may replace, when it goes, and where the summary says it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import cli, lines, names, two_reports

FAILURE = json.dumps({"source": "x.txt", "stage": "reading", "error": "InputError", "message": "is a folder"}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path)


FOREIGN = [
    ("in/a.txt", None, "in/a.txt is an input too and would be overwritten"),
    ("in/empty.txt", "", "in/empty.txt is an input too and would be overwritten"),
    ("link", None, "link is an input too and would be overwritten"),
    ("notes.txt", "x\n", "notes.txt is there already and no errors file of a run"),
    ("notes.jsonl", '{"text": "x"}\n', "notes.jsonl is there already and no errors file of a run"),
    ("out.errors.jsonl", "x\n", "out.errors.jsonl is there already and no errors file of a run"),
]


@pytest.mark.parametrize(("errors", "content", "said"), FOREIGN, ids=[case[0] for case in FOREIGN])
@pytest.mark.parametrize("largest", ["1", "90000"])
def test_a_file_that_no_run_has_left_is_refused(
    folder: Path, errors: str, content: str | None, said: str, largest: str
):
    (folder / "link").symlink_to("in/a.txt")
    if content is not None:
        (folder / errors).write_text(content)
    before = (folder / errors).read_text()
    asked = [] if errors.startswith("out.") else ["--errors", errors]
    status, _, err = cli("run", "in", "-o", "out.jsonl", "--max-bytes", largest, *asked, cwd=folder)
    assert (status, said in err, err.count("\n")) == (2, True, 1), err
    assert (folder / errors).read_text() == before
    assert not (folder / "out.jsonl").exists()


@pytest.mark.parametrize("before", [None, "", FAILURE])
@pytest.mark.parametrize("errors", ["e.jsonl", "in/e.txt"])
def test_errors_of_an_earlier_run_are_replaced_and_go_where_there_are_none(
    folder: Path, errors: str, before: str | None
):
    if before is not None and (before or errors == "e.jsonl"):
        (folder / errors).write_text(before)
    status, _, err = cli("run", "in", "-o", "out.jsonl", "--errors", errors, "--max-bytes", "1", cwd=folder)
    assert (status, [row["source"] for row in lines(folder / errors)]) == (1, ["a.txt", "b.txt"])
    assert err.endswith(f"; see {errors}\n")
    assert cli("run", "in", "-o", "out.jsonl", "--errors", errors, cwd=folder)[0] == 0
    assert not (folder / errors).exists()
    assert len(lines(folder / "out.jsonl")) == 2


@pytest.mark.parametrize(("content", "stays"), [(FAILURE, False), ("notes\n", True), ("", True)])
def test_errors_beside_an_output_that_is_new_are_removed_if_a_run_left_them(folder: Path, content: str, stays: bool):
    (folder / "out.errors.jsonl").write_text(content)
    assert cli("run", "in", "-o", "out.jsonl", "--errors", "e.jsonl", cwd=folder)[0] == 0
    assert names(folder) == {"in", "out.jsonl", *(["out.errors.jsonl"] if stays else [])}


@pytest.mark.parametrize(("out", "markers"), [("o.jsonl", "o.jsonl.parts/part-*.json"), ("o/", "o/part-*.json")])
def test_a_share_says_where_its_errors_are(folder: Path, out: str, markers: str):
    status, _, err = cli("run", "in", "-o", out, "--shard", "1/1", "--max-bytes", "1", cwd=folder)
    assert status == 1
    assert err.endswith(f"; see {markers} until then, and o.errors.jsonl afterwards\n")
    assert "is larger than 1 bytes" in "".join(path.read_text() for path in folder.glob(markers))
    assert not (folder / "o.errors.jsonl").exists()
    status, _, err = cli("run", "in", "-o", out, "--resume", "--max-bytes", "1", cwd=folder)
    assert (status, err.endswith("; see o.errors.jsonl\n"), len(lines(folder / "o.errors.jsonl"))) == (1, True, 2)
