"""The part of a page that holds the report, to the pieces of it: BeautifulSoup takes it apart."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString, Tag

from pkh_extract.cleaning.blocks import Block, count_words, ended
from pkh_extract.cleaning.encoding import repair, sound, tidy
from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import INLINE
from pkh_extract.cleaning.text import MOST_TEXT, paragraphs

# Marks inside the flow of text, from the private-use area (taken out of the text before).
_LINK, _LINK_END, _PICTURE, _SMALL, _SMALL_END, _HEAD, _ITEM, _CELL, _BLOCK, _LINE = map(chr, range(0xE000, 0xE00A))
_MARK = re.compile("([\ue000-\ue009])")
_FOREIGN = re.compile("[\ue000-\ue009\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # marks, and what no text has
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BOXES = {"p", "div", "section", "article", "main", "center", "blockquote", "header", "figure", "hgroup", "address"}
# The marks at both ends of elements that are no tags of the soup; a picture and a line's end have one.
_ENDS = (
    dict.fromkeys(INLINE, ("", ""))
    | dict.fromkeys(_BOXES, (_BLOCK, _BLOCK))
    | dict.fromkeys(("i", "em", "small", "cite"), (_SMALL, _SMALL_END))
    | dict.fromkeys(("img", "amp-img"), ("", _PICTURE))
    | {"br": ("", _LINE)}
)
_SMALL_FONTS = {"1", "-1", "-2"}
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_MOST_IN_CELL = 40  # nodes of a table cell that are looked at to tell data from layout


class _PartBuilder(HTMLTreeBuilder):
    """Hands BeautifulSoup a part of a page that lxml has parsed already: headings, lists and tables as tags without
    attributes; links, small print, pictures, ends of paragraphs and lines as marks in their text."""

    def __init__(self, page: Outline, part: int, texts: list[str | None], tails: list[str | None]) -> None:
        super().__init__()
        self.page, self.part, self.texts, self.tails = page, part, texts, tails

    def feed(self, markup: object) -> None:
        """Walks without recursion, so that no depth of nesting hurts."""
        first, ends, gone = self.part, self.page.end, self.page.gone
        flow: list[str] = []
        inside: list[tuple[int, int]] = []  # what the walk is in: its end and its number
        at, end = first, ends[first]
        while at < end:
            while inside and inside[-1][0] <= at:
                self._close(inside.pop()[1], flow)
            if gone[at]:
                flow.append(self.tails[at - first] or "")
                at = ends[at]
                continue
            self._open(at, flow)
            inside.append((ends[at], at))
            at += 1
        while inside:
            self._close(inside.pop()[1], flow)
        self._flush(flow)

    def _open(self, at: int, flow: list[str]) -> None:
        name = self.page.tags[at]
        if name in _ENDS:
            flow.append(_ends(name, self.page.attributes[at])[0])
        else:
            self._flush(flow).handle_starttag(name, None, None, {})
        flow.append(self.texts[at - self.part] or "")

    def _close(self, at: int, flow: list[str]) -> None:
        name = self.page.tags[at]
        if name in _ENDS:
            flow.append(_ends(name, self.page.attributes[at])[1])
        else:
            self._flush(flow).handle_endtag(name)
        if at > self.part:
            flow.append(self.tails[at - self.part] or "")

    def _flush(self, flow: list[str]) -> BeautifulSoup:
        """The soup with the text that has come up to here."""
        assert self.soup is not None
        if text := "".join(flow):
            self.soup.handle_data(text)
        flow.clear()
        return self.soup


def _ends(name: str, attributes: dict[str, str]) -> tuple[str, str]:
    """The marks before and after an element that is no tag of the soup."""
    if name == "a" and "href" in attributes:
        return _LINK, _LINK_END
    if name == "font" and attributes.get("size") in _SMALL_FONTS:
        return _SMALL, _SMALL_END
    return _ENDS[name]


def soup_of(page: Outline, part: int) -> tuple[BeautifulSoup, bool]:
    """A part of a page as soup, and whether its text is plain: neither :func:`repair` nor :func:`tidy` have more to do
    in it than to join blanks, undo entities and part lines."""
    texts, tails = page.texts[part : page.end[part]], page.tails[part : page.end[part]]
    joined = "".join([*filter(None, texts), *filter(None, tails)])
    plain = sound(joined)
    if not plain and _FOREIGN.search(joined):
        texts, tails = ([text and _FOREIGN.sub("", text) for text in found] for found in (texts, tails))
    return BeautifulSoup("", builder=_PartBuilder(page, part, texts, tails)), plain


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


def blocks(page: Outline, part: int) -> tuple[list[Block], bool]:
    """The pieces of a part of a page, tidied, in reading order, and whether broken encoding was repaired in them."""
    root, plain = soup_of(page, part)
    flow = strings(root)[:MOST_TEXT]
    plain = plain and unicodedata.is_normalized("NFC", flow)
    found: list[Block] = []
    repaired = False
    link = small = picture = False
    for chunk in _GAP.split(flow):
        if plain and "&" not in chunk and "rn" not in chunk:
            text = "\n".join([" ".join(line.split()) for line in chunk.split("\n")]).strip()
        else:
            text, fixed = repair(chunk)
            text = tidy(text)
            repaired |= fixed
        for line in paragraphs(text):
            if not (link or small or picture) and line.isprintable():  # marks are not
                found.append(Block(line))
                continue
            linked, words, faint, link, small, pictured = _read_marks(line, link, small)
            words = " ".join(words.split())
            picture = picture or pictured
            if not words:
                continue
            letters = len(words) - words.count(" ")
            caption = picture and (faint >= 0.8 * letters or (count_words(words) <= 12 and not ended(words)))
            share = round(linked / letters, 3)
            found.append(Block(words, share, _HEAD in line, pictured=caption, listed=_ITEM in line))
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
