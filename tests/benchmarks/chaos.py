"""Runs disturbed on purpose, compared byte for byte with an undisturbed one, by hand.

``python tests/benchmarks/chaos.py`` makes a file of 20,000 short articles and runs it once in peace, then ten times
while a worker process is killed (SIGKILL) at random about twice a second; in every other round the run itself is
killed too, as often as it takes to reach the end, and resumed. Prints what each round took and whether its records and
errors are the same bytes as those in peace, which the local engine makes. ``--engine dask`` disturbs the workers of a
Dask cluster in the same way (every four seconds, for they take longer to come back). ``--articles`` and ``--rounds``
ask for other numbers.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
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
    """The processes that a process has started."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


@dataclass
class Setting:
    """Runs of one engine: their options, the pauses between kills (seconds), and who may be killed."""

    options: list[str]
    pause: tuple[float, float] = (0.1, 0.9)
    machine: int | None = None  # the process whose children are the workers; None: the run itself

    def victims(self, run: int) -> list[int]:
        """Worker processes, and those that they have started to treat articles."""
        workers = children_of(self.machine or run)
        return (
            workers if self.machine is None else [*workers, *(child for one in workers for child in children_of(one))]
        )


@contextlib.contextmanager
def local(workers: int) -> Iterator[Setting]:
    """The local engine."""
    yield Setting(["--workers", str(workers)])


@contextlib.contextmanager
def dask(workers: int) -> Iterator[Setting]:
    """A Dask scheduler and a machine of workers that it restarts when they die."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with tempfile.TemporaryDirectory() as scratch, subprocess.Popen([*command, "--no-dashboard"], **quiet) as scheduler:
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        command += ["--nworkers", str(workers), "--local-directory", scratch]
        machine = subprocess.Popen(command, **quiet)
        try:
            yield Setting(["--engine", "dask", "--scheduler", address], (0.5, 8.0), machine.pid)
        finally:
            for process in (machine, scheduler):
                process.terminate()
                process.wait()


def run(folder: Path, name: str, options: list[str]) -> subprocess.Popen[bytes]:
    """Start a run."""
    command = [sys.executable, "-m", "pkh_extract", "run", "rows.jsonl", "-o", f"{name}.jsonl", "--quiet", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def disturbed(folder: Path, name: str, setting: Setting, *, run_too: bool, chance: random.Random) -> tuple[int, int]:
    """A run whose workers are killed at random; how often a worker and how often the run was killed."""
    workers_killed = runs_killed = 0
    process = run(folder, name, setting.options)
    while process.poll() is None:
        time.sleep(chance.uniform(*setting.pause))
        if run_too and chance.random() < 0.06 and process.poll() is None:
            process.kill()
            process.wait()
            runs_killed += 1
            process = run(folder, name, [*setting.options, "--resume"])
        elif victims := setting.victims(process.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(victims), signal.SIGKILL)
                workers_killed += 1
    if process.returncode != 1:  # some articles are broken
        words = process.stderr.read().decode() if process.stderr else ""
        sys.exit(f"{name}: exit status {process.returncode}: {words}")
    return workers_killed, runs_killed


def same(folder: Path, name: str) -> bool:
    """Are records and errors of a run those of the undisturbed one?"""
    return all(
        (folder / f"{name}{end}").read_bytes() == (folder / f"peace{end}").read_bytes()
        for end in (".jsonl", ".errors.jsonl")
    )


def rounds(folder: Path, setting: Setting, count: int, chance: random.Random) -> int:
    """Disturbed runs, one after the other; how many of them gave other bytes."""
    wrong = 0
    for number in range(1, count + 1):
        start = time.monotonic()
        killed, restarted = disturbed(folder, f"round-{number}", setting, run_too=number % 2 == 0, chance=chance)
        alike = same(folder, f"round-{number}")
        wrong += not alike
        print(
            f"round {number}: {killed} workers killed, run killed {restarted} times, "
            f"{time.monotonic() - start:.0f} s, {'the same bytes' if alike else 'DIFFERENT'}",
            flush=True,
        )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engine", choices=["local", "dask"], default="local")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, (dask if args.engine == "dask" else local)(args.workers) as setting:
        folder = Path(name)
        write_rows(folder / "rows.jsonl", args.articles)
        start = time.monotonic()
        run(folder, "peace", ["--workers", str(args.workers)]).wait()
        print(f"in peace: {args.articles} articles, {time.monotonic() - start:.0f} s", flush=True)
        wrong = rounds(folder, setting, args.rounds, random.Random(args.seed))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
