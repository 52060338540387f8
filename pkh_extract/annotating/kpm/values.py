"""Values of the KPM room."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pkh_extract.record import Measure, Qualifier


class Households(NamedTuple):
    """A number of recipients and what it measures. ``noun`` is the rule of the counted noun, ``figure`` the index
    among the document's figures, ``item`` true for an entry of a list."""

    value: int
    value_max: int | None
    qualifier: Qualifier
    unit: Literal["household", "person"]
    measure: Measure
    rule: str
    noun: str
    figure: int
    item: bool = False
