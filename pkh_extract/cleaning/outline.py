"""The elements of a page as a list with the weight of text in each: what choosing and pruning reckon with."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from pkh_extract.cleaning.page import FLOW, INLINE, Element, text_of

RUNNING = 25  # letters of a string that is running text rather than a label; of Chinese or Japanese half as many
PARAGRAPH = 60  # letters of a block, links apart, that is a paragraph rather than a teaser
LONG = 200  # letters of a paragraph that needs no full stop to be one
_FULL_STOPS = frozenset('.!?”"’»):;。」！？')
_EAST_ASIAN = re.compile("[\u3040-\ud7af]")  # Japanese, Chinese and Korean signs


@dataclass
class Outline:
    """The elements below a root in document order; all lists are by the number of the element.

    ``running``: letters of strings of some length right in an element, outside of links; ``plain`` and ``linked``:
    letters of a block outside and inside of links; ``open``: the block ends without a full stop; ``texts`` and
    ``tails``: the strings at the beginning of an element and right behind it; ``flow``: part of the flow of text rather
    than a box; ``end``: the number of the first element behind all that is below this one;
    ``gone``: taken out; ``marked``: the numbers of those with microdata.
    """

    nodes: list[Element] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    number: dict[Element, int] = field(default_factory=dict)
    parent: list[int] = field(default_factory=list)
    flow: list[bool] = field(default_factory=list)
    running: list[int] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    open: list[bool] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    tails: list[str | None] = field(default_factory=list)
    gone: list[bool] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)

    def total(self, own: list[int], root: int = 0) -> list[int]:
        """Own values summed over all below each element from ``root`` on; what is gone counts no more."""
        gone, parent = self.gone, self.parent
        sums = own.copy()
        for at in range(self.end[root] - 1, root, -1):
            if gone[at]:
                sums[at] = 0
            elif sums[at]:
                sums[parent[at]] += sums[at]
        return sums

    @functools.cached_property
    def paragraphs(self) -> list[int]:
        """The letters of the blocks that are paragraphs: of some length, mostly no links; 0 for all others."""
        return [
            plain if plain >= PARAGRAPH and plain >= 2 * linked else 0
            for plain, linked in zip(self.plain, self.linked, strict=True)
        ]

    @functools.cached_property
    def sentences(self) -> list[int]:
        """The letters of those paragraphs that end in a full stop, or are long: no headlines, no cut excerpts."""
        return [
            letters if not open_ended or letters >= LONG else 0
            for letters, open_ended in zip(self.paragraphs, self.open, strict=True)
        ]

    def around(self, at: int) -> set[int]:
        """An element and all around it."""
        found = {at}
        while at:
            at = self.parent[at]
            found.add(at)
        return found

    def remove(self, numbers: list[int]) -> None:
        """Take elements out of the tree, with all below them, but not the text behind them."""
        if not numbers:
            return
        for at in numbers:
            if self.gone[at]:
                continue  # with a box around it
            self.nodes[at].tag = _GONE
            self.gone[at : self.end[at]] = [True] * (self.end[at] - at)
        etree.strip_elements(self.nodes[0], _GONE, with_tail=False)

    def release(self) -> None:
        """Let go of the elements, the last first: lxml, letting go of one in a part that was taken out, looks there for
        the first that is still held, which in their order would be farther away each time."""
        self.number.clear()
        self.nodes.clear()  # from its end


_GONE = "pkh-gone"
_NONE: dict[str, str] = {}


def outline(root: Element) -> Outline:
    """The outline of what is below an element."""
    nodes = list(root.iter(etree.Element))
    size = len(nodes)
    number = dict(zip(nodes, range(size), strict=True))
    parent = [0, *(number[node.getparent()] for node in nodes[1:])]  # type: ignore[index]  # all but the root have one
    tags = [str(node.tag) for node in nodes]
    attributes = [dict(cast("list[tuple[str, str]]", items)) if (items := node.items()) else _NONE for node in nodes]
    found = Outline(nodes, attributes, tags, number, parent, [tag in FLOW for tag in tags])
    found.running, found.plain, found.linked = [0] * size, [0] * size, [0] * size
    found.open, found.gone = [False] * size, [False] * size
    found.texts, found.tails = [node.text for node in nodes], [None, *(node.tail for node in nodes[1:])]
    found.marked = [at for at, names in enumerate(attributes) if "itemprop" in names or "itemtype" in names]
    found.end = _ends(parent)
    _weigh(found)
    return found


def _ends(parent: list[int]) -> list[int]:
    """The number of the first element behind all that is below each."""
    ends = list(range(1, len(parent) + 1))
    for at in range(len(parent) - 1, 0, -1):
        above = parent[at]
        if ends[at] > ends[above]:
            ends[above] = ends[at]
    return ends


def _weigh(found: Outline) -> None:
    """Count the strings in their elements and blocks."""
    block: list[int] = []  # that an element is in
    inside: list[bool] = []  # whether it is in a link
    rows = zip(found.parent, found.tags, found.texts, found.tails, strict=True)
    for at, (above, tag, text, tail) in enumerate(rows):
        block.append(block[above] if at and tag in INLINE else at)
        link = tag == "a" and "href" in found.attributes[at]
        inside.append(link or (inside[above] if at else False))
        if text and not text.isspace():
            _count(found, text, at, block[at], inside[at])
        if tail and not tail.isspace():
            _count(found, tail, above, block[above], inside[above])


def _count(found: Outline, text: str, at: int, block: int, link: bool) -> None:
    """Add a string to the element it stands in and to that element's block."""
    text = text.strip()
    size = len(text)
    if not text.isascii() and _EAST_ASIAN.search(text):
        size += len(_EAST_ASIAN.findall(text))
    found.open[block] = text[-1] not in _FULL_STOPS or text.endswith("...")
    if link:
        found.linked[block] += size
        return
    found.plain[block] += size
    if size >= RUNNING:
        found.running[at] += size


def publisher(page: Outline) -> str | None:
    """The name of the publisher by microdata."""
    for at in page.marked:
        if page.attributes[at].get("itemprop", "").lower() != "publisher":
            continue
        for name in page.nodes[at].iter(etree.Element):
            if name.get("itemprop") == "name":
                return name.get("content") or text_of(name, 200)
    return None
