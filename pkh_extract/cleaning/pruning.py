"""Boxes of a page that hold no report, by the names papers' templates give them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from pkh_extract.cleaning.blocks import sentence_like
from pkh_extract.cleaning.furniture import Trace
from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import Element, hidden, look, text_of, words_of
from pkh_extract.rules import Rule, load_rules

_HIDING = {"hidden", "aria-hidden", "style"}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_SPECIAL = {"figure", "time"} | _HEADINGS
_NEVER = {"html", "body", "main", "tbody"}
_HOLDS = [0.25, 0.25]
_MOST_KNOWN = 20_000


class PageRules:
    """Rules of family ``furniture_page``: ``names`` are words of a class or id (``share``, ``related posts`` needs
    both), a word with a star stands for all that begin so; ``microdata`` are values of itemprop or the last words of
    those of itemtype; ``holds``: how much of the page's text the boxes of one name
    may hold, where the headline is known and where it is not."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.words: dict[str, str] = {}
        self.starts: dict[str, str] = {}
        self.groups: dict[str, list[tuple[frozenset[str], str]]] = {}  # by each of their words
        self.microdata: dict[str, str] = {}
        self.known: dict[tuple[str | None, str | None], tuple[str, str] | None] = {}
        self.holds: dict[str, tuple[float, float]] = {}  # by the ids of all rules there are
        for rule in rules:
            known, unknown = rule.get("holds", _HOLDS)
            self.holds[rule.id] = float(known), float(unknown)
            self.microdata.update((str(name).lower(), rule.id) for name in rule.get("microdata", []))
            for name in map(str, rule.get("names", [])):
                if " " in name:
                    group = frozenset(name.split())
                    for word in group:
                        self.groups.setdefault(word, []).append((group, rule.id))
                elif name.endswith("*"):
                    self.starts[name[:-1]] = rule.id
                else:
                    self.words[name] = rule.id
        self.begun: dict[str, str | None] = {}
        self.lengths = sorted({len(start) for start in self.starts})

    def most(self, rule: str, anchored: bool) -> float:
        """How much of the page's text a box may hold that goes by a rule; less than none for a rule that is not."""
        known, unknown = self.holds.get(rule, (-1.0, -1.0))
        return known if anchored else unknown

    def match(self, attributes: dict[str, str]) -> tuple[str, str] | None:
        """The id of the rule that some words of an element's class or id fall under, and the name that says so."""
        names = attributes.get("class"), attributes.get("id")
        if names not in self.known:
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            self.known[names] = self._match(words_of(names[0] or "", names[1] or ""))
        return self.known[names]

    def marked(self, attributes: dict[str, str]) -> tuple[str, str] | None:
        """The same by its microdata."""
        for value in (attributes.get("itemprop"), attributes.get("itemtype")):
            name = (value or "").rsplit("/", 1)[-1].strip().lower()
            if name in self.microdata:
                return self.microdata[name], name
        return None

    def _match(self, names: frozenset[str]) -> tuple[str, str] | None:
        if "hentry" in names:
            return None  # WordPress lists the tags and categories of a post as classes of its box
        for name in sorted(name for name in names if name in self.groups):
            for group, rule in self.groups[name]:
                if group <= names:
                    return rule, " ".join(sorted(group))
        if hits := [name for name in names if name in self.words]:
            return self.words[min(hits)], min(hits)
        starts = [start for name in names if (start := self._start_of(name))]
        return (self.starts[min(starts)], min(starts)) if starts else None

    def _start_of(self, name: str) -> str | None:
        """The beginning of a word that a rule names with a star; remembered, for templates share their words."""
        if name not in self.begun:
            if len(self.begun) > _MOST_KNOWN:
                self.begun.clear()
            self.begun[name] = next((name[:size] for size in self.lengths if name[:size] in self.starts), None)
        return self.begun[name]


@functools.lru_cache(maxsize=8)
def page_rules(patterns: str | None = None) -> PageRules:
    """The page rules of the built-in patterns with those of a folder laid over them; made once a process."""
    return PageRules(load_rules(patterns).family("furniture_page"))


HEAD = "furniture_page.head"


def prune(page: Outline, rules: PageRules, anchor: Element | None, trace: Trace | None) -> list[int]:
    """Take out of a page what is hidden or named as furniture; never what holds the headline (``anchor``) or is marked
    up as the report, nor boxes that go by a name which most of the page's text stands under.

    The bylines and other lines of the report's head (rule ``furniture_page.head``) stay; their numbers are returned.
    """
    weights = page.total(page.running)
    named = []
    shares: dict[str, int] = {}
    for at, rule, name, nested in _named(page, rules, anchor):
        named.append((at, rule, name))
        if not nested:  # what stands in another box is weighed with that
            shares[name] = shares.get(name, 0) + weights[at]
    anchored = anchor is not None
    found = [(at, rule) for at, rule, name in named if shares.get(name, 0) <= weights[0] * rules.most(rule, anchored)]
    if trace is not None:
        trace.extend((rule, text_of(page.nodes[at], 2000)) for at, rule in found if rule != HEAD)
    page.remove([at for at, rule in found if rule != HEAD])
    return [at for at, rule in found if rule == HEAD]


def _named(page: Outline, rules: PageRules, anchor: Element | None) -> Iterator[tuple[int, str, str, bool]]:
    """The boxes that fall under a rule, with it, the name that says so, and whether they stand in another."""
    head = page.number.get(anchor) if anchor is not None else None
    around = page.around(head) if head is not None else {0}
    report, microdata = _marked(page), set(page.marked)
    end = 0  # of the outermost box that the walk is in
    known, unknown = rules.known, ("", "")
    for at, (tag, attributes) in enumerate(zip(page.tags, page.attributes, strict=True)):
        if not attributes and tag != "figure":
            continue
        # Looked up here, for this runs for each element of a page.
        named = known.get((attributes.get("class"), attributes.get("id")), unknown)
        plain = named is None and tag not in _SPECIAL and at not in microdata
        if (plain and attributes.keys().isdisjoint(_HIDING)) or tag in _NEVER or at in around:
            continue
        found: tuple[str, str] | None = None
        if not attributes.keys().isdisjoint(_HIDING) and hidden(attributes):
            found = "furniture_page.hidden", f"hidden {at}"  # each for itself
        elif at not in report:
            if tag in _SPECIAL:
                found = _rule(page.nodes[at], tag, attributes, rules)
            else:
                found = rules.match(attributes) if named is unknown else named
            if found is None and at in microdata:
                found = rules.marked(attributes)
        if found:
            yield at, *found, at < end
            end = max(end, page.end[at])


def _marked(page: Outline) -> set[int]:
    """The elements marked up as the report, and those around them."""
    found = [at for at in page.marked if "articlebody" in page.attributes[at].get("itemprop", "").lower()]
    return set().union(*(page.around(at) for at in found[:5]))


def behead(page: Outline, heads: list[int], trace: Trace | None) -> None:
    """Take out the lines of the report's head, but what reads like a sentence of it."""
    gone = [at for at in heads if not page.gone[at] and not sentence_like(text_of(page.nodes[at], 1000))]
    if trace is not None:
        trace.extend((HEAD, text_of(page.nodes[at], 2000)) for at in gone)
    page.remove(gone)


def _rule(node: Element, tag: str, attributes: dict[str, str], rules: PageRules) -> tuple[str, str] | None:
    if tag == "figure" and next(node.iter("table", "p", "blockquote"), None) is None:
        return "furniture_page.caption", "figure"
    if tag in _HEADINGS:
        return None  # subheads are report
    if tag == "time" and (names := look(node)) & {"updated", "modified"} and "published" not in names:
        return "furniture_page.updated", "updated"
    return rules.match(attributes)
