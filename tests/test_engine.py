"""The engine of whole runs: shards, parts that can be trusted, workers that die or hang, runs that are resumed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub import Stub, sources

from pkh_extract import read_records
from pkh_extract.errors import OutputError
from pkh_extract.reading import Content, Source
from pkh_extract.running.local import Local
from pkh_extract.running.outcome import Task
from pkh_extract.running.shards import combined, cut, fingerprint, size_of
from pkh_extract.running.worker import STRIKES, Done, Job
from pkh_extract.writing.parts import Made, Parts

MADE = Made("1", "rules", "{}")
ROW = (
    "AGAM – Sebanyak {} pendamping PKH Kabupaten Agam mengikuti bimtek di aula dinas, Selasa (5/3/2024). "
    "Jumlah KPM {} keluarga."
)


def treat(folder: Path, data: list[str], *, workers: int = 2, timeout: float | None = None) -> dict[int, Done]:
    """All shards of some articles, by their number."""
    folder.mkdir(exist_ok=True)
    parts = Parts(folder, MADE)
    engine = Local(Task(Stub(), 10_000), parts, workers, timeout)
    signs = engine.run(Job(shard, kept=parts.found(shard.number)) for shard in cut(sources(*data)))
    return {sign.marker.shard: sign for sign in signs if isinstance(sign, Done)}


def written(folder: Path) -> list[str]:
    """The names of the articles with a record, in the order of the parts."""
    return [one.article.source for one in read_records(folder)]


@given(st.integers(0, 900))
def test_shards_hold_every_article_once_and_depend_on_the_number_alone(count: int):
    shards = list(cut(sources(*["x"] * count)))
    assert [one.id for shard in shards for one in shard.sources] == [f"{number}.txt" for number in range(count)]
    assert [shard.number for shard in shards] == list(range(len(shards)))
    assert all(len(shard.sources) == size_of(shard.number) for shard in shards[:-1])


def test_a_fingerprint_tells_names_and_contents_apart():
    contents = [Content("ab"), Content(b"ab", "html"), Content("a", url="b"), Content("a", title="b"), Content("b")]
    prints = {fingerprint(Source(name, content=content)) for name in ("x", "y") for content in contents}
    assert len(prints) == 10
    assert len({combined(["a", "b"]), combined(["b", "a"]), combined(["a"])}) == 3


@pytest.mark.parametrize("workers", [1, 3])
def test_every_article_has_its_record_whoever_dies(tmp_path: Path, workers: int):
    data = ["x"] * 100
    for place in (0, 7, 8, 50, 99):
        data[place] = f"die once {tmp_path / str(place)}"
    treat(tmp_path / "parts", data, workers=workers)
    assert written(tmp_path / "parts") == [f"{number}.txt" for number in range(100)]


@pytest.mark.parametrize("place", [0, 12, 39])
def test_a_poisonous_article_is_given_up_alone(tmp_path: Path, place: int):
    data = ["x"] * 40
    data[place] = "die"
    done = treat(tmp_path / "parts", data)
    assert written(tmp_path / "parts") == [f"{number}.txt" for number in range(40) if number != place]
    failures = [failure for sign in done.values() for failure in sign.marker.failures]
    assert [(one["source"], one["stage"], one["error"]) for one in failures] == [
        (f"{place}.txt", "running", "WorkerDied")
    ]
    assert str(STRIKES) in failures[0]["message"]


def test_an_article_that_hangs_is_given_up_after_the_timeout(tmp_path: Path):
    data = ["x"] * 30
    data[11] = data[12] = "hang"
    begun = time.monotonic()
    done = treat(tmp_path / "parts", data, timeout=2)
    assert time.monotonic() - begun < 30
    assert written(tmp_path / "parts") == [f"{number}.txt" for number in range(30) if number not in {11, 12}]
    failures = [failure["error"] for sign in done.values() for failure in sign.marker.failures]
    assert failures == ["Timeout", "Timeout"]


def test_the_supervisor_sleeps_while_no_worker_is_at_an_article(tmp_path: Path):
    """A worker that takes longer than the timeout to write its part is waited for, not asked all the time."""
    folder = tmp_path / "parts"
    folder.mkdir()

    class Slow(Parts):
        def write(self, *args: object, **kwargs: object) -> object:
            time.sleep(1.5)
            return super().write(*args, **kwargs)  # type: ignore[arg-type]

    used = time.process_time()
    signs = list(Local(Task(Stub(), 100), Slow(folder, MADE), 1, 0.1).run(Job(one) for one in cut(sources("x"))))
    assert isinstance(signs[-1], Done)
    assert not signs[-1].marker.failures
    assert time.process_time() - used < 0.7


def test_only_what_is_missing_or_changed_is_done_again(tmp_path: Path):
    data = ["x"] * 60
    folder = tmp_path / "parts"
    first = treat(folder, data)
    (folder / "part-000002.json").unlink()
    with (folder / "part-000003.jsonl").open("ab") as stream:
        stream.write(b"torn")
    (folder / "part-000004.json").write_text("{")
    data[5 * 8] = "relevant"
    second = treat(folder, data)
    assert {number for number, sign in second.items() if not sign.kept} == {2, 3, 4, 5}
    assert second[5].marker.relevant == 1
    assert {n: s.marker for n, s in second.items() if n != 5} == {n: s.marker for n, s in first.items() if n != 5}
    assert written(folder) == [f"{number}.txt" for number in range(60)]


def test_a_part_without_its_marker_is_not_read(tmp_path: Path):
    folder = tmp_path / "parts"
    treat(folder, ["x"] * 20)
    (folder / "part-000001.json").unlink()
    assert written(folder) == [f"{number}.txt" for number in (*range(8), *range(16, 20))]


def test_two_runs_do_not_share_a_folder(tmp_path: Path):
    parts = Parts(tmp_path / "parts", MADE)
    with parts.locked(), pytest.raises(OutputError, match="Another run"), parts.locked():
        pass
    with parts.locked(shared=True), parts.locked(shared=True):
        pass


def test_a_part_that_cannot_be_written_ends_the_run_with_a_sentence(tmp_path: Path):
    parts = Parts(tmp_path / "gone", MADE)
    with pytest.raises(OutputError, match=r"part-000000.jsonl cannot be written"):
        list(Local(Task(Stub(), 100), parts, 1).run(Job(shard) for shard in cut(sources("x"))))


# ---- whole runs ----


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``rows.jsonl`` (some rows broken) and what an undisturbed run makes of it."""
    folder = tmp_path_factory.mktemp("rows")
    lines = [
        json.dumps({"id": f"r{number}", "text": ROW.format(number % 90 + 5, 900 + number)}) for number in range(700)
    ]
    lines[3] = lines[400] = "broken"
    (folder / "rows.jsonl").write_text("\n".join(lines) + "\n")
    assert command(folder, "peace.jsonl", "--workers", "1").wait() == 1
    return folder


def command(folder: Path, out: str, *options: str, **kwargs: object) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "pkh_extract", "run", str(folder / "rows.jsonl"), "-o", out, *options]
    return subprocess.Popen(arguments, cwd=folder, stderr=subprocess.PIPE, **kwargs)  # type: ignore[call-overload, no-any-return]


def same(folder: Path, name: str) -> bool:
    ends = (".jsonl", ".errors.jsonl")
    return all((folder / f"peace{end}").read_bytes() == (folder / f"{name}{end}").read_bytes() for end in ends)


def parts_of(folder: Path, name: str) -> int:
    return len(list((folder / f"{name}.jsonl.parts").glob("part-*.json")))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_killed_workers_leave_no_trace_in_the_output(rows: Path):
    process = command(rows, "killed.jsonl", "--workers", "3")
    killed = 0
    while process.poll() is None:
        time.sleep(0.3)
        if killed == STRIKES - 1:
            continue  # so that chance cannot hit one article as often as poison would
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            victims = children.read_text().split()
            os.kill(int(victims[killed % len(victims)]), signal.SIGKILL)
            killed += 1
        except (OSError, ZeroDivisionError):
            continue
    assert killed > 1
    assert same(rows, "killed")
    assert not (rows / "killed.jsonl.parts").exists()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, -9), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_ends_early_is_resumed(rows: Path, number: int, status: int):
    name = f"early{number}"
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = command(rows, f"{name}.jsonl", "--workers", "2", **heard)
    deadline = time.monotonic() + 60
    while parts_of(rows, name) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert number == signal.SIGKILL or b"--resume" in err
    assert not (rows / f"{name}.jsonl").exists()
    process = command(rows, f"{name}.jsonl", "--resume", "--workers", "1")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"kept from an earlier run" in err
    assert same(rows, name)


def test_other_rules_and_options_are_not_taken_over(rows: Path, tmp_path: Path):
    assert command(rows, "shares.jsonl", "--shard", "1/3").wait() == 1
    (tmp_path / "own.yaml").write_text(
        "- id: event.training.own\n  type: training\n  kind: noun\n  weight: 3\n  phrases: [lokalatih]\n"
        "  examples:\n    - text: 'Pendamping PKH mengikuti lokalatih di aula, Senin.'\n      finds: lokalatih\n"
    )
    process = command(rows, "shares.jsonl", "--resume", "--patterns", str(tmp_path))
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"kept" not in err
    assert b"done again, for an earlier run had other rules" in err


def test_shares_of_a_job_array_are_put_together(rows: Path):
    for share in (2, 1, 3):
        process = command(rows, "array.jsonl", "--shard", f"{share}/3")
        _, err = process.communicate(timeout=120)
        assert process.returncode in (0, 1), err
        assert not (rows / "array.jsonl").exists()
    process = command(rows, "array.jsonl", "--resume")
    _, err = process.communicate(timeout=120)
    assert b"700 kept" in err
    assert same(rows, "array")


def test_a_folder_of_parts_holds_the_same_records(rows: Path):
    assert command(rows, "parts/").wait() == 1
    raw = b"".join(path.read_bytes() for path in sorted((rows / "parts").glob("part-*.jsonl")))
    assert raw == (rows / "peace.jsonl").read_bytes()
    assert (rows / "parts.errors.jsonl").read_bytes() == (rows / "peace.errors.jsonl").read_bytes()
    assert [one.article.source for one in read_records(rows / "parts")][:3] == ["r0", "r1", "r2"]


def test_packed_output_holds_the_same_lines_and_is_the_same_every_time(rows: Path):
    zstandard = pytest.importorskip("zstandard")
    for name in ("packed.jsonl.zst", "again.jsonl.zst"):
        assert command(rows, name).wait() == 1
    packed = (rows / "packed.jsonl.zst").read_bytes()
    assert packed == (rows / "again.jsonl.zst").read_bytes()
    with zstandard.ZstdDecompressor().stream_reader(packed) as stream:
        assert stream.read() == (rows / "peace.jsonl").read_bytes()
    assert (rows / "packed.errors.jsonl").read_bytes() == (rows / "peace.errors.jsonl").read_bytes()
    assert next(read_records(rows / "packed.jsonl.zst")).article.source == "r0"


@pytest.mark.parametrize("end", ["jsonl", "parquet"])
def test_a_disk_that_is_full_is_said_and_nothing_looks_whole(rows: Path, end: str):
    """No file may grow beyond 20 kB, as if the disk had no room."""
    full = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))}
    process = command(rows, f"full.{end}", "--workers", "2", **full)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.count(b"\n") == 1
    assert b"cannot be written" in err
    assert not (rows / f"full.{end}").exists()
    process = command(rows, f"full.{end}", "--resume")
    process.communicate(timeout=120)
    assert list(read_records(rows / f"full.{end}")) == list(read_records(rows / "peace.jsonl"))


SMALL_DISK = """
set -e
mount -t tmpfs -o size=400k tmpfs disk
{run} 2> full.err && status=0 || status=$?
echo $status > full.status
ls -A disk > full.listing
mount -o remount,size=100m disk
{run} --resume || test $? = 1
cp disk/* .
"""


def test_a_small_disk_that_is_full_is_said_and_when_there_is_room_the_run_goes_on(rows: Path):
    """A real one: a file system in memory that this process alone sees."""
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", rows], capture_output=True).returncode:
        pytest.skip("file systems cannot be mounted here")
    (rows / "disk").mkdir()
    run = f"{sys.executable} -m pkh_extract run rows.jsonl -o disk/tiny.jsonl --quiet"
    script = SMALL_DISK.replace("{run}", run)
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=rows, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert (rows / "full.status").read_text() == "2\n"
    assert (rows / "full.listing").read_text() == "tiny.jsonl.parts\n"
    assert (rows / "full.err").read_text().count("\n") == 1
    assert "No space left on device" in (rows / "full.err").read_text()
    assert same(rows, "tiny")


def test_a_folder_that_vanishes_ends_the_run_with_a_sentence(rows: Path):
    process = command(rows, "gone.jsonl", "--workers", "2")
    deadline = time.monotonic() + 60
    while parts_of(rows, "gone") < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    (rows / "gone.jsonl.parts").rename(rows / "elsewhere")  # at one stroke: no part can be written meanwhile
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.count(b"\n") == 1
    assert b"cannot be written: No such file or directory" in err
    assert not (rows / "gone.jsonl").exists()


@pytest.mark.parametrize("change", ["shorter", "longer"])
def test_an_input_that_changes_ends_the_run_with_a_sentence(rows: Path, change: str):
    given = rows / f"{change}.jsonl"
    shutil.copy(rows / "rows.jsonl", given)
    arguments = [sys.executable, "-m", "pkh_extract", "run", given.name, "-o", f"{change}-out.jsonl", "--workers", "1"]
    process = subprocess.Popen(arguments, cwd=rows, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while parts_of(rows, f"{change}-out") < 4 and time.monotonic() < deadline:
        time.sleep(0.02)
    with given.open("ab") as stream:
        if change == "longer":
            stream.write(json.dumps({"id": "late", "text": "Bansos PKH."}).encode() + b"\n")
        else:
            stream.truncate(given.stat().st_size // 2)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert b"was changed while it was read" in err
    assert not (rows / f"{change}-out.jsonl").exists()
    done = subprocess.run([*arguments, "--resume"], cwd=rows, stderr=subprocess.PIPE)
    assert b"kept from an earlier run" in done.stderr
