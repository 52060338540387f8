"""Every format that articles come in: the same articles in each give the same records, and no damage raises."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.reading import read_inputs

pyarrow = pytest.importorskip("pyarrow")
zstandard = pytest.importorskip("zstandard")
pytest.importorskip("warcio")

from article_files import PAGE, REPORT, ROWS, Crawl, chunked, packed, read, row_files, write_csv, write_jsonl  # noqa: E402
from pyarrow import parquet  # noqa: E402

# The same articles, the same sources, the same records.


def test_the_same_rows_give_the_same_sources_in_every_format(tmp_path: Path):
    expected, *others = row_files(tmp_path)
    wanted = read(expected)
    assert [source.id for source in wanted] == ["satu", "dua", "rows.jsonl:3"]
    assert [source.content and source.content.format for source in wanted] == [None, "html", None]
    for path in others:
        found = read(path)
        assert [source.content for source in found] == [source.content for source in wanted], path
        assert [source.id for source in found] == ["satu", "dua", f"{path.name}:3"]


def run(folder: Path, *arguments: str) -> tuple[int, list[dict[str, Any]], list[dict[str, Any]], str]:
    """Exit status, records, errors and stderr of ``pkh-extract run``."""
    command = [sys.executable, "-m", "pkh_extract", "run", *arguments, "-o", "out.jsonl"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    made = []
    for name in ("out.jsonl", "out.errors.jsonl"):
        path = folder / name
        made.append([json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else [])
    return done.returncode, made[0], made[1], done.stderr


def test_the_same_articles_give_the_same_records_from_every_format(tmp_path: Path):
    names = [path.name for path in row_files(tmp_path)]
    pages = {"a.html": PAGE.encode(), "b.txt": REPORT.encode()}
    (tmp_path / "folder").mkdir()
    for name, body in pages.items():
        (tmp_path / "folder" / name).write_bytes(body)
    with zipfile.ZipFile(tmp_path / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in pages.items():
            archive.writestr(name, body)
    crawl = Crawl(packed=True)
    crawl.add("https://kabar.example/a.html", pages["a.html"])
    crawl.add("https://kabar.example/b.txt", pages["b.txt"], Content_Type="text/plain")
    crawl.save(tmp_path / "pages.warc.gz")
    status, records, errors, err = run(tmp_path, *names, "folder", "pages.zip", "pages.warc.gz", "--workers", "2")
    assert (status, errors, len(records)) == (0, [], len(ROWS) * len(names) + 6), err
    for record in records:
        for own in ("id", "source", "url", "outlet"):
            record["article"].pop(own)
    rows, files = records[: len(ROWS) * len(names)], records[len(ROWS) * len(names) :]
    assert all(rows[i] == rows[i % len(ROWS)] for i in range(len(rows)))
    assert rows[0]["events"][0]["type"] == "training"
    assert files[0:2] == files[2:4] == files[4:6]


CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\r"), max_size=40)


@given(st.lists(st.fixed_dictionaries({"id": CELL, "text": CELL, "title": CELL, "url": CELL}), min_size=1, max_size=6),
       st.sampled_from(",;\t"))  # fmt: skip
def test_rows_of_any_text_come_back_from_csv_as_from_jsonl(tmp_path_factory: pytest.TempPathFactory, rows, delimiter):
    folder = tmp_path_factory.mktemp("round")
    named = write_jsonl(folder / "rows", rows).rename(folder / "rows.jsonl")
    csv_rows = read(write_csv(folder / "rows.csv", rows, delimiter))
    for ours, theirs in zip(csv_rows, read(named), strict=True):
        assert (ours.content, ours.problem) == (theirs.content, None)
        assert ours.id == theirs.id.replace(".jsonl:", ".csv:")


def samples(folder: Path) -> dict[str, bytes]:
    """A small file of each format."""
    with zipfile.ZipFile(folder / "rows.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", REPORT)
        archive.writestr("b.txt.zst", zstandard.compress(REPORT.encode()))
    crawl = Crawl()
    crawl.add("https://a/1", chunked(gzip.compress(PAGE.encode())), Transfer_Encoding="chunked",
              Content_Encoding="gzip")  # fmt: skip
    crawl.add("https://a/2", zstandard.compress(PAGE.encode()), Content_Encoding="zstd")
    crawl.save(folder / "rows.warc")
    packed(folder / "rows.warc", ".gz")
    row_files(folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return samples(tmp_path_factory.mktemp("whole"))


@given(data=st.data())
def test_no_damage_to_any_file_raises(tmp_path_factory: pytest.TempPathFactory, whole_files, data):
    name = data.draw(st.sampled_from(sorted(whole_files)))
    content = bytearray(whole_files[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    path = tmp_path_factory.mktemp("damaged") / name
    path.write_bytes(content)
    for source in read_inputs([str(path)], max_bytes=10_000):
        assert (source.content is None) != (source.problem is None)
        assert "\n" not in (source.problem or "") or name.endswith((".parquet", ".zip"))


# Memory


def many(path: Path, count: int) -> Path:
    rows = ({"id": str(number), "text": f"{number} {REPORT}"} for number in range(count))
    if path.suffix == ".parquet":
        schema = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string())])
        with parquet.ParquetWriter(path, schema) as writer:
            writer.write_table(pyarrow.Table.from_pylist(list(rows), schema), row_group_size=count)
    elif path.suffix == ".csv":
        write_csv(path, list(rows))
    elif path.suffix == ".json":
        path.write_text(json.dumps(list(rows)))
    else:
        crawl = Crawl()
        for row in rows:
            crawl.add("https://kabar.example/" + row["id"], row["text"].encode())
        crawl.save(path)
    return path


@pytest.mark.parametrize(
    ("suffix", "fewer", "times"),
    # Parquet's buffers are full only at some 8 MB, with tens of thousands of rows
    [(".csv", 2000, 2), (".parquet", 2000, 5), (".csv.zst", 500, 2), (".json", 500, 2), (".warc", 300, 2)],
)
def test_memory_does_not_grow_with_the_rows(tmp_path: Path, suffix: str, fewer: int, times: int):
    peaks = []
    for count in (fewer, 10 * fewer):
        path = many(tmp_path / f"{count}{suffix.removesuffix('.zst')}", count)
        path = packed(path, ".zst") if suffix.endswith(".zst") else path
        held = pyarrow.total_allocated_bytes()
        most = 0
        tracemalloc.start()
        for number, _ in enumerate(read_inputs([str(path)]), start=1):
            if number % 100 == 0:
                most = max(most, pyarrow.total_allocated_bytes() - held)
        peaks.append(tracemalloc.get_traced_memory()[1] + most)
        tracemalloc.stop()
        assert number == count
    assert peaks[1] < times * peaks[0], peaks
