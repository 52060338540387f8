"""Title, outlet and address of a page, from its metadata and its visible head."""

from __future__ import annotations

import itertools
import re
from html import unescape
from typing import Any

from pkh_extract.cleaning.blocks import count_words, key
from pkh_extract.cleaning.encoding import repair, sound, tidy
from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import INLINE, Element, Page, look, set_apart, strings_of, text_of, unseen
from pkh_extract.cleaning.publication import article_data, kinds

_LARGE = {"4", "5", "6", "7", "+1", "+2", "+3", "+4"}
# What pages' titles add to the headline besides the paper's name.
_NO_OUTLET = re.compile(
    r"(?:halaman|hal|cetak|print|mobile|siaran pers|portal resmi|berita|home|beranda|artikel|amp)\b", re.I
)
_OWNER = re.compile(
    r"(?:©|&copy;?|&#169;|copyright|hak\s?cipta)(?:\s|©|&copy;?|&#169;|&nbsp;|\(c\)|<[^<>]{1,200}>|\d{4}|[-–|]|by\b|oleh\b){0,12}"
    r"(?!all\b|hak\b|right|template|powered|dilindungi)([A-Z][\w&.'’-]{1,30}(?: [A-Z][\w&'’-]{1,30}){0,4})",
    re.I,
)
_SLOGANS = {"tagline", "slogan"}
_LOGOS = {"logo", "brand", "sitename"} | _SLOGANS
# The names of offices' sites, which stand as headings and titles of all their pages.
_SITE = re.compile(
    r"(?:selamat datang|portal|website|situs|web resmi|pemerintah (?:kabupaten|kota|provinsi|desa|kecamatan)"
    r"|(?:dinas|kantor|badan)(?: \w+){1,4} (?:kabupaten|kota|provinsi))(?: [\w.]+){0,5}",
    re.I,
)
_FRONT = re.compile(r"/|(?:https?:)?//[^/?#]{3,80}/?|(?:\./)?index\.(?:html?|php)")
_SUFFIX = re.compile(r"\s{1,3}(?:[|–—~«»•·]|-{1,2}|::)\s{1,3}")
_NUMBERED = re.compile(r"[\s|(–-]{1,4}(?:halaman|hal\.?|laman|page)\s?\d{1,2}(?:\s?(?:dari|of|/)\s?\d{1,2})?\)?$", re.I)
_MOST_HEADINGS = 300
_SUBHEADS = frozenset({"h2", "h3", "h4"})
_STANDFIRSTS = _SUBHEADS | {"p", "div", "span", "strong"}
_SHORT = 12  # letters; a shorter headline stands in others by chance
_CUT = 100  # letters from which on search engines want headlines cut
_LEAST, _MOST = 40, 600  # letters of a standfirst


def line(value: Any) -> str | None:
    """A metadata value as one tidy line; ``None`` if nothing is left."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str | int | float):
        return None
    text = str(value)[:2000]
    if not text.isascii() or "&" in text or "rn" in text or not sound(text):
        text = tidy(repair(text)[0])
    return " ".join(text.split()) or None


def title_of(page: Page) -> str | None:
    """The headline without the number of the page that it heads ("… Halaman 2")."""
    title = _title_of(page)
    return title and (_NUMBERED.sub("", title).strip() or title)


def _title_of(page: Page) -> str | None:
    """The headline: JSON-LD's, a heading that the page's titles repeat, the only ``h1``, a box named as headline, or
    the page's title less its outlet; worded as most of them have it (:func:`_agreed`)."""
    metas = page.metas
    page_titles = [
        text for text in (line(metas.get("og:title")), line(page.heading), line(metas.get("twitter:title"))) if text
    ]
    joined = key(" ".join(page_titles))
    headlines = [text for item in article_data(page) if (text := line(item.get("headline")))]
    headings = _headings(page)
    visible = [text for tag, text in headings if tag.tag == "h1" and not unseen(tag)]
    shared = page_titles[0] if page_titles and "og:title" in metas else None
    shared = shared and (_without_outlet(shared, metas) or shared)
    if headlines:  # of several articles the page's own is the one that its title names
        stated = next((text for text in headlines if key(text) and key(text) in joined), headlines[0])
        return _agreed(stated, shared, visible)
    shown = [text for tag, text in headings if not unseen(tag)]
    named = [text for text in shown if count_words(text) >= 3 and len(key(text)) >= 12 and key(text) in joined]
    if named:
        return _agreed(max(named, key=len), shared, visible)
    entitled = [text for tag, text in headings if {"title", "judul"} & look(tag) and count_words(text) >= 4]
    firsts = [text for tag, text in headings if tag.tag == "h1" and count_words(text) >= 4]
    if len(set(firsts)) == 1:
        return _agreed(firsts[0], shared, visible)
    if entitled:
        return entitled[0]
    if judul := _labelled(page.body):
        return judul
    if firsts:
        return firsts[0]
    if page_titles and (bare := _without_outlet(page_titles[0], metas)) and ("og:title" in metas or _shown(page, bare)):
        return bare
    return _large(page.body)


def _agreed(headline: str, shared: str | None, shown: list[str]) -> str:
    """A headline as most of its witnesses have it: JSON-LD or heading (``headline``), the title that is shared
    (``og:title``), the headings that are ``shown``.

    What is shown and shared alike goes before JSON-LD, which may be worded for search engines. A kicker or an outlet
    that others do not have is left out, a lost end put back.
    """
    name, other = key(headline), key(shared or "")
    if shared and len(other) >= _SHORT and other != name:
        if any(key(text) == other for text in shown):
            return next(text for text in shown if key(text) == other)
        if name.endswith(other):
            return shared
    if other == name:
        return headline
    for text in shown:
        visible = key(text)
        if visible == name:
            return headline
        lost = len(headline) >= _CUT or headline.endswith(("…", "..."))
        if (len(visible) >= _SHORT and visible in name) or (lost and name and visible.startswith(name)):
            return text
    return headline


def heading_of(page: Page, title: str | None) -> Element | None:
    """The heading of the visible page that is its title, else its only ``h1``."""
    wanted = key(title or "")
    first: Element | None = None
    count = 0
    for tag, text in _headings(page):
        name = key(text)
        if len(name) >= 10 and (name == wanted or (len(wanted) >= 10 and (wanted in name or name in wanted))):
            return tag
        if tag.tag == "h1" and count_words(text) >= 3:
            first, count = tag, count + 1
    return first if count == 1 else None


def _headings(page: Page) -> list[tuple[Element, str]]:
    """The headings with their texts; gathered once a page."""
    if page.headings is None:
        tags = itertools.islice(page.body.iter("h1", "h2", "h3"), _MOST_HEADINGS)
        page.headings = []
        for tag in tags:
            if not (text := line(_flow_of(tag))):
                continue
            if _logo(tag) or _SITE.fullmatch(text):
                page.site = page.site or (None if _SLOGANS & look(tag) else text)
            else:
                page.headings.append((tag, text))
    return page.headings


def _logo(tag: Element) -> bool:
    """Whether a heading is the name of the site or its slogan: named so, or a link to the front page."""
    return bool(_LOGOS & look(tag)) or any(
        _FRONT.fullmatch((link.get("href") or "").strip()) is not None for link in tag.iter("a")
    )


def _flow_of(tag: Element) -> str:
    """The text of a heading; of one that was never closed and holds the report too, what stands before that."""
    if not len(tag):
        return text_of(tag, 2000)
    parts: list[str] = []
    size = 0
    for node in tag.iter():
        if node is not tag and parts and (node.tag not in INLINE or set_apart(node)):
            return " ".join(parts)
        for text in (node.text, node.tail if node is not tag else None):
            if text and not text.isspace():
                parts.append(text)
                size += len(text)
        if size > 2000:
            break
    return text_of(tag, 2000)


def _labelled(body: Element) -> str | None:
    """A box whose class says that it holds the headline."""
    for tag in body.iter("div", "span", "td", "p", "b"):
        if {"judul", "headline"} & look(tag) and count_words(text_of(tag, 300)[:300]) in range(4, 31):
            return line(text_of(tag, 2000))
    return None


def _shown(page: Page, bare: str) -> bool:
    """Does a title stand in the visible page?"""
    wanted = key(bare)
    return any(len(text) >= len(bare) and wanted in key(text[:500]) for text in strings_of(page.body))


def _large(body: Element) -> str | None:
    for tag in body.iter("font"):
        if tag.get("size") in _LARGE and count_words(text_of(tag, 300)[:300]) in range(4, 31):
            return line(text_of(tag, 2000))
    return None


def _without_outlet(text: str, metas: dict[str, str]) -> str | None:
    """A page title less the outlet's name before or after it: the longest of its parts."""
    parts = [part.strip(" :|-–—~") for part in _SUFFIX.split(text.strip(" :|"))]
    best = max(parts, key=count_words)
    site = line(metas.get("og:site_name"))
    return best if count_words(best) >= 4 and key(best) != key(site or "") else None


def outlet_of(page: Page, title: str | None) -> str | None:
    """The paper: publisher of the JSON-LD, site name, or what the page's title adds to the headline."""
    for item in article_data(page):
        publisher = item.get("publisher")
        if isinstance(publisher, dict) and (name := line(publisher.get("name"))):
            return name
    if name := line(page.metas.get("og:site_name")):
        return name
    for item in page.linked_data:
        if kinds(item) & {"WebSite", "Organization", "NewsMediaOrganization"} and (name := line(item.get("name"))):
            return name
    if name := line(page.publisher):
        return name
    shown = line((page.heading or "").split("<", 1)[0])
    if shown and title and key(title) in key(shown):
        parts = [part.strip(" :|-–—~") for part in re.split(r"\s[|–—~-]\s|::|: ", shown)]
        others = [part for part in parts if part and key(part) not in key(title) and key(title) not in key(part)]
        others = [part for part in others if not _NO_OUTLET.match(part) and count_words(part) <= 8]
        if others:
            return others[-1]
    if page.site and count_words(page.site) <= 8:
        return page.site
    owner = _OWNER.search(page.tail)
    return line(unescape(owner[1]).strip(" -–|")) if owner else None


def url_of(page: Page) -> str | None:
    """The address: canonical link, ``og:url`` or the JSON-LD's."""
    values: list[Any] = [page.canonical, page.metas.get("og:url")]
    for item in article_data(page):
        entity = item.get("mainEntityOfPage")
        values += [item.get("url"), entity.get("@id") if isinstance(entity, dict) else entity]
    for value in values:
        text = line(value)
        if text and re.match(r"https?://[^\s/]+\.[^\s]*$", text):
            return text
    return None


def standfirst_of(page: Page, shape: Outline, part: int, paragraphs: list[str]) -> str | None:
    """The standfirst that stands above the part of the page with the report, or as a subhead in it: what a description
    of the page repeats, and the report's first ``paragraphs`` do not."""
    stated: list[Any] = [page.metas.get(name) for name in ("og:description", "description", "twitter:description")]
    stated += [item.get("description") for item in article_data(page)]
    values = [*{value for value in stated if isinstance(value, str)}]  # mostly they all say the same
    values += [value for value in stated if not isinstance(value, str)]
    names = {key(text) for value in values if (text := line(value))}
    known = [key(text) for text in paragraphs]
    wanted = {name for name in names if len(name) >= _LEAST and not any(name[:_LEAST] in text for text in known)}
    if not wanted:
        return None
    around, firsts = shape.around(part), {name[0] for name in wanted}
    last = part if shape.tags[part] in _STANDFIRSTS else len(shape.nodes)
    for at in range(last):
        inside = part < at < shape.end[part]
        if shape.tags[at] not in (_SUBHEADS if inside else _STANDFIRSTS) or shape.gone[at] or at in around:
            continue
        tag = shape.nodes[at]
        if not _begins(tag, wanted, firsts):
            continue
        text = line("".join(strings_of(tag)) if inside and _unbroken(tag) else text_of(tag, 1000))
        if text and _repeats(text, wanted):
            return text
    return None


def _unbroken(tag: Element) -> bool:
    """Whether the text below an element is one line in which no element parts words."""
    return all(below.tag in INLINE and below.tag != "br" for below in itertools.islice(tag.iter(), 1, None))


def _begins(tag: Element, wanted: set[str], firsts: set[str]) -> bool:
    """May the text below an element be one of the wanted? Told by its first string."""
    text = tag.text
    if text is None or text.isspace():
        child = next(iter(tag), None)
        if child is None or child.tag not in INLINE:
            return False  # a box of blocks, which come by themselves
        text = next((part for part in strings_of(tag) if not part.isspace()), "")
    letter = text.lstrip()[:1].casefold()
    if letter.isalnum() and letter[0] not in firsts:
        return False
    first = key(text[:60])[:20]
    return any(one.startswith(first) for one in wanted)


def _repeats(text: str, wanted: set[str]) -> bool:
    """Is a text one of the wanted, or is one of them its beginning (descriptions are cut off)?"""
    name = key(text)
    if not _LEAST <= len(name) <= _MOST:
        return False
    return any(name.startswith(one[: len(name)]) and len(one) >= 0.6 * len(name) for one in wanted)


def stated_body(page: Page) -> str | None:
    """The text of the report in the JSON-LD, for pages that scripts fill in the browser."""
    bodies = [item["articleBody"] for item in article_data(page) if isinstance(item.get("articleBody"), str)]
    return max(bodies, key=len, default=None)
