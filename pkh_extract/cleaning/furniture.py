"""What stands around and inside a report without being part of it, told by rules and by evidence.

Rules of family ``furniture`` (``patterns/furniture.yaml``) say how such a piece is worded; payload keys:

``wordings``  the words, case does not matter, blanks and punctuation around them neither;
``pattern``   or a regular expression over the piece;
``where``     ``whole``: the piece is nothing else; ``start``: it begins so; ``end``: that part at its end goes, or the
              piece if nothing else is left; ``inside``: each such part goes wherever it stands;
``needs``     for ``start``: what must be seen besides, any one of ``colon`` (a colon, dash or bar after the words),
              ``link`` (the rest is mostly a link), ``headline`` (the rest is no sentence), ``short`` (at most twelve
              words in all, no sentence), ``bare`` (no word follows);
``most``      words the piece has at most;
``has``       what the pattern cannot do without, in small letters: spares trying it on all other pieces;
``takes``     what goes besides: ``links``: pieces that follow and are links; ``headlines``: headlines that follow;
              ``tail``: those, or all that follows if hardly any report is in it; ``rest``: all that follows, unless
              most of the report is in it.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pkh_extract.cleaning.blocks import Block, ended, key, sentence_like, titled, words
from pkh_extract.cleaning.text import datelined
from pkh_extract.rules import Rule, load_rules

Trace = list[tuple[str, str]]  # rule id, removed text

_LONG = 400  # letters; no piece that goes whole has as many
_SIZES = (10, 25, 60)  # words of a piece; most rules are about few
_TRIM = " \t\n•·–—-|*#:>»<«_=+~\"'[](){}.,;▶►▸→✔✅➡⬅/\\"
# No hyphen inside a word: reduplication ("sumber-sumber") is no label.
_SEPARATOR = re.compile(r"\s{0,2}[:;|–—•»>]|\s{1,2}[-/]|[-/](?![^\W_])|\s?\([^()]{1,60}\)?$")


@dataclass(frozen=True)
class Matcher:
    """A rule made ready."""

    id: str
    where: str
    regex: re.Pattern[str]
    needs: tuple[str, ...] = ()
    takes: str = ""
    most: int = 1000
    has: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()  # with one of these begins what it matches; none: it may begin anyhow

    def may(self, lower: str) -> bool:
        """Whether a text (in small letters) has one of the words that the rule cannot do without."""
        for word in self.has:  # no generator: this runs for each piece and rule
            if word in lower:
                return True
        return not self.has


class Furniture:
    """The rules of one pattern folder, ready to sift the blocks of an article."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        made = [matcher for rule in rules for matcher in _matchers(rule)]
        self.inside = [matcher for matcher in made if matcher.where in {"inside", "end"}]
        self.by_start: dict[str, list[tuple[int, Matcher]]] = {}
        # By each word that they cannot do without ("" where there is none), for pieces of at most so many words.
        self.hinted: tuple[dict[str, list[tuple[int, Matcher]]], ...] = tuple({} for _ in (0, *_SIZES))
        for number, matcher in enumerate(made):
            if matcher.where in {"inside", "end"}:
                continue
            for start in matcher.starts:
                self.by_start.setdefault(start, []).append((number, matcher))
            if matcher.starts:
                continue
            for at, least in enumerate((0, *_SIZES)):
                for word in matcher.has or ("",):
                    if matcher.most > least:
                        self.hinted[at].setdefault(word, []).append((number, matcher))

    def sift(self, blocks: list[Block], trace: Trace) -> list[Block]:
        """The blocks that are report; what went and by which rule is added to ``trace``."""
        kept: list[Block] = []
        taking: Matcher | None = None
        begun = False  # above the report a heading like "Terkini" may stand right over its own headline
        for index, whole in enumerate(blocks):
            block: Block | None = whole
            matcher = self._match(whole)
            if matcher is None:
                block = self._inner(whole, trace)
                if block is not None and block is not whole:
                    matcher = self._match(block)
            if block is None:
                continue
            if matcher:
                trace.append((matcher.id, block.text))
                taking = matcher if matcher.takes and _open(block, matcher) else None
                if _over(matcher.takes, block, kept, blocks[index + 1 :]):
                    trace.extend((matcher.id, later.text) for later in blocks[index + 1 :])
                    break
                continue
            lists = taking is not None and taking.takes not in {"links", "rest"} and begun
            if taking and (block.linked >= 0.7 or (lists and _teaser(block))):
                trace.append((taking.id, block.text))
                continue
            taking = None
            if block.linked >= 0.9 and not ended(block.text) and 4 <= len(words(block.text)) <= 25:
                trace.append(("furniture.link", block.text))
                continue
            begun = begun or sentence_like(block.text)
            kept.append(block)
        return kept

    def _match(self, block: Block) -> Matcher | None:
        bare = block.text.strip(_TRIM)
        if not bare:
            return Matcher("furniture.empty", "whole", _NEVER)
        size = bare.count(" ") + 1
        lower = bare[:1000].lower()
        likely = dict(self.by_start.get(_start(lower), ()))
        hinted = self.hinted[bisect.bisect_left(_SIZES, size)]
        for word in hinted:
            if word in lower:
                likely.update(hinted[word])
        for number in sorted(likely):
            matcher = likely[number]
            if size > matcher.most:
                continue
            if matcher.where == "whole":
                if len(bare) < _LONG and matcher.regex.fullmatch(bare) and not self._lead(matcher, block):
                    return matcher
                continue
            match = matcher.regex.match(bare)
            if match and _evident(block, bare[match.end() :], matcher.needs):
                return matcher
        return None

    @staticmethod
    def _lead(matcher: Matcher, block: Block) -> bool:
        """Whether what ends like a caption ("… (Foto: Rina)") begins like a report; the credit alone goes then."""
        return matcher.id.startswith("furniture.caption") and datelined(block.text)

    def _inner(self, block: Block, trace: Trace) -> Block | None:
        text = block.text
        lower = text.lower()
        for matcher in self.inside:
            if not matcher.may(lower):
                continue
            gone = [match[0] for match in matcher.regex.finditer(text) if match[0]]
            if gone:
                trace.extend((matcher.id, piece.strip()) for piece in gone)
                text = " ".join(matcher.regex.sub(" ", text).split())
        if text is block.text or text == block.text:
            return block
        return replace(block, text=text) if text.strip(_TRIM) else None


_NEVER = re.compile(r"(?!)")


def _open(block: Block, matcher: Matcher) -> bool:
    """Whether the piece only announces what follows ("Baca juga:") rather than holding it."""
    match = matcher.regex.match(block.text.strip(_TRIM))
    return matcher.where == "whole" or match is None or len(words(block.text.strip(_TRIM)[match.end() :])) <= 1


def _teaser(block: Block) -> bool:
    """Whether a piece looks like the headline (or date) of another article."""
    count = len(words(block.text))
    return (
        not sentence_like(block.text) and not ended(block.text) and count <= 20 and (titled(block.text) or count <= 4)
    )


_SHARES = {"rest": 1.0, "tail": 0.2}


def _over(takes: str, mark: Block, kept: list[Block], rest: list[Block]) -> bool:
    """Whether the report is over where a closing mark stands: what follows is little against what was, or a repeat."""
    share = _SHARES.get(takes)
    if share is None:
        return False
    if mark.heading:
        share = 1.0  # set as a heading, it ends the report more surely
    before = sum(len(block.text) for block in kept if sentence_like(block.text))
    seen = {key(block.text) for block in kept}
    after = sum(
        len(block.text)
        for block in rest
        if sentence_like(block.text) and block.linked < 0.5 and key(block.text) not in seen
    )
    return after <= share * before


def _evident(block: Block, rest: str, needs: tuple[str, ...]) -> bool:
    if not needs:
        return True
    for need in needs:
        if need == "colon" and _SEPARATOR.match(rest):
            return True
        if need == "link" and block.linked >= 0.5:
            return True
        if need == "bare" and not words(rest):
            return True
        if need == "short" and len(words(block.text)) <= 12 and not sentence_like(block.text):
            return True
        if need == "headline" and not ended(rest) and titled(rest) and 3 <= len(words(rest)) <= 22:
            return True
    return False


def _matchers(rule: Rule) -> Iterator[Matcher]:
    """The matchers of a rule: one of its wordings, one of its pattern."""
    wordings = sorted(map(str, rule.get("wordings", [])), key=len, reverse=True)
    where = str(rule.get("where", "whole"))
    fixed = (tuple(rule.get("needs", ())), str(rule.get("takes", "")), int(rule.get("most", 1000)))
    if wordings:
        body = "|".join(r"\s{0,2}".join(re.escape(word) for word in wording.split()) for wording in wordings)
        starts = tuple(sorted({_start(wording.lower()) for wording in wordings}))
        has = tuple(sorted({wording.lower().split()[0] for wording in wordings}))  # for rules that look inside a piece
        yield Matcher(rule.id, where, _compiled(body, where), *fixed, has=has, starts=starts)
    if rule.get("pattern"):
        has = tuple(map(str, rule.get("has", ())))
        yield Matcher(rule.id, where, _compiled(str(rule.get("pattern")), where), *fixed, has=has)


def _start(text: str) -> str:
    """The first letters of a text: blanks between its words may be missing."""
    return "".join(text[:6].split())[:2]


def _compiled(body: str, where: str) -> re.Pattern[str]:
    body = f"(?:{body})"
    if where == "start":
        body += r"(?![^\W_])"
    elif where == "end":
        body += r"[\s.*|–-]{0,6}$"
    return re.compile(body, re.IGNORECASE)


@functools.lru_cache(maxsize=8)
def furniture(patterns: str | None = None) -> Furniture:
    """The furniture rules of the built-in patterns with those of a folder laid over them; made once a process."""
    return Furniture(rule for rule in load_rules(patterns).family("furniture"))
