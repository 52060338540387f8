"""The table of date expressions (``data/dates.yaml``), read for the tests and for the benchmark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

TABLE = Path(__file__).parent / "data" / "dates.yaml"
CARRIERS = ("Rapat digelar {}.", "Rapat digelar {} di aula.", "{}")


@dataclass(frozen=True)
class Case:
    """One expression. ``sentences`` are the texts in which it stands; ``expression`` is ``None`` where they hold no
    date; ``method`` and ``precision`` may be ``any``."""

    group: str
    sentences: tuple[str, ...]
    expression: str | None
    published: str | None
    also: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    precision: str = "day"
    method: str = "any"
    weekdays_agree: bool = True


def cases() -> Iterator[Case]:
    """All rows of the table, in its order."""
    for group in yaml.safe_load(TABLE.read_text("utf-8")):
        for row in group.get("nothing", "").splitlines():
            yield Case(group["group"], (row,), None, group["published"])
        for row in group.get("rows", "").splitlines():
            yield _case(group, row)


def _case(group: dict[str, str], row: str) -> Case:
    text, start, end = (part.strip() for part in row.split(" | "))
    if "‹" in text:
        expression = text[text.index("‹") + 1 : text.index("›")]
        sentences: tuple[str, ...] = (text.replace("‹", "").replace("›", ""),)
    else:
        expression, sentences = text, tuple(carrier.format(text) for carrier in CARRIERS)
    first = None if start == "-" else dt.date.fromisoformat(start)
    last = first if end == "=" else None if end == "-" else dt.date.fromisoformat(end)
    return Case(
        group["group"], sentences, expression, group["published"], group.get("also"), first, last,
        group.get("precision", "day"), group["method"], group.get("weekdays") != "wrong",
    )  # fmt: skip
