"""What a rule of each family may say besides phrases and proof, so that a slip in it is told before an article is read.

The keys are explained at the head of the files in ``patterns/``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, get_args

from pkh_extract import record


class Kind(NamedTuple):
    """What a value must be: in words, and as a test."""

    words: str
    holds: Callable[[Any], bool]


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return _is_int(value) or isinstance(value, float)


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) and word.strip() for word in value)


def _is_programs(value: Any) -> bool:
    return _is_words(value) and set(value) <= set(get_args(record.Program))


def _is_shares(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_number(share) for share in value)


def _is_counts(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(_is_int(number) for number in value.values())


def _is_expression(value: Any) -> bool:
    try:
        return bool(re.compile(str(value)))
    except re.error:
        return False


def one_of(*words: str) -> Kind:
    """One of some words."""
    return Kind(f"one of {', '.join(words)}", lambda value: isinstance(value, str) and value in words)


FLAG = Kind("true or false", lambda value: isinstance(value, bool))
COUNT = Kind("a whole number", _is_int)
NUMBER = Kind("a number", _is_number)
WORDS = Kind("a list of words", _is_words)
COUNTS = Kind("a map of words to whole numbers", _is_counts)
SHARES = Kind("a list of numbers", _is_shares)
TEXT = Kind("a word", lambda value: isinstance(value, str) and bool(value))
EXPRESSION = Kind("a regular expression", _is_expression)
EVENT, STATUS = one_of(*get_args(record.EventType)), one_of(*get_args(record.EventStatus))
ROLE = one_of(*get_args(record.Role))
PROGRAMS = Kind("a list of codes of programmes", _is_programs)
CODE = one_of(*get_args(record.Program), "OTHER")  # other: one that no record names
MEASURE, QUALIFIER = one_of(*get_args(record.Measure)), one_of("approx", "at_least", "at_most")
UNIT, SIDE, FROM = one_of("day", "week", "month", "year"), one_of("before", "after"), one_of("published", "text")
PRESENCE = {"weight": NUMBER, "events": WORDS, "idiom": FLAG}

# Family -> key -> what its value must be; "!" behind a key: every rule of the family has it.
PAYLOADS: dict[str, dict[str, Kind]] = {
    "abbreviation": {"before_number": FLAG},
    "date_choice": {"weight!": NUMBER},
    "date_clock": {"side!": SIDE},
    "date_cue": {
        "role!": one_of("background", "deadline", "held", "holding", "plan", "statement", "until"),
        "side!": one_of("before", "after", "both"),
        "reach": COUNT, "days_only": FLAG, "close": FLAG,
    },
    "date_direction": {"sign!": COUNT, "counted_from": FROM},
    "date_join": {"loose": FLAG},
    "date_month": {"number!": COUNT, "short": FLAG},
    "date_number": {"values!": COUNTS},
    "date_ordinal": {"values!": COUNTS},
    "date_relative": {"unit!": UNIT, "offset": COUNT, "part": one_of("start", "end"), "counted_from": FROM},
    "date_span": {"unit!": UNIT, "number": COUNT},
    "date_weekday": {"number!": COUNT, "name": FLAG},
    "date_year": {"strong": FLAG},
    "event": {
        "type!": EVENT, "kind": one_of("noun", "verb"), "weight": NUMBER, "unless": WORDS, "near": WORDS,
        "window": COUNT, "after_not": WORDS, "given": WORDS, "status": STATUS, "before": COUNT, "counted": FLAG,
        "by": WORDS, "not_by": WORDS, "otherwise": TEXT, "setting": FLAG, "governs": FLAG, "never": WORDS, 
        "clause": FLAG, "mute": FLAG,
    },
    "event_beside": {"apart": FLAG, "behind": FLAG, "unless": WORDS, "joint": FLAG, "reach": COUNT},
    "event_status": {
        "status!": STATUS, "before": COUNT, "after": COUNT, "modal": FLAG, "unless": WORDS, "yields": FLAG,
        "crosses": WORDS, "lasting": FLAG, "case": one_of("lower"),
    },
    "event_talk": {"not_before": WORDS},
    "figure_classifier": {"generic": FLAG},
    "figure_supposed": {"reach": COUNT, "clause": FLAG},
    "furniture": {
        "where": one_of("start", "inside", "end", "whole"), "most": COUNT,
        "takes": one_of("rest", "tail", "headlines", "links"), "wordings": WORDS, "has": WORDS, "pattern": EXPRESSION,
        "needs": WORDS,
    },
    "furniture_page": {"holds": SHARES, "microdata": WORDS, "names": WORDS},
    "kpm_aside": {"max!": COUNT, "reach!": COUNT, "behind": FLAG},
    "kpm_growth": {"measure!": MEASURE},
    "kpm_measure": {
        "measure!": MEASURE, "weight": NUMBER, "reach": NUMBER, "max": COUNT, "yields": FLAG, "leads": FLAG,
        "in_distribution": MEASURE,
    },
    "kpm_unit": {
        "unit!": one_of("household", "person"), "persons": FLAG, "strong": FLAG, "slip": FLAG, "measure": MEASURE,
        "before_only": FLAG, "right_only": FLAG, "min": COUNT, "max": COUNT, "context": TEXT,
    },
    "money_hint": {"max": COUNT, "reach": COUNT},
    "money_kind": {"kind!": one_of(*get_args(record.AmountKind)), "max": COUNT, "min": COUNT, "weight": NUMBER},
    "money_scale": {"scales!": COUNTS},
    "number_block_after": {"below": COUNT, "year_like": FLAG},
    "number_block_before": {"below": COUNT, "year_like": FLAG},
    "number_bound_after": {"qualifier!": QUALIFIER},
    "number_bound_before": {"qualifier!": QUALIFIER},
    "number_scale": {"value!": COUNT},
    "number_word": {"values!": COUNTS},
    "people_attend": {
        **PRESENCE, "households": FLAG, "reach": NUMBER, "not_staff": FLAG, "role": ROLE, "persons": FLAG,
    },
    "people_not": PRESENCE,
    "people_role": {"role!": ROLE, "staff": FLAG, "before_only": FLAG, "min": COUNT, "max": COUNT},
    "people_stock": PRESENCE,
    "place_level": {"level!": TEXT},
    "place_office": {"level": TEXT, "civil": FLAG, "person": FLAG, "long": FLAG},
    "place_part": {"village": FLAG, "head": FLAG, "village_in": WORDS, "only_there": FLAG},
    "place_venue": {"borrows": FLAG, "away": FLAG},
    "program": {
        "code!": CODE, "sense": one_of("pkh", "slip"), "unless": WORDS, "last": FLAG, "case": one_of("upper"),
        "short_for": PROGRAMS, "several": FLAG, "loose": FLAG, "near": WORDS, "window": COUNT,
    },
    "program_not": {"reach": COUNT, "bare": FLAG, "weak": FLAG, "through": WORDS},
    "program_other": {"of!": one_of("KPM", "PKH"), "shares": FLAG},
    "program_social": {"next": FLAG},
    "published_byline": {"wordings!": WORDS, "small": FLAG},
    "published_meta": {"names!": WORDS, "weak": FLAG},
    **{
        f"published_{name}": {"wordings!": WORDS}
        for name in ("caption", "foot", "header", "signed", "update", "weekday")
    },
}  # fmt: skip


def fault(family: str, payload: dict[str, Any]) -> str | None:
    """What is wrong with the payload of a rule of a built-in family, in a clause; ``None`` where nothing is. A family
    that is not listed has no payload."""
    known = PAYLOADS.get(family, {})
    kinds = {key.removesuffix("!"): kind for key, kind in known.items()}
    for key in known:
        if key.endswith("!") and payload.get(key[:-1]) is None:
            return f"it has no {key[:-1]!r}, which is {kinds[key[:-1]].words}"
    for key, value in payload.items():
        if key not in kinds:
            return f"rules of {family!r} know no {key!r}, only {', '.join(sorted(kinds)) or 'phrases and tokens'}"
        if not kinds[key].holds(value):
            return f"its {key!r} is {value!r} and must be {kinds[key].words}"
    return None


TOKEN_KEYS = {  # attributes of a token that a pipeline without a model knows
    "TEXT", "ORTH", "LOWER", "NORM", "LENGTH", "SHAPE", "PREFIX", "SUFFIX", "SPACY", "OP", "IS_ALPHA", "IS_ASCII",
    "IS_BRACKET", "IS_CURRENCY", "IS_DIGIT", "IS_LEFT_PUNCT", "IS_LOWER", "IS_PUNCT", "IS_QUOTE", "IS_RIGHT_PUNCT",
    "IS_SENT_START", "IS_SPACE", "IS_STOP", "IS_TITLE", "IS_UPPER", "LIKE_EMAIL", "LIKE_NUM", "LIKE_URL", "_",
}  # fmt: skip
OPERATOR = re.compile(r"[!?*+1]|\{\d+\}|\{\d*,\d*\}")  # how often a token may stand, as spaCy writes it


def wording_fault(phrases: list[str], tokens: list[list[dict[str, Any]]]) -> str | None:
    """What is wrong with the phrases and token patterns of a rule, in a clause; ``None`` where nothing is."""
    if any(not phrase.strip() for phrase in phrases):
        return "one of its phrases is empty"
    for key, condition in (pair for pattern in tokens for token in pattern for pair in token.items()):
        if key not in TOKEN_KEYS:
            return f"its tokens ask for {key!r}, which no token has here; known are {', '.join(sorted(TOKEN_KEYS))}"
        if key == "OP" and not OPERATOR.fullmatch(str(condition)):
            return f"{condition!r} in its tokens says no number of times"
        expression = condition.get("REGEX") if isinstance(condition, dict) else None
        if expression is not None and not _is_expression(expression):
            return f"{expression!r} in its tokens is no regular expression"
    return None
