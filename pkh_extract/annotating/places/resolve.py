"""Small questions about place spans, for other components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.annotating.document import group, value_of
from pkh_extract.annotating.places.gazetteer import load_gazetteer
from pkh_extract.annotating.places.values import Office, Place
from pkh_extract.record import Area

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

ORGANIZING = {
    "menggelar", "melaksanakan", "mengadakan", "menyelenggarakan", "melakukan", "menyalurkan", "menyerahkan",
    "membagikan", "memberikan", "melatih", "membekali", "mengumpulkan", "gelar", "laksanakan", "menghelat", "adakan",
    "mencairkan", "memulai", "memasang", "meluncurkan", "mengukuhkan", "melantik", "mewisuda", "menginisiasi",
    "mengundang", "menggembleng", "memverifikasi", "mencoret", "mengevaluasi", "menghadirkan", "kembali",
}  # fmt: skip
REACH = 6


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


def organizer_span(doc: Doc, event: Span | None) -> Span | None:
    """The office that held the event: the subject of a verb of holding, or the one after "oleh"."""
    offices = group(doc, "pkh_offices")
    title_end = doc._.pkh_title_end
    ranked: list[tuple[int, int, Span]] = []
    for span in offices:
        score = 0
        after = [token.lower_ for token in doc[span.end : span.end + REACH] if not token.is_space]
        if ORGANIZING.intersection(after):
            score += 4
        if span.start > 0 and doc[span.start - 1].lower_ in {"oleh", "penyelenggaranya", "diselenggarakan", "digelar"}:
            score += 4
        if event is not None and event.sent.start <= span.start < event.sent.end:
            score += 2
        if not score or span.start_char < title_end:
            continue
        ranked.append((-score, span.start, span))
    return min(ranked, key=lambda item: item[:2])[2] if ranked else None


def organizer(doc: Doc, event: Span | None) -> str | None:
    """The office that held the event, in full as written, without bracketed abbreviation; ``None`` if unsaid."""
    span = organizer_span(doc, event)
    value = value_of(span) if span is not None else None
    return value.name if isinstance(value, Office) else None
