"""Every rule carries its proof: its examples and counter-examples, run through the real thing.

An example holds when its rule is credited with a hit whose text is ``finds`` and whose value has all
that ``gives`` names. A counter-example holds when its rule is credited with nothing. Rules that clean pages
or date them (families ``furniture…`` and ``published…``) are run through the cleaner, all others through the pipeline.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pkh_extract.rules import Rule, load_rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

Hit = tuple[str, str, Any]  # rule id, text, value
RAW = {"pkh_figures"}  # candidates that no component has accepted yet


@dataclass(frozen=True)
class Failure:
    """One example or counter-example that does not hold."""

    rule: str
    text: str
    reason: str


def check(patterns: str | None = None) -> Iterator[Failure]:
    """Run every rule's examples and counter-examples, in file order; yields what does not hold.

    ``patterns`` is a folder of rules laid over the built-in ones. A rule without an example is a failure too, and so is
    a phrase that stands twice in one family, for only one of the two can be found.
    """
    hits = _readers(patterns)
    yield from _standing_twice(patterns)
    for rule in load_rules(patterns).values():
        if not rule.examples:
            yield Failure(rule.id, "", "has no example; a rule without one is not finished")
        yield from _check_rule(rule, hits(rule.family))


def _standing_twice(patterns: str | None) -> Iterator[Failure]:
    from pkh_extract.annotating.pipeline import load

    nlp = load(patterns)
    known: dict[tuple[str, ...], str] = {}
    for rule in load_rules(patterns).values():
        for phrase in rule.phrases:
            words = (rule.family, *(token.lower_ for token in nlp.make_doc(phrase)))
            first = known.setdefault(words, rule.id)
            if first != rule.id:
                yield Failure(rule.id, phrase, f"has a phrase of {first} too; give it to one of the two")


def _check_rule(rule: Rule, read: Callable[..., list[Hit]]) -> Iterator[Failure]:
    for example in rule.examples:
        hits = read(example.text, title=example.title) if example.title else read(example.text)
        found = [(text, value) for rule_id, text, value in hits if rule_id == rule.id]
        values = [value for text, value in found if text == example.finds]
        if not values:
            yield Failure(rule.id, example.text, f"finds {[text for text, _ in found]}, not {example.finds!r}")
        elif not any(_has(value, example.gives) for value in values):
            yield Failure(rule.id, example.text, f"gives {values}, not {example.gives}")
    for text in rule.counterexamples:
        wrong = [found for rule_id, found, _ in read(text) if rule_id == rule.id]
        if wrong:
            yield Failure(rule.id, text, f"finds {wrong} in a counter-example")


def _has(value: Any, wanted: dict[str, Any]) -> bool:
    return all(str(getattr(value, key, None)) == str(want) for key, want in wanted.items())


def hits(doc: Doc) -> list[Hit]:
    """What each rule is credited with in an annotated document."""
    from pkh_extract.annotating.document import accepted, value_of

    found = [*(span for key in doc.spans if key not in RAW for span in doc.spans[key]), *accepted(doc)]
    return [(span.id_, span.text, value_of(span)) for span in found]


def _readers(patterns: str | None) -> Callable[[str], Callable[..., list[Hit]]]:
    from pkh_extract.annotating.document import make_doc
    from pkh_extract.annotating.pipeline import load

    nlp = load(patterns)

    def annotate(text: str, title: str | None = None) -> list[Hit]:
        doc = nlp(make_doc(nlp, title, text))
        _ = doc._.pkh_record  # assembling credits rules too
        return hits(doc)

    def reader(family: str) -> Callable[..., list[Hit]]:
        if family.startswith("furniture"):
            from pkh_extract.cleaning import furniture_hits

            return functools.partial(furniture_hits, patterns=patterns)
        if family.startswith("published"):
            from pkh_extract.cleaning import publication_hits

            return functools.partial(publication_hits, patterns=patterns)
        return annotate

    return reader
