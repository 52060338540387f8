"""The day an outlet published a report, from what a page's metadata or byline says; never guessed.

The most trusted witness comes first: the JSON-LD of the article, its meta elements, microdata, ``time`` elements, the
byline above the report, a "diposting" line right below it. A page header's clock, an update stamp, the day of a
related link or of a copyright line is none of them. A file name or an address is asked only on request
(:func:`named_day`), for either may hold the day of the crawl.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from pkh_extract.cleaning.blocks import key
from pkh_extract.cleaning.page import look, text_of
from pkh_extract.cleaning.stamps import (
    ZONES,
    Stamp,
    StampReader,
    day_of,
    stamp_reader,
    wordings_of,
    wordings_pattern,
)
from pkh_extract.rules import RuleSet, load_rules

if TYPE_CHECKING:
    from pkh_extract.cleaning.page import Element, Page

_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "Posting")
_BELOW, _ABOVE = 14, 6  # visible lines under and over the headline in which the byline is sought
_CLOCK = 4  # lines from the weather of a page's header to the day that stands beside it
_WEATHER = re.compile(r"[+-]?\d{1,2}(?:[.,]\d)?\s?(?:[°º˚]\s?[CF]?|[CF])")
_EAST, _WEST = 9, 10  # hours from UTC of the farthest clocks of many papers
_DATE_HEADER = './/*[contains(concat(" ", @class, " "), " date-header ")]'
_ZONE = re.compile(r"W(?<!\wW)(?:ITA|IT|IB|ita|ib)\b")  # whole words; the letter first, which is soon found
# Words that no Indonesian text of some sentences lacks, and that no other language of news shares as a set.
_INDONESIAN = frozenset(
    {"yang", "dan", "dengan", "untuk", "dari", "pada", "ini", "itu", "tidak", "dalam", "kepada", "oleh", "akan", "juga",
     "para", "bagi", "telah", "sudah", "warga", "desa", "bupati", "kecamatan", "kabupaten", "bantuan", "keluarga",
     "orang"}
)  # fmt: skip
_SOME = 60  # words among which two of these mostly are
_NUMBERS = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)(?P<m1>[-_/. ])(?P<m>\d{1,2})(?P=m1)(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?P<m2>[-_. ])(?P<mm>\d{1,2})(?P=m2)(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?)(?!\d)"
)


@dataclass(frozen=True)
class MetaNames:
    """The names of meta elements that hold the day of publication, with their rule, the most trusted first."""

    rules: tuple[tuple[str, str], ...]
    weak: frozenset[str]  # rules whose elements may hold another day as well

    @classmethod
    def of(cls, rules: RuleSet) -> MetaNames:
        """From the family ``published_meta``."""
        found = [
            (str(name).casefold(), rule.id) for rule in rules.family("published_meta") for name in rule.get("names")
        ]
        return cls(tuple(found), frozenset(rule.id for rule in rules.family("published_meta") if rule.get("weak")))


@functools.lru_cache(maxsize=8)
def meta_names(patterns: str | None = None) -> MetaNames:
    """The names of the built-in rules with those of a folder laid over them; made once a process."""
    return MetaNames.of(load_rules(patterns))


@functools.lru_cache(maxsize=24)
def _wordings(patterns: str | None, family: str) -> re.Pattern[str]:
    return wordings_pattern(wordings_of(load_rules(patterns), family))


class Witnesses:
    """What one page or text says of its day of publication, found with the rules of a folder."""

    def __init__(self, patterns: str | None) -> None:
        self.reader: StampReader = stamp_reader(patterns)
        self.names = meta_names(patterns)
        self.posted, self.signed, self.page = (
            _wordings(patterns, family) for family in ("published_foot", "published_signed", "published_header")
        )
        self.hits: list[tuple[str, str, Any]] = []  # what rules were credited with, for their proof

    def stated(self, page: Page, title: str | None) -> Iterator[Stamp]:
        """The stamps of the page's metadata, the most trusted first."""
        for item in article_data(page, title):
            yield from self._machine(item.get("datePublished"), "published_form.linked_data")
        for name, rule in self.names.rules:
            yield from self._machine(page.metas.get(name), rule)
        for item in page.linked_data:
            yield from self._machine(item.get("datePublished"), "published_form.linked_data")
        for tag in cast("list[Element]", page.root.xpath('//*[@itemprop="datePublished"]'))[:20]:
            for value in (tag.get("content"), tag.get("datetime"), tag.get("title"), text_of(tag, 200)[:80]):
                yield from self._machine(value, "published_form.microdata")

    def weak(self, stamp: Stamp | None) -> bool:
        """Is it a stamp that may as well be the day of the crawl, so that a byline goes before it?"""
        return stamp is not None and stamp.rule in self.names.weak

    def timed(self, body: Element) -> list[Stamp]:
        """The stamps of ``time`` and ``abbr`` elements of a page without its furniture: those marked as the day of
        publication first; the others only where they all say one day."""
        marked: list[Stamp] = []
        plain: list[Stamp] = []
        for tag in itertools.islice(body.iter("time", "abbr"), 200):
            names = look(tag)
            if {"updated", "modified"} & names and "published" not in names:
                continue
            if next(tag.iterancestors("li"), None) is not None:
                continue
            values = [tag.get("datetime"), tag.get("title"), tag.get("content"), text_of(tag, 200)[:80]]
            stamp = next((one for value in values for one in self._machine(value, "published_form.time")), None)
            if stamp:
                (marked if "published" in names or tag.get("pubdate") is not None else plain).append(stamp)
        if not marked:
            marked.extend(self._headed(body))
        return marked or (plain if len({stamp.day for stamp in plain}) == 1 else [])

    def _headed(self, body: Element) -> Iterator[Stamp]:
        """The day over the report in the templates of Blogger, whose pages of one report have one such head."""
        heads = cast("list[Element]", body.xpath(_DATE_HEADER))
        if len(heads) == 1:
            yield from self._machine(text_of(heads[0], 200)[:80], "published_form.date_header")

    def head(self, lines: list[str], title: str | None) -> Stamp | None:
        """The byline's date among the visible lines before the report's first paragraph, in reading order.

        Below the headline a bare date is enough; above it, where page headers have their clock, the line must be near
        and show itself to be a byline.
        """
        name = key(title) if title else None
        place = max((i for i, text in enumerate(lines) if name is not None and key(text) == name), default=None)
        below = lines[place + 1 :] if place is not None else []
        above = list(reversed(lines[:place])) if place is not None else list(reversed(lines))
        header = self._header(below)
        for text in below[header : header + _BELOW]:
            if mark := self.reader.update_mark(text):
                self.hits.append(("published_update.mark", mark[0], None))
            if mark := self.reader.caption_mark(text):
                self.hits.append(("published_caption.mark", mark[0], None))
            if found := self.reader.byline(text):
                return found[0]
        for text in above[:_ABOVE]:
            found = self.reader.byline(text)
            if found and found[1]:
                return found[0]
        return None

    def _header(self, below: list[str]) -> int:
        """How many lines below a page's title still belong to its header: up to the path through the site or the
        weather, which stand beside its clock."""
        last = 0
        for index, text in enumerate(below[:_BELOW]):
            if mark := self.page.match(text):
                self.hits.append(("published_header.path", mark[0], None))
                last = index + 1
            elif _WEATHER.fullmatch(text.strip()):
                last = index + _CLOCK
        return last

    def foot(self, lines: list[str]) -> Stamp | None:
        """The date of a line right below the report: one that says when it was posted, or names the editor too, or that
        has its time and is followed by the editor's name or by nothing at all."""
        for text, after in itertools.zip_longest(lines, lines[1:], fillvalue=""):
            found = self.reader.byline(text)
            if found and self.posted.search(text):
                return replace(found[0], rule="published_foot.posted")
            if found and (self.signed.match(text) or (found[0].time and self.signed.match(after))):
                return replace(found[0], rule="published_signed.label")
            if found and found[0].time and len(lines) == 1:
                return replace(found[0], rule="published_form.last")
        return None

    def _machine(self, value: object, rule: str) -> Iterator[Stamp]:
        stamp = self.reader.machine(value) if value else None
        if stamp:
            yield replace(stamp, rule=rule)

    def decide(self, stamp: Stamp | None, zone: int | None, shown: Callable[[], set[dt.date]]) -> str | None:
        """The stamp as ISO 8601 by the outlet's clock, ``None`` where there is none.

        Some sites call their own clock UTC: a stamp whose day changes with the zone keeps it where the byline or the
        address (``shown``, asked only then) shows that very day. Where no zone is known, a neighbouring day that they
        show is that of the outlet's clock.
        """
        if stamp is None:
            return None
        local = stamp.local(zone)
        if local.day == stamp.day and not (zone is None and stamp.offset == 0):
            self.hits.append((stamp.rule, stamp.text, local))
            return local.iso()
        beside = shown()
        if zone is None and stamp.offset == 0 and stamp.day not in beside:
            near = [day for day in beside if _reaches(stamp, day)]
            local = Stamp(near[0], text=stamp.text, rule=stamp.rule) if len(near) == 1 else local
        if local.day != stamp.day and stamp.day in beside and local.day not in beside:
            local = replace(stamp, offset=None if zone is None else zone * 60)
        self.hits.append((stamp.rule, stamp.text, local))
        return local.iso()


def _reaches(stamp: Stamp, day: dt.date) -> bool:
    """Can a clock of the inhabited world show that neighbouring day at a moment given in UTC?"""
    hour = stamp.time.hour if stamp.time is not None else 0
    after = (day - stamp.day).days
    return (after == 1 and hour >= 24 - _EAST) or (after == -1 and hour < _WEST)


def kinds(item: dict[str, Any]) -> set[str]:
    """The types of a JSON-LD object."""
    found = item.get("@type")
    return set(map(str, found)) if isinstance(found, list) else {str(found)}


def article_data(page: Page, title: str | None = None) -> list[dict[str, Any]]:
    """The JSON-LD objects that describe an article, those whose headline is the page's own first."""
    found = [item for item in page.linked_data if any(name in kind for kind in kinds(item) for name in _ARTICLES)]
    if len(found) < 2 or not title:
        return found
    wanted = key(title)
    return sorted(found, key=lambda item: key(str(item.get("headline"))[:500]) != wanted)


def zone_of(near: str, text: str) -> int | None:
    """The clock an outlet lives by, hours from UTC: the zone that the byline (``near``) names, else the report;
    Western Indonesian time where neither names one but the text is Indonesian, ``None`` where it is not."""
    for part in (near, text):
        if match := _ZONE.search(part):
            return ZONES[match[0].upper()]
    names = f"{near[-500:]} {text[:1500]}".lower().split()
    known = len(_INDONESIAN.intersection(names[:_SOME])) >= 2 or len(_INDONESIAN.intersection(names)) >= 2
    return ZONES["WIB"] if known else None


def named_day(name: str) -> dt.date | None:
    """The day in a path or an address ("2024/11/17/rakor.html", "rakor-17-11-2024.html", "20241117_rakor.txt");
    ``None`` where it holds none or several."""
    days = set()
    for match in _NUMBERS.finditer(name[:2000]):
        part = match.groupdict()
        year, month, day = part["y"] or part["y2"] or part["y3"], part["m"] or part["mm"] or part["m3"], (
            part["d"] or part["d2"] or part["d3"]
        )  # fmt: skip
        if found := day_of(int(year), int(month), int(day)):
            days.add(found)
    return days.pop() if len(days) == 1 else None
