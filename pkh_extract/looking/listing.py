"""The record's schema and the rules, as plain lines."""

from __future__ import annotations

import json

from pkh_extract.looking.safe import safe
from pkh_extract.looking.width import fitted, terminal_width

LONGEST = 40  # characters of a rule's id, to which the others are aligned in a terminal
WORDS = 4  # wordings of a rule that a listing shows


def schema() -> str:
    """The JSON Schema of a record (2020-12), keys in the order of the record."""
    from pkh_extract.record import Record

    body = Record.model_json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(head | body, indent=2, ensure_ascii=False)


def check_patterns(patterns: str | None = None) -> int:
    """Run every rule's examples and counter-examples; one line for each that does not hold, then a summary.

    Returns how many did not hold. Raises :class:`~pkh_extract.errors.PatternError` for rules that cannot be read.
    """
    from pkh_extract.proof import check
    from pkh_extract.rules import load_rules

    rules = load_rules(patterns)
    failures = 0
    for failure in check(patterns):
        failures += 1
        quoted = f" in {failure.text!r}" if failure.text else ""
        print(_line(f"{failure.rule}: {failure.reason}{quoted}"))
    examples = sum(len(rule.examples) for rule in rules.values())
    counterexamples = sum(len(rule.counterexamples) for rule in rules.values())
    verdict = f"{failures} do not hold" if failures else "all hold"
    print(f"{len(rules)} rules, {examples} examples, {counterexamples} counter-examples: {verdict}")
    return failures


def list_patterns(patterns: str | None = None) -> None:
    """One line a rule, in file order: id, number of examples and counter-examples, its first wordings; divided by tabs,
    or in a terminal set in columns and cut to its width."""
    from pkh_extract.rules import load_rules

    rules, width = load_rules(patterns), terminal_width()
    longest = min(max(map(len, rules), default=0), LONGEST)
    for rule in rules.values():
        wordings = ", ".join(rule.phrases[:WORDS]) + (", …" if len(rule.phrases) > WORDS else "")
        proof = f"+{len(rule.examples)} -{len(rule.counterexamples)}"
        line = _line(f"{rule.id}\t{proof}\t{wordings}")
        if width is not None:
            name, proof, wordings = line.split("\t")
            line = fitted(f"{name:{longest}}  {proof:6}  {wordings}", width)
        print(line)


def _line(text: str) -> str:
    return "\t".join(safe(" ".join(part.split())) for part in text.split("\t"))
