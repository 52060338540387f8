"""Datelines: the place (and paper) before the dash that opens a report."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import title_end
from pkh_extract.annotating.tables import cells
from pkh_extract.annotating.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

DASHES = {"-", "–", "—", "―", "~", "|", ":", "_", "•", "­-"}
LOOSE = {"–", "—", "|", "~"}  # dashes that need no blank beside them
DOMAINS = {"com", "id", "co", "net", "news"}
LOWER = DOMAINS | {"www"}  # what is written small in the name of a paper
DATELINE_TOKENS = 14
PAPER = 3  # tokens of a paper's name, or of a place behind it
DATELINE_PARAGRAPHS = 6


def dateline_tokens(doc: Doc) -> set[int]:
    """Tokens of a paragraph's head that a dash or its like closes ("PADANG, Nusantara Pos – …"); not of the rows of a
    table or list."""
    tokens = tokens_of(doc)
    rows = {
        start for cell in cells(doc).values() for start in (cell.row[0], cell.head[0] if cell.head else cell.row[0])
    }
    found: set[int] = set()
    left = DATELINE_PARAGRAPHS
    for start, end in _paragraphs(tokens, title_end(doc)):
        if rows and not rows.isdisjoint(range(start, end)):
            continue
        found.update(_head(tokens, start, end))
        left -= 1
        if not left:
            break
    return found


def _paragraphs(tokens: Tokens, first: int) -> Iterator[tuple[int, int]]:
    """The lines of the text that begins at character ``first``, as ranges of tokens."""
    source, starts = tokens.source, tokens.starts
    start, length = 0, len(tokens)
    while start < length:
        at = source.find("\n", starts[start])
        end = bisect_right(starts, at, start) - 1 if at >= 0 else length
        if end > start and starts[start] >= first:
            yield start, end
        start = end + 1


def _head(tokens: Tokens, start: int, end: int) -> range:
    """The tokens before the first closing mark, if they look like a dateline and not like a sentence."""
    text, words = tokens.text, tokens.words
    for i, word in enumerate(words[start : min(start + DATELINE_TOKENS + 6, end)], start):
        if word.text in DASHES and i > start:
            loose = tokens.blank[i - 1] or tokens.blank[i] or word.text in LOOSE
            if (
                i - start <= DATELINE_TOKENS
                and end - i > 3
                and (loose or not DOMAINS.isdisjoint(tokens.lower[start:i]))
            ):
                return range(start, _after_paper(tokens, start, i, end))
        if word.is_alpha and word.text[0].islower() and word.lower not in LOWER:
            domain = (i + 1 < end and text[i + 1] == ".") or (i > start and text[i - 1] == ".")
            paper = i == start and i + 1 < end and _after_paper(tokens, start, i + 1, end) > i + 1
            if not (domain or paper):
                break
    if words[start].is_alpha and words[start].is_upper and len(text[start]) > 3:
        stop = start
        while stop < end and (words[stop].is_upper or text[stop] == "-"):
            stop += 1
        if stop < end and stop - start <= 4 and text[stop] in {",", "("}:
            return range(start, stop)
    return range(0)


def _after_paper(tokens: Tokens, start: int, closing: int, end: int) -> int:
    """The mark that closes a dateline which opens with the paper alone ("koranrakyat – BINJAI | …"): the second one."""
    text, words = tokens.text, tokens.words
    if closing - start > PAPER or any(words[i].is_upper for i in range(start, closing)):
        return closing
    for i in range(closing + 1, min(closing + 2 + PAPER, end - 3)):
        if text[i] in DASHES and i > closing + 1:
            return i
        if not words[i].is_upper:
            break
    return closing
