"""Values of the figures room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from pkh_extract.annotating.numbers.values import Number

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue

How = Literal["right", "left", "inherited"]


class Figure(NamedTuple):
    """A number and what it counts.

    ``noun`` is the rule of the counted noun (family ``people_role`` or ``kpm_unit``), ``how`` where that noun stands:
    right of the number, left of it in the sentence, or taken over from the figure ``header`` (index among the
    figures) in a list or an anaphor. ``generic`` is true where the text says only "orang". ``number_start`` and
    ``number_end`` are the number's tokens, ``noun_start`` and ``noun_end`` the noun's (-1: inherited). ``item`` is
    true for an entry of a list.
    """

    number: Number
    noun: str
    how: How
    generic: bool
    number_start: int
    number_end: int
    noun_start: int = -1
    noun_end: int = -1
    header: int | None = None
    item: bool = False

    @property
    def end(self) -> int:
        """The token after number and noun."""
        return max(self.number_end, self.noun_end)

    @property
    def family(self) -> str:
        """``people_role`` or ``kpm_unit``."""
        return self.noun.split(".", 1)[0]


class Counted(NamedTuple):
    """A figure and the tokens of its span: its number, and its unit where that follows."""

    start: int
    end: int
    figure: Figure


class Behind(NamedTuple):
    """What stands right of a number: the token after it, its repetition in words and the like, and the noun and the
    classifier there."""

    after: int
    noun: Cue | None
    classifier: Cue | None


@dataclass(frozen=True)
class Supposal:
    """How many words a word of supposing reaches to its number, and whether only in its own clause."""

    reach: int
    clause: bool


@dataclass(frozen=True)
class NounRule:
    """Which numbers a noun takes, and on which side of the number it may stand."""

    least: int
    most: int
    right: bool
    left: bool
