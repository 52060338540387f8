"""Which programme a figure speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pkh_extract.annotating.document import in_title
from pkh_extract.annotating.programs.mentions import NOT, OTHER, Mention, Mentions
from pkh_extract.annotating.programs.mentions import mentions as mentions_of
from pkh_extract.annotating.tables import cell_of
from pkh_extract.annotating.tokens import tokens_of
from pkh_extract.record import Program

if TYPE_CHECKING:
    from spacy.tokens import Span

    from pkh_extract.annotating.tokens import Tokens

CLAUSE_ENDS = {",", ";", ":", "dan", "serta", "sedangkan", "sementara", "lalu", "kemudian", "adapun", "ditambah"}
CONTRASTS = {"sedangkan", "sementara", "adapun"}
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
OTHERS = "nonpkh"
BRACKETS = {"(", ")", "-", "–"}
SUMS = {"total", "totalnya", "jumlahnya", "keseluruhannya", "seluruhnya", "semuanya"}
SUMMED, FAR = 3, 12  # tokens between such a word and the sum, between the last programme and the sum
UNITS_REACH = 8  # tokens of units between a figure and the programme behind it
WINDOW = 350  # tokens; no programme named farther away in a sentence is looked at
Range = tuple[int, int]  # of tokens


def program_for(span: Span) -> Program | None:
    """The programme that the figure or amount at ``span`` speaks of, or ``None`` where the text leaves it open.

    Right behind the figure ("28 KPM BPNT") first, then its clause, its sentence, the sentence or list heading before
    it, and last the only programme (or the PKH) of the article.
    """
    doc = span.doc
    text, title = mentions_of(doc)
    mentions = (title if title.found else text) if in_title(span) else (text if text.found else title)
    if not mentions.found:
        return None
    cell = cell_of(span)
    if cell is not None and cell.head is not None:
        return _of_intro(mentions.between(*cell.head) or mentions.between(*cell.intro), mentions)
    tokens, figure = tokens_of(doc), (span.start, span.end)
    sentence = first, last = tokens.sentence_at(span.start)
    inside = mentions.between(max(first, span.start - WINDOW), min(last, span.end + WINDOW))
    inside = _before_contrast(tokens, inside, figure) if inside else inside
    if inside:
        return _of_sentence(tokens, figure, sentence, inside)
    before = _before(tokens, first, mentions)
    before = [
        mention for mention in before if not mention.denied
    ] or before  # "Di luar PKH ada BPNT. Penerimanya 90 KPM"
    if before:
        codes = {mention.code for mention in before}
        return _code(before[-1]) if len(codes) == 1 else None
    return cast("Program | None", mentions.main)


def _of_sentence(tokens: Tokens, figure: Range, sentence: Range, inside: list[Mention]) -> Program | None:
    """The programme of a figure whose sentence names some (``inside``)."""
    behind = _behind(tokens, figure, inside, sentence)
    if behind is not None:
        return _own(tokens, behind[0], figure, inside)
    usable = [mention for mention in inside if not mention.denied]
    if not usable:
        return None  # the sentence only says which programme it is not
    if _sum_of_several(tokens, usable, figure):
        return None
    if len({mention.code for mention in inside}) == 1:
        return _own(tokens, usable[0], figure, inside)
    here = _of_clause(tokens, usable, figure, sentence) or usable
    nearest = min(here, key=lambda mention: (_gap(mention, figure), mention.start > figure[0]))
    return _own(tokens, nearest, figure, inside)


def _before_contrast(tokens: Tokens, usable: list[Mention], figure: Range) -> list[Mention]:
    """The mentions but those that the text behind the figure sets against what it tells ("…, sedangkan BPNT …")."""
    behind = range(figure[1], max(mention.start for mention in usable))
    end = next((at for at in behind if tokens.lower[at] in CONTRASTS), None)
    return usable if end is None else [mention for mention in usable if mention.start < end]


def _sum_of_several(tokens: Tokens, usable: list[Mention], figure: Range) -> bool:
    """Is the figure what those of several programmes add up to ("PKH 1.376 KK dan BST 669 KK, total 2.045")?"""
    if SUMS.isdisjoint(tokens.lower[max(0, figure[0] - SUMMED) : figure[0]]):
        return False
    before = [mention for mention in usable if mention.end <= figure[0]]
    if len({mention.code for mention in before}) < 2 or figure[0] - before[-1].end > FAR:
        return False
    return any(tokens.words[at].like_num for at in range(max(0, before[0].start - 2), figure[0] - 1))


def _of_intro(told: list[Mention], mentions: Mentions) -> Program | None:
    """The one programme of the text above a table; the article's where it names none."""
    codes = {mention.code for mention in told}
    if codes:
        return _code(told[0]) if len(codes) == 1 else None
    return cast("Program | None", mentions.main)


def _behind(tokens: Tokens, figure: Range, inside: list[Mention], sentence: Range) -> tuple[Mention | None] | None:
    """A programme named right behind the figure, over units alone: "14.744 KPM non PKH" names none."""
    end = min(sentence[1], figure[1] + UNITS_REACH)
    near = {mention.start: mention for mention in reversed(inside) if figure[1] <= mention.start < end}
    if not near and OTHERS not in tokens.lower[figure[1] : end]:
        return None
    denied = False
    for at in range(figure[1], end):
        if at in near:
            return (None if denied else near[at],)
        word = tokens.lower[at]
        if word == OTHERS:
            return (None,)
        if word in NOT:
            denied = True
        elif word not in UNITS and word not in BRACKETS:
            return None
    return None


def _own(tokens: Tokens, mention: Mention | None, figure: Range, inside: list[Mention]) -> Program | None:
    """The programme of a mention, ``None`` where the figure is that of several: "PKH dan sembako untuk 40 KPM"."""
    if mention is None or (OTHERS in tokens.lower[mention.end : mention.end + 2] and figure[0] > mention.end):
        return None  # "PKH dan NonPKH, seluruhnya 664 KPM"
    at = next(i for i, other in enumerate(inside) if other.start == mention.start)
    for step in (-1, 1):
        near, i = mention, at + step
        while 0 <= i < len(inside):
            first, second = (inside[i], near) if step < 0 else (near, inside[i])
            if not _joined(tokens, first, second, figure):
                break
            near = second if step > 0 else first
            if near.code != mention.code:
                return None
            i += step
    return _code(mention)


def _joined(tokens: Tokens, first: Mention, second: Mention, figure: Range) -> bool:
    """Are two mentions coordinated ("PKH/BPNT", "PKH dan bantuan sembako"), with no figure of the second's own?"""
    words, length = tokens.lower, len(tokens)
    between = words[first.end : second.start]
    if len(between) > 5 or any(word not in JOINERS and word not in FILLERS for word in between):
        return False
    if first.code == second.code:
        return True
    behind, before = second.end, first.start - 1
    while behind < length and words[behind] in FILLERS:
        behind += 1
    while before >= 0 and (words[before] in FILLERS or words[before] in UNITS):
        before -= 1
    apart = behind < length and (tokens.words[behind].like_num or words[behind] in OPENERS) and behind != figure[0]
    return not apart and not (before >= 0 and tokens.words[before].like_num and not figure[0] <= before < figure[1])


def _of_clause(tokens: Tokens, usable: list[Mention], figure: Range, sentence: Range) -> list[Mention]:
    """The mentions in the figure's clause."""
    words, (start, end) = tokens.lower, figure
    first, last = max(sentence[0], start - WINDOW), min(sentence[1], end + WINDOW)
    while start > first and words[start - 1] not in CLAUSE_ENDS:
        start -= 1
    while end < last and words[end] not in CLAUSE_ENDS:
        end += 1
    return [mention for mention in usable if start <= mention.start < end]


def _gap(mention: Mention, figure: Range) -> int:
    return max(mention.start - figure[1], figure[0] - mention.end, 0)


def _before(tokens: Tokens, start: int, mentions: Mentions) -> list[Mention]:
    """The mentions of the sentence before the one that opens at ``start``."""
    if start == 0:
        return []
    at = start - 1
    while at > 0 and tokens.words[at].is_space:
        at -= 1
    return mentions.between(*tokens.sentence_at(at))


def _code(mention: Mention) -> Program | None:
    return None if mention.code == OTHER else cast("Program", mention.code)
