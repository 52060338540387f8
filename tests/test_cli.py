"""The command line as real processes: what goes in, what comes out, what is said when it cannot."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command_line import PAGE, REPORT, cli, lines, names, sources, start

import pkh_extract


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    (folder / "2024").mkdir(parents=True)
    (folder / "b.txt").write_text(REPORT)
    (folder / "a.html").write_text(PAGE)
    (folder / "2024" / "c.txt.gz").write_bytes(gzip.compress(REPORT.encode()))
    return folder


WRONG = [
    (["run", "missing", "-o", "out.jsonl"], "There is no file or folder missing."),
    (["run", "", "-o", "out.jsonl"], "There is no file or folder"),
    (["run", "empty", "-o", "out.jsonl"], "Nothing to do: no article in empty"),
    (["run", "notes.pdf", "-o", "out.jsonl"], "notes.pdf is of no known kind"),
    (["run", "articles", "-o", "out.csv"], "out.csv is of no known kind"),
    (
        ["run", "articles", "-o", "new"],
        "new is of no known kind; name it *.jsonl or *.jsonl.gz or *.jsonl.zst or "
        "*.parquet, or new/ for a folder of parts.",
    ),
    (["run", "rows.jsonl", "-o", "articles"], "articles is a folder with other things in it"),
    (["run", "articles", "-o", "nowhere/out.jsonl"], "There is no folder"),
    (["run", "articles", "-o", "articles/b.txt/out.jsonl"], "There is no folder"),
    (["run", "articles", "-o", "x" * 300 + ".jsonl"], "cannot be written"),
    (["run", "rows.jsonl", "-o", "rows.jsonl"], "rows.jsonl is an input too"),
    (["run", "rows.jsonl", "-o", "link.jsonl"], "link.jsonl is an input too"),
    (["run", "articles", "-o", "out.jsonl", "--errors", "out.jsonl"], "cannot go into the same file"),
    (["run", "articles", "-o", "out.jsonl", "--errors", "nowhere/e.jsonl"], "There is no folder"),
    (["run", "articles", "-o", "out.jsonl", "--errors", "articles/b.txt"], "articles/b.txt is an input too"),
    (
        ["run", "articles", "-o", "out.jsonl", "--errors", "link.jsonl"],
        "link.jsonl is there already and no errors file",
    ),
    (["run", "articles", "-o", "out.jsonl", "--patterns", "nowhere"], "No pattern folder at nowhere"),
    (["run", "articles", "-o", "out.jsonl", "--workers", "0"], "no whole number above zero"),
    (["run", "articles", "-o", "out.jsonl", "--published-from", "crawl"], "'crawl' is none of metadata, filename, url"),
    (["run", "articles", "-o", "out.jsonl", "--published-from", "url,url"], "names one of them twice"),
    (["run", "articles", "-o", "out.jsonl", "--published-from", ""], "'' is none of metadata, filename, url"),
    (["run", "-", "-", "-o", "out.jsonl"], "give - only once"),
    (["run", "-", "-o", "out.jsonl"], "Nothing to do: no article in standard input"),
    (["run", "articles"], "required: -o/--out"),
    (["show", "missing.txt"], "There is no file or folder missing.txt."),
    (["show", "articles"], "is not one article"),
    (["show", "broken.txt.gz"], "cannot be read"),
    (["patterns", "check", "nowhere"], "No pattern folder at nowhere"),
    (["patterns", "list", "bad_rules"], "is no readable YAML"),
    (["conjure"], "invalid choice"),
    (["run", "articles", "-o", "out.jsonl", "--\x1b[31m"], "unrecognized arguments: --\\x1b[31m (try pkh-extract run "),
    (["patterns", "list", "--all"], "unrecognized arguments: --all (try pkh-extract patterns list --help)"),
    (["--all", "schema"], "unrecognized arguments: --all (try pkh-extract --help)"),
    (["report", "\x1b[31m"], "pkh-extract: \\x1b[31m cannot be opened"),
    (["patterns", "check", "\x1b[31m"], "No pattern folder at \\x1b[31m"),
    ([], "required: COMMAND"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=[" ".join(case)[:40] for case, _ in WRONG])
def test_wrong_usage_is_one_clear_line_and_status_2(arguments: list[str], said: str, articles: Path):
    folder = articles.parent
    (folder / "empty").mkdir()
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / "rows.jsonl").write_text(json.dumps({"text": REPORT}) + "\n")
    (folder / "link.jsonl").symlink_to("rows.jsonl")
    (folder / "broken.txt.gz").write_bytes(b"\x1f\x8bnothing packed here")
    (folder / "bad_rules").mkdir()
    (folder / "bad_rules" / "own.yaml").write_text("- id: [")
    before = names(folder)
    status, out, err = cli(*arguments, cwd=folder)
    assert (status, out) == (2, b"")
    assert said in err
    assert err.startswith("pkh-extract") and err.count("\n") == 1
    assert names(folder) == before


def test_articles_of_every_kind_in_order_and_the_same_on_any_number_of_processes(articles: Path):
    rows = [{"text": REPORT, "id": "satu"}, {"html": PAGE, "url": "https://contoh.example/2"}, {"text": REPORT}]
    (articles.parent / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    (articles / "z").mkdir()
    for number in range(20):
        (articles / "z" / f"{number:02d}.txt").write_text(f"{REPORT}\nPeserta {number} orang.")
    made = {}
    for workers in ("1", "2"):
        out = articles.parent / f"out{workers}.jsonl"
        status, _, err = cli("run", "articles", "rows.jsonl", "-o", out.name, "--workers", workers,
                             cwd=articles.parent, env={"PYTHONHASHSEED": workers})  # fmt: skip
        assert (status, "26 articles, 26 records, 26 relevant, 0 errors" in err) == (0, True), err
        made[workers] = out.read_bytes()
    assert made["1"] == made["2"]
    found = sources(articles.parent / "out1.jsonl")
    in_folder = ["2024/c.txt.gz", "a.html", "b.txt", *(f"z/{number:02d}.txt" for number in range(20))]
    assert found == [*in_folder, "satu", "rows.jsonl:2", "rows.jsonl:3"]
    assert lines(articles.parent / "out1.jsonl")[-2]["article"]["url"] == "https://contoh.example/2"


@pytest.mark.parametrize("asked", [[], ["--shard", "1/2"], ["--quiet"]])
def test_articles_of_one_source_are_told_at_the_end(tmp_path: Path, asked: list[str]):
    for name in ("one/x.txt", "one/y.txt", "two/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(REPORT)
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps({"text": REPORT, "id": key}) for key in "ppq"))
    status, _, err = cli("run", "one", "two", "rows.jsonl", "-o", "out.jsonl", *asked, cwd=tmp_path)
    assert (status, err.count("\n")) == (0, 0 if "--quiet" in asked else 1)
    assert ("; 4 articles share a source with another: to join" in err) == ("--quiet" not in asked)
    status, _, err = cli("run", ".", "-o", "out.jsonl", cwd=tmp_path)
    assert (status, "share" in err) == (0, False)


def test_what_cannot_be_read_is_an_error_line_and_costs_no_other_record(articles: Path):
    (articles / "broken.txt.gz").write_bytes(gzip.compress(REPORT.encode() * 500)[:-40])
    (articles / "dangling.txt").symlink_to("nowhere")
    (articles / "folder.html").mkdir()
    os.mkfifo(articles / "pipe.txt")
    (articles / "huge.txt").write_text("x" * 30_000)
    (articles / "bomb.txt.gz").write_bytes(gzip.compress(b"x" * 5_000_000))
    (articles / "empty.txt").touch()
    (articles / "binary.html").write_bytes(random.Random(7).randbytes(4000))
    (articles / "plain.txt").write_text("Hujan turun sepanjang hari dan warga memilih tinggal di rumah masing-masing.")
    (articles / "bare.txt").write_text("Sebanyak dua puluh pendamping PKH mengikuti bimbingan teknis.")
    (articles / "loop").symlink_to(".")
    (articles / "new\nline.txt").write_text(REPORT)
    (articles / ("n" * 250 + ".txt")).write_text(REPORT)
    Path(os.fsdecode(os.fsencode(articles) + b"/odd\xff.txt")).write_text(REPORT)
    status, _, err = cli("run", "articles", "-o", "articles/out.jsonl", "--max-bytes", "20000", cwd=articles.parent)
    assert status == 1, err
    errors = {row["source"]: row for row in lines(articles / "out.errors.jsonl")}
    assert set(errors) == {"broken.txt.gz", "dangling.txt", "folder.html", "pipe.txt", "huge.txt", "bomb.txt.gz"}
    assert {row["stage"] for row in errors.values()} == {"reading"}
    assert list(errors["pipe.txt"]) == ["source", "stage", "error", "message"]
    assert "larger than 20000 bytes" in errors["bomb.txt.gz"]["message"]
    records = {row["article"]["source"]: row for row in lines(articles / "out.jsonl")}
    assert set(records) == {
        "2024/c.txt.gz", "a.html", "b.txt", "bare.txt", "empty.txt", "binary.html", "plain.txt", "new\nline.txt",
        "n" * 250 + ".txt", "odd\\xff.txt",
    }  # fmt: skip
    for name in ("empty.txt", "binary.html"):
        assert [warning["code"] for warning in records[name]["warnings"]].count("no_text") == 1
        assert (records[name]["article"]["text"], records[name]["events"]) == ("", [])
    assert (records["plain.txt"]["relevant"], records["plain.txt"]["article"]["published"]) == (False, None)
    event = records["bare.txt"]["events"][0]
    assert (event["type"], event["date"], event["location"]) == ("training", None, None)
    for broken in errors:
        target = articles / broken
        target.rmdir() if target.is_dir() else target.unlink()
    first = (articles / "out.jsonl").read_bytes()
    status, _, err = cli("run", "articles", "-o", "articles/out.jsonl", cwd=articles.parent)
    assert status == 0, err
    assert not (articles / "out.errors.jsonl").exists()
    assert (articles / "out.jsonl").read_bytes() == first


ROWS = [
    (b"\xef\xbb\xbf" + json.dumps({"text": REPORT}).encode(), "stdin:1", None),
    (b"", None, None),
    (b"not JSON", "stdin:3", "row is no JSON"),
    (b"[1]", "stdin:4", "row is no JSON object"),
    (b'{"words": "x"}', "stdin:5", "none of the fields text"),
    (b'{"text": 5}', "stdin:6", "no string"),
    (b'{"text": "Dua \\ud800 tiga", "id": "sama"}', "sama", None),
    (b'{"text": "Dua \\ud800 tiga", "id": "sama"}', "sama", None),
    (b'{"text": "\xff"}', "stdin:9", "row is no JSON"),
    (b"[" * 40_000, "stdin:10", "row is no JSON"),
    (b'{"text": null, "id": 7}', "7", None),
    (b'{"text": "' + b"x" * 30_000 + b'"}', "stdin:12", "larger than 20000 bytes"),
    (b'{"text": "' + b"x" * 90_000 + b'"}', "stdin:13", "larger than 80000 bytes"),
    (json.dumps({"content": "Isi berita.", "date": "2024-11-17", "judul": "Judul Berita"}).encode(), "stdin:14", None),
]


def test_rows_on_stdin_to_records_on_stdout(tmp_path: Path):
    stdin = b"\n".join(row for row, _, _ in ROWS)
    status, out, err = cli(
        "run", "-", "-o", "-", "--max-bytes", "20000", "--errors", "e.jsonl", cwd=tmp_path, stdin=stdin
    )
    assert status == 1, err
    records = [json.loads(line) for line in out.decode("utf-8").splitlines()]
    assert [row["article"]["source"] for row in records] == [name for _, name, error in ROWS if name and not error]
    errors = lines(tmp_path / "e.jsonl")
    assert [row["source"] for row in errors] == [name for _, name, error in ROWS if error]
    for row, said in zip(errors, [error for _, _, error in ROWS if error], strict=True):
        assert said in row["message"]
    last = records[-1]["article"]
    assert (last["title"], last["published"], last["text"]) == ("Judul Berita", "2024-11-17", "Isi berita.")


@pytest.mark.parametrize(
    ("asked", "published"),
    [
        ([], [None, "2024-11-17", None]),
        (["--published-from", "filename"], ["2024-11-20", "2024-11-17", None]),
        (["--published-from", "url,filename,metadata"], ["2024-11-20", "2024-11-18", "2024-11-19"]),
    ],
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_day_of_publication_comes_from_whom_one_asks(asked, published, workers, tmp_path: Path):
    (tmp_path / "2024-11-20").mkdir()
    (tmp_path / "2024-11-20" / "a.txt").write_text(REPORT)
    rows = [
        {"text": REPORT, "date": "2024-11-17", "url": "https://kabar.example/2024/11/18/bimtek"},
        {"text": REPORT, "url": "https://kabar.example/2024/11/19/bimtek"},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows * 10)))
    status, _, err = cli("run", ".", "rows.jsonl", "-o", "out.jsonl", "--workers", workers, *asked, cwd=tmp_path)
    assert (status, [row["article"]["published"] for row in lines(tmp_path / "out.jsonl")][:3]) == (0, published), err


def test_named_fields_and_a_packed_output_that_is_the_same_every_time(tmp_path: Path):
    rows = [{"naskah": REPORT, "nomor": "x-1", "text": "tidak dibaca"}, {"text": "tanpa naskah"}]
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    packed = []
    for name in ("one.jsonl.gz", "two.jsonl.gz"):
        status, _, _ = cli("run", "rows.jsonl.gz", "-o", name, "--text-field", "naskah", "--id-field", "nomor",
                           "--quiet", cwd=tmp_path)  # fmt: skip
        assert status == 1
        packed.append((tmp_path / name).read_bytes())
    assert packed[0] == packed[1]
    record = json.loads(gzip.decompress(packed[0]))
    assert record["article"]["source"] == "x-1"
    assert "tidak dibaca" not in record["article"]["text"]
    assert lines(tmp_path / "one.errors.jsonl")[0]["message"] == "row has no field 'naskah'"


@pytest.mark.parametrize(("workers", "number", "status"), [("1", signal.SIGINT, 130), ("2", signal.SIGTERM, 143)])
def test_an_interrupted_run_says_so_and_leaves_the_earlier_output(
    tmp_path: Path, workers: str, number: int, status: int
):
    (tmp_path / "out.jsonl").write_text("earlier\n")
    # what a shell runs in the background ignores SIGINT, and so would its children
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = start("run", "-", "-o", "out.jsonl", "--workers", workers, cwd=tmp_path, stdin=subprocess.PIPE, **heard)
    assert process.stdin is not None
    process.stdin.write((json.dumps({"text": REPORT}) + "\nbroken\n").encode() * 30)
    process.stdin.flush()
    deadline = time.monotonic() + 30
    while len(list(tmp_path.glob(".*.part"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    process.stdin.close()
    process.stdin = None
    _, err = process.communicate(timeout=30)
    assert process.returncode == status, err
    assert err.decode().count("\n") == 1 and b"nothing was written" in err
    assert names(tmp_path) == {"out.jsonl"}
    assert (tmp_path / "out.jsonl").read_text() == "earlier\n"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
def test_a_killed_worker_costs_nothing(tmp_path: Path):
    process = start("run", "-", "-o", "out.jsonl", "--workers", "2", cwd=tmp_path, stdin=subprocess.PIPE)
    assert process.stdin is not None
    row = (json.dumps({"text": REPORT}) + "\n").encode()
    process.stdin.write(row * 25)
    process.stdin.flush()
    deadline = time.monotonic() + 30
    children: list[str] = []
    while len(children) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    _, err = process.communicate(row * 15, timeout=60)
    assert process.returncode == 0, err
    assert sources(tmp_path / "out.jsonl") == [f"stdin:{number}" for number in range(1, 41)]
    assert names(tmp_path) == {"out.jsonl"}


def test_nobody_reads_on(tmp_path: Path):
    (tmp_path / "rows.jsonl").write_text((json.dumps({"text": REPORT * 20}) + "\n") * 40)
    process = start("run", "rows.jsonl", "-o", "-", "--workers", "1", cwd=tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err and b"Exception" not in err and b"BrokenPipe" not in err
    assert process.returncode in (0, 141)


def test_help_fits_80_columns(tmp_path: Path):
    commands = ("", "run", "show", "places", "schema", "patterns", "patterns check", "patterns list", "export",
                "dedupe", "evaluate", "report", "review")  # fmt: skip
    for command in commands:
        status, out, _ = cli(*command.split(), "--help", cwd=tmp_path, env={"COLUMNS": "80"})
        assert status == 0
        assert max(map(len, out.decode().splitlines())) <= 80, command
        words = " ".join(out.decode().split())
        assert "RECORDS" not in words or ".jsonl[.gz|.zst], .parquet, a folder" in words, command


def test_the_version_is_told_without_loading_anything_heavy():
    code = (
        "import sys; from pkh_extract.cli import main\n"
        "try: main(['--version'])\nexcept SystemExit: pass\n"
        "print(*sorted({'spacy', 'pydantic', 'bs4', 'dateparser', 'rich', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"pkh-extract {pkh_extract.__version__}", ""]


def test_the_schema_describes_the_records(articles: Path):
    status, out, _ = cli("schema", cwd=articles)
    schema = json.loads(out)
    assert status == 0
    assert list(schema["properties"]) == [
        "schema_version", "article", "relevant", "programs", "events", "kpm", "workforce", "amounts", "warnings",
        "extractor",
    ]  # fmt: skip
    for name, part in (("Record", schema), *schema["$defs"].items()):
        assert part["required"] == list(part["properties"]), name  # a key is always there
    assert cli("schema", cwd=articles)[1] == out


RULES = """
- id: event.training.own
  type: training
  kind: noun
  weight: 3
  phrases: [kelas bakti]
  examples:
    - text: "Sebanyak 20 pendamping PKH mengikuti kelas bakti di Padang, Sabtu (16/11/2024)."
      finds: "kelas bakti"
- id: event.training.wrong
  type: training
  kind: noun
  weight: 3
  phrases: [kelas malam, "kelas \x1b[31mmerah", kelas satu, kelas dua, kelas tiga]
  examples:
    - text: "Sebanyak 20 pendamping PKH mengikuti kelas malam di Padang, Sabtu (16/11/2024)."
      finds: "kelas siang"
- id: event.training.unproven
  type: training
  kind: noun
  weight: 3
  phrases: [kelas pagi]
"""


def test_rules_of_ones_own_are_checked_and_listed(tmp_path: Path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "events.yaml").write_text(RULES.replace("\x1b", "\\x1b"))
    status, out, _ = cli("patterns", "check", "own", cwd=tmp_path)
    *reported, summary = out.decode().splitlines()
    own = [line.split(": ")[0] for line in reported if line.startswith("event.training.")]
    assert (status, own) == (1, ["event.training.wrong", "event.training.unproven"])
    assert " rules, " in summary and summary.endswith(f": {len(reported)} do not hold")
    listed = cli("patterns", "list", "own", cwd=tmp_path)[1].decode().splitlines()
    assert "event.training.own\t+1 -0\tkelas bakti" in listed
    assert "event.training.wrong\t+1 -0\tkelas malam, kelas ␛[31mmerah, kelas satu, kelas dua, …" in listed
