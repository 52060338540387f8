"""What a reviewer may say instead of a value: one model a kind of value, and what becomes of it in a gold record.

Areas are given by their code alone; names, and the areas that contain a place, are the gazetteer's.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.gazetteer.names import DISTRICT, PROVINCE, REGENCY, VILLAGE
from pkh_extract.record import (
    AmountKind,
    DatePrecision,
    EventStatus,
    EventType,
    Measure,
    Program,
    Qualifier,
    Role,
    Span,
)

Item = dict[str, Any]
LEVELS = {"village": VILLAGE, "district": DISTRICT, "regency": REGENCY, "province": PROVINCE}


def _known(code: str) -> str:
    if load_gazetteer().area(code) is None:
        raise ValueError(f"{code!r} is no code of the register")
    return code


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


Code = Annotated[str, AfterValidator(_known)]
Day = Annotated[str, Field(max_length=10), AfterValidator(_day)]
Number = Annotated[int, Field(ge=0, le=10**18)]
Words = Annotated[str, Field(min_length=1, max_length=1000)]


class Form(BaseModel):
    """Base: unknown keys are refused. ``evidence`` is what the reviewer selected, if anything."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evidence: Span | None = None

    def gold(self) -> Item:
        """The keys of the gold record; evidence only where the reviewer gave one."""
        item = self.model_dump(mode="json", exclude={"evidence"})
        if self.evidence is not None:
            item["evidence"] = self.evidence.model_dump()
        return item


class RelevantForm(Form):
    relevant: bool


class ProgramsForm(Form):
    programs: Annotated[list[Program], Field(max_length=20)]


class TitleForm(Form):
    title: Words


class PublishedForm(Form):
    published: Day


class EventForm(Form):
    type: EventType


class StatusForm(Form):
    status: EventStatus


class OrganizerForm(Form):
    organizer: Words


class DateForm(Form):
    start: Day
    end: Day | None = None
    precision: DatePrecision = "day"
    duration_days: Number | None = None

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: str | None, info: ValidationInfo) -> str | None:
        start = info.data.get("start")
        if end is not None and start is not None and end < start:
            raise ValueError(f"the last day, {end}, is before the first, {start}; correct one of them")
        return end


class PlaceForm(Form):
    """``area`` is the finest area that is known."""

    venue: Words | None = None
    area: Code | None = None

    def gold(self) -> Item:
        item = super().gold()
        code = item.pop("area")
        return item | {level: _area(code[:size]) if code and len(code) >= size else None
                       for level, size in LEVELS.items()}  # fmt: skip


class AreaForm(Form):
    area: Code | None = None

    def gold(self) -> Item:
        item = super().gold()
        return item | {"area": _area(item["area"]) if item["area"] else None}


class ParticipantForm(AreaForm):
    role: Role
    count: Number
    count_max: Number | None = None
    qualifier: Qualifier = "exact"
    part_of: Number | None = None


class PeriodForm(AreaForm):
    year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    stage: Annotated[int, Field(ge=1, le=12)] | None = None

    def gold(self) -> Item:
        item = super().gold()
        year, stage = item.pop("year"), item.pop("stage")
        return item | {"period": {"year": year, "stage": stage} if year or stage else None}


class CountForm(PeriodForm):
    role: Role
    count: Number
    count_max: Number | None = None
    qualifier: Qualifier = "exact"


class FigureForm(PeriodForm):
    value: Number
    value_max: Number | None = None
    qualifier: Qualifier = "exact"
    program: Program | None = None


class KpmForm(FigureForm):
    unit: Annotated[str, Field(pattern="^(household|person)$")] = "household"
    measure: Measure


class AmountForm(FigureForm):
    kind: AmountKind


def _area(code: str) -> Item | None:
    area = load_gazetteer().area(code)
    return area.model_dump() if area is not None else None
