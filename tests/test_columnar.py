"""Records as Parquet: the same records come back, the same bytes come out, and nothing else is taken for them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkh_extract import read_records
from pkh_extract.errors import InputError, OutputError
from pkh_extract.record import Record

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

from pkh_extract.writing import columnar  # noqa: E402
from pkh_extract.writing.columnar import RecordTable, schema  # noqa: E402

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "articles"
TEXTS = (
    "=cmd()|' /C calc'!A0 </script>\x1b[31m Bansos PKH disalurkan kepada 6.275 KPM di Kabupaten Agam.",
    "Sebanyak 94 pendamping PKH mengikuti bimtek di Hotel Sakura, Kota Padang, Selasa (5/3/2024). \U0001f600 ਨੂੰ",
    "",
)


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pkh_extract", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def lines(extractor) -> list[str]:
    records = [extractor.extract(path.read_bytes(), source=path.name) for path in sorted(CORPUS.iterdir())[:8]]
    records += [extractor.extract(text, source=f"{number}\n\x00.txt") for number, text in enumerate(TEXTS)]
    return [record.model_dump_json() for record in records]


def written(path: Path, raw: bytes, *cuts: int) -> bytes:
    """The file that the lines make when they come in blocks cut there."""
    table = RecordTable(str(path))
    places = sorted({0, len(raw), *(cut % (len(raw) + 1) for cut in cuts)})
    for start, end in pairwise(places):
        table.write_block(raw[start:end])
    table.commit()
    return path.read_bytes()


def test_the_same_records_come_back(tmp_path: Path, lines: list[str]):
    written(tmp_path / "a.parquet", "".join(f"{line}\n" for line in lines).encode())
    assert [record.model_dump_json() for record in read_records(tmp_path / "a.parquet")] == lines


def test_the_schema_has_every_field_of_a_record_and_requires_what_is_never_null():
    def names(model: object, prefix: str = "") -> set[str]:
        """Every path of the JSON Schema, lists passed through."""
        found = set()
        for name, field in model.get("properties", {}).items():  # type: ignore[attr-defined]
            options = field.get("anyOf", [field])
            inner = next(one for one in options if one.get("type") != "null")
            inner = inner.get("items", inner)
            reference = inner.get("$ref", "").rpartition("/")[2]
            null = any(one.get("type") == "null" for one in options)
            found |= {f"{prefix}{name}{'?' if null else ''}"}
            found |= names(contract["$defs"].get(reference, {}), f"{prefix}{name}.")
        return found

    def columns(fields: object, prefix: str = "") -> set[str]:
        found = set()
        for field in fields:  # type: ignore[attr-defined]
            kind = field.type.value_type if pyarrow.types.is_list(field.type) else field.type
            found |= {f"{prefix}{field.name}{'?' if field.nullable else ''}"}
            if pyarrow.types.is_struct(kind):
                found |= columns(kind.fields, f"{prefix}{field.name}.")
        return found

    contract = Record.model_json_schema()
    assert columns(schema()) == names(contract)
    assert len(columns(schema())) > 100


@given(st.lists(st.integers(0, 10**6), max_size=6))
def test_the_bytes_depend_on_the_lines_alone(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]):
    folder = tmp_path_factory.mktemp("cuts")
    bare = (
        '{{"schema_version":"1","article":{{"id":"{0}","source":"{0}","format":"text","text":""}},"relevant":false}}\n'
    )
    empty = {name: [] for name in ("programs", "events", "kpm", "workforce", "amounts", "warnings")}
    rows = [json.loads(bare.format(number)) | empty for number in range(7)]
    for row in rows:
        row["extractor"] = {"version": "0", "patterns": "0"}
    raw = "".join(json.dumps(row) + "\n" for row in rows).encode()
    assert written(folder / "a.parquet", raw, *cuts) == written(folder / "b.parquet", raw)


def test_row_groups_are_bounded_in_rows_and_weight(tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch):
    raw = "".join(f"{line}\n" for line in lines).encode()
    monkeypatch.setattr(columnar, "ROWS", 4)
    file = parquet.ParquetFile(io.BytesIO(written(tmp_path / "a.parquet", raw)))
    assert [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)] == [4, 4, 3]
    monkeypatch.setattr(columnar, "WEIGHT", 1)
    assert parquet.ParquetFile(io.BytesIO(written(tmp_path / "a.parquet", raw))).num_row_groups == len(lines)


def test_what_does_not_fit_is_a_sentence_and_leaves_nothing(tmp_path: Path, lines: list[str]):
    row = json.loads(lines[0])
    row["kpm"][0]["value"] = 2**63
    table = RecordTable(str(tmp_path / "a.parquet"))
    table.write_block((json.dumps(row) + "\n").encode())
    with pytest.raises(OutputError, match=r"a\.parquet cannot be written"):
        table.commit()
    table.discard()
    assert not list(tmp_path.iterdir())


def test_a_table_of_something_else_is_refused(tmp_path: Path):
    parquet.write_table(pyarrow.table({"text": ["x"]}), tmp_path / "articles.parquet")
    with pytest.raises(InputError, match=r"articles\.parquet, row 1: article: Field required"):
        list(read_records(tmp_path / "articles.parquet"))
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no table")
    with pytest.raises(InputError, match=r"broken\.parquet cannot be read"):
        list(read_records(tmp_path / "broken.parquet"))


def test_the_command_writes_it_and_the_others_read_it(tmp_path: Path):
    for name in ("records.parquet", "records.jsonl", "again.parquet"):
        workers = "1" if name == "again.parquet" else "2"
        done = command(tmp_path, "run", str(CORPUS), "-o", name, "--workers", workers)
        assert done.returncode == 0, done.stderr
    assert list(read_records(tmp_path / "records.parquet")) == list(read_records(tmp_path / "records.jsonl"))
    assert (tmp_path / "records.parquet").read_bytes() == (tmp_path / "again.parquet").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"records.parquet", "records.jsonl", "again.parquet"}
    tables = [command(tmp_path, "export", f"records.{end}", "-o", f"to-{end}").stdout for end in ("parquet", "jsonl")]
    assert tables[0] == tables[1] != ""
    if command(tmp_path, "dedupe", "records.parquet").returncode == 0:
        assert (tmp_path / "records.links.jsonl").stat().st_size > 0


def test_a_parquet_file_is_no_stream_of_links(tmp_path: Path, lines: list[str]):
    (tmp_path / "records.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = command(tmp_path, "dedupe", "records.jsonl", "-o", "links.parquet")
    assert done.returncode == 2
    assert "name it *.jsonl" in done.stderr
