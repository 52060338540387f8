"""One article in the terminal: its text with coloured evidence, and its record as tables."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pkh_extract.errors import InputError
from pkh_extract.reading.inputs import check_inputs, shown
from pkh_extract.reading.source import (
    DEFAULT_MAX_BYTES,
    is_row_name,
    open_unpacked,
    printable_name,
    read_bounded,
)

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from pkh_extract.record import Record, Span

SIDE_BY_SIDE = 130  # columns from which the record stands beside the text
NARROWEST = 40
TOO_LARGE = (
    f"is larger than {DEFAULT_MAX_BYTES} bytes, the most that show takes; run takes larger ones with --max-bytes"
)


def show(file: str, *, width: int | None = None, patterns: str | None = None) -> None:
    """Extract one article and print it: text with evidence, one colour a field, then what was found.

    ``file`` is an article or ``-`` (standard input), ``width`` the columns to use. Without a terminal there are no
    colours. Raises :class:`InputError` where the file cannot be read.
    """
    source, data = _read(file)
    from pkh_extract.annotating.dates.choose import deciding_rules
    from pkh_extract.extractor import Extractor

    doc = Extractor(patterns).annotate(data, source=source)
    record = doc._.pkh_record
    print_record(record, make_console(width), deciding_rules(doc))


def make_console(width: int | None = None) -> Console:
    """A console that takes no markup from text; 80 columns where there is no terminal."""
    from rich.console import Console

    wanted = max(width, NARROWEST) if width is not None else None
    console = Console(markup=False, highlight=False, emoji=False, width=wanted, soft_wrap=False)
    if wanted is None and not console.is_terminal:
        console.width = 80
    return console


def print_record(record: Record, console: Console, rules: Mapping[Span, str] | None = None) -> None:
    """Text and tables, side by side where there is room. ``rules`` are those behind values that name none in the
    record, by their evidence."""
    from rich.console import Group
    from rich.table import Table

    from pkh_extract.looking.tables import article_text, tables

    text = article_text(record, coloured=console.color_system is not None)
    found: list[RenderableType] = tables(record, rules or {})
    if console.width < SIDE_BY_SIDE:
        console.print(text)
        console.print()
        console.print(Group(*found))
        return
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=1)
    grid.add_column(ratio=1)
    grid.add_row(text, Group(*found))
    console.print(grid)


def _read(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "stdin", _bounded(sys.stdin.buffer, "Standard input")
    check_inputs([file])
    path = Path(file)
    if path.is_dir() or is_row_name(path.name):
        raise InputError(f"{shown(file)} is not one article; show takes a file named .html .htm .txt.")
    try:
        stream = open_unpacked(path)
    except InputError as error:
        raise InputError(f"{shown(file)} {error}.") from error
    with stream:
        return printable_name(path.name), _bounded(stream, shown(file))


def _bounded(stream: IO[bytes], name: str) -> bytes:
    """The whole of a stream. Raises :class:`InputError` where it cannot be read or is too large."""
    try:
        return read_bounded(stream, DEFAULT_MAX_BYTES, TOO_LARGE)
    except InputError as error:
        raise InputError(f"{name} {error}.") from error
