"""A saved page as a tree: its metadata, and what can be told of each element by its look."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from pkh_extract.cleaning.encoding import tidy
from pkh_extract.cleaning.scripts import linked_data

Element = etree._Element

MOST_TAGS = 1_200_000  # opening and closing tags of a page; what lies beyond is no report
_CLOSING = (",", ".", ":", ";", "!", "?", ")", "”", "»")  # no blank before them, whatever element they stand in
# Pages of so many bytes may have a tag with more attributes than a tree can take: one of so many bytes, or with so many
# values on the page that they may all be one tag's.
_WINDOW = 10_000
_LARGE, _VALUES = 100_000, 20_000
_FEW_VALUES = 1_000
_BEFORE_ATTRIBUTE = (b" ", b"\n", b"\t", b"\r", b"\f", b"/", b'="', b"='")  # right behind these, or behind such a value
# A tag's name, and an attribute with its value, both with the blanks behind them, where all parsers read them alike.
_TAG = re.compile(rb"[A-Za-z][\w:-]*(?:\s+|(?=>))")
_ATTRIBUTE = re.compile(rb"[^\s\"'`<>/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'`<>=]+))?(?:\s+/?|/(?=>)|(?=>))")
_OFF_SCREEN = re.compile(r"(?:left|top|text-indent):-\d{3,6}(?:px|em|%)?")
_CAMEL = re.compile("([a-z])([A-Z])")
_LETTERS = re.compile("[a-z]+")
_TAIL = 30_000  # code points
_LOOKED_AT = ("script", "meta", "title", "link", "noscript", "footer")
_MOST_METAS, _MOST_KEPT = 2_000, 200  # elements of a kind that are looked at
_MENU, _MOST_LISTS = 4, 20_000  # items of a menu; lists of a page
_FEW, _LONG = 2, 300  # paragraphs and letters of a report in a noscript element
DEEP = 64  # levels looked up from a string; no page that people read nests deeper
DROPPED = (
    "script", "style", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
    "nav", "footer", "marquee", "select", "option", "textarea", "button", "input", "dialog", "menu", "map",
    "amp-sidebar", "amp-ad", "amp-analytics", "amp-social-share", "amp-embed", "ins", "figcaption", "aside",
    "amp-lightbox", "amp-iframe", "amp-video", "link", "math", "rt", "rp",
)  # fmt: skip
INLINE = frozenset(
    {"span", "b", "i", "u", "em", "strong", "font", "a", "small", "big", "sub", "sup", "mark", "q", "abbr", "time",
     "label", "cite", "code", "s", "strike", "tt", "nobr", "img", "amp-img", "wbr", "bdi", "bdo", "del", "var", "kbd",
     "samp", "acronym", "dfn", "blink", "amp-list", "data", "o:p", "picture", "source", "br", "st1:place", "st1:city"}
)  # fmt: skip
FLOW = INLINE | {"p", "li", "ul", "ol", "blockquote", "center", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "dd", "dl",
                 "dt", "tr", "tbody", "thead"}  # fmt: skip


@dataclass
class Page:
    """A parsed page. ``root`` has no scripts any more; ``linked_data`` are the JSON-LD objects that they held;
    ``metas`` are the contents of meta elements by lower-case name; ``heading`` is the text of ``<title>``,
    ``canonical`` the address that a ``<link>`` gives."""

    root: Element
    linked_data: list[dict[str, Any]] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)
    heading: str | None = None
    canonical: str | None = None
    headings: list[tuple[Element, str]] | None = None  # for :mod:`.metadata`
    publisher: str | None = None  # by microdata
    site: str | None = None  # what a heading that is no headline calls the site; for :mod:`.metadata`
    tail: str = ""  # the end of the markup, where the owner stands beside the copyright sign

    @property
    def body(self) -> Element:
        """The visible part."""
        found = self.root.find("body")
        return self.root if found is None else found


def parse(markup: str, data: bytes | None = None) -> Page:
    """Parse a page; whatever the markup, a tree comes back. ``data`` is the markup as UTF-8, where that is at hand."""
    short = _shortened(markup)
    if data is None or short is not markup:
        data = short.encode("utf-8", "replace")
    if b"\x00" in data:
        data = data.replace(b"\x00", b"")
    page = Page(root := _tree(data), tail=short[-_TAIL:])
    _look_through(page)
    etree.strip_elements(root, *DROPPED, with_tail=False)
    return page


def _look_through(page: Page) -> None:
    """Read the metadata, and see to what is to be dropped and what not; all elements are let go of before that."""
    found: dict[str, list[Element]] = {name: [] for name in _LOOKED_AT}
    for tag in page.root.iter(*_LOOKED_AT):
        found[str(tag.tag)].append(tag)
    for script in found["script"]:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            page.linked_data.extend(linked_data(script.text))
    for tag in found["meta"][:_MOST_METAS]:
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        if name and (content := (tag.get("content") or "").strip()):
            page.metas.setdefault(name.lower(), content)
    page.heading = text_of(found["title"][0]) if found["title"] else None
    canonical = (tag.get("href") for tag in found["link"] if (tag.get("rel") or "").lower() == "canonical")
    page.canonical = next(canonical, None)
    _keep(found["noscript"][:_MOST_KEPT], found["footer"][:_MOST_KEPT])
    for tag in itertools.islice(page.root.iter("ul", "ol"), _MOST_LISTS):
        if _is_menu(tag):
            tag.tag = "menu"


def _is_menu(tag: Element) -> bool:
    """Whether a list is a menu: each item a link and nothing else, or with a menu below it."""
    if len(tag) < _MENU:
        return False
    for item in tag:
        inner = iter(item)
        link = next(inner, None)
        if link is None or link.tag != "a" or not (_blank(item.text) and _blank(link.tail)):
            return False
        if any(below.tag not in {"ul", "menu"} for below in inner):
            return False
    return True


def _blank(text: str | None) -> bool:
    return not text or text.isspace()


def _keep(noscripts: list[Element], footers: list[Element]) -> None:
    """Saves from being dropped: a report for readers without scripts, and what stands at the foot of an article, where
    some templates have the day of publication."""
    for tag in noscripts:
        if len(list(itertools.islice(tag.iter("p"), _FEW))) == _FEW and len(text_of(tag, 2 * _LONG)) >= _LONG:
            tag.tag = "div"
        else:
            tag.tag = "template"
    for tag in footers:
        if next(tag.iterancestors("article"), None) is not None and next(tag.iter("time"), None) is not None:
            tag.tag = "div"
            tag.set("class", "entry-footer")


def _tree(data: bytes) -> Element:
    """The tree of a page in UTF-8."""
    root: Element | None = None
    if len(data) <= _LARGE or not (data.count(b"=") > _VALUES or _fat(data)):
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            root = None
        broken_off = len(parser.error_log) > 0 and parser.error_log[-1].level == etree.ErrorLevels.FATAL
        if root is not None and not broken_off:
            return root
    from pkh_extract.cleaning.bounded import parse_bounded

    bounded = parse_bounded(data)
    return etree.Element("html") if bounded is None else bounded


def _fat(data: bytes) -> bool:
    """Whether some very long tag may have many attributes: some window of half that length has no bracket, a tag is
    open there, and it is not a few attributes with long values (a picture, a script's data) that it consists of."""
    at = 0
    while at < len(data):
        if data.find(b">", at, at + _WINDOW) < 0 and data.find(b"<", at, at + _WINDOW) < 0:
            opened = data.rfind(b"<", 0, at) + 1
            end = opened + 2 * _WINDOW
            if data[opened : opened + 1].isalpha() and data.find(b">", opened, end) < 0 > data.find(b"<", opened, end):
                closed = _end_of_tag(data, opened)
                if not closed:
                    return True
                at = max(at, closed)
        at += _WINDOW
    return False


def _end_of_tag(data: bytes, opened: int) -> int:
    """Where a long tag ends that has no more attributes than shorter ones may have; 0 if it may have more."""
    end = data.find(b">", opened) % (len(data) + 1)  # the end of all where there is none
    if sum(data.count(mark, opened, end) for mark in _BEFORE_ATTRIBUTE) < _FEW_VALUES:
        return end
    found = _TAG.match(data, opened)
    for _ in range(_FEW_VALUES):
        if found is None or data[found.end() : found.end() + 1] == b">":
            break
        found = _ATTRIBUTE.match(data, found.end())
    else:
        return 0
    return found.end() if found else 0


def _shortened(markup: str) -> str:
    """The markup up to a number of tags that no page of a paper has."""
    if len(markup) <= 3 * MOST_TAGS or markup.count("<") <= MOST_TAGS:
        return markup
    ends = itertools.islice(re.finditer("<", markup), MOST_TAGS, None)
    return markup[: next(ends).start()]


def strings_of(tag: Element) -> Iterator[str]:
    """The strings below an element."""
    return cast("Iterator[str]", tag.itertext())


def text_of(tag: Element, most: int = 100_000) -> str:
    """The text below an element in one tidy line, no more than ``most`` code points of it."""
    if not len(tag):
        return " ".join(tidy(tag.text or "").split())
    parts: list[str] = []
    size = 0
    for part in strings_of(tag):
        if not part.startswith(_CLOSING):
            parts.append(" ")
        parts.append(part)
        size += len(part)
        if size > most:
            break
    return " ".join(tidy("".join(parts)).split())


def look(tag: Element) -> frozenset[str]:
    """The words of an element's class and id: ``td_block-relatedPosts`` gives td, block, related, posts."""
    return words_of(tag.get("class") or "", tag.get("id") or "")


@functools.lru_cache(maxsize=4096)
def words_of(names: str, name: str) -> frozenset[str]:
    """The words of a class (``names``) and an id (``name``)."""
    if any(char.isdigit() for char in name) or name.count("-") + name.count("_") > 3:
        name = ""  # a number of the database, or the headline as an address
    text = f"{names} {name}"[:400]
    if not text.islower():
        text = _CAMEL.sub(r"\1 \2", text).lower()
    return frozenset(_LETTERS.findall(text))


_ASIDES = frozenset({"date", "tanggal", "tgl", "time", "byline", "penulis", "author", "meta"})


def set_apart(tag: Element) -> bool:
    """Whether an element goes by the name of a byline, so that its text is no part of the line before."""
    return tag.get("class") is not None and not _ASIDES.isdisjoint(look(tag))


def hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a browser would not show an element with these attributes."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = style.replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or _OFF_SCREEN.search(style) is not None


def unseen(tag: Element) -> bool:
    """Whether a browser would not show an element."""
    return hidden({str(name): str(value) for name, value in tag.items()})
