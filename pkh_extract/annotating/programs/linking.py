"""Which programme a figure speaks of."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple, cast

from spacy.tokens import Doc, Span

from pkh_extract.annotating.document import group, in_title, sentence_of
from pkh_extract.annotating.programs.component import KEY
from pkh_extract.annotating.tables import cell_of
from pkh_extract.record import Program

CLAUSE_ENDS = {",", ";", ":", "dan", "serta", "sedangkan", "sementara", "lalu", "kemudian", "adapun", "ditambah"}
NOT = {"non", "bukan", "selain", "luar", "nonpkh"}
JOINERS = {"dan", "/", "&", ",", "serta", "maupun", "plus", "+", "-", "–"}
FILLERS = {"(", ")", "bansos", "bantuan", "program", "penerima", "kpm", "kartu", "juga", "dana", "peserta"}
OPENERS = {"rp", "senilai", "sebesar", "sebanyak", "sejumlah", "sekitar", "berjumlah"}
UNITS = {
    "kpm",
    "kk",
    "keluarga",
    "penerima",
    "pkm",
    "kepala",
    "manfaat",
    "peserta",
    "orang",
    "jiwa",
    "bansos",
    "bantuan",
}


CACHE = "pkh_program_mentions"
WINDOW = 350  # tokens; no programme named farther away in a sentence is looked at


class Mention(NamedTuple):
    """A programme named: its tokens and code, and whether "non" or the like stands before it. No span, which would
    keep its document alive."""

    start: int
    end: int
    label_: str
    denied: bool


def _mentions(doc: Doc, title: bool) -> list[Mention]:
    """The mentions of title or text in text order, gathered once a document; all where that part has none."""
    if CACHE not in doc.user_data:
        parts: tuple[list[Mention], list[Mention]] = ([], [])
        for span in group(doc, KEY):
            parts[in_title(span)].append(Mention(span.start, span.end, span.label_, _negated(doc, span)))
        doc.user_data[CACHE] = parts
    found: tuple[list[Mention], list[Mention]] = doc.user_data[CACHE]
    text, head = found
    return (head or text) if title else (text or head)


def program_for(span: Span) -> Program | None:
    """The programme that the figure or amount at ``span`` speaks of, or ``None`` where the text leaves it open.

    Right behind the figure ("28 KPM BPNT") first, then its clause, its sentence, the sentence or list heading before
    it, and last the only programme (or the PKH) of the article.
    """
    doc = span.doc
    mentions = _mentions(doc, in_title(span))
    if not mentions:
        return None
    cell = cell_of(span)
    if cell is not None and cell.head is not None:
        heads = _between(mentions, *cell.head)
        return _of_intro(heads or _between(mentions, *cell.intro), mentions)
    sent = sentence_of(doc, span)
    inside = _between(mentions, max(sent.start, span.start - WINDOW), min(sent.end, span.end + WINDOW))
    behind = _behind(doc, span, inside, sent)
    if behind is not None:
        return _own(behind[0], span, inside)
    usable = [m for m in inside if not m.denied]
    first, last = _clause(doc, span, sent)
    for here in ([m for m in usable if first <= m.start < last], usable):
        if here:
            return _own(min(here, key=lambda m: (_gap(m, span), m.start > span.start)), span, inside)
    if len(usable) < len(inside):
        return None  # the sentence only says which programme it is not
    before = _before(doc, sent, mentions)
    if before:
        codes = {m.label_ for m in before}
        return _code(before[-1]) if len(codes) == 1 else None
    return _main(mentions)


def _of_intro(told: list[Mention], mentions: list[Mention]) -> Program | None:
    """The one programme of the text above a table; the article's where it names none."""
    codes = {mention.label_ for mention in told}
    if codes:
        return _code(told[0]) if len(codes) == 1 else None
    return _main(mentions)


def _between(mentions: list[Mention], first: int, last: int) -> list[Mention]:
    """The mentions that begin at token ``first`` or later and before ``last``."""
    low = bisect_left(mentions, first, key=lambda mention: mention.start)
    high = bisect_left(mentions, last, key=lambda mention: mention.start)
    return mentions[low:high]


def _behind(doc: Doc, span: Span, inside: list[Mention], sent: Span) -> tuple[Mention | None] | None:
    """A programme named right behind the figure, over units alone: "14.744 KPM non PKH" names none."""
    at, denied = span.end, False
    while at < min(sent.end, span.end + 8):
        mention = next((m for m in inside if m.start == at), None)
        if mention is not None:
            return (None if denied else mention,)
        word = doc[at].lower_
        if word in NOT:
            denied = True
        elif word not in UNITS and word not in {"(", ")", "-", "–"}:
            return None
        at += 1
    return None


def _own(mention: Mention | None, span: Span, inside: list[Mention]) -> Program | None:
    """The programme of a mention, ``None`` where the figure is that of several: "PKH dan sembako untuk 40 KPM"."""
    if mention is None:
        return None
    at = next(i for i, other in enumerate(inside) if other.start == mention.start)
    for step in (-1, 1):
        near, i = mention, at + step
        while 0 <= i < len(inside):
            first, second = (inside[i], near) if step < 0 else (near, inside[i])
            if not _joined(first, second, span):
                break
            near = second if step > 0 else first
            if near.label_ != mention.label_:
                return None
            i += step
    return _code(mention)


def _joined(first: Mention, second: Mention, span: Span) -> bool:
    """Are two mentions coordinated ("PKH/BPNT", "PKH dan bantuan sembako"), with no figure of the second's own?"""
    doc = span.doc
    between = [token.lower_ for token in doc[first.end : second.start]]
    if len(between) > 5 or any(word not in JOINERS and word not in FILLERS for word in between):
        return False
    if first.label_ == second.label_:
        return True
    behind, before = second.end, first.start - 1
    while behind < len(doc) and doc[behind].lower_ in FILLERS:
        behind += 1
    while before >= 0 and (doc[before].lower_ in FILLERS or doc[before].lower_ in UNITS):
        before -= 1
    apart = behind < len(doc) and (doc[behind].like_num or doc[behind].lower_ in OPENERS) and behind != span.start
    return not apart and not (before >= 0 and doc[before].like_num and not span.start <= before < span.end)


def _negated(doc: Doc, mention: Span) -> bool:
    return any(token.lower_ in NOT for token in doc[max(0, mention.start - 2) : mention.start])


def _clause(doc: Doc, span: Span, sent: Span) -> tuple[int, int]:
    """First token of the figure's clause and the token after its last."""
    start, end = span.start, span.end
    while start > max(sent.start, span.start - WINDOW) and doc[start - 1].lower_ not in CLAUSE_ENDS:
        start -= 1
    while end < min(sent.end, span.end + WINDOW) and doc[end].lower_ not in CLAUSE_ENDS:
        end += 1
    return start, end


def _gap(mention: Mention, span: Span) -> int:
    return max(mention.start - span.end, span.start - mention.end, 0)


def _before(doc: Doc, sent: Span, mentions: list[Mention]) -> list[Mention]:
    """The mentions of the sentence before."""
    if sent.start == 0:
        return []
    at = sent.start - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    previous = sentence_of(doc, doc[at : at + 1])
    return _between(mentions, previous.start, previous.end)


def _main(mentions: list[Mention]) -> Program | None:
    """The programme that the article mostly speaks of: named in at least two thirds of all mentions."""
    counts: dict[str, int] = {}
    for mention in mentions:
        counts[mention.label_] = counts.get(mention.label_, 0) + 1
    best = max(counts, key=lambda code: counts[code])
    return cast("Program", best) if 3 * counts[best] >= 2 * len(mentions) else None


def _code(mention: Mention) -> Program:
    return cast("Program", mention.label_)
