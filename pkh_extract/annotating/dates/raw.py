"""One date expression as it is written, before anything is completed."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pkh_extract.annotating.dates.numeric import Part
from pkh_extract.annotating.dates.values import Form
from pkh_extract.annotating.document import Cue

OPENERS, CLOSERS = {"(", "[", "{"}, {")", "]", "}"}
DASHES = {"-", "–", "—"}
NOTHING = Part()


class Raw(NamedTuple):
    """One expression as written; ``start`` and ``end`` are positions in :class:`Words`.

    ``unit``, ``offset`` and ``part`` ("start" or "end" of a week) belong to relative words, ``counted_from`` says that
    they count from the publication or from the date named before them; ``length`` (days) belongs to "tiga hari".
    ``past`` says that a word like "kemarin" or "lalu" stands behind it, ``future`` that "mendatang" or the like does;
    ``week`` and ``year_shift`` are those of "Rabu pekan lalu" (-1) and "Juni tahun ini" (0). ``eve``: "malam Minggu",
    the evening before. ``until_weekday`` and ``until_offset`` (days from the report's) name its last day ("… hingga
    Jumat", "… hingga hari ini"). ``open_end``: the last day cannot be read; ``back``: days from the first weekday of a
    range to the one that is dated.
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
    part: str = ""
    counted_from: Literal["published", "text"] = "published"
    week: int | None = None
    year_shift: int | None = None
    eve: bool = False
    back: int = 0
    open_end: bool = False
    until_weekday: int | None = None
    until_offset: int | None = None
    cues: tuple[Cue, ...] = ()

    @property
    def is_day(self) -> bool:
        """Does it name a day by number?"""
        return self.form in ("numeric", "written", "range", "broken")
