"""Small questions about place spans, for other components."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, title_end, value_of
from pkh_extract.annotating.places.values import Office, Place
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.record import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span, Token

ORGANIZING = {
    "menggelar", "melaksanakan", "mengadakan", "menyelenggarakan", "melakukan", "menyalurkan", "menyerahkan",
    "membagikan", "memberikan", "melatih", "membekali", "mengumpulkan", "gelar", "laksanakan", "menghelat", "adakan",
    "mencairkan", "memulai", "memasang", "meluncurkan", "mengukuhkan", "melantik", "mewisuda", "menginisiasi",
    "salurkan", "bagikan", "cairkan", "serahkan", "berikan", "lakukan", "selenggarakan", "latih", "kumpulkan",
    "kukuhkan", "lantik", "wisuda", "luncurkan", "mengundang", "menggembleng", "merekrut", "menyosialisasikan",
    "mensosialisasikan", "menyelenggara",
    "mengukur", "membuka", "menerima", "mengajak", "menempelkan", "memperkuat", "meningkatkan", "membina", "menurunkan",
    "mendata", "memvalidasi", "memverifikasi", "mencoret", "mengevaluasi", "menghadirkan", "kembali",
}  # fmt: skip
HELD_BY = {
    "digelar", "dilaksanakan", "diselenggarakan", "diadakan", "dihelat", "digagas", "diinisiasi", "disalurkan",
    "diserahkan", "dibagikan", "penyelenggaranya", "dilakukan", "diprakarsai", "dilaunching", "diluncurkan",
}  # fmt: skip
REFUSED = {"untuk", "agar", "tidak", "diminta"}  # "minta Dinas Sosial untuk menggelar …"
ADDRESSED = (["kepada"], ["meminta"], ["minta"], ["ke"], ["dari"])
REACH = 6
ADDRESS = 4  # areas in an office's address


def area(code: str | None) -> Area | None:
    """The area of a code."""
    return load_gazetteer().area(code) if code else None


def area_of(span: Span) -> Area | None:
    """The area that a place span stands for, or ``None`` where the text leaves it open."""
    value = value_of(span)
    return area(value.code) if isinstance(value, Place) else None


def places(doc: Doc) -> list[tuple[Span, Place]]:
    """All place spans of a document with their values, in text order."""
    return [(span, value) for span in group(doc, "pkh_places") if isinstance(value := value_of(span), Place)]


def organizer_span(doc: Doc, event: Span | None, persons: bool = True) -> Span | None:
    """The office that held the event: the subject of a verb of holding, or the one after "digelar (oleh)".
    ``persons``: the heads of offices ("Bupati X") count too."""
    ranked: list[tuple[int, int, Span]] = []
    sentence = event.sent if event is not None and len(event) else None
    known = {span.start: span.end for span, _ in places(doc)}
    offices = group(doc, "pkh_offices")
    starts = {span.start for span in offices}
    for span in offices:
        value = value_of(span)
        if span.start_char < title_end(doc) or not isinstance(value, Office) or (value.person and not persons):
            continue
        score = 0
        before = [doc[i].lower_ for i in range(max(span.start - 2, 0), span.start)]
        after = {token.lower_ for token in _after(doc, span.end, known, starts)}
        if ORGANIZING & after and not after & REFUSED and before[-1:] not in ADDRESSED:
            score += 4
        if before[-1:] == ["oleh"]:
            before.pop()
        if before and before[-1] in HELD_BY:
            score += 4
        if score and sentence is not None and sentence.start <= span.start < sentence.end:
            score += 2
        if score:
            ranked.append((-score, span.start, span))
    return min(ranked, key=lambda item: item[:2])[2] if ranked else None


def _after(doc: Doc, end: int, known: dict[int, int], offices: set[int]) -> Iterator[Token]:
    """The words right after an office, past the rest of its address (``known``: places, start to end), up to the next
    office."""
    for _ in range(ADDRESS):
        start = next((i for i in range(end, min(end + 3, len(doc))) if i in known or i in offices), None)
        if start is None or start in offices:
            break
        end = known[start]
    words = itertools.takewhile(lambda token: token.i not in offices, doc[end : end + REACH])
    return (token for token in words if not token.is_space)


def organizer(doc: Doc, event: Span | None) -> str | None:
    """The office that held the event, in full as written, without bracketed abbreviation; ``None`` if unsaid."""
    span = organizer_span(doc, event, persons=False)
    value = value_of(span) if span is not None else None
    return value.name if isinstance(value, Office) else None
