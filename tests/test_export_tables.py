"""Flat tables in files and frames: every library reads back what the records say, whatever the records hold."""

from __future__ import annotations

import csv
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_records import HOSTILE, bare, figure, lonely, records

import pkh_extract
from pkh_extract.errors import InputError, OutputError
from pkh_extract.record import Record, Warning
from pkh_extract.writing import spreadsheet, tablefiles
from pkh_extract.writing.export import FORMATS, export, export_csv
from pkh_extract.writing.separated import DIALECTS
from pkh_extract.writing.tables import COLUMNS, KINDS, rows, typed_rows

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
NUMBER = figure(HOSTILE, "_x0041_", 1_234_567)


@pytest.fixture(scope="module")
def corpus(extractor) -> list[Record]:
    return [extractor.extract(path.read_bytes(), source=path.name) for path in sorted(CORPUS.iterdir())[:12]]


def hostile() -> Record:
    return bare("=1+1", HOSTILE, HOSTILE, kpm=[NUMBER])


def expected(record: Record | list[Record], table: str) -> list[dict[str, Any]]:
    some = record if isinstance(record, list) else [record]
    return [row for one in some for name, row in typed_rows(one) if name == table]


def command(*arguments: str, before: str = "pass") -> subprocess.CompletedProcess[str]:
    code = f"import sys; {before}; from pkh_extract.cli import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def write(path: Path, some: list[Record]) -> str:
    path.write_text("".join(f"{record.model_dump_json()}\n" for record in some), encoding="utf-8")
    return str(path)


@given(records())
@settings(max_examples=30)
def test_every_column_holds_its_kind(record: Record):
    for table, row in typed_rows(record):
        assert set(row) == set(COLUMNS[table])
        for column, cell in row.items():
            assert cell is None or type(cell) is KINDS.get(column, str), column


# CSV


def cells(path: Path, dialect: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=DIALECTS[dialect].separator))


@pytest.mark.parametrize("dialect", DIALECTS)
@given(record=records())
@settings(max_examples=30)
def test_csv_reads_back(tmp_path_factory: pytest.TempPathFactory, dialect: str, record: Record):
    folder = tmp_path_factory.mktemp("csv")
    counts = export_csv([record], str(folder), dialect)
    wanted: dict[str, list[dict[str, Any]]] = {table: [] for table in COLUMNS}
    for table, row in rows(record):
        wanted[table].append(row)
    for table, some in wanted.items():
        read = cells(folder / f"{table}.csv", dialect)
        assert len(read) == len(some) == counts[table]
        for row, line in zip(some, read, strict=True):
            assert line == {column: text(cell, dialect) for column, cell in row.items()}


def text(cell: Any, dialect: str) -> str:
    if isinstance(cell, float):
        return repr(cell).replace(".", DIALECTS[dialect].decimal)
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\n")):
        return f"'{cell}"
    return "" if cell is None else str(cell)


def test_the_dialect_of_an_indonesian_excel_has_its_mark_and_pandas_reads_it(tmp_path: Path, corpus: list[Record]):
    pandas = pytest.importorskip("pandas")
    export_csv(corpus, str(tmp_path / "id"), "excel-id")
    export_csv(corpus, str(tmp_path / "plain"))
    assert (tmp_path / "id" / "events.csv").read_bytes().startswith(b"\xef\xbb\xbfsource;event;type;")
    assert (tmp_path / "plain" / "events.csv").read_bytes().startswith(b"source,event,type,")
    codes = {"regency_code": "string"}
    there = pandas.read_csv(tmp_path / "id" / "events.csv", sep=";", decimal=",", dtype=codes)
    plain = pandas.read_csv(tmp_path / "plain" / "events.csv", dtype=codes)
    pandas.testing.assert_frame_equal(there, plain)
    assert there["latitude"].dtype == there["confidence"].dtype == "float64"


# XLSX


def sheets(folder: Path) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(folder / spreadsheet.NAME)


def table(book: Any, name: str) -> list[dict[str, Any]]:
    head, *lines = book[name].iter_rows(values_only=True)
    return [dict(zip(head, map(unescaped, line), strict=True)) for line in lines]


def unescaped(cell: Any) -> Any:
    """``_x0041_`` is an escape in a workbook and a written one has itself escaped; openpyxl leaves it in strings that
    stand in their cells."""
    return re.sub("_x005F_", "_", cell) if isinstance(cell, str) else cell


def test_a_workbook_has_a_sheet_a_table_with_numbers_and_days(tmp_path: Path, corpus: list[Record]):
    pytest.importorskip("xlsxwriter")
    counts = export(corpus, str(tmp_path), "xlsx")
    book = sheets(tmp_path)
    assert book.sheetnames == list(COLUMNS)
    for name in COLUMNS:
        assert book[name].freeze_panes == "A2"
        some = expected(corpus, name)
        assert counts[name] == len(some)
        for row, line in zip(some, table(book, name), strict=True):
            assert {column: plain(cell) for column, cell in line.items()} == {
                column: None if cell == "" else cell for column, cell in row.items() if column != "published"
            } | ({"published": plain(line["published"])} if name == "articles" else {})
    published = [line["published"] for line in table(book, "articles") if line["published"]]
    assert all(isinstance(day, datetime.datetime) or "T" in day for day in published)
    assert any(isinstance(day, datetime.datetime) for day in published)


def plain(cell: Any) -> Any:
    return cell.date() if isinstance(cell, datetime.datetime) else cell


def test_nothing_in_a_workbook_is_a_formula_and_no_character_breaks_it(tmp_path: Path):
    pytest.importorskip("xlsxwriter")
    export([lonely(hostile()), bare("+\x1b[31m\x0b\ufffe.txt", "\0\x07")], str(tmp_path), "xlsx")
    book = sheets(tmp_path)
    found = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in found} <= {"s", "n", "b", "d", "inlineStr"}
    first, second = table(book, "articles")
    assert (first["source"], first["title"]) == ("=1+1", f" {HOSTILE}")
    assert second["source"] == "+[31m.txt"
    assert not second["title"]
    assert table(book, "kpm")[0]["evidence"] == "_x0041_"
    assert table(book, "kpm")[0]["area_code"] == "13.10"
    assert book["articles"]["A2"].quotePrefix


def test_cells_are_cut_with_a_note(tmp_path: Path):
    pytest.importorskip("xlsxwriter")
    long = "\U0001f600" * 20_000
    export([bare(title=long), bare(title="a" * 32_767), bare(title="a" * 32_768)], str(tmp_path), "xlsx")
    cut, whole, over = (line["title"] for line in table(sheets(tmp_path), "articles"))
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut.endswith("\U0001f600 … [cut: 20000 characters]")
    assert whole == "a" * 32_767
    assert len(over) == 32_767
    assert over.endswith("… [cut: 32768 characters]")


def test_numbers_that_a_spreadsheet_would_round_and_days_that_it_does_not_know_are_text(tmp_path: Path):
    pytest.importorskip("xlsxwriter")
    huge = [figure("1 KPM", "1 KPM", value) for value in (2**53, 2**53 + 1, 10**30, 0)]
    old = bare().article.model_copy(update={"published": "1899-12-31"})
    wrong = old.model_copy(update={"published": "2024-02-30"})
    exported = [bare(text="1 KPM", kpm=huge), bare(article=old), bare(article=wrong)]
    export(exported, str(tmp_path), "xlsx")
    book = sheets(tmp_path)
    assert [line["value"] for line in table(book, "kpm")] == [2**53, str(2**53 + 1), str(10**30), 0]
    assert [line["published"] for line in table(book, "articles")] == [None, "1899-12-31", "2024-02-30"]


def test_a_full_sheet_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr(spreadsheet, "SHEET_ROWS", 4)
    export([bare(f"{number}.txt") for number in range(7)], str(tmp_path), "xlsx")
    book = sheets(tmp_path)
    names = ("articles", "articles_2", "articles_3")
    assert [name for name in book.sheetnames if name.startswith("articles")] == list(names)
    found = [[line["source"] for line in table(book, name)] for name in names]
    assert found == [["0.txt", "1.txt", "2.txt"], ["3.txt", "4.txt", "5.txt"], ["6.txt"]]


# Parquet and frames


def test_parquet_has_the_same_types_with_and_without_rows(tmp_path: Path, corpus: list[Record]):
    parquet = pytest.importorskip("pyarrow.parquet")
    counts = export(corpus, str(tmp_path / "full"), "parquet")
    assert export([], str(tmp_path / "empty"), "parquet") == dict.fromkeys(COLUMNS, 0)
    for name in COLUMNS:
        full = parquet.read_table(tmp_path / "full" / f"{name}.parquet")
        assert full.schema == parquet.read_table(tmp_path / "empty" / f"{name}.parquet").schema
        assert full.to_pylist() == expected(corpus, name)
        assert full.num_rows == counts[name]
    kinds = {field.name: str(field.type) for field in tablefiles.schema("events")}
    assert (kinds["date_start"], kinds["event"], kinds["confidence"]) == ("date32[day]", "int64", "double")
    assert (kinds["reported"], kinds["regency_code"]) == ("bool", "string")


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(tablefiles, "ROWS", 3)
    export([bare(f"{number}.txt") for number in range(7)], str(tmp_path), "parquet")
    file = parquet.ParquetFile(tmp_path / "articles.parquet")
    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [3, 3, 1]


@given(st.lists(records(), max_size=3))
@settings(max_examples=20)
def test_frames_hold_the_same_as_parquet(some: list[Record]):
    pytest.importorskip("pandas")
    frames = pkh_extract.to_frames(some)
    assert list(frames) == list(COLUMNS)
    for name, frame in frames.items():
        assert tuple(frame.columns) == COLUMNS[name]
        found = frame.astype(object).where(frame.notna(), None).to_dict("records")
        assert [{column: plain(cell) for column, cell in row.items()} for row in found] == expected(some, name)


def test_frames_come_from_a_path_and_know_what_is_missing(tmp_path: Path, corpus: list[Record]):
    pandas = pytest.importorskip("pandas")
    path = write(tmp_path / "r.jsonl", corpus)
    frames, same = pkh_extract.to_frames(path), pkh_extract.to_frames(Path(path))
    pandas.testing.assert_frame_equal(frames["kpm"], same["kpm"])
    kinds = {column: str(kind) for column, kind in frames["events"].dtypes.items()}
    assert (kinds["event"], kinds["reported"], kinds["type"]) == ("Int64", "boolean", "string")
    assert (kinds["date_start"], kinds["latitude"]) == ("datetime64[s]", "Float64")
    assert {column: str(kind) for column, kind in pkh_extract.to_frames([])["events"].dtypes.items()} == kinds
    assert frames["events"]["date_start"].dt.year.dropna().between(2000, 2030).all()


def test_what_no_table_can_hold_is_a_sentence(tmp_path: Path):
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    big = bare(text="1 KPM", kpm=[figure("1 KPM", "1 KPM", 2**63)])
    with pytest.raises(OutputError, match="cannot be written"):
        export([big], str(tmp_path), "parquet")
    with pytest.raises(InputError, match="value cannot be made"):
        pkh_extract.to_frames([big])
    assert not list(tmp_path.iterdir())


# Every format


@pytest.mark.parametrize("to", FORMATS)
def test_hostile_records_are_data(tmp_path: Path, to: str):
    nothing = bare(text="", title=None, warnings=[Warning(code="no_text", message="")])
    counts = export([lonely(hostile()), nothing], str(tmp_path), to)
    assert counts["articles"] == (2 if to in ("csv", "xlsx", "parquet") else 1)


@pytest.mark.parametrize("to", FORMATS)
def test_the_same_records_give_the_same_bytes(tmp_path: Path, corpus: list[Record], to: str):
    for folder in ("a", "b"):
        export(corpus, str(tmp_path / folder), to)
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert names
    assert names == sorted(path.name for path in (tmp_path / "b").iterdir())
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


@pytest.mark.parametrize("to", FORMATS)
def test_files_get_their_names_only_when_all_are_whole(tmp_path: Path, to: str):
    def broken():
        yield hostile()
        raise InputError("line 2 is none.")

    with pytest.raises(InputError, match="line 2 is none"):
        export(broken(), str(tmp_path), to)
    assert not list(tmp_path.iterdir())
    export([hostile()], str(tmp_path), to)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InputError):
        export(broken(), str(tmp_path), to)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("to", FORMATS)
def test_a_full_disk_is_a_sentence(tmp_path: Path, to: str, monkeypatch: pytest.MonkeyPatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pkh_extract.writing.fileset.os.fsync", full)
    with pytest.raises(OutputError, match="No space left on device"):
        export([hostile()], str(tmp_path), to)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("to", FORMATS)
def test_the_command_writes_it(tmp_path: Path, to: str):
    path = write(tmp_path / "r.jsonl", [hostile()])
    done = command("export", path, "--to", to, "-o", str(tmp_path / "new" / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "articles             1" in done.stdout
    assert list((tmp_path / "new" / "out").iterdir())


@pytest.mark.parametrize(("to", "needed"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_missing_library_is_a_sentence_that_says_what_to_install(tmp_path: Path, to: str, needed: str):
    path = write(tmp_path / "r.jsonl", [hostile()])
    done = command("export", path, "--to", to, "-o", str(tmp_path / "out"), before=f"sys.modules[{needed!r}] = None")
    assert done.returncode == 2
    assert done.stderr == f"pkh-extract: .{to} needs {needed}: pip install 'pkh-extract[all]'\n"
    assert not (tmp_path / "out").exists()


def test_frames_without_pandas_say_so():
    code = "import sys; sys.modules['pandas'] = None; import pkh_extract; pkh_extract.to_frames([])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1].endswith("to_frames needs pandas: pip install 'pkh-extract[all]'")


@pytest.mark.parametrize(
    "wrong", [("--to", "xlsx", "--dialect", "excel-id"), ("--to", "ods"), ("--to", "csv", "--dialect", "fr")]
)
def test_wrong_usage_is_one_line(tmp_path: Path, wrong: tuple[str, ...]):
    done = command("export", write(tmp_path / "r.jsonl", []), "-o", str(tmp_path / "out"), *wrong)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("to", FORMATS)
def test_a_date_that_is_none_and_a_folder_that_is_a_file_are_sentences(tmp_path: Path, to: str):
    row = json.loads(hostile().model_dump_json())
    when = {"start": "kemarin", "end": None, "precision": "day", "duration_days": None, "method": "relative"}
    proof = {"field": "text", "start": 0, "end": 1, "text": "="}
    kept = {"type": "other", "term": "", "rule": "", "evidence": proof, "status": "held", "reported": False}
    more = {"confidence": 0, "location": None, "organizer": None, "participants": []}
    row["events"] = [{**kept, **more, "date": {**when, "weekday_matches": None, "evidence": proof}}]
    (tmp_path / "r.jsonl").write_text(json.dumps(row), encoding="utf-8")
    done = command("export", str(tmp_path / "r.jsonl"), "--to", to, "-o", str(tmp_path / "out"))
    assert done.returncode == (2 if to == "parquet" else 0)
    assert done.stderr == (
        "pkh-extract: '=1+1': date_start is 'kemarin', which is no day.\n" if done.returncode else ""
    )
    done = command("export", str(tmp_path / "r.jsonl"), "--to", to, "-o", str(tmp_path / "r.jsonl"))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "Traceback" not in done.stderr
