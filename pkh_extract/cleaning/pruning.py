"""Boxes of a page that hold no report, by the names papers' templates give them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from bs4.element import Tag

from pkh_extract.cleaning.blocks import sentence_like
from pkh_extract.cleaning.html import _DROPPED, hidden, look
from pkh_extract.rules import Rule, load_rules

_NEVER = {"html", "body", "main", "tbody", "[document]"}


class PageRules:
    """Rules of family ``furniture_page``: ``names`` are words of a class or id (``share``, ``related posts`` needs
    both), a word with a star stands for all that begin so."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.words: dict[str, str] = {}
        self.starts: list[tuple[str, str]] = []
        self.groups: list[tuple[frozenset[str], str]] = []
        for rule in rules:
            for name in map(str, rule.get("names", [])):
                if " " in name:
                    self.groups.append((frozenset(name.split()), rule.id))
                elif name.endswith("*"):
                    self.starts.append((name[:-1], rule.id))
                else:
                    self.words[name] = rule.id

    def match(self, names: set[str]) -> str | None:
        """The id of the rule that some words of a class or id fall under."""
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


def prune(root: Tag, weights: dict[int, int], rules: PageRules, trace: list[tuple[str, str]], *, head: bool) -> None:
    """Take out of a page what is hidden or named as furniture; never a box with more than a third of its text.

    ``head``: take the bylines and other lines of the report's head (rule ``furniture_page.head``), else all but them.
    """
    most = max(weights.values(), default=0)
    gone: set[int] = set()
    for tag in [node for node in root.descendants if isinstance(node, Tag)]:
        if id(tag.parent) in gone:
            gone.add(id(tag))
            continue
        if tag.name in _NEVER or tag.name in _DROPPED or (not tag.attrs and tag.name != "figure"):
            continue
        rule = _rule(tag, rules)
        if rule is None or (rule == HEAD) != head:
            continue
        if head and sentence_like(tag.get_text(" ", strip=True)[:1000]):
            continue
        if weights.get(id(tag), 0) * (1.5 if rule == "furniture_page.hidden" else 3) <= most:
            trace.append((rule, " ".join(tag.get_text(" ").split())[:2000]))
            gone.add(id(tag))
            tag.extract()


def _rule(tag: Tag, rules: PageRules) -> str | None:
    if hidden(tag):
        return "furniture_page.hidden"
    if tag.name == "figure" and tag.find(["table", "p", "blockquote"]) is None:
        return "furniture_page.caption"
    names = look(tag)
    if tag.name == "time" and names & {"updated", "modified"} and "published" not in names:
        return "furniture_page.updated"
    return rules.match(names) if names else None
