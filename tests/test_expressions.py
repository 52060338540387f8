"""No regular expression of the package may run away on a text made to hurt it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time

import pytest

import pkh_extract
from pkh_extract.cleaning.furniture import _matchers, furniture
from pkh_extract.cleaning.stamps import stamp_reader
from pkh_extract.rules import load_rules

UNITS = (
    *".aA1 /-(<,\"'’:=&\n|_*[]{}!?%", "Aa ", "a.", "A.", "1.", "1 ", "a-", "a, ", "<a ", "a1", "a b", "(a", "://",
    " \n", "A b ",
)  # fmt: skip
OPENINGS = ("", "A", "1", "Rp", "<", '"', "(", "http://", "Foto: ")
SHORT, STEPS = 6, (12, 16, 20, 24)  # repeats of a unit; an expression that runs away shows within a few more of them
GROWTH = 300  # four times the length: 256 is a cost that grows with its fourth power
FLOOR = 2e-5  # seconds that a clock can tell apart


def _expressions() -> dict[str, re.Pattern]:
    """The compiled expressions that the modules of the package hold, by name."""
    found: dict[str, re.Pattern] = {}
    for module in pkgutil.walk_packages(pkh_extract.__path__, "pkh_extract."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, one in enumerate(value if isinstance(value, tuple | list) else (value,)):
                if isinstance(one, re.Pattern):
                    found[f"{module.name.removeprefix('pkh_extract.')}.{name}.{number}"] = one
    found |= {f"furniture.gates.{number}": gate for number, gate in enumerate(furniture().gates)}
    rules = [*(made for rule in load_rules().family("furniture") for made in _matchers(rule)), stamp_reader()]
    for number, holder in enumerate(rules):
        for name, value in vars(holder).items():
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, re.Pattern):
                    found[f"{getattr(holder, 'id', 'stamps')}.{name}.{number}.{len(found)}"] = one
    return found


EXPRESSIONS = _expressions()


def _seconds(expression: re.Pattern, text: str) -> float:
    data = text.encode() if isinstance(expression.pattern, bytes) else text
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        expression.match(data)
        best = min(best, time.process_time() - start)
    return best


def runs_away(expression: re.Pattern) -> str | None:
    """The text on which an expression's cost explodes, or ``None``."""
    for opening in OPENINGS:
        for unit in UNITS:
            allowed = GROWTH * max(_seconds(expression, f"{opening}{unit * SHORT}\x00!"), FLOOR)
            for times in STEPS:
                text = f"{opening}{unit * times}\x00!"
                if _seconds(expression, text) > allowed:
                    return text
    return None


def test_the_package_holds_expressions():
    assert len(EXPRESSIONS) > 150


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_no_expression_runs_away(name):
    assert runs_away(EXPRESSIONS[name]) is None


@pytest.mark.parametrize("pattern", [r"(?:a|a)*b", r"(?:[\w.]{1,24}[\s.]{1,3}){0,6}-", r"(\w+)*$"])
def test_an_expression_that_runs_away_is_found(pattern):
    assert runs_away(re.compile(pattern)) is not None
