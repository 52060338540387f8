"""Reads ``tests/data/events.yaml``: headline and lead with the events that they tell."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "data" / "events.yaml"
APART = ("several", "claims", "unrelated")


class Told(NamedTuple):
    """A report: its events as (type, status), main one first, none where it is not about PKH."""

    headline: str
    lead: str
    events: list[tuple[str, str]]


class Claim(NamedTuple):
    """A report whose main event is only claimed, or not."""

    headline: str
    lead: str
    type: str
    claimed: bool


def _rows(section: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in section.strip().splitlines()]


def _sections() -> dict[str, list[list[str]]]:
    return {name: _rows(text) for name, text in yaml.safe_load(FILE.read_text("utf-8")).items()}


def main_events() -> list[Told]:
    """Reports of which the main event is given."""
    return [
        Told(headline, lead, [(kind, status)])
        for kind, rows in _sections().items()
        if kind not in APART
        for status, headline, lead in rows
    ]


def several_events() -> list[Told]:
    """Reports of which all events are given."""
    return [
        Told(headline, lead, [(kind, status) for kind, status in (event.split() for event in told.split("; "))])
        for told, headline, lead in _sections()["several"]
    ]


def claims() -> list[Claim]:
    """Reports with what is only somebody's word, and with what is not."""
    return [Claim(headline, lead, kind, how == "claimed") for kind, how, headline, lead in _sections()["claims"]]


def unrelated() -> list[Told]:
    """Reports that are not about PKH."""
    return [Told(headline, lead, []) for headline, lead in _sections()["unrelated"]]
