"""What the rules of places say of their words, read out of the rules once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.rules import Rule, RuleSet


@dataclass(frozen=True, slots=True)
class Payload:
    """One rule's: the ``level`` that its words name; ``village``: they stand before villages, ``homes``: only in these
    provinces, ``only_there``: elsewhere they mean something else, ``head``: they name who leads one; ``civil``: they
    speak of a head or office of that level; ``long``: commas and "dan" belong to such an office's name; ``person``:
    they name its head; ``borrows``: such a venue may bear the name of a city that it does not lie in;
    ``away``: it deals with what happened elsewhere."""

    level: str | None
    village: bool
    homes: tuple[str, ...] | None
    only_there: bool
    head: bool
    civil: bool
    long: bool
    person: bool
    borrows: bool
    away: bool


Payloads = Mapping[str, Payload]


def payloads(rules: RuleSet) -> Payloads:
    """By rule what the rules of places say."""
    return {rule.id: _payload(rule) for rule in rules.values() if rule.family.startswith("place_")}


def _payload(rule: Rule) -> Payload:
    homes = rule.get("village_in")
    return Payload(
        level=rule.get("level"),
        village=bool(rule.get("village")),
        homes=None if homes is None else tuple(homes),
        only_there=bool(rule.get("only_there")),
        head=bool(rule.get("head")),
        civil=bool(rule.get("civil")),
        long=bool(rule.get("long")),
        person=bool(rule.get("person")),
        borrows=bool(rule.get("borrows")),
        away=bool(rule.get("away")),
    )
