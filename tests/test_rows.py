"""Rows of CSV, JSON and Parquet: which articles they give, and what is said of rows that give none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract.reading import Fields

pyarrow = pytest.importorskip("pyarrow")
zstandard = pytest.importorskip("zstandard")
pytest.importorskip("warcio")

from article_files import PAGE, REPORT, problems, read, write_csv, write_jsonl  # noqa: E402
from pyarrow import parquet  # noqa: E402

# CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_tells_delimiter_and_fields(tmp_path: Path, delimiter: str, encoding: str):
    rows = [{"judul, lengkap": "x", "naskah": REPORT, "nomor": "7", "text": "tidak dibaca"}]
    path = write_csv(tmp_path / "a.csv", rows, delimiter, encoding)
    (found,) = read(path, fields=Fields.named({"text": "naskah", "id": "nomor"}))
    assert (found.id, found.content and found.content.data) == ("7", REPORT)


SEPARATED = [
    "sep=;\nid;text\n1;a, b\n",
    "\ufeffsep=;\r\nid;text\r\n1;a, b\r\n",
    '"sep=;"\nid;text\n1;a, b\n',
    "\nSEP=|\n\nid|text\n1|a, b\n",
    "sep=\t\nid\ttext\n1\ta, b\n",
    'sep=,\nid,text\n1,"a, b"\n',
    "sep=;\nid;text,lain\n1;x\n",
    "sep=;,text\n1,a b\n",
]


@pytest.mark.parametrize("data", SEPARATED)
def test_a_line_above_the_header_may_name_the_separator(tmp_path: Path, data: str):
    (tmp_path / "a.csv").write_bytes(data.encode())
    (found,) = read(tmp_path / "a.csv")
    if "lain" in data:
        assert found.problem and found.problem.startswith("header has none of the fields")
    else:
        assert found.content and found.content.data == ("a b" if ";," in data else "a, b")


def test_broken_rows_of_csv_are_named_by_their_line_and_cost_no_other(tmp_path: Path):
    long = "x" * 5000
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'\xef\xbb\xbf\nid,text\n1,"dua\nbaris"\n\n2,tiga,sel\n3\n4,besar '
        + long[:1500].encode()
        + b"\n5,"
        + long.encode()
        + b'\n6,"'
        + long.encode()
        + b'\n lagi, ""ya"""\n7,tanda "kutip" lepas\n8,caf\xe9\n9,akhir'
    )
    found = read(path, max_bytes=1000)
    assert [source.id for source in found] == ["1", "a.csv:2", "a.csv:3", "4", "a.csv:5", "a.csv:6", "7", "8", "9"]
    said = problems(found)
    assert said["a.csv:2"] == "row in line 6 has 3 cells, the header has 2"
    assert said["a.csv:3"] == "row in line 7 has 1 cells, the header has 2"
    assert said["4"].startswith("is larger than 1000 bytes")
    assert said["a.csv:5"].startswith("row in line 9: is larger than 4000 bytes")
    assert said["a.csv:6"].startswith("row in line 10: is larger than 4000 bytes")
    assert [source.content.data for source in found if source.content] == [
        "dua\nbaris", 'tanda "kutip" lepas', b"caf\xe9", "akhir",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", {}),
        (b"\n\n", {}),
        (b"id,text\n", {}),
        (b"id,isi berita\n1,x\n", {"a.csv": "header has none of the fields text, content, body, isi, html, raw_html"}),
        *(
            (text.encode(encoding), {"a.csv": 'is in UTF-16, not UTF-8; save it from Excel as "CSV UTF-8", or convert'})
            for text in ("id,text\n1,x\n", "id\ttext\r\n1\tx\r\n", "sep=;\r\nid;text\r\n1;x\r\n")
            for encoding in ("utf-16", "utf-16-le", "utf-16-be")
        ),
        (b"sep=;\n", {}),
        (b'id,text\n1,"x\n2,y\n', {"a.csv:1": "row in line 2 has a quote that is never closed"}),
        (b"\x00\x01\xff" * 9000, {"a.csv": "header"}),
    ],
)
def test_what_is_no_csv_is_said(tmp_path: Path, data: bytes, said: dict[str, str]):
    (tmp_path / "a.csv").write_bytes(data)
    found = problems(read(tmp_path / "a.csv", max_bytes=5000))
    assert list(found) == list(said)
    assert all(found[name].startswith(words) for name, words in said.items())


def test_nul_in_a_cell_of_csv_is_kept(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,satu\0dua\n2,\0caf\xe9\n3,tiga\n")
    found = read(tmp_path / "a.csv", max_bytes=5000)
    assert [source.content.data for source in found if source.content] == ["satu\0dua", b"\0caf\xe9", "tiga"]


# JSON


ARRAYS = [
    (b"", [], {}),
    (b" [ ] \n", [], {}),
    (b'{"text": "a"}', ["a"], {}),
    (b'\xef\xbb\xbf\n[{"text": "a"},\n{"text": "b \\" ] } \\\\"}]\n', ["a", 'b " ] } \\'], {}),
    (b'[{"text": "a"}, 5, {"text": ["x"]}, {"text": "b"}, ]', ["a", "b"],
     {"a.json:2": "row is no JSON object", "a.json:3": "row's text is no string"}),
    (b'[{"text": "a"}, {"text" "x"}, {"text": "b"}]', ["a", "b"], {"a.json:2": "row is no JSON: "}),
    (b'[{"text": "a"}, , {"text": "b"}]', ["a", "b"], {"a.json:2": "row is no JSON: "}),
    (b'[{"text": "a"}, {"text": "' + b"x" * 9000 + b'"}, {"text": "b"}]', ["a", "b"],
     {"a.json:2": "row is larger than 4000 bytes"}),
    (b'[{"text": "a"}, {"text": "b', ["a"], {"a.json:2": "ends before its array does"}),
    (b'[{"text": "a"}] {"text": "b"}', ["a"], {"a.json:2": "goes on after its array"}),
    (b'{"text": "a"}\n{"text": "b"}', ["a", "b"], {}),
    (b'\xef\xbb\xbf\n {"text": "a"} \r\n\r\n{"text": "' + b"x" * 9000 + b'"}\n{"text" "x"}\n[1]\n{"text": "b"}\n',
     ["a", "b"],
     {"a.json:2": "row is larger than 4000 bytes", "a.json:3": "row is no JSON: ",
      "a.json:4": "row is no JSON object"}),
    (b'{\n "text": "a"\n}\n', ["a"], {}),
    (b'{"text": "a"} {"text": "b"}', [], {"a.json:1": "row is no JSON: Extra data"}),
    (b'{"text": "' + b"x" * 9000 + b'"}\n{"text": "b"}', [], {"a.json:1": "row is larger than 4000 bytes"}),
    (b'{"text": "' + b"x" * 9000, [], {"a.json:1": "row is larger than 4000 bytes"}),
    (b"teks", [], {"a.json:1": "is neither an array nor an object"}),
    ('[{"text": "a"}]'.encode("utf-16"), [], {"a.json:1": "is neither an array nor an object"}),
    (b"[" * 90_000, [], {"a.json:1": "ends before its array does"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "texts", "said"), ARRAYS)
@pytest.mark.parametrize("chunk", [1, 3, 1 << 16])
def test_an_array_is_read_row_by_row(tmp_path: Path, monkeypatch, data: bytes, texts, said, chunk: int):
    monkeypatch.setattr("pkh_extract.reading.arrays._CHUNK", chunk)
    (tmp_path / "a.json").write_bytes(data)
    found = read(tmp_path / "a.json", max_bytes=1000)
    assert [source.content.data for source in found if source.content] == texts
    assert list(problems(found)) == list(said)
    assert all(problems(found)[name].startswith(words) for name, words in said.items())


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.fixed_dictionaries({"text": st.text(max_size=20), "lain": JSON}), max_size=5), st.booleans())
def test_any_array_gives_what_its_rows_as_lines_give(tmp_path_factory: pytest.TempPathFactory, rows, readable):
    folder = tmp_path_factory.mktemp("array")
    (folder / "a.json").write_text(json.dumps(rows, ensure_ascii=not readable, indent=readable or None), "utf-8")
    write_jsonl(folder / "a.jsonl", rows)
    assert [one.content for one in read(folder / "a.json")] == [one.content for one in read(folder / "a.jsonl")]


# Parquet


def test_parquet_takes_dates_bytes_and_only_the_columns_that_matter(tmp_path: Path):
    import datetime

    table = {
        "html": [PAGE.encode(), None, b"\xff\xfe"],
        "text": [None, REPORT, None],
        "id": [1, 2, 3],
        "date": [datetime.date(2024, 11, 17), None, None],
        "vector": [[0.5] * 3] * 3,
    }
    parquet.write_table(pyarrow.table(table), tmp_path / "a.parquet")
    found = read(tmp_path / "a.parquet")
    assert [source.id for source in found] == ["1", "2", "3"]
    assert [source.content.data for source in found if source.content] == [PAGE.encode(), REPORT, b"\xff\xfe"]
    assert found[0].content and (found[0].content.published, found[0].content.format) == ("2024-11-17", "html")


def test_broken_parquet_is_said_and_what_is_whole_is_read(tmp_path: Path):
    rows = [{"text": f"{number} " + str(hash(str(number))) * 300} for number in range(400)]
    whole = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), whole, row_group_size=50, compression="zstd")
    data = bytearray(whole.read_bytes())
    (tmp_path / "cut.parquet").write_bytes(data[:-50])
    (tmp_path / "none.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "empty.parquet").write_bytes(b"")
    half = len(data) // 2
    data[half : half + 3000] = b"\xff" * 3000
    (tmp_path / "hole.parquet").write_bytes(data)
    parquet.write_table(pyarrow.table({"naskah": ["x"]}), tmp_path / "other.parquet")
    for name in ("cut", "none", "empty"):
        (problem,) = problems(read(tmp_path / f"{name}.parquet")).values()
        assert problem.startswith("cannot be read: ")
    assert problems(read(tmp_path / "other.parquet"))["other.parquet"].startswith("has none of the columns text, ")
    found = read(tmp_path / "hole.parquet")
    assert len(found) > 50 and len(problems(found)) == 1 and found[-1].problem
