"""A saved page to the pieces of its report: BeautifulSoup finds the part that holds it and takes it apart."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, Tag

from pkh_extract.cleaning.blocks import Block, ended, words
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.scripts import without_scripts
from pkh_extract.cleaning.text import paragraphs

# Marks inside the flow of text, from the private-use area (taken out of the input before).
_LINK, _LINK_END, _PICTURE, _SMALL, _SMALL_END, _HEAD, _ITEM, _CELL = map(chr, range(0xE000, 0xE008))
_MARKS = dict.fromkeys(range(0xE000, 0xE008))
_GOOD = 25  # letters of a string that is running text rather than a label
_DEEP = 64  # levels of nesting looked up from a string; no page that people read is deeper
_MOST_TAGS = 100_000  # tags of a page; what lies beyond is no report

_DROPPED = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
    "nav", "footer", "marquee", "select", "option", "textarea", "button", "input", "dialog", "menu", "map",
    "amp-sidebar", "amp-ad", "amp-analytics", "amp-social-share", "amp-embed", "ins", "figcaption", "aside", "head",
    "amp-lightbox", "amp-iframe", "amp-video", "title", "meta", "link", "math", "rt", "rp",
}  # fmt: skip
_FLOW = {"p", "li", "ul", "ol", "blockquote", "span", "b", "i", "u", "em", "strong", "font", "a", "small", "big",
         "center", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "dl", "dt", "sub", "sup", "mark", "q", "abbr",
         "time", "label", "cite", "code", "s", "strike", "tt", "o:p", "st1:place", "st1:city", "nobr", "tr", "tbody",
         "thead"}  # fmt: skip
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"span", "b", "i", "u", "em", "strong", "font", "a", "small", "big", "sub", "sup", "mark", "q", "abbr",
           "time", "label", "cite", "code", "s", "strike", "tt", "nobr", "img", "amp-img", "wbr", "bdi", "bdo", "del",
           "var", "kbd", "samp", "acronym", "dfn", "blink", "amp-list", "data", "o:p", "picture", "source"}  # fmt: skip
_SMALLS = {"i", "em", "small", "cite"}
_MOST_IN_CELL = 40  # nodes of a table cell that are looked at to tell data from layout


@dataclass
class Page:
    """A parsed page: its soup without scripts, and the JSON-LD objects its scripts held."""

    soup: BeautifulSoup
    linked_data: list[dict[str, Any]] = field(default_factory=list)


def parse(markup: str) -> Page:
    """Parse a page. Scripts, styles, drawings and comments are cut out of the markup first: they are most of many
    pages and hold no report, only the JSON-LD that is kept."""
    markup, data = without_scripts(markup.translate(_MARKS).replace("\x00", ""))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML says so of itself; nothing for the user to do
        return Page(BeautifulSoup(_shortened(markup), "lxml"), data)


def _shortened(markup: str) -> str:
    """The markup up to a number of tags that no page of a paper has."""
    if markup.count("<") <= _MOST_TAGS:
        return markup
    ends = itertools.islice(re.finditer("<", markup), _MOST_TAGS, None)
    return markup[: next(ends).start()]


def look(tag: Tag) -> set[str]:
    """The words of a tag's class and id: ``td_block-relatedPosts`` gives td, block, related, posts."""
    if not tag.attrs:
        return set()
    names: object = tag.get("class") or []
    text = " ".join(names) if isinstance(names, list) else str(names)
    text += " " + str(tag.get("id") or "")
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text[:400])
    return {word for word in re.split(r"[^a-z]+", text.lower()) if word}


def hidden(tag: Tag) -> bool:
    """Whether a browser would not show it."""
    if not tag.attrs:
        return False
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return "hidden" in tag.attrs or "display:none" in style or "visibility:hidden" in style


def texts(root: Tag) -> Iterator[NavigableString]:
    """The strings below a tag that are running text rather than labels."""
    for node in root.descendants:
        if type(node) is NavigableString and len(node) >= _GOOD and len(node.strip()) >= _GOOD:
            yield node


def weigh(soup: Tag) -> dict[int, int]:
    """Letters of running text (strings of some length, no links) below each tag, by ``id`` of the tag."""
    weights: dict[int, int] = {}
    for string in texts(soup):
        size = len(string.strip())
        chain = list(itertools.islice(string.parents, _DEEP))
        if any(parent.name == "a" or parent.name in _DROPPED for parent in chain):
            continue
        for parent in chain:
            weights[id(parent)] = weights.get(id(parent), 0) + size
    return weights


def main_part(soup: BeautifulSoup, weights: dict[int, int], body_words: set[str]) -> Tag:
    """The smallest part of the page that holds the report.

    Each string of running text speaks for the box it stands in, half as much for the box around that, and so on; the
    box most spoken for wins. Class names that papers give to the body of a report (``body_words``) speak for it too.
    """
    scores: dict[int, float] = {}
    boxes: dict[int, Tag] = {}
    for string in texts(soup):
        if id(string.parent) not in weights:
            continue
        share = float(len(string.strip()))
        for parent in itertools.islice(string.parents, _DEEP):
            if parent.name in _FLOW:
                continue
            scores[id(parent)] = scores.get(id(parent), 0.0) + share
            boxes[id(parent)] = parent
            share /= 2
            if share < 1:
                break
    if not scores:
        return soup
    for name, box in boxes.items():
        if str(box.get("itemprop") or "").lower().find("articlebody") >= 0 or _named(box, body_words):
            scores[name] *= 2
        elif box.name == "article":
            scores[name] *= 1.3
    best = boxes[max(scores, key=lambda name: scores[name])]
    return _with_siblings(best, scores)


def _named(box: Tag, body_words: set[str]) -> bool:
    names: object = box.get("class") or []
    text = " ".join(names) if isinstance(names, list) else str(names)
    text = (text + " " + str(box.get("id") or "")).lower()
    return any(word in text for word in body_words)


def _with_siblings(best: Tag, scores: dict[int, float]) -> Tag:
    """The box itself, or one around it where neighbours of the same make hold report too: pages and sections of it,
    but no further articles, which have headings of their own."""
    mine = scores[id(best)]
    box = best
    for _ in range(3):
        parent = box.parent
        if parent is None or parent.name in {"body", "html", "[document]", "tr"} or box.name == "article":
            break
        like = [
            child
            for child in parent.find_all(box.name, recursive=False)
            if child is not box
            and child.get("class") == box.get("class")
            and scores.get(id(child), 0) >= 0.2 * mine
            and child.find(["h1", "h2", "h3"]) is None
        ]
        if like:
            return parent
        box = parent
    return best


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
        if node is not root and name in _DROPPED:
            continue
        if name == "br":
            out.append("\n")
            continue
        if name in {"img", "amp-img"}:
            out.append(_PICTURE)
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


def _around(node: Tag) -> tuple[str, str]:
    name = node.name
    if name == "a":
        return _LINK, _LINK_END
    if name in _SMALLS or (name == "font" and str(node.get("size")) in {"1", "-1", "-2"}):
        return _SMALL, _SMALL_END
    if name in _INLINE:
        return "", ""
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


def blocks(root: Tag) -> tuple[list[Block], bool]:
    """The pieces below a tag, tidied, in reading order, and whether broken encoding was repaired in them."""
    found: list[Block] = []
    repaired = False
    link = small = picture = False
    for chunk in re.split(r"\n[^\S\n]*\n\s*", strings(root)):
        text, fixed = repair(chunk)
        repaired |= fixed
        for line in paragraphs(tidy(text)):
            linked, plain, faint, link, small, pictured = _read_marks(line, link, small)
            words_only = tidy(plain)
            if not words_only:
                picture = picture or pictured
                continue
            letters = max(1, sum(1 for char in plain if not char.isspace()))
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


def lines(root: Tag) -> list[str]:
    """The visible lines of a page, in reading order, the longest shortened."""
    plain = strings(root).translate(_MARKS)
    return [line for raw in plain.split("\n") if (line := tidy(raw[:400]))]


def _read_marks(line: str, link: bool, small: bool) -> tuple[int, str, int, bool, bool, bool]:
    """Letters in links, the text without marks, letters in small print, and the state at the line's end."""
    linked = faint = 0
    plain: list[str] = []
    picture = False
    for char in line:
        if char in (_LINK, _LINK_END):
            link = char == _LINK
        elif char in (_SMALL, _SMALL_END):
            small = char == _SMALL
        elif char == _PICTURE:
            picture = True
        elif char == _CELL:
            plain.append("|")
        elif char not in (_HEAD, _ITEM):
            plain.append(char)
            if not char.isspace():
                linked += link
                faint += small
    text = "".join(plain)
    return linked, text.strip(" |") if _CELL in line else text, faint, link, small, picture
