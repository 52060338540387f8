"""Boxes of a page that hold no report, by the names papers' templates give them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from lxml import etree

from pkh_extract.cleaning.blocks import sentence_like
from pkh_extract.cleaning.page import Element, hidden, look, remove, text_of
from pkh_extract.rules import Rule, load_rules

_NEVER = {"html", "body", "main", "tbody"}
_MOST_KNOWN = 20_000


class PageRules:
    """Rules of family ``furniture_page``: ``names`` are words of a class or id (``share``, ``related posts`` needs
    both), a word with a star stands for all that begin so."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.words: dict[str, str] = {}
        self.starts: list[tuple[str, str]] = []
        self.groups: list[tuple[frozenset[str], str]] = []
        self.known: dict[frozenset[str], str | None] = {}
        for rule in rules:
            for name in map(str, rule.get("names", [])):
                if " " in name:
                    self.groups.append((frozenset(name.split()), rule.id))
                elif name.endswith("*"):
                    self.starts.append((name[:-1], rule.id))
                else:
                    self.words[name] = rule.id

    def match(self, names: frozenset[str]) -> str | None:
        """The id of the rule that some words of a class or id fall under."""
        if names not in self.known:
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            self.known[names] = self._match(names)
        return self.known[names]

    def _match(self, names: frozenset[str]) -> str | None:
        for name in names:
            if name in self.words:
                return self.words[name]
        for group, rule in self.groups:
            if group <= names:
                return rule
        for start, rule in self.starts:
            if any(name.startswith(start) for name in names):
                return rule
        return None


@functools.lru_cache(maxsize=8)
def page_rules(patterns: str | None = None) -> PageRules:
    """The page rules of the built-in patterns with those of a folder laid over them; made once a process."""
    return PageRules(load_rules(patterns).family("furniture_page"))


HEAD = "furniture_page.head"


def prune(root: Element, weights: dict[Element, int], rules: PageRules, trace: list[tuple[str, str]]) -> list[Element]:
    """Take out of a page what is hidden or named as furniture; never a box with more than a third of its text.

    The bylines and other lines of the report's head (rule ``furniture_page.head``) stay; they are returned.
    """
    most = max(weights.values(), default=0)
    gone: list[Element] = []
    heads: list[Element] = []
    inside: set[Element] = set()  # what is gone, with all below it
    nodes = list(root.iter(etree.Element))
    for tag in nodes:
        if tag.getparent() in inside:
            inside.add(tag)
            continue
        if tag.tag in _NEVER or (tag.tag != "figure" and not tag.attrib):
            continue
        rule = _rule(tag, rules)
        if rule is None or weights.get(tag, 0) * (1.5 if rule == "furniture_page.hidden" else 3) > most:
            continue
        if rule == HEAD:
            heads.append(tag)
            continue
        trace.append((rule, text_of(tag, 2000)))
        gone.append(tag)
        inside.add(tag)
    remove(root, gone)
    return heads


def behead(root: Element, heads: list[Element], trace: list[tuple[str, str]]) -> None:
    """Take out the lines of the report's head, but what reads like a sentence of it."""
    gone = [tag for tag in heads if not sentence_like(text_of(tag, 1000))]
    trace.extend((HEAD, text_of(tag, 2000)) for tag in gone)
    remove(root, gone)


def _rule(tag: Element, rules: PageRules) -> str | None:
    if hidden(tag):
        return "furniture_page.hidden"
    if tag.tag == "figure" and next(tag.iter("table", "p", "blockquote"), None) is None:
        return "furniture_page.caption"
    names = look(tag)
    if tag.tag == "time" and names & {"updated", "modified"} and "published" not in names:
        return "furniture_page.updated"
    return rules.match(names) if names else None
