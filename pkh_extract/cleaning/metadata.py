"""Title, outlet, address and day of publication of a page, from its metadata and its visible head."""

from __future__ import annotations

import re
from typing import Any

from bs4.element import Tag

from pkh_extract.cleaning.blocks import key, words
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.html import Page, hidden, look
from pkh_extract.cleaning.published import Stamp, byline_stamp, machine_stamp

_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "Posting")
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished",
    "date_published", "published_time", "publish_time", "publishdate", "publish-date", "publish_date", "pubdate",
    "published-date", "publisheddate", "content_publisheddate", "content_publishdate", "content_date", "contentdate",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "originalpublicationdate", "article_date_original", "article:post_date", "rnews:datepublished", "bt:pubdate",
    "ptime", "createdate", "dtk:publishdate", "dtk:createddate", "date",
)  # fmt: skip
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


def _article_data(page: Page) -> list[dict[str, Any]]:
    def kind(item: dict[str, Any]) -> str:
        kinds = item.get("@type")
        return " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)

    return [item for item in page.linked_data if any(name in kind(item) for name in _ARTICLES)]


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
    for item in _article_data(page):
        if headline := line(item.get("headline")):
            return headline
    page_titles = [
        text for text in (line(meta.get("og:title")), _title_tag(page), line(meta.get("twitter:title"))) if text
    ]
    headings = [(tag, text) for tag in page.soup.find_all(["h1", "h2", "h3"], limit=300)
                if (text := line(tag.get_text(" ")))]  # fmt: skip
    shown = [text for tag, text in headings if not hidden(tag)]
    joined = key(" ".join(page_titles))
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
    for item in _article_data(page):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and (name := line(publisher.get("name"))):
            return name
    if name := line(meta.get("og:site_name")):
        return name
    for item in page.linked_data:
        if item.get("@type") in {"WebSite", "Organization", "NewsMediaOrganization"} and (
            name := line(item.get("name"))
        ):
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
    for item in _article_data(page):
        entity = item.get("mainEntityOfPage")
        values += [item.get("url"), entity.get("@id") if isinstance(entity, dict) else entity]
    for value in values:
        text = line(value)
        if text and re.match(r"https?://[^\s/]+\.[^\s]*$", text):
            return text
    return None


def stated_body(page: Page) -> str | None:
    """The text of the report in the JSON-LD, for pages that scripts fill in the browser."""
    bodies = [item["articleBody"] for item in _article_data(page) if isinstance(item.get("articleBody"), str)]
    return max(bodies, key=len, default=None)


def stated_stamps(page: Page, meta: dict[str, str]) -> list[Stamp]:
    """What the page's metadata say of its day of publication, the most trusted first."""
    values: list[Any] = [item.get("datePublished") for item in _article_data(page)]
    values += [meta.get(name) for name in _PUBLISHED]
    values += [item.get("datePublished") for item in page.linked_data]
    for tag in page.soup.find_all(itemprop="datePublished", limit=20):
        values += [tag.get("content"), tag.get("datetime"), tag.get("title"), tag.get_text(" ", strip=True)[:80]]
    stamps = [machine_stamp(value) for value in values if value]
    return [stamp for stamp in stamps if stamp]


def timed_stamps(soup: Tag) -> list[Stamp]:
    """The stamps of ``time`` and ``abbr`` elements of a page without its furniture: those marked as the day of
    publication first; the others only where they all say one day."""
    marked: list[Stamp] = []
    plain: list[Stamp] = []
    for tag in soup.find_all(["time", "abbr"], limit=200):
        names = look(tag)
        if {"updated", "modified"} & names and "published" not in names:
            continue
        if tag.find_parent(["nav", "aside", "footer", "li"]) is not None:
            continue
        stamp = next(filter(None, map(machine_stamp, _stated(tag))), None)
        if stamp:
            (marked if "published" in names or tag.has_attr("pubdate") else plain).append(stamp)
    return marked or (plain if len({stamp.day for stamp in plain}) == 1 else [])


def _stated(tag: Tag) -> list[str]:
    values = [tag.get("datetime"), tag.get("title"), tag.get("content"), tag.get_text(" ", strip=True)[:80]]
    return [str(value) for value in values if value]


def head_stamp(lines: list[str], title: str | None) -> Stamp | None:
    """The byline's date among the visible lines before the report's first paragraph, in reading order.

    Below the headline a bare date is enough; above it, where page headers have their clock, the line must be near and
    show itself to be a byline.
    """
    place = max((i for i, text in enumerate(lines) if title and key(text) == key(title)), default=None)
    below = lines[place + 1 :] if place is not None else []
    above = list(reversed(lines[:place])) if place is not None else list(reversed(lines))
    for text in below[:14]:
        found = byline_stamp(text)
        if found:
            return found[0]
    for text in above[:6]:
        found = byline_stamp(text)
        if found and found[1]:
            return found[0]
    return None


_POSTED = re.compile(
    r"\b(?:diposting|diposkan|posted|published|dipublikasikan|diterbitkan|ditayangkan)\b", re.IGNORECASE
)


def foot_stamp(lines: list[str]) -> Stamp | None:
    """The date of a line right below the report that says when it was posted."""
    for text in lines:
        if _POSTED.search(text) and (found := byline_stamp(text)):
            return found[0]
    return None
