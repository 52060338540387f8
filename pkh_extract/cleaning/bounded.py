"""Parsing of pages that no paper makes: nested without end, or with more attributes than a tree can take.

libxml2 breaks a tree off at 2,048 levels, and checks each attribute of a tag against all before it. Its events know
neither limit; of them a tree is made that is no deeper than a page that people read, with the attributes that are
looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from lxml import etree

_DEEPEST = 400  # levels; what nests deeper goes into the element at that level
_ATTRIBUTES = frozenset(
    {"class", "id", "style", "hidden", "itemprop", "href", "size", "datetime", "title", "content", "name", "property",
     "rel", "type", "pubdate"}
)  # fmt: skip
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[A-Za-z][\w.-]{0,60}")


class _Target:
    """Takes the parser's events and makes the tree."""

    def __init__(self) -> None:
        self.builder = etree.TreeBuilder()
        self.open: list[str] = []
        self.too_deep = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self.open) >= _DEEPEST:
            self.too_deep += 1
            return
        name = tag if _NAME.fullmatch(tag) else "span"
        kept: dict[str | bytes, str | bytes] = {
            key: _NO_XML.sub("", attributes[key]) for key in _ATTRIBUTES if key in attributes
        }
        self.builder.start(name, kept)
        self.open.append(name)

    def end(self, tag: str) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif self.open:
            self.builder.end(self.open.pop())

    def data(self, text: str) -> None:
        if self.open:
            self.builder.data(_NO_XML.sub("", text))

    def close(self) -> etree._Element | None:
        while self.open:
            self.builder.end(self.open.pop())
        try:
            return self.builder.close()
        except AssertionError:  # no element at all
            return None


def parse_bounded(data: bytes) -> etree._Element | None:
    """The tree of a page in UTF-8, ``None`` where it has no element."""
    parser = etree.HTMLParser(encoding="utf-8", target=cast("Any", _Target()), huge_tree=True)
    try:
        found: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return found
