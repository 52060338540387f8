"""Values of the numbers room."""

from __future__ import annotations

from typing import NamedTuple

from pkh_extract.record import Qualifier


class Number(NamedTuple):
    """A number read from the text. ``value_max`` is set for ranges. ``written`` is how: ``digits`` or ``words``;
    ``scaled`` is true where a scale word ("juta") took part. ``blocked`` names the rule that says it counts nobody
    (an ordinal, a share, a length of time), else ``None``."""

    value: int
    value_max: int | None = None
    qualifier: Qualifier = "exact"
    written: str = "digits"
    scaled: bool = False
    blocked: str | None = None


class Placed(NamedTuple):
    """A number and where it stands: its first token and the one after it."""

    start: int
    end: int
    number: Number
