"""Values of the money room."""

from __future__ import annotations

from dataclasses import dataclass

from pkh_extract.record import AmountKind, Qualifier


@dataclass(frozen=True)
class Money:
    """An amount in whole rupiah, what it is, and the rule that says so."""

    value: int
    value_max: int | None
    qualifier: Qualifier
    kind: AmountKind
    rule: str
