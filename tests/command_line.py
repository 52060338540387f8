"""The command line as real processes, and what they read and leave."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

REPORT = (
    "Dinsos Padang Latih Pendamping PKH\n\nPADANG - Sebanyak 31 pendamping PKH mengikuti bimbingan teknis di Aula "
    "Dinas Sosial Kota Padang, Sabtu (16/11/2024). Saat ini ada 21.853 KPM PKH di Kota Padang.\n"
)
PAGE = f"<!doctype html><html><head><title>Bimtek</title></head><body><article><p>{REPORT}</p></article></body></html>"


def start(*arguments: str, cwd: Path, **options: object) -> subprocess.Popen[bytes]:
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen([sys.executable, "-m", "pkh_extract", *arguments], cwd=cwd, **pipes)


def cli(*arguments: str, cwd: Path, stdin: bytes = b"", env: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    """Exit status, stdout and stderr; no run of this program may ever show a traceback."""
    process = start(*arguments, cwd=cwd, stdin=subprocess.PIPE, env={**os.environ, **(env or {})})
    out, err = process.communicate(stdin, timeout=60)
    assert b"Traceback" not in err, err.decode()
    return process.returncode, out, err.decode()


def two_reports(place: Path) -> Path:
    """The folder with ``in/a.txt`` and ``in/b.txt``."""
    (place / "in").mkdir()
    for name in ("a", "b"):
        (place / "in" / f"{name}.txt").write_text(REPORT)
    return place


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def sources(path: Path) -> list[str]:
    return [row["article"]["source"] for row in lines(path)]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
