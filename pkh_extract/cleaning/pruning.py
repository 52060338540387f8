"""Boxes of a page that hold no report, by the names papers' templates give them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from lxml import etree

from pkh_extract.cleaning.blocks import sentence_like
from pkh_extract.cleaning.furniture import Trace
from pkh_extract.cleaning.page import Element, hidden, look, remove, text_of
from pkh_extract.rules import Rule, load_rules

_HEADINGS = {"h1", "h2", "h3", "h4"}
_NEVER = {"html", "body", "main", "tbody"}
# How much of the page's text boxes may hold that go by a rule and one name, where the headline is known and where not.
_SHARES = {
    "furniture_page.comments": (0.97, 0.6),
    "furniture_page.caption": (0.5, 0.34),
    "furniture_page.overlay": (0.9, 0.6),
    "furniture_page.related": (0.67, 0.34),
    "furniture_page.around": (0.67, 0.34),
    "furniture_page.hidden": (0.67, 0.67),
}
_SHARE = (0.25, 0.25)
_MOST_KNOWN = 20_000


class PageRules:
    """Rules of family ``furniture_page``: ``names`` are words of a class or id (``share``, ``related posts`` needs
    both), a word with a star stands for all that begin so."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.words: dict[str, str] = {}
        self.starts: dict[str, str] = {}
        self.groups: dict[str, list[tuple[frozenset[str], str]]] = {}  # by each of their words
        self.known: dict[frozenset[str], tuple[str, str] | None] = {}
        for rule in rules:
            for name in map(str, rule.get("names", [])):
                if " " in name:
                    group = frozenset(name.split())
                    for word in group:
                        self.groups.setdefault(word, []).append((group, rule.id))
                elif name.endswith("*"):
                    self.starts[name[:-1]] = rule.id
                else:
                    self.words[name] = rule.id
        self.lengths = sorted({len(start) for start in self.starts})

    def match(self, names: frozenset[str]) -> tuple[str, str] | None:
        """The id of the rule that some words of a class or id fall under, and the name that says so."""
        if names not in self.known:
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            self.known[names] = self._match(names)
        return self.known[names]

    def _match(self, names: frozenset[str]) -> tuple[str, str] | None:
        ordered = sorted(names)
        for name in ordered:
            if name in self.words:
                return self.words[name], name
        for name in ordered:
            for group, rule in self.groups.get(name, ()):
                if group <= names:
                    return rule, " ".join(sorted(group))
        for name in ordered:
            for length in self.lengths:
                if (start := name[:length]) in self.starts:
                    return self.starts[start], start
        return None


@functools.lru_cache(maxsize=8)
def page_rules(patterns: str | None = None) -> PageRules:
    """The page rules of the built-in patterns with those of a folder laid over them; made once a process."""
    return PageRules(load_rules(patterns).family("furniture_page"))


HEAD = "furniture_page.head"


def prune(
    root: Element, weights: dict[Element, int], rules: PageRules, anchor: Element | None, trace: Trace | None
) -> list[Element]:
    """Take out of a page what is hidden or named as furniture; never what holds the headline (``anchor``) or is marked
    up as the report, nor a box with most of the page's text.

    The bylines and other lines of the report's head (rule ``furniture_page.head``) stay; they are returned.
    """
    most = max(weights.values(), default=0)
    around = set() if anchor is None else {anchor, *anchor.iterancestors()}
    named = []
    shares: dict[str, int] = {}
    for tag, rule, name, nested in _named(root, rules, around):
        named.append((tag, rule, name))
        if not nested:  # what stands in another box is weighed with that
            shares[name] = shares.get(name, 0) + weights.get(tag, 0)
    found = [(tag, rule) for tag, rule, name in named if shares.get(name, 0) <= most * _share(rule, anchor is not None)]
    gone = [tag for tag, rule in found if rule != HEAD]
    if trace is not None:
        trace.extend((rule, text_of(tag, 2000)) for tag, rule in found if rule != HEAD)
    remove(root, gone)
    return [tag for tag, rule in found if rule == HEAD]


def _named(root: Element, rules: PageRules, around: set[Element]) -> Iterator[tuple[Element, str, str, bool]]:
    """The boxes that fall under a rule, with it, the name that says so, and whether they stand in another."""
    inside: set[Element] = set()
    marked = _marked(root)
    nodes = list(root.iter(etree.Element))  # keeps the proxies, whose identity counts, alive
    for number, tag in enumerate(nodes):
        nested = tag.getparent() in inside
        if nested:
            inside.add(tag)
        if tag.tag in _NEVER or tag in around or (tag.tag != "figure" and not tag.attrib):
            continue
        if hidden(tag):
            inside.add(tag)
            yield tag, "furniture_page.hidden", f"hidden {number}", nested  # each for itself
        elif tag not in marked and (found := _rule(tag, rules)):
            inside.add(tag)
            yield tag, *found, nested


def _marked(root: Element) -> set[Element]:
    """The elements marked up as the report, and those around them."""
    marked: set[Element] = set()
    for tag in [tag for tag in root.iter(etree.Element) if "articlebody" in (tag.get("itemprop") or "").lower()][:5]:
        marked.update((tag, *tag.iterancestors()))
    return marked


def _share(rule: str, anchored: bool) -> float:
    """How much of the page's text a box may hold that goes by a rule."""
    known, unknown = _SHARES.get(rule, _SHARE)
    return known if anchored else unknown


def behead(root: Element, heads: list[Element], trace: Trace | None) -> None:
    """Take out the lines of the report's head, but what reads like a sentence of it."""
    gone = [tag for tag in heads if not sentence_like(text_of(tag, 1000))]
    if trace is not None:
        trace.extend((HEAD, text_of(tag, 2000)) for tag in gone)
    remove(root, gone)


def _rule(tag: Element, rules: PageRules) -> tuple[str, str] | None:
    if tag.tag == "figure" and next(tag.iter("table", "p", "blockquote"), None) is None:
        return "furniture_page.caption", "figure"
    names = look(tag)
    if "hentry" in names or tag.tag in _HEADINGS:
        return None  # WordPress lists the tags and categories of a post as classes of its box; subheads are report
    if tag.tag == "time" and names & {"updated", "modified"} and "published" not in names:
        return "furniture_page.updated", "updated"
    return rules.match(names) if names else None
