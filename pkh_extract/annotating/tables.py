"""Tables and lists of an article: for each number in them, the head of its column, the name of its row and the text
that introduces the whole.

A table is a head without numbers (but years) and two or more rows below it, each a name and numbers, cells parted by
"|" (as cleaning writes HTML tables) or, where the head tells as many columns as each row has numbers, by blanks alone.
A list is two or more entries that open with a name and a colon, a number or a word that counts ("1. Desa Bungi: PKH 33
orang, BST 50 orang;", "Siotapina 845 KPM"), in paragraphs of their own or parted by semicolons.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import remember, remembered, text_offset
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.nearby import Nearby
from pkh_extract.annotating.numbers.component import COUNTING, placed
from pkh_extract.annotating.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

KEPT = "tables"  # in the memory
CELL = "|"
BREAK = "\n\n"
LONGEST = {"head": 40, "row": 40, "entry": 20, "numbered entry": 45}  # tokens
NAME = 7  # tokens of a row's name
MARKS = {".", ")", "-", "–", "•", "*", CELL}
BETWEEN = {CELL, ":", "-", "–", "=", "(", ")", "rp", "rp.", ".", ",", "/"}
AFTER_NAME = {":", "-", "–", "=", "(", CELL} | COUNTING | {"ada", "terdapat", "yakni", "yaitu", "menerima"}
IN_NAMES = {"'", "’", "-", "/", ".", "dan", "di"}
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
        ends = {count.start: count.end for count in placed(doc)}
        kept = _Finder(doc, ends).cells() if len(ends) > 1 else {}
        remember(doc, KEPT, kept)
    return kept


def paragraph_breaks(tokens: Tokens) -> list[int]:
    """The tokens of white space between paragraphs."""
    found: list[int] = []
    offset = tokens.source.find(BREAK)
    while offset >= 0:
        at = bisect_right(tokens.starts, offset) - 1
        if BREAK in tokens.text[at]:
            found.append(at)
        offset = tokens.source.find(BREAK, tokens.ends[at])
    return found


def is_year(text: str) -> bool:
    """Is it a year that a column may be of?"""
    return len(text) == 4 and text.isdecimal() and "1990" <= text <= "2039"


def cell_of(span: Span) -> Cell | None:
    """The cell that a number, perhaps with a sign before it, stands in."""
    found = cells(span.doc)
    return next((found[i] for i in range(span.start, span.end) if i in found), None) if found else None


class _Finder:
    """Finds the tables and lists of one document; ``ends``: first token of each number -> the token after it."""

    def __init__(self, doc: Doc, ends: dict[int, int]) -> None:
        self.doc, self.ends = doc, ends
        self.tokens = tokens_of(doc)
        self.lower, self.words = self.tokens.lower, self.tokens.words
        self.starts = sorted(ends)
        self.text = text_offset(doc)
        self.breaks = paragraph_breaks(self.tokens)
        self.paragraphs = _pieces(self.tokens, self.breaks)

    @cached_property
    def openers(self) -> set[int]:
        """Where what opens a list begins ("Rinciannya: …")."""
        return {cue.start for cue in cues(self.doc, "figure_parts", "figure_anaphor")}

    @cached_property
    def told(self) -> Nearby:
        """The words that tell what a column counts."""
        return Nearby(cues(self.doc, *HEADS))

    def cells(self) -> dict[int, Cell]:
        """All cells; a table's where it is taken for a list as well."""
        return {**self.lists(), **self.tables()}

    def _numbers(self, start: int, end: int) -> list[int]:
        """The numbers that begin between two tokens."""
        return self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _is_numbered(self, start: int, end: int) -> bool:
        """Does a number begin between two tokens?"""
        at = bisect_left(self.starts, start)
        return at < len(self.starts) and self.starts[at] < end

    # -- tables

    def tables(self) -> dict[int, Cell]:
        """The cells of all tables."""
        found: dict[int, Cell] = {}
        index = 0
        while index + 2 < len(self.paragraphs):
            # Most paragraphs have no row below them: that is seen sooner than whether they are a head.
            if not self._row(self.paragraphs[index + 1]) or not (heads := self._heads(self.paragraphs[index])):
                index += 1
                continue
            rows: list[tuple[Range, Range, list[int]]] = []
            for below in range(index + 1, len(self.paragraphs)):
                row = self._row(self.paragraphs[below])
                if row is None:
                    break
                rows.append((self.paragraphs[below], *row))
            label, end = self.paragraphs[index]
            intro = (self.paragraphs[max(index - 1, 0)][0], end)
            made = self._table(heads, rows, intro, label) if len(rows) > 1 else {}
            found.update(made)
            index += 1 + (len(rows) if made else 0)
        return found

    def _heads(self, paragraph: Range) -> list[Range]:
        """The columns of a head: by its bars, else by the words that tell what is counted; none where it holds a
        number or is a sentence."""
        start, end = paragraph
        if end - start > LONGEST["head"] or self.lower[end - 1] in {".", "!", "?"}:
            return []
        if any(not is_year(self.lower[i]) for i in self._numbers(start, end)):
            return []
        if bars := self._bars(start, end):
            return list(zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True))
        heads: list[Range] = []
        for span in self.told.between(start, end):
            gap = self.lower[heads[-1][1] : span.start] if heads else []
            bracketed = bool(gap) and all(word in {"(", ")"} for word in gap)
            if heads and (bracketed or span.start < heads[-1][1]):  # "Nilai (Rp)", "KPM PKH"
                heads[-1] = (heads[-1][0], max(span.end, heads[-1][1]))
            else:
                heads.append((span.start, span.end))
        return heads

    def _bars(self, start: int, end: int) -> list[int]:
        """The bars between cells."""
        return [i for i in range(start, end) if self.lower[i] == CELL] if CELL in self.lower[start:end] else []

    def _row(self, paragraph: Range) -> tuple[Range, list[int]] | None:
        """The name of a row and where its numbers begin, or ``None`` where the paragraph is none."""
        start, end = paragraph
        if end - start > LONGEST["row"] or not self._is_numbered(start, end):
            return None
        at = start
        if at in self.ends and self.ends[at] < end:
            at = self.ends[at]  # the row's own numeral
            while at < end and self.lower[at] in MARKS:
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
            elif self.lower[at] in BETWEEN:
                at += 1
            else:
                return None
        return (name, found) if found and name[0] < name[1] else None

    def _of_name(self, at: int) -> bool:
        return self.words[at].capital or self.lower[at] in IN_NAMES

    def _table(
        self, heads: list[Range], rows: list[tuple[Range, Range, list[int]]], intro: Range, label: int
    ) -> dict[int, Cell]:
        """The cells of rows under heads, where each number has a column; ``label``: where the heads begin."""
        found: dict[int, Cell] = {}
        for paragraph, name, starts in rows:
            for start, head in self._columns(heads, paragraph, starts):
                total = self.lower[name[0]] in TOTALS
                money = any(told.label_ in MONEY for told in self.told.between(*head))
                found[start] = Cell(name, paragraph, intro, head, (label, head[0]), money, total)
        return found

    def _columns(self, heads: list[Range], paragraph: Range, starts: list[int]) -> Iterator[tuple[int, Range]]:
        if bars := self._bars(*paragraph):
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
        pieces = [*self._items(), (0, 0)]
        numbered = [False, *(self._is_numbered(*piece) for piece in pieces), False]
        for index, piece in enumerate(pieces, 1):
            alone = not (numbered[index - 1] or numbered[index + 1])  # one entry is no list
            entry = self._entry(piece) if numbered[index] and not alone else None
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

    def _items(self) -> list[Range]:
        """Paragraphs, cut at semicolons."""
        if ";" not in self.lower:
            return self.paragraphs
        semicolons = [at for at, word in enumerate(self.lower) if word == ";"]
        return _pieces(self.tokens, sorted([*self.breaks, *semicolons]))

    def _entry(self, piece: Range) -> tuple[Range, Range] | None:
        """The name and the whole of an entry with a number, from behind the colon that may introduce the first one."""
        start, end = piece
        for first in [*(i for i in self._colons(start, end - 2) if self._marked(i, end)), start]:
            marked = self._marked(first, end)
            at = first + 1 if marked else first
            if end - first > LONGEST["numbered entry" if marked else "entry"] or self.tokens.starts[first] < self.text:
                continue
            while at < end and self.lower[at] in MARKS:
                at += 1
            begin = at
            while at < end and at - begin <= NAME and self.words[at].capital:
                at += 1
            counted = begin < at < end and self._is_numbered(at, end) and begin not in self.openers
            if counted and (self.lower[at] in AFTER_NAME or at in self.ends):
                return (begin, at), (first, end)
        return None

    def _colons(self, start: int, end: int) -> list[int]:
        """The tokens after colons."""
        return [i + 1 for i in range(start, end) if self.lower[i] == ":"] if ":" in self.lower[start:end] else []

    def _marked(self, at: int, end: int) -> bool:
        """Does a numeral of a list stand here ("1.", "2)")?"""
        return at + 1 < end and self.words[at].is_digit and self.lower[at + 1] in MARKS


def _pieces(tokens: Tokens, cuts: list[int]) -> list[Range]:
    """The ranges of tokens between some tokens, but for empty ones."""
    starts = [0, *(cut + 1 for cut in cuts)]
    return [(start, end) for start, end in zip(starts, [*cuts, len(tokens)], strict=True) if start < end]
