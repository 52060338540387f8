"""Packed files, ZIP and WARC: what is in them, and what is said of damage and of bombs."""

from __future__ import annotations

import gzip
import json
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pkh_extract.errors import InputError
from pkh_extract.reading import check_inputs, load_content, read_inputs
from pkh_extract.reading.inputs import nothing_in

pyarrow = pytest.importorskip("pyarrow")
zstandard = pytest.importorskip("zstandard")
pytest.importorskip("warcio")

from article_files import PAGE, REPORT, Crawl, chunked, packed, problems, read, write_csv, write_jsonl  # noqa: E402

# Packing


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_files_that_are_cut_off_or_damaged_are_said(tmp_path: Path, suffix: str):
    rows = [{"text": f"{number} {REPORT}"} for number in range(2000)]
    write_jsonl(tmp_path / "a.jsonl", rows)
    write_csv(tmp_path / "a.csv", rows)
    for kind in ("json", "txt"):
        (tmp_path / f"a.{kind}").write_text(json.dumps(rows))
    for kind in ("jsonl", "csv", "json", "txt"):
        whole = packed(tmp_path / f"a.{kind}", suffix).read_bytes()
        damaged = bytearray(whole)
        damaged[len(whole) // 2 : len(whole) // 2 + 200] = b"\xff" * 200
        for data in (whole[:-20], whole[:5], bytes(damaged), b"nothing packed"):
            path = tmp_path / f"b.{kind}{suffix}"
            path.write_bytes(data)
            found = read(path)
            if kind == "txt":
                with pytest.raises(InputError, match="cannot be read: "):
                    load_content(found[0])
            else:
                assert found[-1].problem and found[-1].problem.startswith("cannot be read: "), kind
                assert len(found) == 1 or len(data) > 100
    empty = tmp_path / f"c.jsonl{suffix}"
    empty.write_bytes(b"")
    assert read(empty) == []


def test_zstandard_in_frames_of_any_size_and_bombs(tmp_path: Path):
    frames = zstandard.compress(b'{"text": "a"}\n') + zstandard.compress(b"") + zstandard.compress(b'{"text": "b"}\n')
    (tmp_path / "a.jsonl.zst").write_bytes(frames)
    assert [source.content.data for source in read(tmp_path / "a.jsonl.zst") if source.content] == ["a", "b"]
    for name in ("b.txt.zst", "b.csv.zst", "b.jsonl.zst", "b.json.zst"):
        bomb = b"[" + b"x" * 100_000_000 if name.startswith("b.json.") else b"x" * 100_000_000
        (tmp_path / name).write_bytes(zstandard.compress(bomb))
        del bomb
        tracemalloc.start()
        (found,) = read(tmp_path / name, max_bytes=1000)
        if name == "b.txt.zst":
            with pytest.raises(InputError, match="larger than 1000 bytes"):
                load_content(found, 1000)
        else:
            assert found.problem
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
        tracemalloc.stop()


def test_a_library_that_is_missing_is_told_before_any_work(tmp_path: Path, monkeypatch):
    for module, name in (("pyarrow", "a.parquet"), ("zstandard", "a.csv.zst"), ("zstandard", "a.txt.zst"),
                         ("warcio", "a.warc.gz")):  # fmt: skip
        path = tmp_path / name
        path.touch()
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, module, None)
            patch.setitem(sys.modules, f"{module}.recordloader", None)
            with pytest.raises(InputError, match=rf"needs {module}: pip install 'pkh-extract\[all\]'"):
                check_inputs([str(path)])
            (found,) = list(read_inputs([str(path)]))
            if found.problem is None:
                with pytest.raises(InputError, match=f"needs {module}"):
                    load_content(found)
    for name in ("a.docx", "zip", "csv"):
        (tmp_path / name).touch()
        with pytest.raises(InputError, match="is of no known kind"):
            check_inputs([str(tmp_path / name)])
    for name, kind in (("a.parquet.gz", ".parquet"), ("a.zip.zst", ".zip"), ("A.ZIP.GZ", ".zip")):
        (tmp_path / name).touch()
        with pytest.raises(InputError, match=f"cannot be read packed; unpack it first and give the {kind} file"):
            check_inputs([str(tmp_path / name)])


EMPTY = [
    ("folder", ["in folders, files named .html .htm .txt are read, also with .gz or .zst"]),
    ("a.zip", ["in a .zip, files named .html"]),
    ("a.warc", ["in a .warc, pages of HTML"]),
    *((name, [f"{name} has no row"]) for name in ("a.csv", "a.json", "a.jsonl", "a.parquet")),
    ("-", ["standard input has no row"]),
    ("folder a.csv a.zip", ["in folders, ", "a.csv has no row", "in a .zip, "]),
]


@pytest.mark.parametrize(("given", "said"), EMPTY, ids=[given for given, _ in EMPTY])
def test_what_holds_no_article_is_told_what_would_be_one(tmp_path: Path, monkeypatch, given: str, said: list[str]):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for name in ("a.warc", "a.csv", "a.jsonl"):
        Path(name).touch()
    Path("a.json").write_text("[]")
    zipfile.ZipFile("a.zip", "w").close()
    pyarrow.parquet.write_table(pyarrow.table({"text": pyarrow.array([], pyarrow.string())}), "a.parquet")
    inputs = given.split()
    assert not list(read_inputs([name for name in inputs if name != "-"]))
    sentence = nothing_in(inputs)
    names = ", ".join("standard input" if name == "-" else name for name in inputs)
    assert sentence.startswith(f"Nothing to do: no article in {names} ({said[0]}")
    assert all(words in sentence for words in said) and ("folders" in sentence) == ("folder" in inputs)


# ZIP


def test_members_of_a_zip_in_order_and_broken_ones_said(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", REPORT)
        archive.writestr("a/z.HTML", PAGE)
        archive.writestr("a b/é.txt", REPORT)
        archive.writestr("a/c.txt.gz", gzip.compress(REPORT.encode()))
        archive.writestr("a/c.txt.zst", zstandard.compress(REPORT.encode()))
        archive.writestr("a/cut.txt.gz", gzip.compress(REPORT.encode())[:-9])
        archive.writestr("../../up.txt", REPORT)
        archive.writestr("notes.pdf", b"%PDF")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("dir.html/", b"")
        archive.writestr("__MACOSX/._b.txt", b"\0\5\x16\7")
        archive.writestr("bomb.txt", b"x" * 60_000_000)
        archive.writestr("bomb.txt.gz", gzip.compress(b"x" * 60_000_000))
        archive.writestr("bz.txt", b"x" * 60_000_000, compress_type=zipfile.ZIP_BZIP2)
        archive.writestr("secret.txt", REPORT)
        archive.writestr("torn.txt", b"robek " * 500, compress_type=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes().replace(b"robek robek ", b"robek xxxxx ", 1))
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.rfind(signature, 0, data.rfind(b"secret.txt") if flags == 8 else data.find(b"secret.txt"))
        data[at + flags] |= 1
    path.write_bytes(data)
    tracemalloc.start()
    found = read(path, max_bytes=100_000)
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()
    assert [source.id for source in found] == [
        "a.zip/../../up.txt", "a.zip/a/c.txt.gz", "a.zip/a/c.txt.zst", "a.zip/a/cut.txt.gz", "a.zip/a/z.HTML",
        "a.zip/a b/é.txt", "a.zip/b.txt", "a.zip/bomb.txt", "a.zip/bomb.txt.gz", "a.zip/bz.txt", "a.zip/secret.txt",
        "a.zip/torn.txt",
    ]  # fmt: skip
    said = {name.removeprefix("a.zip/"): words for name, words in problems(found).items()}
    assert set(said) == {"a/cut.txt.gz", "bomb.txt", "bomb.txt.gz", "bz.txt", "secret.txt", "torn.txt"}
    assert said["bomb.txt"] == said["bomb.txt.gz"] == "is larger than 100000 bytes; --max-bytes raises the limit"
    assert "encrypted" in said["secret.txt"] and "method 12" in said["bz.txt"] and "CRC" in said["torn.txt"]
    assert {source.content.data for source in found if source.content} == {REPORT.encode(), PAGE.encode()}
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip"]


@pytest.mark.parametrize("harm", [lambda data: data[:-30], lambda data: b"no zip", lambda data: b""])
def test_a_zip_that_is_none_is_said(tmp_path: Path, harm: Callable[[bytes], bytes]):
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.writestr("a.txt", REPORT)
    (tmp_path / "a.zip").write_bytes(harm((tmp_path / "whole.zip").read_bytes()))
    assert problems(read(tmp_path / "a.zip"))["a.zip"].startswith("is no ZIP archive that can be read: ")


# WARC


def test_pages_of_a_crawl_are_unpacked_and_all_else_is_passed_over(tmp_path: Path):
    brotli = pytest.importorskip("brotli")
    body = PAGE.encode()
    packings = {
        "plain": (body, {}),
        "gzip": (gzip.compress(body), {"Content_Encoding": "gzip"}),
        "deflate": (__import__("zlib").compress(body), {"Content_Encoding": "deflate"}),
        "bare": (__import__("zlib").compress(body)[2:-4], {"Content_Encoding": "deflate"}),
        "br": (brotli.compress(body), {"Content_Encoding": "br"}),
        "zstd": (zstandard.compress(body), {"Content_Encoding": "zstd"}),
        "chunked": (chunked(body), {"Transfer_Encoding": "chunked"}),
        "both": (chunked(gzip.compress(body)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        "untrue": (body, {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        "xhtml": (body, {"Content_Type": "application/xhtml+xml"}),
    }
    for packing in (False, True):
        crawl = Crawl(packing)
        for name, (data, headers) in packings.items():
            crawl.add(f"https://kabar.example/{name}", data, **headers)
            crawl.add(f"https://kabar.example/{name}/gone", data, status="404 Not Found", **headers)
        crawl.add("https://kabar.example/a.png", body, Content_Type="image/png")
        crawl.add("https://kabar.example/meta", b"x: y", kind="metadata", Content_Type="text/plain")
        crawl.add("https://kabar.example/resource", body, kind="resource")
        crawl.add("https://kabar.example/wet", REPORT.encode(), kind="conversion", Content_Type="text/plain")
        crawl.add("https://kabar.example/empty", b"")
        path = crawl.save(tmp_path / ("a.warc.gz" if packing else "a.warc"))
        found = {source.id.removeprefix("https://kabar.example/"): source for source in read(path)}
        assert list(found) == [*packings, "resource", "wet", "empty"]
        assert not problems(list(found.values()))
        assert {name for name, one in found.items() if one.content and one.content.data == body} == {
            *packings, "resource",
        }  # fmt: skip
        assert all(one.content and one.content.url == one.id for one in found.values())
        assert found["wet"].content and found["wet"].content.format == "text"
    whole = gzip.compress((tmp_path / "a.warc").read_bytes())
    (tmp_path / "one.warc.gz").write_bytes(whole)
    assert len(read(tmp_path / "one.warc.gz")) == len(packings) + 3
    assert len(read(packed(tmp_path / "a.warc", ".zst"))) == len(packings) + 3


def test_bodies_that_do_not_unpack_or_are_too_large_are_said(tmp_path: Path):
    brotli = pytest.importorskip("brotli")
    big, small = b"x" * 80_000_000, PAGE.encode() * 5
    crawl = Crawl()
    crawl.add("https://a/bomb", gzip.compress(big), Content_Encoding="gzip")
    crawl.add("https://a/bombs", chunked(gzip.compress(big)), Content_Encoding="gzip", Transfer_Encoding="chunked")
    crawl.add("https://a/br", brotli.compress(big), Content_Encoding="br")
    crawl.add("https://a/zstd", zstandard.compress(big), Content_Encoding="zstd")
    crawl.add("https://a/large", big)
    crawl.add("https://a/twice", gzip.compress(gzip.compress(big)), Content_Encoding="gzip, gzip")
    crawl.add("https://a/cut", gzip.compress(small)[:-20], Content_Encoding="gzip")
    crawl.add("https://a/cutbr", brotli.compress(small)[:-20], Content_Encoding="br")
    crawl.add("https://a/junk", b"\x1f\x8b" + b"\xff" * 90, Content_Encoding="gzip")
    crawl.add("https://a/other", b"PACKED", Content_Encoding="compress")
    crawl.add("https://a/last", small)
    del big
    path = crawl.save(tmp_path / "a.warc")
    del crawl
    tracemalloc.start()
    found = read(path, max_bytes=1_000_000)
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    said = {name.removeprefix("https://a/"): words for name, words in problems(found).items()}
    for name in ("bomb", "bombs", "br", "zstd", "large", "twice"):
        assert said[name] == "is larger than 1000000 bytes; --max-bytes raises the limit"
    assert said["cut"] == said["cutbr"] == "is packed and cut short"
    assert said["junk"].startswith("cannot be read: ") and "'compress'" in said["other"]
    assert found[-1].content and found[-1].content.data == small


def broken_crawls() -> Iterator[tuple[str, bytes, list[str], dict[str, str]]]:
    crawl = Crawl()
    places = [crawl.add(f"https://a/{name}", PAGE.encode()) for name in "123"]
    whole, second = crawl.stream.getvalue(), places[1]
    torn = bytearray(whole)
    torn[second : second + 9] = b"\xff" * 9
    a1, a3 = "https://a/1", "https://a/3"
    yield "header", bytes(torn), [a1, "a.warc:2", a3], {"a.warc:2": "is no WARC record"}
    length = whole.index(b"Content-Length: ", second)
    yield (
        "length",
        whole[:length] + b"Content-Length: x" + whole[length + 16 :],
        [a1, "a.warc:2", a3],
        {"a.warc:2": "has a broken header"},
    )
    digits = whole[length + 16 :].split(b"\r\n", 1)[0]
    short = whole[: length + 16] + str(int(digits) - 60).encode() + whole[length + 16 + len(digits) :]
    yield "short", short, [a1, "https://a/2", "a.warc:3", a3], {"a.warc:3": "is no WARC record"}
    address = whole.index(b"WARC-Target-URI", second)
    yield "address", whole[:address] + b"X" + whole[address:], [a1, "a.warc:2", a3], {"a.warc:2": "has a broken header"}
    for cut in (5, 40):
        yield f"cut {cut}", whole[: second + cut], [a1, "a.warc:2"], {"a.warc:2": ""}
    inside = {"status": b"HTTP/1.1 20", "header": b"HTTP/1.1 200 OK", "type": b"text/ht", "next": b"text/html; charset"}
    for name, words in inside.items():
        cut = whole.index(words, second) + len(words)
        yield f"cut {name}", whole[:cut], [a1, "https://a/2"], {"https://a/2": "is cut short: "}
    image = crawl.add("https://a/4.png", PAGE.encode(), Content_Type="image/png")
    cut = crawl.stream.getvalue()[: image + 500]
    yield "cut image", cut, [a1, "https://a/2", a3, "https://a/4.png"], {"https://a/4.png": "is cut short: "}
    yield "cut body", whole[: places[2] - 50], [a1, "https://a/2"], {"https://a/2": "is cut short: "}
    yield "junk", b"hello world\n" * 9, ["a.warc:1"], {"a.warc:1": "is no WARC record"}
    yield "line", b"WARC/1.0\r\n" + b"x" * 3_000_000, ["a.warc:1"], {"a.warc:1": "has a broken header"}
    yield "lines", b"WARC/1.0\r\n" + b"a: b\r\n" * 30_000, ["a.warc:1"], {"a.warc:1": "has a broken header"}
    yield "nothing", b"", [], {}


@pytest.mark.parametrize(("data", "ids", "said"), [pytest.param(*case[1:], id=case[0]) for case in broken_crawls()])
def test_broken_records_are_said_and_the_reading_goes_on(tmp_path: Path, capsys, data: bytes, ids, said):
    (tmp_path / "a.warc").write_bytes(data)
    found = read(tmp_path / "a.warc")
    assert [source.id for source in found] == ids
    assert set(problems(found)) == set(said)
    assert all(problems(found)[name].startswith(words) for name, words in said.items())
    assert capsys.readouterr() == ("", "")


def test_a_packed_crawl_that_is_cut_off_says_so_after_what_is_whole(tmp_path: Path):
    crawl = Crawl(packed=True)
    places = [crawl.add(f"https://a/{name}", PAGE.encode()) for name in "123"]
    (tmp_path / "a.warc.gz").write_bytes(crawl.stream.getvalue()[: places[2] - 20])
    found = read(tmp_path / "a.warc.gz")
    assert found[0].id == "https://a/1" and found[0].content
    assert found[-1].id == "a.warc.gz:2"
    assert found[-1].problem and "the reading ended here" in found[-1].problem
