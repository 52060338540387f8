"""Standard streams that are closed or redirected, and what is said when a command is interrupted."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import REPORT, lines, start, two_reports

CLOSED = "pkh-extract: Standard output is closed, so nothing can be written there; open it, or name a file.\n"


def shell(folder: Path, arguments: str, redirected: str) -> subprocess.CompletedProcess[str]:
    """The command line with its streams as a shell redirects them."""
    command = f"exec {sys.executable} -m pkh_extract {arguments} {redirected}"
    return subprocess.run(["sh", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_reports(tmp_path)


NEEDS_STDOUT = [
    "schema", "places 13.71", "places 13.71 --json", "show in/a.txt", "run in -o -",
    "run in -o out.jsonl --errors - --max-bytes 1", "--version", "run --help",
]  # fmt: skip


@pytest.mark.parametrize("arguments", NEEDS_STDOUT)
def test_standard_output_that_is_closed_is_told_where_it_is_needed(folder: Path, arguments: str):
    done = shell(folder, arguments, ">&-")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr == CLOSED
    assert not (folder / "out.jsonl").exists()


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_do_not_hinder_a_run(folder: Path, closed: str):
    for number in range(20):
        (folder / "in" / f"{number}.txt").write_text(REPORT)
    done = shell(folder, "run in -o out.jsonl --workers 2", closed)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert ("22 articles, 22 records" in done.stderr) == ("2>&-" not in closed)
    assert len(lines(folder / "out.jsonl")) == 22


def test_messages_that_nobody_can_read_hinder_nothing(folder: Path):
    done = shell(folder, "run in -o -", "2>&-")
    assert (done.returncode, [json.loads(line)["article"]["source"] for line in done.stdout.splitlines()]) == (
        0, ["a.txt", "b.txt"],
    )  # fmt: skip
    assert shell(folder, "run missing -o -", "2>&-").returncode == 2
    assert shell(folder, "run - -o out.jsonl", "<&-").returncode == 2


INTERRUPTED = [
    (["show", "-"], "pkh-extract: interrupted\n"),
    (["run", "-", "-o", "-"], "pkh-extract: interrupted; what was written until then is not all\n"),
    (["run", "-", "-o", "out.jsonl"], "pkh-extract: interrupted; nothing was written under the output's name\n"),
]


@pytest.mark.parametrize(("arguments", "said"), INTERRUPTED, ids=[" ".join(case[0]) for case in INTERRUPTED])
def test_an_interruption_says_what_it_leaves(tmp_path: Path, arguments: list[str], said: str):
    # what a shell runs in the background ignores SIGINT, and so would its children
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with (tmp_path / "stdout").open("wb") as out:
        process = start(*arguments, cwd=tmp_path, stdin=subprocess.PIPE, stdout=out, **heard)
        assert process.stdin is not None
        row = json.dumps({"text": REPORT}).encode() + b"\n"
        process.stdin.write(row * 400)  # more than a pipe holds: when all are written, some are read
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        process.stdin = None
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.decode()) == (130, said)


REDIRECTED = [
    ("run in -o /dev/stdout", ">>log", 2, 0),
    ("run in -o /dev/fd/3", "3>>log", 2, 0),
    ("run in -o /proc/self/fd/1 --errors /dev/null", ">>log", 2, 0),
    ("run in -o out.jsonl --max-bytes 1 --errors /dev/stderr", "2>>log", 3, 1),
    ("run in -o out.jsonl --max-bytes 1 --errors -", ">>log", 2, 1),
    ("run in -o - --max-bytes 1 --errors /dev/stderr", "2>>log", 3, 1),
]


@pytest.mark.parametrize(("arguments", "redirected", "added", "status"), REDIRECTED)
def test_open_streams_are_gone_on_with(folder: Path, arguments: str, redirected: str, added: int, status: int):
    (folder / "log").write_text("before\n")
    done = shell(folder, arguments, redirected)
    assert done.returncode == status, done.stderr
    first, *rest = (folder / "log").read_text().splitlines()
    assert (first, len(rest)) == ("before", added)
    assert all(line.startswith("{") for line in rest[:2])
    summary = rest[-1] if "2>>" in redirected else done.stderr
    assert "2 articles" in summary and "see " not in summary


@pytest.mark.parametrize("arguments", ["-o - --errors /dev/stdout", "-o /dev/stdout --errors -", "-o - --errors -"])
def test_records_and_errors_do_not_go_into_one_stream(folder: Path, arguments: str):
    done = shell(folder, f"run in {arguments}", "| cat")
    assert "cannot go into the same file" in done.stderr and not done.stdout
