"""Records to flat tables as an Excel workbook, a row at a time: memory does not grow with the records."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pkh_extract.reading.libraries import library
from pkh_extract.writing.earlier import has_sheets
from pkh_extract.writing.fileset import files_in
from pkh_extract.writing.separated import FORMULA
from pkh_extract.writing.tables import COLUMNS, KINDS, rows

if TYPE_CHECKING:
    from pkh_extract.record import Record

NAME = "records.xlsx"
SHEET_ROWS = 1_048_576  # of a sheet, its header included: Excel's limit
CELL = 32_767  # UTF-16 units in a cell: Excel's limit
EXACT = 2**53  # whole numbers beyond it are not exact in a spreadsheet
FIRST_DAY = date(1900, 3, 1)  # Excel's calendar is wrong before
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WIDTHS = {"source": 28, "title": 48, "evidence": 48, "url": 28, "warnings": 24}
# Text is text, whatever it looks like.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def export_xlsx(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write ``records.xlsx`` into ``folder``, which is made where it is missing: a sheet a table, its header frozen.

    Numbers are numbers and days are days (shown as 2024-03-05; a time with its offset stays text). Text is always text,
    never a formula; characters that XML forbids are left out, and what is longer than a cell may be is cut, with a note
    at its end. A table of more rows than a sheet holds goes on in a second sheet (``kpm_2``). Returns the number of
    rows of each table. Raises :class:`~pkh_extract.errors.InputError` where XlsxWriter is missing,
    :class:`~pkh_extract.errors.OutputError` where the folder cannot be written.
    """
    excel = library("xlsxwriter", ".xlsx")
    with files_in(folder) as files:
        stream = files.add(NAME, has_sheets(list(COLUMNS)))
        with tempfile.TemporaryDirectory(prefix=".pkh-extract-", dir=folder, ignore_cleanup_errors=True) as temporary:
            book = excel.Workbook(stream, {**_OPTIONS, "tmpdir": temporary})
            try:
                counts = _fill(book, records)
                book.use_zip64()
                book.close()
            except excel.exceptions.FileCreateError as error:
                raise OSError(str(error)) from error
            finally:
                _let_go(book)
    return counts


def _fill(book: Any, records: Iterable[Record]) -> dict[str, int]:
    book.set_properties({"created": datetime(2000, 1, 1)})
    styles = _Styles(book)
    tables = {name: _Table(book, name, styles) for name in COLUMNS}
    for record in records:
        for name, row in rows(record):
            tables[name].add(row)
    for table in tables.values():
        table.finish()
    return {name: table.rows for name, table in tables.items()}


def _let_go(book: Any) -> None:
    """Close the files that the rows wait in; a workbook that was not finished leaves them open."""
    for sheet in book.worksheets():
        if sheet.row_data_fh is not None and not sheet.row_data_fh.closed:
            sheet.row_data_fh.close()
    book.fileclosed = True  # or it complains when it is thrown away


class _Styles:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        self.header = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.quoted = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell


class _Table:
    """The rows of one table, over as many sheets as they need."""

    def __init__(self, book: Any, name: str, styles: _Styles) -> None:
        self.rows = 0
        self._book, self._name, self._styles = book, name, styles
        self._columns = COLUMNS[name]
        self._sheets = 0
        self._begin()

    def add(self, row: dict[str, Any]) -> None:
        self.rows += 1
        if self._line == SHEET_ROWS:
            self.finish()
            self._begin()
        for number, column in enumerate(self._columns):
            self._write(number, column, row[column])
        self._line += 1

    def finish(self) -> None:
        """The sheet has its last row."""
        last = (max(self._line - 1, 0), len(self._columns) - 1)
        self._sheet.autofilter(0, 0, *last)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last[1])}{self._line}"})  # codes

    def _begin(self) -> None:
        self._sheets += 1
        self._sheet = self._book.add_worksheet(self._name if self._sheets == 1 else f"{self._name}_{self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._columns):
            self._sheet.set_column(number, number, _WIDTHS.get(column, 14))
            self._sheet.write_string(0, number, column, self._styles.header)
        self._line = 1

    def _write(self, number: int, column: str, cell: Any) -> None:
        place = (self._line, number)
        if isinstance(cell, bool):
            self._sheet.write_boolean(*place, cell)
        elif isinstance(cell, float) or (isinstance(cell, int) and abs(cell) <= EXACT):
            self._sheet.write_number(*place, cell)
        elif (day := _day(column, cell)) is not None:
            self._sheet.write_datetime(*place, day, self._styles.day)
        elif cell is not None and (text := cell_text(str(cell))):
            self._sheet.write_string(*place, text, self._styles.quoted if text.startswith(FORMULA) else None)


def _day(column: str, cell: Any) -> datetime | None:
    """The day that a cell names, where its column holds days and Excel's calendar has it."""
    if not isinstance(cell, str) or not (column == "published" or KINDS.get(column) is date):
        return None
    try:
        day = datetime.fromisoformat(cell) if _DAY.fullmatch(cell) else None
    except ValueError:
        return None
    return day if day is not None and day.date() >= FIRST_DAY else None


def cell_text(text: str) -> str:
    """Text as a cell may hold it: without what XML forbids, and cut where it is too long, with a note at its end."""
    text = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(text) <= CELL:
        return text
    note = f" … [cut: {len(text)} characters]"
    kept = text.encode("utf-16-le")[: 2 * (CELL - len(note))].decode("utf-16-le", "ignore")
    return kept + note


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _letters(number: int) -> str:
    """The letters of a column counted from 0."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
