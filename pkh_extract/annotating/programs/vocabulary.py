"""The rules of programmes as the component reads them: what each says of its cues, looked up once a rule set.

``patterns/programs.yaml`` explains the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pkh_extract.rules import Rule, RuleSet

Words = frozenset[str]
REACH = 4  # words between a contrast and the name
CALLED_KPM = {"cadre", "campus", "units"}
ACRONYM = "program.pkh.acronym"
SAYS_FAMILIES = {"families", "abbreviation"}  # kinds of cues without which KPM is nothing


@dataclass(frozen=True, slots=True)
class NameRule:
    """A rule of family ``program``. ``sense``: an abbreviation that means other things too (``pkh``) or is spelt
    wrongly (``slip``); ``several``: it counts only beside two programmes or more; ``loose``: a word for the programme
    only where the article names that by another rule, else for aid without a code; ``short_for``: the programmes whose
    long names go on from this one, which ``begins`` them; ``always``: it asks nothing of a name's capitals and of the
    words around."""

    code: str
    sense: Literal["pkh", "slip"] | None
    upper: bool
    near: Words
    window: int
    unless: Words
    last: bool
    short_for: Words
    begins: tuple[str, ...]
    several: bool
    loose: bool
    always: bool


@dataclass(frozen=True, slots=True)
class ContrastRule:
    """A rule of family ``program_not``. ``through``: the only words that may stand before the name, empty for any."""

    reach: int
    bare: bool
    weak: bool
    through: Words


class Vocabulary:
    """The rules of programmes by id. ``others``: of what else is called PKH, ``sharing``: those of them that use the
    aid's own words, ``others_kpm``: of what else is called KPM; ``kinds_of_kpm``: what a cue says of the sense of KPM;
    ``next``: words of the aid that the abbreviation stands beside."""

    def __init__(self, rules: RuleSet) -> None:
        self.names = {rule.id: _name(rule) for rule in rules.family("program")}
        self.contrasts = {rule.id: _contrast(rule) for rule in rules.family("program_not")}
        others = rules.family("program_other")
        self.others = {rule.id for rule in others if rule.get("of") == "PKH"}
        self.others_kpm = {rule.id for rule in others if rule.id.split(".")[1] in CALLED_KPM}
        self.sharing = {rule.id for rule in others if rule.get("shares")}
        self.kinds_of_kpm = {rule.id: rule.id.rpartition(".")[2] for rule in rules.family("program_kpm")}
        self.next = {rule.id for rule in rules.family("program_social") if rule.get("next")}


def _name(rule: Rule) -> NameRule:
    return NameRule(
        code=str(rule.get("code")),
        sense=rule.get("sense") or None,
        upper=rule.get("case") == "upper",
        near=frozenset(rule.get("near") or ()),
        window=int(rule.get("window", 8)),
        unless=frozenset(rule.get("unless") or ()),
        last=bool(rule.get("last")),
        short_for=frozenset(rule.get("short_for") or ()),
        begins=tuple(f"{phrase.lower()}{joint}" for phrase in rule.phrases for joint in " -"),
        several=bool(rule.get("several")),
        loose=bool(rule.get("loose")),
        always=not any(rule.get(key) for key in ("near", "unless")) and rule.get("case") != "upper",
    )


def _contrast(rule: Rule) -> ContrastRule:
    return ContrastRule(
        reach=int(rule.get("reach", REACH)),
        bare=bool(rule.get("bare")),
        weak=bool(rule.get("weak")),
        through=frozenset(rule.get("through") or ()),
    )
