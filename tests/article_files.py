"""Articles in files of every format, and how to read them back."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pkh_extract.reading import Source, check_inputs, read_inputs

pyarrow = pytest.importorskip("pyarrow")
zstandard = pytest.importorskip("zstandard")
pytest.importorskip("warcio")

from pyarrow import parquet  # noqa: E402
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

REPORT = (
    "Dinsos Padang Latih Pendamping PKH\n\nPADANG - Sebanyak 31 pendamping PKH mengikuti bimbingan teknis di Aula "
    'Dinas Sosial Kota Padang, Sabtu (16/11/2024). “Saat ini ada 21.853 KPM,” kata Rina; ia menambahkan: "ya".\n'
)
PAGE = f"<html><head><title>Bimtek</title></head><body><article><p>{REPORT}</p></article></body></html>"
ROWS: list[dict[str, Any]] = [
    {"id": "satu", "text": REPORT, "html": None, "url": "https://kabar.example/1", "date": "2024-11-17", "title": "A"},
    {"id": "dua", "text": None, "html": PAGE, "url": None, "date": None, "title": None},
    {"id": None, "text": "Hujan, sepanjang hari; tanpa kabar\tlain.", "html": None, "url": None, "date": None,
     "title": "Judul \"kutip\""},
]  # fmt: skip


def read(path: Path, **options: Any) -> list[Source]:
    """The sources of one file that the checks before a run let pass."""
    check_inputs([str(path)])
    return list(read_inputs([str(path)], **options))


def problems(found: list[Source]) -> dict[str, str]:
    return {source.id: source.problem for source in found if source.problem}


def write_csv(path: Path, rows: list[dict[str, Any]], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def write_parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    return path


def packed(path: Path, suffix: str) -> Path:
    target = path.with_name(path.name + suffix)
    target.write_bytes({".gz": gzip.compress, ".zst": zstandard.compress}[suffix](path.read_bytes()))
    return target


def row_files(folder: Path) -> list[Path]:
    """The same rows in every format of rows; the name is the same but for the ending."""
    plain = [
        write_jsonl(folder / "rows.jsonl", ROWS),
        write_csv(folder / "rows.csv", ROWS),
    ]
    array = folder / "rows.json"
    array.write_text(json.dumps(ROWS, ensure_ascii=False, indent=1), encoding="utf-8")
    plain.append(array)
    return [*plain, write_parquet(folder / "rows.parquet", ROWS), *(packed(one, end) for one in plain
            for end in (".gz", ".zst"))]  # fmt: skip


class Crawl:
    """A WARC file in the making."""

    def __init__(self, packed: bool = False) -> None:
        self.stream = io.BytesIO()
        self._writer = WARCWriter(self.stream, gzip=packed)

    def add(self, url: str | None, body: bytes, kind: str = "response", status: str = "200 OK", **headers: str) -> int:
        """Write one record; gives where it begins."""
        begun = self.stream.tell()
        named = {"Content-Type": "text/html; charset=utf-8"} | {key.replace("_", "-"): headers[key] for key in headers}
        http = StatusAndHeaders(status, list(named.items()), protocol="HTTP/1.1") if kind == "response" else None
        record = self._writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), http_headers=http,
            warc_content_type="" if http else named["Content-Type"],
        )  # fmt: skip
        self._writer.write_record(record)
        return begun

    def save(self, path: Path) -> Path:
        path.write_bytes(self.stream.getvalue())
        return path


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (body[:half], body[half:])) + b"0\r\n\r\n"
