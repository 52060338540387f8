"""A record as marks on its article: what annotation tools work with.

The text of a task is the title, a blank line, and the article's text (the text alone where there is no title); a mark
is a span of it, counted in code points, with the record's own name of what it is (:data:`LABELS`) and, beside the
span, what was read out of it: the values that the record has for it, the rule among them. The organizer and what else
has no words of its own in the article stands with its event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pkh_extract.annotating.tokens import GAP
from pkh_extract.writing.textless import with_texts

if TYPE_CHECKING:
    from pkh_extract.record import Model, Record, Span

LABELS = {  # the record's keys, with a colour each
    "event": "#e6194b",
    "date": "#4363d8",
    "location": "#3cb44b",
    "participants": "#f58231",
    "kpm": "#911eb4",
    "workforce": "#469990",
    "amounts": "#9a6324",
}


@dataclass(frozen=True)
class Mark:
    """A span of a task's text. ``event`` is the number of the event that it belongs to, ``number`` its place in the
    record's list; ``None`` where the mark is new. ``values`` are the record's, without evidence."""

    label: str
    start: int
    end: int
    event: int | None = None
    number: int | None = None
    values: dict[str, Any] | None = None

    def details(self) -> dict[str, Any]:
        """What is not label and span, for a tool to keep."""
        return {"event": self.event, "number": self.number, "values": self.values}


@dataclass(frozen=True)
class Marked:
    """An article to be annotated: its text as the tool shows it, and the marks on it. ``title_length`` is the code
    points of the title; with one, the article's text begins two characters after it."""

    article_id: str
    source: str
    text: str
    title_length: int
    marks: tuple[Mark, ...]

    @property
    def shift(self) -> int:
        """Where the article's text begins."""
        return self.title_length + len(GAP) if self.title_length else 0


def marked(record: Record) -> Marked:
    """The record's article and its marks, by label and in the record's order; evidence that covers nothing of the
    article is left out."""
    article = record.article
    title = article.title or ""
    text = f"{title}{GAP}{article.text}" if title else article.text
    shift = len(text) - len(article.text)
    lengths = {"text": len(article.text), "title": len(title)}
    marks = []
    for label, evidence, event, number, values in _parts(record):
        if evidence.start < evidence.end <= lengths[evidence.field]:
            at = shift if evidence.field == "text" else 0
            marks.append(Mark(label, at + evidence.start, at + evidence.end, event, number, values))
    return Marked(article.id, article.source, text, len(title), tuple(marks))


Part = tuple[str, "Span", int | None, int | None, dict[str, Any]]


def _parts(record: Record) -> Iterator[Part]:
    for number, event in enumerate(record.events):
        yield "event", event.evidence, number, number, _values(event, "date", "location", "participants")
        if event.date:
            yield "date", event.date.evidence, number, None, _values(event.date)
        if event.location:
            yield "location", event.location.evidence, number, None, _values(event.location)
        for place, people in enumerate(event.participants):
            yield "participants", people.evidence, number, place, _values(people)
    for number, figure in enumerate(record.kpm):
        yield "kpm", figure.evidence, None, number, _values(figure)
    for number, count in enumerate(record.workforce):
        yield "workforce", count.evidence, None, number, _values(count)
    for number, amount in enumerate(record.amounts):
        yield "amounts", amount.evidence, None, number, _values(amount)


def _values(part: Model, *apart: str) -> dict[str, Any]:
    return part.model_dump(mode="json", exclude={"evidence", *apart})


def to_annotate(records: Iterable[Record], counts: dict[str, int]) -> Iterator[tuple[Record, Marked]]:
    """The articles that have anything to annotate, since tools refuse tasks without text. ``counts`` is told how many
    ``articles`` and ``spans`` there were, and how many articles were ``left out``. Raises
    :class:`~pkh_extract.errors.InputError` where records were written without texts."""
    counts.update({"articles": 0, "spans": 0, "left out": 0})
    for record in with_texts(records, "Annotation"):
        if not ((record.article.title or "").strip() or record.article.text.strip()):
            counts["left out"] += 1
            continue
        article = marked(record)
        counts["articles"] += 1
        counts["spans"] += len(article.marks)
        yield record, article
