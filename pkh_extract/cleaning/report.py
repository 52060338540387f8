"""From the pieces of a page or a text to the report: what stands above, inside and below it goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pkh_extract.cleaning.blocks import Block, ended, key, sentence_like, titled, words
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.furniture import furniture
from pkh_extract.cleaning.published import Stamp, byline_stamp, zone_of
from pkh_extract.cleaning.text import body_start, datelined, read_text

if TYPE_CHECKING:
    from pkh_extract.cleaning.furniture import Trace

# Names that papers' templates give to the box of the report's body.
_BODY = (
    "entry-content", "post-content", "article-content", "article-body", "articlebody", "article__content",
    "article_content", "post-body", "content-detail", "detail-content", "detail__body", "detail-text", "read__content",
    "single-content", "story-body", "story-content", "isi-berita", "isi_berita", "isiberita", "konten-berita",
    "news-content", "news-text", "content-article", "txt-article", "itp_bodycontent", "td-post-content", "the-content",
    "wrap__article-detail-content", "body-content", "post_content", "artikel-isi", "detail-berita",
)  # fmt: skip
_TAGS = re.compile(r"</?(?:o:p|st1:\w{1,20}|p|br|b|i|u|em|strong|span|div|font|a|img|li|ul|ol|td|tr|table|h[1-6])\b[^<>]{0,400}>",
                   re.IGNORECASE)  # fmt: skip
_BREAKING = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,100}>", re.IGNORECASE)


@dataclass
class Report:
    """The report of one source. ``published`` is ISO 8601."""

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    repaired: bool = False


def report_of_text(text: str, patterns: str | None, trace: Trace) -> Report:
    """The report of a scraped plain text."""
    text, repaired = repair(text)
    if "<" in text:
        text = _TAGS.sub(" ", _BREAKING.sub("\n", text))
    pieces = read_text(tidy(text))
    start = body_start(pieces)
    title, stamp = None, None
    if 0 < start <= len(pieces):
        title = _headline(pieces[:start])
        stamp = _text_stamp([piece.text for piece in pieces[:start]], title)
    paragraphs = _report(pieces, title, patterns, trace)
    zone = zone_of(" ".join(piece.text for piece in pieces[:start]))
    return Report(
        paragraphs=paragraphs,
        title=title,
        outlet=_dateline_outlet(paragraphs),
        published=stamp.local(zone).iso() if stamp else None,
        repaired=repaired,
    )


def report_of_page(markup: str, patterns: str | None, trace: Trace) -> Report:
    """The report of a saved page."""
    from pkh_extract.cleaning import html, metadata
    from pkh_extract.cleaning.pruning import page_rules, prune

    page = html.parse(markup)
    soup = page.soup
    meta = metadata.metas(page)
    title = metadata.title_of(page, meta)
    weights = html.weigh(soup)
    stamps = metadata.stated_stamps(page, meta)
    head = soup.find_all(["time", "abbr"], limit=200)
    prune(soup, weights, page_rules(patterns), trace)
    root = html.main_part(soup, weights, set(_BODY))
    pieces, repaired = html.blocks(root)
    paragraphs = _report(pieces, title, patterns, trace)
    outlet = metadata.outlet_of(page, meta, title) or _dateline_outlet(paragraphs)
    return Report(paragraphs, title, outlet, metadata.url_of(page, meta),
                  _page_stamp(stamps, head, soup, paragraphs, title), repaired)  # fmt: skip


def _page_stamp(stamps, head, soup, paragraphs, title):  # type: ignore[no-untyped-def]
    return stamps[0].local(7).iso() if stamps else None


def _report(pieces: list[Block], title: str | None, patterns: str | None, trace: Trace) -> list[str]:
    """The report's paragraphs among the pieces of a source."""
    pieces = _without_repeats(pieces, title, trace)
    pieces = furniture(patterns).sift(pieces, trace)
    start = body_start(pieces)
    if start == len(pieces):
        start = 0
    kept = []
    for index, piece in enumerate(pieces):
        if index < start and not ended(piece.text):
            trace.append(("furniture.above", piece.text))
        else:
            kept.append(piece)
    while kept and _credit(kept[-1]):
        trace.append(("furniture.credit", kept.pop().text))
    return [piece.text for piece in kept]


def _without_repeats(pieces: list[Block], title: str | None, trace: Trace) -> list[Block]:
    """Without the headline wherever it stands again, and without a second copy of a paragraph."""
    wanted = key(title or "")
    seen: set[str] = set()
    kept = []
    for piece in pieces:
        name = key(piece.text)
        again = len(name) > 60 and name in seen
        headline = bool(wanted) and (
            name == wanted or (len(wanted) > 20 and wanted in name and len(name) < 2.4 * len(wanted) + 30 and not ended(piece.text))
        )
        if again or headline:
            trace.append(("furniture.repeat", piece.text))
            continue
        seen.add(name)
        kept.append(piece)
    return kept


def _credit(piece: Block) -> bool:
    """Whether a last piece is but names ("Rina | Budi S")."""
    names = re.findall(r"[^\W\d_][\w.'’]*", piece.text)
    return (
        bool(names)
        and len(names) <= 6
        and not re.search(r"\d", piece.text)
        and all(name[0].isupper() for name in names)
        and not ended(piece.text)
        and bool(re.search(r"[|/]", piece.text) or len(names) <= 3)
    )


def _headline(above: list[Block]) -> str | None:
    """The headline among the pieces above a text's first paragraph: one that stands there twice, else the first that
    reads like one."""
    lines = [piece.text.lstrip("•·-–*#> ").strip() for piece in above]
    fit = [text for text in lines if 3 <= len(words(text)) <= 30 and not byline_stamp(text) and not ended(text.rstrip("?!"))]
    names = [key(text) for text in fit]
    for text, name in zip(fit, names, strict=True):
        if names.count(name) > 1:
            return text
    for text, name in zip(fit, names, strict=True):
        inner = [other for other, short in zip(fit, names, strict=True) if short != name and len(short) > 15 and name.endswith(short)]
        if inner:
            return inner[0]
        if len(words(text)) >= 4 or titled(text):
            return text
    return None


def _text_stamp(above: list[str], title: str | None) -> Stamp | None:
    from pkh_extract.cleaning.metadata import head_stamp

    return head_stamp(above, title)


_OUTLET = re.compile(
    r"(?:[A-Z][\w .’'/-]{1,30}[,|(\s]{1,3})?\(?\b([A-Za-z][\w-]{1,30}\.(?:com|co\.id|id|net|co|news|info|org)|"
    r"[A-Z]{1,3}[a-z]+[A-Z]\w+|(?<=\()[A-Z][A-Za-z ]{2,25}(?=\)))\)?[\s,.|]{0,3}(?:[-–—|~]|,)"
)


def _dateline_outlet(paragraphs: list[str]) -> str | None:
    """The paper's name where the dateline holds it ("PADANG, KabarKita.com – …")."""
    if not paragraphs or not datelined(paragraphs[0]):
        return None
    match = _OUTLET.match(paragraphs[0])
    return match[1] if match else None
