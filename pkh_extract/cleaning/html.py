"""The part of a page that holds the report, to the pieces of it: BeautifulSoup takes it apart."""

from __future__ import annotations

import re
import warnings
from typing import Any

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag
from lxml import etree

from pkh_extract.cleaning.blocks import Block, ended, words
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.page import INLINE, Element, strings_of
from pkh_extract.cleaning.text import paragraphs

# Marks inside the flow of text, from the private-use area (taken out of the text before).
_LINK, _LINK_END, _PICTURE, _SMALL, _SMALL_END, _HEAD, _ITEM, _CELL = map(chr, range(0xE000, 0xE008))
_MARK = re.compile("([\ue000-\ue007])")
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_WRAPPERS = {"div", "section", "article", "main", "center"}
_WRAPPER = "pkh-wrapper"  # a box of blocks and nothing else, which the blocks can do without
_BLOCKS = _WRAPPERS | _HEADINGS | {"p", "ul", "ol", "table", "blockquote", "figure", "header", _WRAPPER}
_SMALLS = {"i", "em", "small", "cite"}
_INLINE = tuple(INLINE - {"br"})
_MOST_IN_CELL = 40  # nodes of a table cell that are looked at to tell data from layout


def soup_of(part: Element) -> BeautifulSoup:
    """A part of a page as soup: blocks alone, without attributes; links, small print and pictures are marks in it."""
    if _MARK.search("".join(strings_of(part))):
        for tag in part.iter(etree.Element):
            tag.text, tag.tail = _MARK.sub("", tag.text or ""), _MARK.sub("", tag.tail or "")
    wrappers = []
    for tag in part.iter(etree.Element):
        name = tag.tag
        if name == "a":
            if tag.get("href") is not None:
                _mark(tag, _LINK, _LINK_END)
        elif name in _SMALLS or (name == "font" and tag.get("size") in {"1", "-1", "-2"}):
            _mark(tag, _SMALL, _SMALL_END)
        elif name in {"img", "amp-img"}:
            tag.tail = _PICTURE + (tag.tail or "")
        if tag.attrib:
            tag.attrib.clear()
        if name not in INLINE:  # between blocks blanks mean nothing
            if tag.tail and tag.tail.isspace():
                tag.tail = None
            if name in _WRAPPERS and len(tag) and (not tag.text or tag.text.isspace()):
                tag.text = None
                wrappers.append(tag)
    etree.strip_tags(part, *_INLINE)
    for tag in wrappers:
        if tag is not part and all(child.tag in _BLOCKS and not child.tail for child in tag):
            tag.tag = _WRAPPER
    etree.strip_tags(part, _WRAPPER)
    markup = etree.tostring(part, method="html", encoding="unicode", with_tail=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(markup, "lxml")


def strings(root: Tag) -> str:
    """The flow of text below a tag: blank lines between blocks, line ends for ``<br>``, marks for links, pictures,
    small print and ends of table cells. Walks without recursion, so that no depth of nesting hurts."""
    out: list[str] = []
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, str) and not isinstance(node, NavigableString):
            out.append(node)
            continue
        if isinstance(node, NavigableString):
            if type(node) is NavigableString:
                out.append(" ".join(node.replace("\n", " ").split(" ")) if "\n" in node else str(node))
            continue
        name = node.name
        if name == "br":
            out.append("\n")
            continue
        if name == "hr":
            out.append("\n\n")
            continue
        if name == "pre":
            out.append("\n\n" + node.get_text() + "\n\n")
            continue
        before, after = _around(node)
        out.append(before)
        stack.append(after)
        stack.extend(reversed(node.contents))
    return "".join(out)


def _mark(tag: Element, before: str, after: str) -> None:
    """Marks at both ends of an element."""
    tag.text = before + (tag.text or "")
    tag.tail = after + (tag.tail or "")


def _around(node: Tag) -> tuple[str, str]:
    name = node.name
    if name in _HEADINGS:
        return "\n\n" + _HEAD, "\n\n"
    if name in {"li", "tr", "dt", "dd"}:
        return "\n\n" + _ITEM, "\n\n"
    if name in {"td", "th"}:
        return (" ", f" {_CELL} ") if _row_cell(node) else ("\n\n", "\n\n")
    return "\n\n", "\n\n"


def _row_cell(cell: Tag) -> bool:
    """Whether a cell is one of a row of data, read as one line, rather than a box of a page laid out by tables."""
    size = seen = 0
    stack = [iter(cell.contents)]  # by hand: BeautifulSoup's descendants first walk down to the last of them
    while stack and seen < _MOST_IN_CELL:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        seen += 1
        if isinstance(node, Tag):
            if node.name in {"p", "div", "table", "br", "img"}:
                return False
            stack.append(iter(node.contents))
        else:
            size += len(str(node))
    return size <= 150


def blocks(part: Element) -> tuple[list[Block], bool]:
    """The pieces of a part of a page, tidied, in reading order, and whether broken encoding was repaired in them."""
    root = soup_of(part)
    found: list[Block] = []
    repaired = False
    link = small = picture = False
    for chunk in re.split(r"\n[^\S\n]*\n\s*", strings(root)):
        text, fixed = repair(chunk)
        repaired |= fixed
        for line in paragraphs(tidy(text)):
            linked, plain, faint, link, small, pictured = _read_marks(line, link, small)
            words_only = " ".join(plain.split())
            if not words_only:
                picture = picture or pictured
                continue
            letters = max(1, len("".join(plain.split())))
            found.append(
                Block(
                    words_only,
                    linked=round(linked / letters, 3),
                    heading=_HEAD in line,
                    pictured=(picture or pictured)
                    and (faint >= 0.8 * letters or (len(words(words_only)) <= 12 and not ended(words_only))),
                    listed=_ITEM in line,
                )
            )
            picture = False
    return found, repaired


def _read_marks(line: str, link: bool, small: bool) -> tuple[int, str, int, bool, bool, bool]:
    """Letters in links, the text without marks, letters in small print, and the state at the line's end."""
    linked = faint = 0
    plain: list[str] = []
    picture = False
    for piece in _MARK.split(line):
        if piece in (_LINK, _LINK_END):
            link = piece == _LINK
        elif piece in (_SMALL, _SMALL_END):
            small = piece == _SMALL
        elif piece == _PICTURE:
            picture = True
        elif piece == _CELL:
            plain.append("|")
        elif piece and piece not in (_HEAD, _ITEM):
            plain.append(piece)
            if link or small:
                size = len("".join(piece.split()))
                linked += size * link
                faint += size * small
    text = "".join(plain)
    return linked, text.strip(" |") if _CELL in line else text, faint, link, small, picture
