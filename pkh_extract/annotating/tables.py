"""Tables and lists of an article: for each number in them, the head of its column, the name of its row and the text
that introduces the whole.

A table is a head without numbers (but years) and two or more rows below it, each a name and numbers, cells parted by
"|" (as cleaning writes HTML tables) or, where the head tells as many columns as each row has numbers, by blanks alone.
A list is two or more entries that open with a name and a colon, a number or a word that counts ("1. Desa Bungi: PKH 33
orang, BST 50 orang;", "Siotapina 845 KPM"), in paragraphs of their own or parted by semicolons.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import remember, remembered, text_offset
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.numbers.component import COUNTING, numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

KEPT = "tables"
CELL = "|"
LONGEST = {"head": 40, "row": 40, "entry": 20, "numbered entry": 45}  # tokens
NAME = 7  # tokens of a row's name
MARKS = {".", ")", "-", "–", "•", "*", CELL}
BETWEEN = {CELL, ":", "-", "–", "=", "(", ")", "rp", "rp.", ".", ",", "/"}
AFTER_NAME = {":", "-", "–", "=", "(", CELL} | COUNTING | {"ada", "terdapat", "yakni", "yaitu", "menerima"}
TOTALS = {"jumlah", "total"}
MONEY = {"money_sign", "money_hint"}
HEADS = ("kpm_unit", "people_role", "money_sign", "money_hint", "figure_total", "program")
Range = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """Where a number stands in a table or list, as ranges of tokens: its column's ``head`` (``None`` in lists), the
    ``name`` of its row and the ``label`` over the names, the whole ``row``, and ``intro``, the text from the paragraph
    above to the first row. ``money``: the head speaks of rupiah; ``total``: the row sums up the others."""

    name: Range
    row: Range
    intro: Range
    head: Range | None = None
    label: Range = (0, 0)
    money: bool = False
    total: bool = False


def cells(doc: Doc) -> dict[int, Cell]:
    """The cells of a document, by the first token of their number; worked out once a document."""
    kept: dict[int, Cell] | None = remembered(doc, KEPT)
    if kept is None:
        starts = {span.start: span.end for span, _ in numbers(doc)}
        found = _Finder(doc, starts)
        kept = {**found.lists(), **found.tables()}
        remember(doc, KEPT, kept)
    return kept


def is_year(text: str) -> bool:
    """Is it a year that a column may be of?"""
    return len(text) == 4 and text.isdigit() and "1990" <= text <= "2039"


def cell_of(span: Span) -> Cell | None:
    """The cell that a number, perhaps with a sign before it, stands in."""
    found = cells(span.doc)
    return next((found[i] for i in range(span.start, span.end) if i in found), None)


class _Finder:
    """Finds the tables and lists of one document; ``ends``: first token of each number -> the token after it."""

    def __init__(self, doc: Doc, ends: dict[int, int]) -> None:
        self.doc, self.ends = doc, ends
        self.starts = sorted(ends)
        self.text = text_offset(doc)
        self.openers = {span.start for span in cues(doc, "figure_parts", "figure_anaphor")}  # "Rinciannya: …"
        self.told = Nearby(cues(doc, *HEADS))
        self.paragraphs = list(_pieces(doc, semicolons=False))

    def _numbers(self, start: int, end: int) -> list[int]:
        """The numbers that begin between two tokens."""
        return self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    # -- tables

    def tables(self) -> dict[int, Cell]:
        """The cells of all tables."""
        found: dict[int, Cell] = {}
        index = 0
        while index + 2 < len(self.paragraphs):
            heads = self._heads(self.paragraphs[index])
            if not heads:
                index += 1
                continue
            rows: list[tuple[Range, Range, list[int]]] = []
            for paragraph in self.paragraphs[index + 1 :]:
                row = self._row(paragraph)
                if row is None:
                    break
                rows.append((paragraph, *row))
            intro = (self.paragraphs[max(index - 1, 0)][0], self.paragraphs[index][1])
            made = self._table(heads, rows, intro) if len(rows) > 1 else {}
            found.update(made)
            index += 1 + (len(rows) if made else 0)
        return found

    def _heads(self, paragraph: Range) -> list[Range]:
        """The columns of a head: by its bars, else by the words that tell what is counted; none where it holds a
        number or is a sentence."""
        start, end = paragraph
        if end - start > LONGEST["head"] or any(not is_year(self.doc[i].text) for i in self._numbers(start, end)):
            return []
        if self.doc[end - 1].text in {".", "!", "?"}:
            return []
        bars = [i for i in range(start, end) if self.doc[i].text == CELL]
        if bars:
            return list(zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True))
        heads: list[Range] = []
        for span in self.told.between(start, end):
            gap = self.doc[heads[-1][1] : max(span.start, heads[-1][1])] if heads else None
            bracketed = gap is not None and len(gap) and all(token.text in {"(", ")"} for token in gap)
            if heads and (bracketed or span.start < heads[-1][1]):  # "Nilai (Rp)", "KPM PKH"
                heads[-1] = (heads[-1][0], max(span.end, heads[-1][1]))
            else:
                heads.append((span.start, span.end))
        return heads

    def _row(self, paragraph: Range) -> tuple[Range, list[int]] | None:
        """The name of a row and where its numbers begin, or ``None`` where the paragraph is none."""
        start, end = paragraph
        if end - start > LONGEST["row"]:
            return None
        at = start
        if at in self.ends and self.ends[at] < end:
            at = self.ends[at]  # the row's own numeral
            while at < end and self.doc[at].text in MARKS:
                at += 1
        first = at
        while at < end and at - first <= NAME and self._of_name(at):
            at += 1
        name = (first, at)
        found: list[int] = []
        while at < end:
            if at in self.ends:
                found.append(at)
                at = self.ends[at]
            elif self.doc[at].lower_ in BETWEEN:
                at += 1
            else:
                return None
        return (name, found) if found and name[0] < name[1] else None

    def _of_name(self, at: int) -> bool:
        token = self.doc[at]
        return token.text[:1].isupper() or token.text in {"'", "’", "-", "/", "."} or token.lower_ in {"dan", "di"}

    def _table(self, heads: list[Range], rows: list[tuple[Range, Range, list[int]]], intro: Range) -> dict[int, Cell]:
        """The cells of rows under heads, where each number has a column."""
        found: dict[int, Cell] = {}
        label = next(start for start, end in self.paragraphs if end == intro[1])
        for paragraph, name, starts in rows:
            for start, head in self._columns(heads, paragraph, starts):
                total = self.doc[name[0]].lower_ in TOTALS
                money = any(told.label_ in MONEY for told in self.told.between(*head))
                found[start] = Cell(name, paragraph, intro, head, (label, head[0]), money, total)
        return found

    def _columns(self, heads: list[Range], paragraph: Range, starts: list[int]) -> Iterator[tuple[int, Range]]:
        bars = [i for i in range(*paragraph) if self.doc[i].text == CELL]
        if bars:
            for start in starts:
                column = sum(bar < start for bar in bars) + len(heads) - len(bars) - 1
                if 0 <= column < len(heads):
                    yield start, heads[column]
        elif len(starts) == len(heads):
            yield from zip(starts, heads, strict=True)

    # -- lists

    def lists(self) -> dict[int, Cell]:
        """The cells of all lists."""
        found: dict[int, Cell] = {}
        run: list[tuple[Range, Range]] = []  # name and whole of each entry
        intro = (0, 0)
        for piece in [*_pieces(self.doc, semicolons=True), (0, 0)]:
            entry = self._entry(piece)
            if entry is not None:
                if not run and entry[1][0] > piece[0]:
                    intro = (intro[0], entry[1][0])  # with what stands before the colon
                run.append(entry)
                continue
            if len(run) > 1:
                for name, row in run:
                    found.update({start: Cell(name, row, intro) for start in self._numbers(name[1], row[1])})
            run, intro = [], piece
        return found

    def _entry(self, piece: Range) -> tuple[Range, Range] | None:
        """The name and the whole of an entry, from behind the colon that may introduce the first one."""
        start, end = piece
        if start == end:
            return None
        colons = [i + 1 for i in range(start, end - 2) if self.doc[i].text == ":"]
        for first in [*(i for i in colons if self._marked(i, end)), start]:
            marked = self._marked(first, end)
            at = first + 1 if marked else first
            if end - first > LONGEST["numbered entry" if marked else "entry"] or self.doc[first].idx < self.text:
                continue
            while at < end and self.doc[at].text in MARKS:
                at += 1
            begin = at
            while at < end and at - begin <= NAME and self.doc[at].text[:1].isupper() and self.doc[at].text != CELL:
                at += 1
            counted = begin < at < end and self._numbers(at, end) and begin not in self.openers
            if counted and (self.doc[at].lower_ in AFTER_NAME or at in self.ends):
                return (begin, at), (first, end)
        return None

    def _marked(self, at: int, end: int) -> bool:
        """Does a numeral of a list stand here ("1.", "2)")?"""
        return at + 1 < end and self.doc[at].text.isdigit() and self.doc[at + 1].text in MARKS


def _pieces(doc: Doc, *, semicolons: bool) -> Iterator[Range]:
    """Paragraphs as ranges of tokens, cut at semicolons where asked."""
    start = 0
    for token in doc:
        if (token.is_space and "\n\n" in token.text) or (semicolons and token.text == ";"):
            if token.i > start:
                yield start, token.i
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)
