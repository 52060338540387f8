"""A review to a gold record: partial, so that what was not decided is not judged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pkh_extract.errors import InputError
from pkh_extract.reviewing import forms

if TYPE_CHECKING:
    from pkh_extract.record import Event, Record

Item = dict[str, Any]
Path = Annotated[str, Field(max_length=60)]
SCALARS: dict[str, type[forms.Form]] = {
    "relevant": forms.RelevantForm,
    "programs": forms.ProgramsForm,
    "article.title": forms.TitleForm,
    "article.published": forms.PublishedForm,
}
PARTS: dict[str, type[forms.Form]] = {
    "status": forms.StatusForm,
    "date": forms.DateForm,
    "location": forms.PlaceForm,
    "organizer": forms.OrganizerForm,
}
LISTS: dict[str, type[forms.Form]] = {
    "events": forms.EventForm,
    "kpm": forms.KpmForm,
    "workforce": forms.CountForm,
    "amounts": forms.AmountForm,
}
KEPT: dict[str, set[str]] = {  # of a value that was accepted; evidence and rule are not judged
    "date": {"start", "end", "precision", "duration_days"},
    "location": {"venue", *forms.LEVELS},
}
NAMED = ("id", "source")  # keys of the article that say whose gold it is
_ENTRY = re.compile(r"(events|kpm|workforce|amounts)\.(\d{1,4})")
_PART = re.compile(r"events\.(\d{1,4})\.(?:(status|date|location|organizer)|participants\.(\d{1,4}))")
_LIST = re.compile(r"events|kpm|workforce|amounts|events\.\d{1,4}\.participants")


class Decision(BaseModel):
    """``correct`` comes with the ``value`` that is right; on a place after the last of a list it adds one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Literal["accept", "correct", "reject"]
    value: Item | None = None


class Review(BaseModel):
    """Decisions by the path of the value (``kpm.0``, ``events.0.date``), and the lists in which nothing is missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decisions: Annotated[dict[Path, Decision], Field(max_length=5000)]
    complete: Annotated[list[Path], Field(max_length=500)]


def gold_of(record: Record, review: Review) -> Item:
    """The gold record that a review makes; with no keys but those of :data:`NAMED` where nothing is judged yet.

    A list is in it only when the reviewer calls it complete: an item that gold leaves out would count as a false one.
    Raises :class:`~pkh_extract.errors.InputError` where the review does not fit the record.
    """
    return _Maker(record, review).make()


def form_of(path: str) -> type[forms.Form]:
    """The form for the value at a path. Raises :class:`~pkh_extract.errors.InputError` for a path that is none."""
    if path in SCALARS:
        return SCALARS[path]
    if entry := _ENTRY.fullmatch(path):
        return LISTS[entry[1]]
    if part := _PART.fullmatch(path):
        return PARTS[part[2]] if part[2] else forms.ParticipantForm
    raise InputError(f"{path!r} is no value of a record.")


class _Maker:
    def __init__(self, record: Record, review: Review) -> None:
        self.record = record
        self.decisions = review.decisions
        self.complete = set(review.complete)
        wrong = next((name for name in self.complete if not _LIST.fullmatch(name)), None)
        if wrong is not None:
            raise InputError(f"{wrong!r} is no list of a record.")
        self.values = {path: self._value(path, decision) for path, decision in self.decisions.items()}

    def make(self) -> Item:
        gold: Item = {"article": {key: getattr(self.record.article, key) for key in NAMED}}
        for path in SCALARS:
            if path in self.decisions:
                name = path.removeprefix("article.")
                (gold["article"] if path.startswith("article.") else gold)[name] = self._scalar(path, name)
        if "events" in self.complete:
            gold["events"] = [self._event(index) for index in self._kept("events", len(self.record.events))]
        for name in ("kpm", "workforce", "amounts"):
            if name in self.complete:
                gold[name] = self._items(name, getattr(self.record, name))
        return gold

    def _value(self, path: str, decision: Decision) -> Item | None:
        """The corrected value as gold holds it."""
        form = form_of(path)
        if decision.verdict != "correct":
            return None
        try:
            made = form.model_validate(decision.value or {})
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{path}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error
        if (span := made.evidence) is not None:
            quoted = getattr(self.record.article, span.field) or ""
            if not span.text or quoted[span.start : span.end] != span.text:
                raise InputError(f"{path}: the evidence is not what the article says there.")
        return made.gold()

    def _scalar(self, path: str, name: str) -> Any:
        verdict = self.decisions[path].verdict
        if (value := self.values[path]) is not None:
            return value[name]
        if path == "relevant":
            return self.record.relevant == (verdict == "accept")
        found = self.record.programs if path == "programs" else getattr(self.record.article, name)
        if verdict == "reject":
            return [] if path == "programs" else None
        return found[:10] if found and path == "article.published" else found

    def _kept(self, name: str, count: int) -> list[int]:
        """The places of a complete list that are not rejected. Each must be decided."""
        pattern = re.compile(rf"{re.escape(name)}\.(\d+)")
        added = {int(found[1]) for path in self.decisions if (found := pattern.fullmatch(path))}
        kept = []
        for index in sorted({*range(count), *added}):
            decision = self.decisions.get(f"{name}.{index}")
            if decision is None:
                raise InputError(f"{name} is not complete: number {index + 1} is not decided.")
            if decision.verdict == "accept" and index >= count:
                raise InputError(f"{name}.{index} is not in the record; it can only be added with its value.")
            if decision.verdict != "reject":
                kept.append(index)
        return kept

    def _items(self, name: str, found: Iterable[BaseModel]) -> list[Item]:
        entries = list(found)
        kept = self._kept(name, len(entries))
        items = []
        for index in kept:
            value = self.values[f"{name}.{index}"]
            item = value if value is not None else entries[index].model_dump(exclude={"evidence", "rule"})
            if item.get("part_of") is not None:  # the total may have moved, or gone
                item = item | {"part_of": kept.index(item["part_of"]) if item["part_of"] in kept else None}
            items.append(item)
        return items

    def _event(self, index: int) -> Item:
        path = f"events.{index}"
        event = self.record.events[index] if index < len(self.record.events) else None
        value = self.values[path]
        item: Item = value if value is not None else {"type": event.type if event else None}
        for name in PARTS:
            if f"{path}.{name}" in self.decisions:
                item = item | {name: self._part(f"{path}.{name}", name, event)}
        people = f"{path}.participants"
        if people in self.complete:
            item = item | {"participants": self._items(people, event.participants if event else [])}
        return item

    def _part(self, path: str, name: str, event: Event | None) -> Any:
        value = self.values[path]
        if value is not None:
            return value[name] if name in ("status", "organizer") else value
        if self.decisions[path].verdict == "reject" or event is None:
            if name == "status":
                raise InputError(f"{path}: a status is accepted or corrected; an event always has one.")
            return None
        found = getattr(event, name)
        return found.model_dump(include=KEPT[name]) if isinstance(found, BaseModel) else found
