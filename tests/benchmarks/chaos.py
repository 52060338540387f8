"""Runs disturbed on purpose, compared byte for byte with an undisturbed one, by hand.

``python tests/benchmarks/chaos.py`` makes a file of 20,000 short articles and runs it once in peace, then ten times
while a worker process is killed (SIGKILL) at random about twice a second; in every other round the run itself is
killed too, as often as it takes to reach the end, and resumed. Prints what each round took and whether its records and
errors are the same bytes. ``--articles`` and ``--rounds`` ask for other numbers.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TEXT = (
    "AGAM – Sebanyak {people} pendamping PKH Kabupaten Agam mengikuti bimtek di aula dinas, Selasa ({day}/3/2024). "
    "Jumlah KPM {families}."
)


def write_rows(path: Path, count: int) -> None:
    """A JSONL file of articles, some of them broken."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = TEXT.format(people=number % 90 + 10, day=number % 28 + 1, families=1000 + number)
            row = {"id": f"row-{number}", "title": "Bimtek PKH", "text": text}
            stream.write("broken\n" if number % 997 == 5 else json.dumps(row) + "\n")


def children_of(pid: int) -> list[int]:
    """The worker processes of a run."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def run(folder: Path, name: str, *, workers: int, resume: bool = False) -> subprocess.Popen[bytes]:
    """Start a run."""
    command = [sys.executable, "-m", "pkh_extract", "run", "rows.jsonl", "-o", f"{name}.jsonl", "--quiet"]
    command += ["--workers", str(workers), *(["--resume"] if resume else [])]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def disturbed(folder: Path, name: str, *, workers: int, parent_too: bool, chance: random.Random) -> tuple[int, int]:
    """A run whose workers are killed at random; how often a worker and how often the run was killed."""
    workers_killed = runs_killed = 0
    process = run(folder, name, workers=workers)
    while process.poll() is None:
        time.sleep(chance.uniform(0.1, 0.9))
        if parent_too and chance.random() < 0.06 and process.poll() is None:
            process.kill()
            process.wait()
            runs_killed += 1
            process = run(folder, name, workers=workers, resume=True)
        elif victims := children_of(process.pid):
            try:
                os.kill(chance.choice(victims), signal.SIGKILL)
                workers_killed += 1
            except ProcessLookupError:
                continue
    if process.returncode != 1:  # some articles are broken
        sys.exit(
            f"{name}: exit status {process.returncode}: {process.stderr.read().decode() if process.stderr else ''}"
        )
    return workers_killed, runs_killed


def same(folder: Path, name: str) -> bool:
    """Are records and errors of a run those of the undisturbed one?"""
    return all(
        (folder / f"{name}{end}").read_bytes() == (folder / f"peace{end}").read_bytes()
        for end in (".jsonl", ".errors.jsonl")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rows(folder / "rows.jsonl", args.articles)
        start = time.monotonic()
        run(folder, "peace", workers=args.workers).wait()
        print(f"in peace: {args.articles} articles, {time.monotonic() - start:.0f} s", flush=True)
        for number in range(1, args.rounds + 1):
            start = time.monotonic()
            killed, restarted = disturbed(
                folder, f"round-{number}", workers=args.workers, parent_too=number % 2 == 0, chance=chance
            )
            alike = same(folder, f"round-{number}")
            wrong += not alike
            print(
                f"round {number}: {killed} workers killed, run killed {restarted} times, "
                f"{time.monotonic() - start:.0f} s, {'the same bytes' if alike else 'DIFFERENT'}",
                flush=True,
            )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
