"""One date expression as it is written, before anything is completed."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Span

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.values import Form

OPENERS, CLOSERS = {"(", "[", "{"}, {")", "]", "}"}
DASHES = {"-", "–", "—"}
NOTHING = Part()


@dataclass(frozen=True)
class Raw:
    """One expression as written; ``start`` and ``end`` are positions in :class:`Words`.

    ``unit`` and ``offset`` belong to relative words, ``length`` (days) to "tiga hari"; ``past`` says that a word like
    "kemarin" or "lalu" stands behind it, ``future`` that "mendatang" or the like does.
    """

    form: Form
    start: int
    end: int
    first: Part = NOTHING
    last: Part | None = None
    weekday: int | None = None
    last_weekday: int | None = None
    unit: str = ""
    offset: int | None = None
    words: str = ""
    length: int | None = None
    readings: tuple[Part, ...] = ()
    past: bool = False
    future: bool = False
    weeks: int = 0
    back: int = 0
    open_end: bool = False
    until_weekday: int | None = None
    cues: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def is_day(self) -> bool:
        """Does it name a day by number?"""
        return self.form in ("numeric", "written", "range", "broken")
