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
from pkh_extract.cleaning.text import MOST_TEXT, paragraphs

# Marks inside the flow of text, from the private-use area (taken out of the text before).
_LINK, _LINK_END, _PICTURE, _SMALL, _SMALL_END, _HEAD, _ITEM, _CELL, _BLOCK, _LINE = map(chr, range(0xE000, 0xE00A))
_MARK = re.compile("([\ue000-\ue009])")
_FOREIGN = re.compile("[\ue000-\ue009\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # marks, and what XML has no place for
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SMALLS = {"i", "em", "small", "cite"}
_BOXES = {"p", "div", "section", "article", "main", "center", "blockquote", "header", "figure", "hgroup", "address"}
_STRIPPED = (*sorted(INLINE), *sorted(_BOXES))
_FLAT = frozenset(_STRIPPED)
_MOST_IN_CELL = 40  # nodes of a table cell that are looked at to tell data from layout


def soup_of(part: Element) -> BeautifulSoup:
    """A part of a page as soup: headings, lists and tables alone, without attributes. Links, small print, pictures,
    ends of paragraphs and lines are marks in its text."""
    if _FOREIGN.search("".join(strings_of(part))):
        for tag in part.iter(etree.Element):
            tag.text, tag.tail = _FOREIGN.sub("", tag.text or ""), _FOREIGN.sub("", tag.tail or "")
    for tag in part.iter(etree.Element):
        name = tag.tag
        if name in _BOXES:
            _mark(tag, _BLOCK, _BLOCK)
        elif name == "br":
            tag.tail = _LINE + (tag.tail or "")
        elif name == "a":
            if tag.get("href") is not None:
                _mark(tag, _LINK, _LINK_END)
        elif name in _SMALLS or (name == "font" and tag.get("size") in {"1", "-1", "-2"}):
            _mark(tag, _SMALL, _SMALL_END)
        elif name in {"img", "amp-img"}:
            tag.tail = _PICTURE + (tag.tail or "")
        if name not in _FLAT:
            tag.attrib.clear()
    etree.strip_tags(part, *_STRIPPED)
    markup = etree.tostring(part, method="html", encoding="unicode", with_tail=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(markup, "lxml")


def strings(root: Tag) -> str:
    """The flow of text below a tag: blank lines between blocks, line ends for their marks; the other marks stay, and
    headings, items and cells get theirs. Walks without recursion, so that no depth of nesting hurts."""
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
    return "".join(out).replace(_BLOCK, "\n\n").replace(_LINE, "\n")


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
            if node.name == "table":
                return False
            stack.append(iter(node.contents))
            continue
        text = str(node)
        if any(mark in text for mark in (_BLOCK, _LINE, _PICTURE)):
            return False
        size += len(text)
    return size <= 150


def blocks(part: Element) -> tuple[list[Block], bool]:
    """The pieces of a part of a page, tidied, in reading order, and whether broken encoding was repaired in them."""
    root = soup_of(part)
    found: list[Block] = []
    repaired = False
    link = small = picture = False
    for chunk in re.split(r"\n[^\S\n]*\n\s*", strings(root)[:MOST_TEXT]):
        text, fixed = repair(chunk)
        repaired |= fixed
        for line in paragraphs(tidy(text)):
            if not (link or small or picture) and line.isprintable():  # marks are not
                found.append(Block(line))
                continue
            linked, plain, faint, link, small, pictured = _read_marks(line, link, small)
            words_only = " ".join(plain.split())
            picture = picture or pictured
            if not words_only:
                continue
            letters = len(words_only) - words_only.count(" ")
            caption = picture and (faint >= 0.8 * letters or (len(words(words_only)) <= 12 and not ended(words_only)))
            share = round(linked / letters, 3)
            found.append(Block(words_only, share, _HEAD in line, pictured=caption, listed=_ITEM in line))
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
