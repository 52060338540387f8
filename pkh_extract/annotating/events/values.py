"""What the events component finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pkh_extract.record import EventStatus, EventType

if TYPE_CHECKING:
    from spacy.tokens import Span


@dataclass(frozen=True)
class EventMention:
    """One event of an article: ``term`` as the source writes it, ``span`` where it stands, ``rule`` that found it.

    ``reported``: only somebody's claim. ``confidence``: an estimate of the share of such mentions whose type is right.
    ``sentences``: first tokens of the sentences that tell of it.
    """

    type: EventType
    term: str
    rule: str
    span: Span
    status: EventStatus
    reported: bool
    confidence: float
    sentences: frozenset[int] = frozenset()
