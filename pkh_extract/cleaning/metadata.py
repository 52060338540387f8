"""Title, outlet and address of a page, from its metadata and its visible head."""

from __future__ import annotations

import re
from typing import Any

from bs4.element import Tag

from pkh_extract.cleaning.blocks import key, words
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.html import Page, hidden, look
from pkh_extract.cleaning.publication import article_data, kinds

_LARGE = {"4", "5", "6", "7", "+1", "+2", "+3", "+4"}
_SUFFIX = re.compile(r"\s{1,3}(?:[|–—~«»•·]|-{1,2}|::)\s{1,3}")


def line(value: Any) -> str | None:
    """A metadata value as one tidy line; ``None`` if nothing is left."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str | int | float):
        return None
    text = " ".join(tidy(repair(str(value)[:2000])[0]).split())
    return text or None


def metas(page: Page) -> dict[str, str]:
    """The page's meta elements: lower-case name or property to the first content that is not empty."""
    found: dict[str, str] = {}
    for tag in page.soup.find_all("meta", limit=2000):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = str(tag.get("content") or "").strip()
        if name and content:
            found.setdefault(str(name).lower(), content)
    return found


def title_of(page: Page, meta: dict[str, str]) -> str | None:
    """The headline: JSON-LD's, the only ``h1``, an ``h1`` (or other heading) that the page's title repeats, or that
    title less its outlet."""
    page_titles = [
        text for text in (line(meta.get("og:title")), _title_tag(page), line(meta.get("twitter:title"))) if text
    ]
    joined = key(" ".join(page_titles))
    headlines = [text for item in article_data(page) if (text := line(item.get("headline")))]
    if headlines:  # of several articles the page's own is the one that its title names
        return next((text for text in headlines if key(text) and key(text) in joined), headlines[0])
    headings = [(tag, text) for tag in page.soup.find_all(["h1", "h2", "h3"], limit=300)
                if (text := line(tag.get_text(" ")))]  # fmt: skip
    shown = [text for tag, text in headings if not hidden(tag)]
    named = [text for text in shown if len(words(text)) >= 3 and len(key(text)) >= 12 and key(text) in joined]
    if named:
        return max(named, key=len)
    entitled = [text for tag, text in headings if {"title", "judul"} & look(tag) and len(words(text)) >= 4]
    firsts = [text for tag, text in headings if tag.name == "h1" and len(words(text)) >= 4]
    if len(set(firsts)) == 1:
        return firsts[0]
    if entitled:
        return entitled[0]
    judul = page.soup.find(lambda tag: tag.name in {"div", "span", "td", "p", "b"} and bool(
        {"judul", "headline"} & look(tag)) and len(words(tag.get_text(" ")[:300])) in range(4, 31))  # fmt: skip
    if isinstance(judul, Tag):
        return line(judul.get_text(" "))
    if firsts:
        return firsts[0]
    if page_titles and (bare := _without_outlet(page_titles[0], meta)):
        shown_at = page.soup.find(
            string=lambda text: bool(text) and key(bare) in key(text[:500]) and text.parent.name != "title"
        )
        if shown_at is not None or "og:title" in meta:
            return bare
    large = page.soup.find(lambda tag: tag.name == "font" and str(tag.get("size")) in _LARGE and len(
        words(tag.get_text(" ")[:300])) in range(4, 31))  # fmt: skip
    return line(large.get_text(" ")) if isinstance(large, Tag) else None


def _title_tag(page: Page) -> str | None:
    tag = page.soup.find("title")
    return line(tag.get_text(" ")) if tag else None


def _without_outlet(text: str, meta: dict[str, str]) -> str | None:
    """A page title less the outlet's name before or after it: the longest of its parts."""
    parts = [part.strip(" :|-–—~") for part in _SUFFIX.split(text.strip(" :|"))]
    best = max(parts, key=lambda part: len(words(part)))
    site = line(meta.get("og:site_name"))
    return best if len(words(best)) >= 4 and key(best) != key(site or "") else None


def outlet_of(page: Page, meta: dict[str, str], title: str | None) -> str | None:
    """The paper: publisher of the JSON-LD, site name, or what the page's title adds to the headline."""
    for item in article_data(page):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and (name := line(publisher.get("name"))):
            return name
    if name := line(meta.get("og:site_name")):
        return name
    for item in page.linked_data:
        if kinds(item) & {"WebSite", "Organization", "NewsMediaOrganization"} and (name := line(item.get("name"))):
            return name
    shown = _title_tag(page)
    if shown and title and key(title) in key(shown):
        parts = [part.strip(" :|-–—~") for part in re.split(r"\s[|–—~-]\s|::|: ", shown)]
        others = [part for part in parts if part and key(part) not in key(title) and key(title) not in key(part)]
        others = [part for part in others if not part.lower().startswith("halaman") and len(words(part)) <= 8]
        if others:
            return others[-1]
    return None


def url_of(page: Page, meta: dict[str, str]) -> str | None:
    """The address: canonical link, ``og:url`` or the JSON-LD's."""
    canonical = page.soup.find("link", rel="canonical")
    values: list[Any] = [canonical.get("href") if isinstance(canonical, Tag) else None, meta.get("og:url")]
    for item in article_data(page):
        entity = item.get("mainEntityOfPage")
        values += [item.get("url"), entity.get("@id") if isinstance(entity, dict) else entity]
    for value in values:
        text = line(value)
        if text and re.match(r"https?://[^\s/]+\.[^\s]*$", text):
            return text
    return None


def stated_body(page: Page) -> str | None:
    """The text of the report in the JSON-LD, for pages that scripts fill in the browser."""
    bodies = [item["articleBody"] for item in article_data(page) if isinstance(item.get("articleBody"), str)]
    return max(bodies, key=len, default=None)
