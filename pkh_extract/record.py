"""The record: what one article becomes. Pydantic models and nothing else.

One article gives one :class:`Record`, one JSON object, one line of JSONL. Keys are always present; what was not
found is ``None`` or an empty list. Every extracted value carries a :class:`Span` that quotes the article exactly and,
where a rule found it, the id of that rule.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION: Literal["1"] = "1"

EventType = Literal[
    "training", "coordination_meeting", "outreach", "family_session", "distribution", "graduation",
    "data_verification", "labelling", "monitoring", "personnel", "ceremony", "empowerment", "enforcement",
    "complaint", "statement", "other",
]  # fmt: skip
EventStatus = Literal["held", "ongoing", "planned", "postponed", "cancelled", "denied"]
Role = Literal[
    "pkh_facilitator", "pkh_coordinator", "pkh_operator", "pkh_staff", "kpm", "official", "cadre", "village_staff",
    "student", "resident", "participant", "suspect", "other",
]  # fmt: skip
Qualifier = Literal["exact", "approx", "at_least", "at_most", "range"]
Measure = Literal[
    "recipients", "served", "graduated", "removed", "added", "eligible", "verified", "caseload", "other"
]  # fmt: skip
AmountKind = Literal["total", "per_recipient", "budget", "loss", "other"]
Program = Literal[
    "PKH", "BPNT", "BST", "BLT_DD", "BLT_BBM", "BLT_KESRA", "BLT", "RASTRA", "BERAS", "PBI_JK", "PIP", "ATENSI",
    "PENA", "KUBE", "RTLH", "KUR",
]  # fmt: skip
WarningCode = Literal[
    "weekday_mismatch", "duration_mismatch", "breakdown_mismatch", "ambiguous_place", "ambiguous_date",
    "future_date", "encoding_repaired", "truncated_text", "no_text",
]  # fmt: skip
DatePrecision = Literal["day", "month", "year"]
DateMethod = Literal["explicit", "completed", "relative", "published"]
LocationMethod = Literal["explicit", "dateline", "organizer", "inferred"]


class Model(BaseModel):
    """Base of every part of a record: unknown keys are refused, values are not changed after validation. A key may have
    a default in Python; in JSON, and so in its schema, it is always there."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Span(Model):
    """A quotation: ``article[field][start:end] == text``, offsets in code points."""

    field: Literal["text", "title"] = "text"
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Area(Model):
    """An administrative area: Kemendagri code (``13``, ``13.71``, ``13.71.01`` …) and the register's name."""

    code: str
    name: str


class Warning(Model):
    """Something a reader of the record should know. ``code`` is stable, ``message`` is for people."""

    code: WarningCode
    message: str
    evidence: Span | None = None


class Article(Model):
    """A cleaned article. ``text`` is the report alone: paragraphs divided by one blank line, no ``\\r``, single
    spaces inside a paragraph; the title is not repeated in it. It is empty where a run leaves texts out.
    ``published`` is ISO 8601, a date or a date-time with offset. ``source`` says where the article came from (a path
    relative to the input folder, or a row key)."""

    id: str
    source: str
    format: Literal["html", "text"]
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    text: str


class EventDate(Model):
    """When: inclusive ISO dates. ``end`` is ``None`` where only the first day is known; ``duration_days`` is a
    stated length ("selama tiga hari"), in days. The evidence of a date whose ``method`` is ``published``, which no
    words of the article tell, is the event's own term."""

    start: str
    end: str | None
    precision: DatePrecision
    duration_days: int | None
    method: DateMethod
    weekday_matches: bool | None
    evidence: Span


class Location(Model):
    """Where, from the venue up to the province; what the text leaves open is ``None``."""

    venue: str | None
    village: Area | None
    district: Area | None
    regency: Area | None
    province: Area | None
    method: LocationMethod
    evidence: Span


class Participant(Model):
    """People who took part. ``part_of`` is the index of the total in the same list that this entry is a part of."""

    role: Role
    count: int
    count_max: int | None
    qualifier: Qualifier
    area: Area | None
    part_of: int | None
    rule: str
    evidence: Span


class Event(Model):
    """Something that happened, or is going to. ``confidence`` is the expected share of such events that are right."""

    type: EventType
    term: str
    rule: str
    evidence: Span
    status: EventStatus
    reported: bool
    confidence: float = Field(ge=0, le=1)
    date: EventDate | None
    location: Location | None
    organizer: str | None
    participants: list[Participant]


class Period(Model):
    """The period a figure speaks of: a year, an instalment (``stage``), and how the text puts it."""

    year: int | None
    stage: int | None
    text: str


class KpmFigure(Model):
    """A number of recipient households (or persons) and what it measures."""

    value: int
    value_max: int | None
    qualifier: Qualifier
    unit: Literal["household", "person"]
    measure: Measure
    program: Program | None
    area: Area | None
    period: Period | None
    rule: str
    evidence: Span


class Count(Model):
    """Staff in post."""

    role: Role
    count: int
    count_max: int | None
    qualifier: Qualifier
    area: Area | None
    period: Period | None
    rule: str
    evidence: Span


class Amount(Model):
    """Money in whole rupiah."""

    value: int
    value_max: int | None
    qualifier: Qualifier
    kind: AmountKind
    program: Program | None
    area: Area | None
    period: Period | None
    rule: str
    evidence: Span


class ExtractorInfo(Model):
    """What made the record: the package's version and the SHA-256 of the pattern files."""

    version: str
    patterns: str


class Record(Model):
    """What one article becomes."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    article: Article
    relevant: bool
    programs: list[Program]
    events: list[Event]
    kpm: list[KpmFigure]
    workforce: list[Count]
    amounts: list[Amount]
    warnings: list[Warning]
    extractor: ExtractorInfo
