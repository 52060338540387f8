"""Is a gold record one that can be judged? It is a record from which any key may be missing, but no key may be unknown
and no value impossible: what is misspelt would pass for what is left out."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pkh_extract.record import Record

Item = dict[str, Any]
NEEDED = {"count": "participants workforce", "value": "kpm amounts"}  # what entries are compared by
WHOLE = {"area", "village", "district", "regency", "province", "evidence"}  # values whose parts are judged together


def fault(item: Item) -> str | None:
    """What is wrong with a gold record, as the rest of a sentence that begins with its place; ``None``: nothing."""
    for error in sorted(_errors(item), key=_weight):
        where = ".".join(map(str, error["loc"]))
        if error["type"] == "extra_forbidden":
            return f"has a key {where!r} that no record has{_meant(error['loc'])}; correct it or take it out."
        if error["type"] != "missing":
            return f"is wrong at {where!r}: {_lowered(error['msg'])}, not {_short(error['input'])}."
        if _is_needed(error["loc"]):
            return f"has no {where!r}, by which it is compared; give it or take the entry out."
    return next(_days(item), None) or next(_parts(item), None)


def _errors(item: Item) -> list[ErrorDetails]:
    """What is wrong with the item as a whole record. Gold may give warnings by their code alone."""
    warnings = item.get("warnings")
    if isinstance(warnings, list):
        told = [{"code": one, "message": ""} if isinstance(one, str) else one for one in warnings]
        item = item | {"warnings": told}
    try:
        Record.model_validate_json(json.dumps(item), strict=True)
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return []


def _weight(error: ErrorDetails) -> int:
    """Unknown keys first: what is misspelt is missing too."""
    return {"extra_forbidden": 0, "missing": 2}.get(error["type"], 1)


def _is_needed(loc: tuple[int | str, ...]) -> bool:
    """May the key that is missing there not be left out?"""
    key, parent = loc[-1], next((part for part in reversed(loc[:-1]) if isinstance(part, str)), "")
    if parent in WHOLE:
        return key != "name"
    return parent in NEEDED.get(str(key), "").split()


def _days(item: Item) -> Iterator[str]:
    """Days that are none: ISO dates alone are compared."""
    published = (item.get("article") or {}).get("published")
    told = [("article.published", published)]
    for number, event in enumerate(item.get("events") or ()):
        for key in ("start", "end"):
            told.append((f"events.{number}.date.{key}", (event.get("date") or {}).get(key)))
    for where, day in told:
        try:
            wrong = day is not None and date.fromisoformat(day[:10]).isoformat() != day[:10]
        except ValueError:
            wrong = True
        if wrong:
            yield f"is wrong at {where!r}: a day is written 2024-11-16, not {_short(day)}."


def _parts(item: Item) -> Iterator[str]:
    """Entries that are part of none."""
    for number, event in enumerate(item.get("events") or ()):
        people = event.get("participants") or ()
        for place, one in enumerate(people):
            total = one.get("part_of")
            if total is not None and (not 0 <= total < len(people) or total == place):
                where = f"events.{number}.participants.{place}.part_of"
                yield f"is wrong at {where!r}: it counts the entries of the list from 0; {total} is no other one."


def _meant(loc: tuple[int | str, ...]) -> str:
    """The key that is like the unknown one, as a part of the sentence."""
    known = _model_at(loc[:-1]).model_fields
    close = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f" (perhaps {close[0]!r} is meant)" if close else ""


def _model_at(loc: tuple[int | str, ...]) -> type[BaseModel]:
    """The model of what stands there in a record."""
    model: type[BaseModel] = Record
    for part in loc:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation)
    return model


def _model_in(annotation: Any) -> type[BaseModel]:
    """The model in an annotation such as ``list[Event]`` or ``Area | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_model_in(part) for part in get_args(annotation) if part is not type(None))


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else f"{text[:39]}…"
