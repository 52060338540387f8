"""Datelines: the place (and paper) before the dash that opens a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import title_end
from pkh_extract.annotating.tables import cells

if TYPE_CHECKING:
    from spacy.tokens import Doc

DASHES = {"-", "–", "—", "―", "~", "|", ":", "_", "•", "­-"}
DATELINE_TOKENS = 14
DATELINE_PARAGRAPHS = 6


def dateline_tokens(doc: Doc) -> set[int]:
    """Tokens of a paragraph's head that a dash or its like closes ("PADANG, Nusantara Pos – …"); not of the rows of a
    table or list."""
    tokens: set[int] = set()
    rows = {
        start for cell in cells(doc).values() for start in (cell.row[0], cell.head[0] if cell.head else cell.row[0])
    }
    paragraphs = 0
    start = 0
    first = title_end(doc)
    while start < len(doc) and paragraphs < DATELINE_PARAGRAPHS:
        end = start
        while end < len(doc) and not (doc[end].is_space and "\n" in doc[end].text):
            end += 1
        if doc[start].idx >= first and end > start and not rows.intersection(range(start, end)):
            tokens.update(_head(doc, start, end))
            paragraphs += 1
        start = end + 1
    return tokens


def _head(doc: Doc, start: int, end: int) -> set[int]:
    """The tokens before the first closing mark, if they look like a dateline and not like a sentence."""
    lower = 0
    for i in range(start, min(start + DATELINE_TOKENS + 6, end)):
        token = doc[i]
        if token.text in DASHES and i > start:
            loose = bool(doc[i - 1].whitespace_) or bool(token.whitespace_) or token.text in "–—|~"
            glued_domain = any(t.lower_ in {"com", "id", "co", "net", "news"} for t in doc[start:i])
            if i - start <= DATELINE_TOKENS and (loose or glued_domain) and end - i > 3:
                return set(range(start, i))
        if (
            token.is_alpha
            and token.text[:1].islower()
            and token.lower_ not in {"com", "id", "co", "net", "news", "www"}
        ):
            domain = (i + 1 < end and doc[i + 1].text == ".") or (i > start and doc[i - 1].text == ".")
            if not domain:
                lower += 1
        if lower:
            break
    first = doc[start]
    if first.is_alpha and first.text.isupper() and len(first) > 3:
        stop = start
        while stop < end and (doc[stop].text.isupper() or doc[stop].text == "-"):
            stop += 1
        if stop < end and stop - start <= 4 and (doc[stop].text == "," or doc[stop].text == "("):
            return set(range(start, stop))
    return set()
