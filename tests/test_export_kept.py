"""Exports replace earlier exports and nothing else: neither the records that they are made of nor others' files."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from made_records import bare, figure
from spacy.tokens import DocBin

from pkh_extract.errors import OutputError
from pkh_extract.record import Record
from pkh_extract.writing.export import FORMATS, export, export_csv
from pkh_extract.writing.tables import COLUMNS

TEXT = "Bantuan PKH diterima 112 KPM di Agam."
RECORD = bare("a.txt", "Cair", TEXT, kpm=[figure(TEXT, "112 KPM")])
ROW = '{"text": "Bantuan PKH cair.", "label": "x"}\n'
FILES = {
    "csv": [f"{table}.csv" for table in COLUMNS],
    "xlsx": ["records.xlsx"],
    "parquet": [f"{table}.parquet" for table in COLUMNS],
    "label-studio": ["tasks.json", "config.xml"],
    "doccano": ["records.jsonl", "labels.json"],
    "spacy": ["records.spacy"],
}


def strangers(folder: Path, name: str) -> list[bytes]:
    """What may stand under a name and is no export: nonsense, records, rows of articles, files of the same kind."""
    made = folder.parent / "made"
    made.mkdir()
    with zipfile.ZipFile(made / "book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", '<workbook xmlns="x"><sheets><sheet name="articles"/></sheets></workbook>')
    DocBin().to_disk(made / "docs.spacy")
    kinds = [
        b"x",
        f"{RECORD.model_dump_json()}\n".encode(),
        ROW.encode(),
        b"source,text\na,b\n",
        b"[" * 9999,
        b"<View/>",
    ]
    if name.endswith(".parquet"):
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(arrow.table({"source": ["a"], "text": ["b"]}), made / "rows.parquet")
    return [*kinds, *(path.read_bytes() for path in sorted(made.iterdir()))]


@pytest.mark.parametrize("to", FORMATS)
def test_an_export_replaces_an_earlier_one(tmp_path: Path, to: str):
    for some in ([], [RECORD], [RECORD, RECORD], []):
        export(some, str(tmp_path), to)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES[to])
    for path in tmp_path.iterdir():
        path.write_bytes(b"")  # nothing is lost with an empty file
    export([RECORD], str(tmp_path), to)


@pytest.mark.parametrize(("to", "name"), [(to, name) for to, names in FILES.items() for name in (names[0], names[-1])])
def test_what_is_no_export_is_kept(tmp_path: Path, to: str, name: str):
    folder = tmp_path / "out"
    folder.mkdir()
    for content in strangers(folder, name):
        (folder / name).write_bytes(content)
        with pytest.raises(OutputError, match=f"{name} is there already and is no earlier export; give another folder"):
            export([RECORD], str(folder), to)
        assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(name, content)]
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(OutputError, match="is no earlier export"):
        export([RECORD], str(folder), to)


def test_a_table_of_the_other_dialect_is_an_export_too(tmp_path: Path):
    for dialect in ("excel-id", "standard", "excel-id"):
        export_csv([RECORD], str(tmp_path), dialect)


def test_later_files_of_documents_go_only_where_they_are_exports(tmp_path: Path):
    DocBin().to_disk(tmp_path / "records-2.spacy")
    export([RECORD], str(tmp_path), "spacy")
    assert (tmp_path / "records-2.spacy").exists()
    (tmp_path / "records.spacy").rename(tmp_path / "records-3.spacy")
    export([RECORD], str(tmp_path), "spacy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records-2.spacy", "records.spacy"]


def test_the_command_never_writes_over_its_records(tmp_path: Path):
    (tmp_path / "records.jsonl").write_text(RECORD.model_dump_json() + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "pkh_extract", "export", "records.jsonl", "--to", "doccano", "-o"]
    done = subprocess.run([*command, "."], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "records.jsonl is there already and is no earlier export" in done.stderr
    assert Record.model_validate(json.loads((tmp_path / "records.jsonl").read_text("utf-8"))) == RECORD
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]
    assert subprocess.run([*command, "there"], cwd=tmp_path, capture_output=True, check=False).returncode == 0
