"""Values of the people room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pkh_extract.record import Qualifier, Role

Presence = Literal["attended", "in_post"]


@dataclass(frozen=True)
class People:
    """Counted people: who, how many, and whether they took part or are in post.

    ``figure`` is the index of the figure among the document's figures, ``total`` that of the figure they are a part
    of; ``rule`` says what decided; ``everybody`` is true where the text says that they are all there are.
    """

    role: Role
    count: int
    count_max: int | None
    qualifier: Qualifier
    presence: Presence
    rule: str
    figure: int
    total: int | None = None
    everybody: bool = False
