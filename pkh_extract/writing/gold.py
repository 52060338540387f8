"""Marks back to a partial record, the shape of gold: what annotators have looked at, and nothing else.

The keys are those of :class:`~pkh_extract.record.Record`; ``events``, ``kpm``, ``workforce`` and ``amounts`` are always
there, since an annotator who left nothing in them says that there is nothing. Relevance, programmes and warnings are no
marks and left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from pkh_extract.writing.marks import Mark, Marked

Gold = dict[str, Any]
_PROOF = ("evidence", "rule", "confidence")


def gold(article: Marked, *, bare: bool = False) -> Gold:
    """The partial record that the marks make.

    Every part has its ``evidence`` and, where its mark has kept them, its values; a mark that an annotator made anew
    has evidence alone, until somebody adds values. A date, place or group of people without an event belongs to the
    first one. Parts keep the record's order, new ones follow; ``part_of`` is counted anew. With ``bare`` the parts are
    as in ``corpus/gold``: without evidence, rule and confidence, and without those that have no values.
    """
    record = {
        "article": {"id": article.article_id, "source": article.source},
        "events": _events(article),
        **{label: _list(article, article.marks, label) for label in ("kpm", "workforce", "amounts")},
    }
    return _bare(record) if bare else record


def _events(article: Marked) -> list[Gold]:
    inside = [mark for mark in article.marks if mark.label in ("event", "date", "location", "participants")]
    given = [mark.event for mark in inside if mark.event is not None]
    new = count(max(given, default=-1) + 1)
    by_event: dict[int, list[Mark]] = {number: [] for number in sorted(set(given))}
    for mark in inside:
        if mark.label == "event":
            by_event.setdefault(next(new) if mark.event is None else mark.event, []).append(mark)
    for mark in inside:
        if mark.label != "event":
            first = min(by_event, default=0)
            by_event.setdefault(first if mark.event is None else mark.event, []).append(mark)
    return [_event(article, marks) for marks in by_event.values()]


def _event(article: Marked, marks: list[Mark]) -> Gold:
    found = {mark.label: _part(article, mark) for mark in reversed(marks)}  # of two dates the first one stands
    return {
        **found.get("event", {}),
        "date": found.get("date"),
        "location": found.get("location"),
        "participants": _list(article, marks, "participants"),
    }


def _list(article: Marked, marks: Iterable[Mark], label: str) -> list[Gold]:
    """The parts with a label: those that have a number by it, then the new ones as they stand in the text."""
    chosen = [mark for mark in marks if mark.label == label]
    chosen.sort(key=lambda mark: (mark.number is None, mark.number or 0, mark.start))
    places = {mark.number: place for place, mark in enumerate(chosen) if mark.number is not None}
    parts = [_part(article, mark) for mark in chosen]
    for part in parts:
        if part.get("part_of") is not None:
            part["part_of"] = places.get(part["part_of"])
    return parts


def _part(article: Marked, mark: Mark) -> Gold:
    field, start, end = place(article, mark.start, mark.end)
    shift = article.shift if field == "text" else 0
    quoted = article.text[start + shift : end + shift]
    return {**(mark.values or {}), "evidence": {"field": field, "start": start, "end": end, "text": quoted}}


def place(article: Marked, start: int, end: int) -> tuple[str, int, int]:
    """Field, start and end in it, of a span of the task's text; one over the end of the title is cut there."""
    if start < article.title_length:
        return "title", start, min(end, article.title_length)
    return "text", max(start, article.shift) - article.shift, end - article.shift


def inside(article: Marked, start: int, end: int) -> bool:
    """Does a span hold anything of the title or the text?"""
    return 0 <= start < end <= len(article.text) and (start < article.title_length or end > article.shift)


def _bare(record: Gold) -> Gold:
    events = [
        {
            key: _bare_list(value) if key == "participants" else _stripped(value) if isinstance(value, dict) else value
            for key, value in _stripped(event).items()
        }
        for event in record["events"]
        if "type" in event
    ]
    lists = {label: _bare_list(record[label]) for label in ("kpm", "workforce", "amounts")}
    return {"article": record["article"], "events": events, **lists}


def _bare_list(parts: list[Gold]) -> list[Gold]:
    """Without the parts that have no values; what they were the total of is no part any more."""
    kept = [place for place, part in enumerate(parts) if len(part) > 1]
    places = {place: number for number, place in enumerate(kept)}
    return [
        {key: places.get(value) if key == "part_of" else value for key, value in _stripped(parts[place]).items()}
        for place in kept
    ]


def _stripped(part: Gold) -> Gold:
    return {key: value for key, value in part.items() if key not in _PROOF}


def read_article(text: Any, article_id: Any, source: Any, title_length: Any) -> Marked:
    """An article from what a tool has kept, without marks. Raises :class:`TypeError` where the text is none."""
    if not isinstance(text, str):
        raise TypeError("no text")
    length = title_length if type(title_length) is int and 0 < title_length <= len(text) else 0
    return Marked(str(article_id or ""), str(source or ""), text, length, ())


def read_mark(label: Any, start: Any, end: Any, details: Any) -> Mark | None:
    """A mark from what a tool has kept, of which nothing is taken on trust; ``None`` where label or span are none."""
    if not isinstance(label, str) or type(start) is not int or type(end) is not int:
        return None
    kept = details if isinstance(details, dict) else {}
    values = kept["values"] if isinstance(kept.get("values"), dict) else None
    if values and "part_of" in values:
        values = {**values, "part_of": _number(values["part_of"])}
    event, number = _number(kept.get("event")), _number(kept.get("number"))
    return Mark(label, start, end, event, number, values)


def _number(kept: Any) -> int | None:
    return kept if type(kept) is int and kept >= 0 else None
