"""Bytes or text of one page to an :class:`~pkh_extract.record.Article`: the report and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pkh_extract.record import Article, Warning


@dataclass(frozen=True)
class Cleaned:
    """A cleaned article and what there is to warn of (``encoding_repaired``, ``truncated_text``, ``no_text``)."""

    article: Article
    warnings: list[Warning] = field(default_factory=list)


def clean(data: bytes | str, *, source: str = "", format: Literal["html", "text"] | None = None) -> Cleaned:
    """Clean one article."""
    raise NotImplementedError


def furniture_hits(text: str) -> list[tuple[str, str, Any]]:
    """What each furniture rule removes from a text: (rule id, removed text, None)."""
    raise NotImplementedError
