"""Records as one self-contained page that opens in any browser, without a network."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.looking import html
from pkh_extract.looking.index import KEYS, row
from pkh_extract.looking.land import CELLS, EAST, NORTH, SOUTH, WEST, land
from pkh_extract.looking.summary import Summary

if TYPE_CHECKING:
    from pkh_extract.record import Record

CHUNK = 40  # records that are unpacked together when one of them is opened


def write_report(records: str, out: str | None = None, lang: str = "en") -> str:
    """Write the page of a file (or folder) of records to ``out``, ``*.html`` or ``-``; by default beside the records.

    Returns a sentence that says what was written. The file gets its name only when it is whole. Raises
    :class:`~pkh_extract.errors.InputError` where the records cannot be read or there are none, and
    :class:`~pkh_extract.errors.OutputError` where the file cannot be written.
    """
    from pkh_extract.writing import read_records
    from pkh_extract.writing.lines import LineFile
    from pkh_extract.writing.output import beside, check_output

    target = out if out is not None else beside(records.rstrip("/"), "report.html")
    check_output(target, (".html", ".htm"))
    page = Page(lang, Path(records).name)
    found = read_records(records)
    file = LineFile(target, lazy=True)
    try:
        for part in page.parts(found):
            file.write_block(part.encode("utf-8", "replace"))
        if not page.count:
            raise InputError(f"{records} holds no record.")
        file.commit()
    finally:
        file.discard()
    counted = "1 record" if page.count == 1 else f"{page.count} records"
    return f"{counted}, {page.size / 1e6:.1f} MB: {'standard output' if target == '-' else target}"


class Page:
    """The page piece by piece; ``count`` records and ``size`` bytes so far.

    ``lang`` is the language of the page, ``name`` what it calls the records; ``options`` are handed to the page's
    script, ``extra`` are further scripts of it and ``connect`` where it may send requests to.
    """

    def __init__(
        self,
        lang: str,
        name: str,
        *,
        options: dict[str, Any] | None = None,
        extra: tuple[str, ...] = (),
        connect: str = "'none'",
    ) -> None:
        self.lang, self.name, self.options = lang, name, options or {}
        self.extra, self.connect = extra, connect
        self.count = self.size = 0

    def parts(self, records: Iterable[Record]) -> Iterator[str]:
        """The text of the page in pieces, reading the records once."""
        for part in self._parts(records):
            self.size += len(part.encode("utf-8", "replace"))
            yield part

    def _parts(self, records: Iterable[Record]) -> Iterator[str]:
        summary = Summary()
        rows: list[list[Any]] = []
        chunk: list[str] = []
        title = f"{html.all_strings()[self.lang]['ui.title']}: {self.name}"
        opening = html.head(self.lang, title=title, connect=self.connect, extra=self.extra)
        for record in records:
            if opening:
                yield opening
                opening = ""
            self.count += 1
            summary.add(record)
            rows.append(row(record))
            chunk.append(record.model_dump_json())
            if len(chunk) == CHUNK:
                yield _packed(len(rows) // CHUNK - 1, chunk)
                chunk = []
        if not rows:
            return
        if chunk:
            yield _packed(len(rows) // CHUNK, chunk)
        yield html.block("meta", self._meta())
        yield html.block("summary", summary.as_dict())
        yield html.block("land", {"cells": CELLS, "box": [WEST, EAST, SOUTH, NORTH], "provinces": land()})
        yield html.block("rows", rows)
        yield html.tail(self.extra)

    def _meta(self) -> dict[str, Any]:
        from pkh_extract import __version__

        return {
            "lang": self.lang,
            "strings": html.all_strings()[self.lang],
            "codes": html.codes(),
            "keys": KEYS,
            "chunk": CHUNK,
            "name": self.name,
            "version": __version__,
            **self.options,
        }


def _packed(number: int, lines: list[str]) -> str:
    """Records as a data block that is unpacked when it is needed: gzip in base 64."""
    packed = gzip.compress("\n".join(lines).encode("utf-8", "replace"), 6, mtime=0)
    data = base64.b64encode(packed).decode()
    return f'<script type="application/octet-stream" id="chunk-{number}">{data}</script>\n'
