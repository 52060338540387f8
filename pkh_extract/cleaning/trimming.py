"""Boxes inside the part of a page that holds the report, but not of it: lists of links, teasers, captions."""

from __future__ import annotations

from lxml import etree

from pkh_extract.cleaning.body import Mass, weigh_paragraphs
from pkh_extract.cleaning.furniture import Trace
from pkh_extract.cleaning.page import Element, remove, text_of

LINKS, TEASER, PICTURE = "furniture_page.links", "furniture_page.teaser", "furniture_page.picture"
_LISTS = {"ul", "ol", "dl"}
_BOXES = {"div", "section", "article", "ul", "ol", "dl", "table", "header", "form", "figure", "details", "blockquote"}
_LINKED, _LISTED = 0.5, 0.7  # the share of links above which a box or a list is one of links
_OWN = 0.15  # a kind of paragraph with that share of the text is the report's own
_SMALL = 0.25  # a box with more of the text is no insertion
_CAPTION = 300  # letters


def trim(part: Element, trace: Trace | None) -> None:
    """Take such boxes out of the part."""
    mass = weigh_paragraphs(part)
    gone = []
    inside: set[Element] = set()
    own = _around_own(mass)
    whole = max(1, mass.good.get(part, 0))
    begun = False
    for tag in list(part.iter(etree.Element)):
        parent = tag.getparent()
        if parent in inside and tag is not part:
            inside.add(tag)
            continue
        begun = begun or (tag in mass.paragraphs and tag in own)
        rule = _rule(tag, mass, own, whole, begun) if tag is not part and tag.tag in _BOXES else None
        if rule:
            if trace is not None:
                trace.append((rule, text_of(tag, 2000)))
            gone.append(tag)
            inside.add(tag)
    remove(part, gone)


def _around_own(mass: Mass) -> set[Element]:
    """The report's own paragraphs, of the kinds (tag and class) that hold a fair share of its text, and what is around
    them."""
    shares: dict[tuple[str, str | None], int] = {}
    for tag, size in mass.paragraphs.items():
        shares[_kind(tag)] = shares.get(_kind(tag), 0) + size
    total = sum(shares.values())
    around: set[Element] = set()
    for tag in mass.paragraphs:
        if shares[_kind(tag)] >= _OWN * total:
            around.add(tag)
            for parent in tag.iterancestors():
                if parent in around:
                    break
                around.add(parent)
    return around


def _kind(tag: Element) -> tuple[str, str | None]:
    return str(tag.tag), tag.get("class")


def _rule(tag: Element, mass: Mass, own: set[Element], whole: int, begun: bool) -> str | None:
    good, linked, plain = mass.good.get(tag, 0), mass.linked.get(tag, 0), mass.plain.get(tag, 0)
    if good > _SMALL * whole:
        return None
    total = linked + plain
    if not total:
        return None
    if tag.tag in _LISTS:
        return LINKS if linked >= _LISTED * total and linked > 30 else None
    if tag.tag != "table" and linked >= _LINKED * total and good <= linked:
        return LINKS
    if begun and tag not in own and tag.tag not in {"table", "blockquote"} and total <= _CAPTION:
        if linked >= 15 and next(tag.iter("img", "amp-img", "h2", "h3", "h4", "h5"), None) is not None:
            return TEASER
        if next(tag.iter("img", "amp-img"), None) is not None:
            return PICTURE
    return None
