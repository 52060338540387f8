"""Boxes inside the part of a page that holds the report, but not of it: lists of links, teasers, captions."""

from __future__ import annotations

import itertools

from pkh_extract.cleaning.furniture import Trace
from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import Element, text_of
from pkh_extract.cleaning.pruning import PageRules

LINKS, TEASER, PICTURE = "furniture_page.links", "furniture_page.teaser", "furniture_page.picture"
_LISTS = {"ul", "ol", "dl"}
_BOXES = {"div", "section", "article", "ul", "ol", "dl", "table", "header", "form", "figure", "details", "blockquote"}
_LINKED, _LISTED = 0.5, 0.7  # the share of links above which a box or a list is one of links
_OWN = 0.15  # a kind of paragraph with that share of the text is the report's own
_SMALL = 0.25  # a box with more of the text is no insertion
_CAPTION = 300  # letters


class Trimmer:
    """What is known of the part of a page that is to be trimmed."""

    def __init__(self, page: Outline, part: int) -> None:
        self.page = page
        self.paragraphs = page.paragraphs
        self.good, self.linked, self.plain = (
            page.total(own, part) for own in (self.paragraphs, page.linked, page.plain)
        )
        self.end = page.end[part]
        self.part = part
        self.whole = max(1, self.good[part])
        self.own = self._around_own()

    def _around_own(self) -> set[int]:
        """The report's own paragraphs, of the kinds (tag and class) that hold a fair share of its text, and what is
        around them."""
        kinds: dict[int, tuple[str, str | None]] = {}
        shares: dict[tuple[str, str | None], int] = {}
        for at in range(self.part, self.end):
            if self.paragraphs[at] and not self.page.gone[at]:
                node = self.page.nodes[at]
                kind = kinds[at] = (str(node.tag), node.get("class"))
                shares[kind] = shares.get(kind, 0) + self.paragraphs[at]
        total = sum(shares.values())
        around: set[int] = set()
        for at, kind in kinds.items():
            if shares[kind] >= _OWN * total:
                while at not in around:
                    around.add(at)
                    at = self.page.parent[at]
        return around

    def rule(self, at: int, begun: bool) -> str | None:
        """The rule by which a box goes; ``begun``: the report has begun before it."""
        good, linked = self.good[at], self.linked[at]
        total = linked + self.plain[at]
        if not total or good > _SMALL * self.whole:
            return None
        node = self.page.nodes[at]
        if node.tag in _LISTS:
            return LINKS if linked >= _LISTED * total and linked > 30 else None
        if node.tag != "table" and linked >= _LINKED * total and good <= linked:
            return LINKS
        if node.tag == "article" and _entitled(node):
            return TEASER
        if begun and at not in self.own and node.tag not in {"table", "blockquote"} and total <= _CAPTION:
            if linked >= 15 and next(node.iter("img", "amp-img", "h2", "h3", "h4", "h5"), None) is not None:
                return TEASER
            if next(node.iter("img", "amp-img"), None) is not None:
                return PICTURE
        return None


def _entitled(article: Element) -> bool:
    """Whether an article has a headline of its own that leads to it."""
    headings = itertools.islice(article.iter("h2", "h3", "h4", "h5"), 3)
    return any(next(heading.iter("a"), None) is not None for heading in headings)


def trim(page: Outline, part: int, rules: PageRules, trace: Trace | None) -> None:
    """Take such boxes out of the part, by those of the three rules that there are."""
    trimmer = Trimmer(page, part)
    found: list[int] = []
    begun = False
    end = 0  # of the box taken out that the walk is in
    for at in range(part + 1, trimmer.end):
        if page.gone[at] or at < end:
            continue
        begun = begun or (trimmer.paragraphs[at] > 0 and at in trimmer.own)
        rule = trimmer.rule(at, begun) if page.nodes[at].tag in _BOXES else None
        if rule in rules.holds:
            if trace is not None:
                trace.append((rule, text_of(page.nodes[at], 2000)))
            found.append(at)
            end = page.end[at]
    page.remove(found)
