"""From the pieces of a page or a text to the report: what stands above, inside and below it goes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pkh_extract.cleaning.blocks import Block, count_words, datelined, ended, key, titled
from pkh_extract.cleaning.encoding import repair, tidy
from pkh_extract.cleaning.furniture import furniture
from pkh_extract.cleaning.publication import Witnesses, named_day, zone_of
from pkh_extract.cleaning.stamps import Stamp, stamp_reader
from pkh_extract.cleaning.text import MOST_TEXT, bare_dateline, body_start, read_text

if TYPE_CHECKING:
    from pkh_extract.cleaning.furniture import Trace

# Lines above a report that are no headline: bylines, the path through the site, the head of an edition's page.
_NO_HEADLINE = re.compile(
    r"(?:oleh|by|penulis|redaksi|home|beranda)\b\s?[:|]?\s?\w*$|(?:oleh|by)\s"
    r"|.{0,60}\b(?:edisi (?:teks|cetak)|e-?paper)\b|.{0,30}\b(?:hal|halaman)\.? \d{1,3}\b",
    re.IGNORECASE,
)
LONGEST = 200_000  # code points, about a hundred pages; no paper prints a report that long
_HEADLINE = 250  # letters; no piece of so many repeats the headline
_FEW, _SENTENCE = 12, 4  # pieces of a page that is but a few sentences; words of one of them
_MOST_ABOVE = 200  # lines above a report among which its headline is sought
_TAGS = re.compile(
    r"</?(?:o:p|st1:\w{1,20}|p|br|b|i|u|em|strong|span|div|font|a|img|li|ul|ol|td|tr|table|h[1-6])\b[^<>]{0,400}>",
    re.IGNORECASE,
)
_TABS = re.compile(r"(?<=\S)[ ]{0,3}\t[ \t]{0,9}(?=\S)")  # between the cells of a table
_BREAKING = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,100}>", re.IGNORECASE)


@dataclass
class Report:
    """The report of one source. ``published`` is ISO 8601; ``cut``: it goes on beyond :data:`LONGEST`; ``dated``: (rule
    id, text, stamp) of what said so."""

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    repaired: bool = False
    cut: bool = False
    dated: list[tuple[str, str, Any]] = field(default_factory=list)


def report_of_text(text: str, patterns: str | None, trace: Trace | None = None) -> Report:
    """The report of a scraped plain text; ``trace`` takes what rules remove."""
    trace = [] if trace is None else trace
    text, repaired = repair(text[:MOST_TEXT])
    if "<" in text:
        text = _TAGS.sub(" ", _BREAKING.sub("\n", text))
    if "\t" in text:
        text = _TABS.sub(" | ", text)
    pieces = read_text(tidy(text))
    start = body_start(pieces)
    above = [piece.text for piece in pieces[:start]] if start < len(pieces) else []
    lines = [piece.text for piece in pieces]
    pieces = furniture(patterns).sift(pieces, trace)
    start = body_start(pieces)
    title = _headline(pieces[:start], patterns) if start < len(pieces) else None
    witnesses = Witnesses(patterns)
    paragraphs = _report(pieces, title, patterns, trace)
    below = [line for line in _below(lines, paragraphs) if key(line) != key(title or "")]
    stamp = witnesses.head(above, title) or witnesses.foot(below)
    zone = zone_of(" ".join(above), " ".join(paragraphs)) if stamp else None
    paragraphs, cut = _shortened(paragraphs)
    return Report(
        paragraphs=paragraphs,
        cut=cut,
        title=title,
        outlet=_dateline_outlet(paragraphs),
        published=witnesses.decide(stamp, zone, set),
        repaired=repaired,
        dated=witnesses.hits,
    )


def report_of_page(markup: str, patterns: str | None, boxes: Trace | None = None, data: bytes | None = None) -> Report:
    """The report of a saved page; ``boxes`` takes what rules remove, ``data`` is the markup as UTF-8 if at hand."""
    from pkh_extract.cleaning import html, metadata
    from pkh_extract.cleaning.body import main_part
    from pkh_extract.cleaning.lines import lines_around
    from pkh_extract.cleaning.outline import outline, publisher
    from pkh_extract.cleaning.page import parse
    from pkh_extract.cleaning.pruning import behead, page_rules, prune
    from pkh_extract.cleaning.trimming import trim

    page = parse(markup, data)
    title = metadata.title_of(page)
    witnesses = Witnesses(patterns)
    stated = next(witnesses.stated(page, title), None)
    anchor = metadata.heading_of(page, title)
    shape = outline(page.body)
    page.publisher = publisher(shape)
    rules = page_rules(patterns)
    heads = prune(shape, rules, anchor, boxes)
    stated = stated or next(iter(witnesses.timed(page.body)), None)
    number = main_part(shape, anchor)
    weak = witnesses.weak(stated)
    lines = [] if _settled(stated) and not weak else lines_around(shape, number)
    around = shape.around(number)
    behead(shape, [at for at in heads if at not in around], boxes)
    trim(shape, number, rules, boxes)
    trace: Trace = [] if boxes is None else boxes
    pieces, repaired = html.blocks(shape, number)
    pieces = furniture(patterns).sift(pieces, trace)
    start = body_start(pieces)
    start = _short_start(pieces) if start == len(pieces) else start
    if title is None and start < len(pieces):
        title = _headline(pieces[:start], patterns)
    paragraphs = _report(pieces, title, patterns, trace, chosen=True) if start < len(pieces) else []
    if not paragraphs and (body := metadata.stated_body(page)):
        paragraphs = _report(furniture(patterns).sift(read_text(tidy(repair(body)[0])), trace), title, patterns, trace)
    if paragraphs and (standfirst := metadata.standfirst_of(page, shape, number, paragraphs[:3])):
        paragraphs.insert(0, standfirst)
    shape.release()
    url = metadata.url_of(page)
    paragraphs, cut = _shortened(paragraphs)
    return Report(
        paragraphs=paragraphs,
        cut=cut,
        title=title,
        outlet=metadata.outlet_of(page, title) or _dateline_outlet(paragraphs),
        url=url,
        published=_published(witnesses, stated, lines, paragraphs, title, url),
        repaired=repaired,
        dated=witnesses.hits,
    )


def _shortened(paragraphs: list[str]) -> tuple[list[str], bool]:
    """The paragraphs up to the longest report that there is, and whether some were left out."""
    size = 0
    for number, paragraph in enumerate(paragraphs):
        size += len(paragraph) + 2
        if size > LONGEST:
            rest = paragraph[: LONGEST - (size - len(paragraph))].rsplit(" ", 1)[0].rstrip()
            return [*paragraphs[:number], *([rest] if rest else [])], True
    return paragraphs, False


def _published(
    witnesses: Witnesses,
    stated: Stamp | None,
    lines: list[str],
    paragraphs: list[str],
    title: str | None,
    url: str | None,
) -> str | None:
    """The day of publication: as metadata state it, or as the visible lines around the report do."""
    weak = witnesses.weak(stated)
    if stated is not None and _settled(stated) and not weak:
        return witnesses.decide(stated, 0, set)
    above = _above(lines, paragraphs)
    byline = witnesses.head(above, title) if stated is None or weak else None
    stamp = byline or stated or witnesses.foot(_below(lines, paragraphs))
    if stamp is None:
        return None

    def shown() -> set[dt.date]:
        byline = witnesses.head(above, title)
        return {day for day in (byline and byline.day, url and named_day(url)) if day}

    return witnesses.decide(stamp, zone_of(" ".join(above[-12:]), " ".join(paragraphs)), shown)


def _settled(stated: Stamp | None) -> bool:
    """Whether metadata say all of the day of publication: a day, or a moment in a zone of its own."""
    return stated is not None and (stated.time is None or bool(stated.offset))


def _above(lines: list[str], paragraphs: list[str]) -> list[str]:
    """The visible lines above the report."""
    if not paragraphs:
        return lines[:40]
    first = key(paragraphs[0])[:60]
    return lines[: next((i for i, line in enumerate(lines) if _holds(line, first, paragraphs[0])), len(lines))]


def _below(lines: list[str], paragraphs: list[str]) -> list[str]:
    """The visible lines right below the report."""
    if not paragraphs or (lines and lines[-1] == paragraphs[-1]):
        return []
    last, size = key(paragraphs[-1])[-60:], len(lines)
    end = next((i for i in range(size - 1, -1, -1) if _holds(lines[i], last, paragraphs[-1])), size)
    return lines[end + 1 : end + 6]


def _holds(line: str, part: str, paragraph: str) -> bool:
    """Whether a line holds part of a paragraph, as :func:`key` has it; mostly it is the paragraph."""
    return len(line) >= len(part) and (line == paragraph or part in key(line))


def _report(
    pieces: list[Block], title: str | None, patterns: str | None, trace: Trace, *, chosen: bool = False
) -> list[str]:
    """The report's paragraphs among the pieces that rules have left; ``chosen``: they are those of the part of a page
    that holds it, not a whole text with its menus."""
    pieces = _without_repeats(pieces, title, trace)
    start = body_start(pieces, headed=title is None)
    if start == len(pieces) or (chosen and _mostly_above(pieces, start)):
        start = 0
    elif start and bare_dateline(pieces[start - 1].text):
        start -= 1
        pieces[start : start + 2] = [replace(pieces[start], text=f"{pieces[start].text} {pieces[start + 1].text}")]
    trace.extend(("furniture.above", piece.text) for piece in pieces[:start])
    kept = []
    for piece in pieces[start:]:
        if piece.pictured and not piece.heading and not piece.listed and not ended(piece.text):
            trace.append(("furniture.caption", piece.text))
        else:
            kept.append(piece)
    byline = stamp_reader(patterns).byline
    while kept and (
        kept[-1].heading
        or kept[-1].linked >= 0.9
        or _credit(kept[-1])
        or ((found := byline(kept[-1].text)) and found[0].time)
    ):
        trace.append(("furniture.credit", kept.pop().text))
    return [piece.text for piece in kept]


def _short_start(pieces: list[Block]) -> int:
    """Where a page of a few short sentences begins, none of which reads like a report's; the number of pieces where
    there is none, or so many pieces that they are a menu."""
    if len(pieces) > _FEW:
        return len(pieces)
    told = (at for at, piece in enumerate(pieces) if not piece.heading and piece.linked < 0.5 and ended(piece.text))
    return next((at for at in told if count_words(pieces[at].text) >= _SENTENCE), len(pieces))


def _mostly_above(pieces: list[Block], start: int) -> bool:
    """Is there more above what reads like the first sentence than below? Then the report is a list."""
    sizes = [0 if piece.heading or piece.linked >= 0.5 else len(piece.text) for piece in pieces]
    return sum(sizes[:start]) > 2 * sum(sizes[start:])


def _without_repeats(pieces: list[Block], title: str | None, trace: Trace) -> list[Block]:
    """Without the headline wherever it stands again, and without a second copy of a paragraph."""
    wanted = key(title or "")
    seen: set[str] = set()
    kept = []
    again = False
    for piece in pieces:
        name = key(piece.text) if len(piece.text) < _HEADLINE else piece.text
        again = name in seen and (len(name) > 60 or again)
        headline = bool(wanted) and (
            name == wanted
            or (len(wanted) > 20 and wanted in name and len(name) < 2.4 * len(wanted) + 30 and not ended(piece.text))
        )
        if again or headline:
            trace.append(("furniture.repeat", piece.text))
            continue
        seen.add(name)
        kept.append(piece)
    return kept


_BRACKETED = re.compile(r"[*]{0,3}[(\[][^()\[\]]+[)\]][*.]{0,3}")
_NAME = re.compile(r"[^\W\d_][\w.'’]*")
_DIGIT = re.compile(r"\d")


def _credit(piece: Block) -> bool:
    """Whether a last piece is but names ("Rina | Budi S") or something in brackets."""
    if len(piece.text) <= 50 and _BRACKETED.fullmatch(piece.text):
        return True
    if ended(piece.text):
        return False
    names = _NAME.findall(piece.text)
    return (
        bool(names)
        and len(names) <= 6
        and not _DIGIT.search(piece.text)
        and all(name[0].isupper() for name in names)
        and ("|" in piece.text or "/" in piece.text or len(names) <= 3)
    )


def _headline(above: list[Block], patterns: str | None) -> str | None:
    """The headline among the pieces above a text's first paragraph: one that stands there twice, else the first that
    reads like one."""
    byline = stamp_reader(patterns).byline
    lines = [piece.text.lstrip("•·-–*#> ").strip() for piece in above[-_MOST_ABOVE:]]
    lines = [text for text in lines if not _NO_HEADLINE.match(text)]
    fit = [text for text in lines if 3 <= count_words(text) <= 35 and not byline(text) and not ended(text.rstrip("?!"))]
    names = [key(text) for text in fit]
    for text, name in zip(fit, names, strict=True):
        if names.count(name) > 1:
            return text
    for text, name in zip(fit, names, strict=True):
        inner = [
            other
            for other, short in zip(fit, names, strict=True)
            if short != name and len(short) > 15 and name.endswith(short)
        ]
        if inner:
            return inner[0]
        if count_words(text) >= 4 or titled(text):
            return text
    return None


_OUTLET = re.compile(
    r"(?:[A-Z][\w .’'/-]{1,30}[,|(\s]{1,3})?\(?\b([A-Za-z][\w-]{1,30}\.(?i:com|co\.id|id|net|co|news|info|org)\b|"
    r"[A-Z]{1,3}[a-z]+[A-Z]\w+|(?<=\()[A-Z][A-Za-z ]{2,25}(?=\)))\)?[\s,.|]{0,3}(?:[-–—|~]|,)"
)


def _dateline_outlet(paragraphs: list[str]) -> str | None:
    """The paper's name where the dateline holds it ("PADANG, KabarKita.com – …")."""
    match = _OUTLET.match(paragraphs[0]) if paragraphs else None
    return match[1] if match and datelined(paragraphs[0]) else None
