"""What many articles cost: rate, memory, recovery, by hand on Linux.

``python tests/benchmarks/load.py`` prints three tables. *Workers*: articles per second with one worker and with two, in
turns, beside what two separate runs of one worker reach at the same time, which is all that the machine can give.
*Memory*: peak resident memory of the run and of its largest worker, for 10,000 articles and for ``--many``; every other
one is about PKH, and names that no other has stand in each. *Recovery*: a run is killed at half; how many articles a
resumed one had to do again, and how long it took until it did the first. ``--only`` asks for one of the three.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SHORT = "Harga cabai di Pasar {name} naik menjadi Rp {people} ribu, Selasa ({day}/3/2024), kata {other}."
USUAL = (
    "AGAM – Sebanyak {people} pendamping PKH Kabupaten Agam mengikuti bimtek di aula dinas, Selasa ({day}/3/2024). "
    "Jumlah KPM {families}, kata {name} dan {other}."
)


def name_of(number: int) -> str:
    """A name of its own for each number."""
    letters = ""
    while number:
        number, rest = divmod(number, 60)
        letters += "bdgklmnprstj"[rest // 5] + "aiueo"[rest % 5]
    return f"Ra{letters}"


def write_rows(path: Path, count: int, *texts: str) -> None:
    """A JSONL file of so many articles, the texts by turns."""
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            filled = texts[number % len(texts)].format(
                people=number % 90 + 10,
                day=number % 28 + 1,
                families=1000 + number % 5000,
                name=f"{name_of(2 * number)} {name_of(3 * number + 7)}",
                other=f"{name_of(5 * number + 1)} {name_of(7 * number + 2)}",
            )
            stream.write(json.dumps({"id": f"row-{number}", "text": filled}) + "\n")


def start(folder: Path, rows: str, out: str, *options: str) -> subprocess.Popen[str]:
    """Start a run."""
    command = [sys.executable, "-m", "pkh_extract", "run", rows, "-o", out, *options]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)


def rate(process: subprocess.Popen[str]) -> float:
    """Articles per second, as the run itself says when it ends."""
    _, err = process.communicate()
    return float(err.rpartition("s, ")[2].split()[0])


def workers(folder: Path, rounds: int) -> None:
    """One worker against two."""
    write_rows(folder / "usual.jsonl", 3_000, USUAL)
    one, two, apart = [], [], []
    for _ in range(rounds):
        one.append(rate(start(folder, "usual.jsonl", "a.jsonl", "--workers", "1")))
        two.append(rate(start(folder, "usual.jsonl", "b.jsonl", "--workers", "2")))
        both = [start(folder, "usual.jsonl", f"{name}.jsonl", "--workers", "1") for name in "ab"]
        apart.append(sum(rate(process) for process in both))
    print(f"workers, median of {rounds} rounds, articles per second:")
    print(f"  one {median(one):.0f}, two {median(two):.0f}: {median(two) / median(one):.2f} times as many")
    print(f"  two runs of one worker at the same time: {median(apart) / median(one):.2f} times as many", flush=True)


def peak(pid: int) -> int:
    """Peak resident memory of a process so far, in MB; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    except (OSError, IndexError):
        return 0


def memory(folder: Path, count: int) -> None:
    """Peak memory of one run."""
    write_rows(folder / "many.jsonl", count, SHORT, USUAL)
    process = start(folder, "many.jsonl", "c.jsonl", "--workers", "2", "--quiet")
    run = largest = 0
    begun = time.monotonic()
    while process.poll() is None:
        run = max(run, peak(process.pid))
        for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
            try:
                largest = max([largest, *(peak(int(child)) for child in task.read_text().split())])
            except OSError:
                continue
        time.sleep(0.2)
    print(f"memory, {count:,} articles: run {run} MB, largest worker {largest} MB; {time.monotonic() - begun:.0f} s")
    (folder / "c.jsonl").unlink()


def recovery(folder: Path) -> None:
    """A run that is killed at half, and the one that goes on."""
    write_rows(folder / "usual.jsonl", 6_000, USUAL)
    process = start(folder, "usual.jsonl", "d.jsonl", "--workers", "2")
    parts = folder / "d.jsonl.parts"
    while made(parts) < 3_000:
        time.sleep(0.05)
    process.kill()
    process.communicate()
    kept = made(parts)
    known = set(parts.glob("part-*.json"))
    begun = time.monotonic()
    process = start(folder, "usual.jsonl", "d.jsonl", "--workers", "2", "--resume")
    while set(parts.glob("part-*.json")) <= known:
        time.sleep(0.02)
    first = time.monotonic() - begun
    _, err = process.communicate()
    print(
        f"recovery: of 6,000 articles {kept} were done when the run was killed; the next new part after {first:.1f} s"
    )
    print(f"  {err.strip()}")


def made(parts: Path) -> int:
    """Articles in the finished parts of a run."""
    done = 0
    for path in parts.glob("part-*.json"):
        try:
            done += json.loads(path.read_text())["articles"]
        except (OSError, ValueError):
            continue
    return done


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", choices=["workers", "memory", "recovery"])
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if args.only in (None, "workers"):
            workers(folder, args.rounds)
        if args.only in (None, "memory"):
            memory(folder, 10_000)
            memory(folder, args.many)
        if args.only in (None, "recovery"):
            recovery(folder)


if __name__ == "__main__":
    main()
