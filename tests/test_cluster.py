"""The Dask engine: the same bytes as the local one, and nothing lost with a process, a worker or a scheduler."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stub import Stub, sources

from pkh_extract import __version__
from pkh_extract.errors import PkhExtractError
from pkh_extract.rules import load_rules
from pkh_extract.running.child import Child, Ready
from pkh_extract.running.cluster import Cluster
from pkh_extract.running.local import Local
from pkh_extract.running.outcome import Task
from pkh_extract.running.shards import cut
from pkh_extract.running.worker import Done, Job
from pkh_extract.writing.parts import Made, Parts

pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are started with a socket of their parent")

READY = Ready(__version__, load_rules().digest)
MADE = Made(READY.version, READY.patterns, "{}")
TASK = Task(Stub(), 10_000)  # type: ignore[arg-type]
ROW = "AGAM – Sebanyak {} pendamping PKH Kabupaten Agam mengikuti bimtek di aula dinas, Selasa (5/3/2024). KPM {}."


@pytest.fixture
def child() -> Iterator[Child]:
    one = Child(TASK, READY, timeout=2)
    yield one
    one.close()


@contextlib.contextmanager
def cluster_of(workers: int, **settings: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a scheduler with some workers, and the scheduler's process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), **settings}
    port = address.rpartition(":")[2]
    commands = [["dask_scheduler", "--host", "127.0.0.1", "--port", port]]
    if workers:
        commands.append(["dask_worker", address, "--nthreads", "1", "--nworkers", str(workers)])
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:], "--no-dashboard"],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        yield address, processes[0]
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait(30)


def treat(engine: Cluster | Local, *data: str) -> dict[int, Done]:
    """All shards of some articles, by their number."""
    jobs = (Job(shard, kept=engine.parts.found(shard.number)) for shard in cut(sources(*data)))
    return {sign.marker.shard: sign for sign in engine.run(jobs) if isinstance(sign, Done)}


def made_by(engine: type[Cluster | Local], folder: Path, *data: str, **options: object) -> dict[str, bytes]:
    """The parts and markers that an engine makes of some articles."""
    folder.mkdir()
    treat(engine(TASK, Parts(folder, MADE), 2, 2.0, **options), *data)  # type: ignore[arg-type]
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_child_outlives_nothing_and_loses_nothing(child: Child, tmp_path: Path):
    texts = ("x", f"die once {tmp_path / 'a'}", f"hang once {tmp_path / 'b'}", "die", "relevant")
    outcomes = [child.treat(source).outcome for source in sources(*texts)]
    errors = [outcome.failure.error if outcome.failure else None for outcome in outcomes]
    assert errors == [None, None, "Timeout", "WorkerDied", None]
    assert outcomes[4].relevant


def test_a_child_with_other_rules_is_refused():
    child = Child(TASK, Ready(__version__, "other rules"))
    with pytest.raises(PkhExtractError, match="install the same on all machines"):
        child.treat(sources("x")[0])
    child.close()


def test_a_child_that_is_closed_ends_the_wait_for_it(child: Child):
    child.timeout = None
    child.treat(sources("x")[0])
    ended: list[BaseException | None] = []

    def wait() -> None:
        try:
            child.treat(sources("hang")[0])
        except PkhExtractError as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.5)
    child.close()
    thread.join(10)
    assert len(ended) == 1


def test_both_engines_make_the_same_parts_whatever_the_articles_do(tmp_path: Path):
    data = ["x"] * 60
    data[3], data[20], data[33] = "die", "hang", "relevant"
    local = made_by(Local, tmp_path / "local", *data)
    assert made_by(Cluster, tmp_path / "cluster", *data) == local
    markers = [json.loads(raw) for name, raw in local.items() if name.endswith(".json")]
    failures = [failure for marker in markers for failure in marker["failures"]]
    assert sorted(failure["source"] for failure in failures) == ["20.txt", "3.txt"]


def test_parts_of_an_earlier_run_are_kept(tmp_path: Path):
    made_by(Local, tmp_path / "parts", *["x"] * 30)
    data = ["x"] * 30
    data[9] = "relevant"
    done = treat(Cluster(TASK, Parts(tmp_path / "parts", MADE), 1), *data)
    assert {number: sign.kept for number, sign in done.items()} == {0: True, 1: False, 2: True, 3: True}


def test_articles_that_take_a_whole_worker_along_are_found_and_given_up(tmp_path: Path):
    data = ["x"] * 12
    data[5] = "orphan"
    with cluster_of(2, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as (address, _):
        made_by(Cluster, tmp_path / "parts", *data, scheduler=address)
    markers = [json.loads(path.read_bytes()) for path in sorted((tmp_path / "parts").glob("*.json"))]
    assert [(one["articles"], [failure["source"] for failure in one["failures"]]) for one in markers] == [
        (8, ["5.txt"]),
        (4, []),
    ]


def test_a_scheduler_that_goes_ends_the_run_with_a_sentence(tmp_path: Path):
    (tmp_path / "parts").mkdir()
    with cluster_of(1) as (address, scheduler):
        engine = Cluster(TASK, Parts(tmp_path / "parts", MADE), 1, scheduler=address)
        signs = engine.run(Job(shard) for shard in cut(sources(*["x"] * 16, "hang")))
        assert isinstance(next(signs), Done)
        scheduler.kill()
        with pytest.raises(PkhExtractError, match="--resume goes on from here"):
            list(signs)


def test_without_a_scheduler_there_is_a_sentence(tmp_path: Path):
    with pytest.raises(PkhExtractError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1;"):
        treat(Cluster(TASK, Parts(tmp_path, MADE), 1, scheduler="tcp://127.0.0.1:1"), "x")


def test_a_scheduler_without_workers_is_said_and_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pkh_extract.running.cluster.LONE", 0.5)
    with cluster_of(0) as (address, _):
        engine = Cluster(TASK, Parts(tmp_path, MADE), 1, scheduler=address)
        signs = engine.run(Job(shard) for shard in cut(sources("x")))
        assert "has no workers; waiting for one" in str(next(signs))
        signs.close()


def command(folder: Path, out: str, *options: str) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "pkh_extract", "run", "rows.jsonl", "-o", out, *options]
    return subprocess.Popen(arguments, cwd=folder, stderr=subprocess.PIPE)


def test_the_command_gives_the_same_bytes_on_a_cluster_whose_workers_and_run_are_killed(tmp_path: Path):
    with (tmp_path / "rows.jsonl").open("w") as stream:
        for number in range(500):
            row = {"id": f"r{number}", "text": ROW.format(number % 90 + 10, 1000 + number)}
            stream.write("broken\n" if number == 77 else json.dumps(row) + "\n")
    assert command(tmp_path, "local.jsonl").wait() == 1
    with cluster_of(2) as (address, _):
        options = ("--engine", "dask", "--scheduler", address)
        process = command(tmp_path, "cluster.jsonl", *options)
        deadline = time.monotonic() + 60
        while len(list((tmp_path / "cluster.jsonl.parts").glob("part-*.json"))) < 6 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
        process.wait()
        process = command(tmp_path, "cluster.jsonl", *options, "--resume")
        for victim in _descendants(address)[:1]:
            os.kill(victim, signal.SIGKILL)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"kept from an earlier run" in err
    for end in (".jsonl", ".errors.jsonl"):
        assert (tmp_path / f"cluster{end}").read_bytes() == (tmp_path / f"local{end}").read_bytes()


def _descendants(address: str) -> list[int]:
    """The worker processes of a scheduler."""
    from distributed import Client

    with Client(address) as client:
        return sorted(client.run(os.getpid).values())
