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

from pkh_extract.cleaning.blocks import Block, count_words, ended, key, titled
from pkh_extract.rules import Rule, load_rules

Trace = list[tuple[str, str]]  # rule id, removed text

_LONG = 400  # letters; no piece that goes whole has as many
_FIRST = 4  # letters by which rules are looked up
_STEM = 3  # letters of a word that are looked for first
_INSIDE = {"inside", "end"}
_SIZES = (10, 25, 60)  # words of a piece; most rules are about few
_TRIM = " \t\n•·–—-|*#:>»<«_=+~\"'[](){}.,;▶►▸→✔✅➡⬅/\\"
# No hyphen inside a word: reduplication ("sumber-sumber") is no label.
_ROAMING = re.compile(r"(?:^|\|)\.[{*+]")  # of a pattern or one of its branches
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
    roams: bool = False  # it begins with anything, so that trying it is dear

    @functools.cached_property
    def stems(self) -> list[tuple[str, list[str]]]:
        """The words that the rule cannot do without, by what stands in them: "oto" for foto and photo."""
        left, found = sorted(self.has), []
        while left:
            parts = {word[at : at + _STEM] for word in left for at in range(max(1, len(word) - _STEM + 1))}
            shared = {part: [word for word in left if part in word] for part in sorted(parts)}
            part, covered = max(shared.items(), key=lambda item: len(item[1]))
            found.append((part if len(covered) > 1 else covered[0], covered))
            left = [word for word in left if word not in covered]
        return found

    def may(self, lower: str) -> bool:
        """Whether a text (in small letters) has one of the words that the rule cannot do without."""
        if not self.has:
            return True
        for stem, covered in self.stems:  # no generators: this runs for each piece and rule
            if stem in lower:
                for word in covered:
                    if word in lower:
                        return True
        return False


class Furniture:
    """The rules of one pattern folder, ready to sift the blocks of an article."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        made = [matcher for rule in rules for matcher in _matchers(rule)]
        self.inside = [matcher for matcher in made if matcher.where in _INSIDE]
        outer = [matcher for matcher in made if matcher.where not in _INSIDE]
        starts = {"", *(start for matcher in outer for start in matcher.starts)}
        # Most pieces are none of what these rules match; that is told by one expression for all that speak of pieces of
        # a size, however they begin.
        self.gates: list[re.Pattern[str]] = []
        # For pieces of more than so many words: the rules to try, by the piece's first letters ("": those on any);
        # first where no gate lets the piece in, then where one does.
        self.tables: tuple[list[dict[str, list[Matcher]]], ...] = ([], [])
        for at, least in enumerate((0, *_SIZES)):
            gated = [one.regex.pattern for one in outer if _gated(one) and bisect.bisect_left(_SIZES, one.most) == at]
            self.gates.append(re.compile("|".join(gated) or r"(?!)", re.IGNORECASE))
            for through, table in enumerate(self.tables):
                fit = [one for one in outer if one.most > least and (through or not _gated(one))]
                table.append(
                    {start: [one for one in fit if not one.starts or start.startswith(one.starts)] for start in starts}
                )

    def sift(self, blocks: list[Block], trace: Trace) -> list[Block]:
        """The blocks that are report; what went and by which rule is added to ``trace``."""
        kept: list[Block] = []
        taking: Matcher | None = None
        begun = False  # above the report a heading like "Terkini" may stand right over its own headline
        small = [block.text.lower() for block in blocks]
        lower = "\n".join(small)
        inside = [matcher for matcher in self.inside if matcher.may(lower)]
        roaming = any(matcher.may(lower) for matcher in self.tables[0][0][""] if matcher.roams)
        for index, whole in enumerate(blocks):
            block: Block | None = whole
            matcher = self._match(whole, roaming)
            if matcher is None and inside:
                block = self._inner(whole, small[index], inside, trace)
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
            if block.linked >= 0.9 and not ended(block.text) and 4 <= count_words(block.text) <= 25:
                trace.append(("furniture.link", block.text))
                continue
            if begun and _link_item(block):
                trace.append(("furniture.link", block.text))
                continue
            begun = begun or block.running
            kept.append(block)
        return kept

    def _match(self, block: Block, roaming: bool = True) -> Matcher | None:
        """The rule by which a piece goes as a whole; ``roaming``: rules that begin with anything come into question."""
        bare = block.text.strip(_TRIM)
        if not bare:
            return Matcher("furniture.empty", "whole", _NEVER)
        size = bare.count(" ") + 1
        at = bisect.bisect_left(_SIZES, size)
        lower = ""  # made when first asked for, which is seldom
        for matcher in self._tried(at, bare, _start(bare)):
            if size > matcher.most or (matcher.roams and not roaming):
                continue
            if matcher.roams and not matcher.may(lower := lower or bare[:1000].lower()):
                continue
            if matcher.where == "whole":
                found = len(bare) < _LONG and matcher.regex.fullmatch(bare) and not self._lead(matcher, block)
            else:
                match = matcher.regex.match(bare)
                found = match and _evident(block, bare[match.end() :], matcher.needs)
            if found and matcher.may(lower := lower or bare[:1000].lower()):
                return matcher
        return None

    def _tried(self, at: int, bare: str, start: str) -> list[Matcher]:
        """The rules that may match a piece, by its size and its first letters."""
        through = False
        if len(bare) < _LONG:
            for gate in self.gates[at:]:
                if gate.fullmatch(bare):
                    through = True
                    break
        table = self.tables[through][at]
        while start not in table:
            start = start[:-1]
        return table[start]

    @staticmethod
    def _lead(matcher: Matcher, block: Block) -> bool:
        """Whether what ends like a caption ("… (Foto: Rina)") begins like a report; the credit alone goes then."""
        return matcher.id.startswith("furniture.caption") and block.datelined

    @staticmethod
    def _inner(block: Block, lower: str, inside: list[Matcher], trace: Trace) -> Block | None:
        """A piece (``lower``: in small letters) without what rules find inside it; ``None`` where nothing is left."""
        text = block.text
        for matcher in inside:
            if not matcher.may(lower):
                continue
            gone = [match[0] for match in matcher.regex.finditer(text) if match[0]]
            if gone:
                trace.extend((matcher.id, piece.strip()) for piece in gone)
                text = " ".join(matcher.regex.sub(" ", text).split())
        if text == block.text:
            return block
        return replace(block, text=text) if text.strip(_TRIM) else None


_NEVER = re.compile(r"(?!)")


def _open(block: Block, matcher: Matcher) -> bool:
    """Whether the piece only announces what follows ("Baca juga:") rather than holding it."""
    match = matcher.regex.match(block.text.strip(_TRIM))
    return matcher.where == "whole" or match is None or count_words(block.text.strip(_TRIM)[match.end() :]) <= 1


def _teaser(block: Block) -> bool:
    """Whether a piece looks like the headline (or date) of another article."""
    count = count_words(block.text)
    return not block.running and not ended(block.text) and count <= 20 and (titled(block.text) or count <= 4)


_BULLETS = ("•", "►", "▶", "▸", "»")
_COUNTED = {"kpm", "kk", "orang", "jiwa", "keluarga", "penerima", "rp", "persen", "kecamatan", "desa", "kelurahan"}


def _link_item(block: Block) -> bool:
    """Whether a piece behind a bullet is the headline of another article, and no entry of a list of figures."""
    text = block.text.lstrip()
    fit = text.startswith(_BULLETS) and _teaser(block) and count_words(text) >= 6
    return fit and _COUNTED.isdisjoint(text.lower().split())


_SHARES = {"rest": 1.0, "tail": 0.2}


def _over(takes: str, mark: Block, kept: list[Block], rest: list[Block]) -> bool:
    """Whether the report is over where a closing mark stands: what follows is little against what was, or a repeat."""
    share = _SHARES.get(takes)
    if share is None:
        return False
    if mark.heading:
        share = 1.0  # set as a heading, it ends the report more surely
    before = sum(len(block.text) for block in kept if block.running)
    seen = {key(block.text) for block in kept}
    after = sum(
        len(block.text) for block in rest if block.running and block.linked < 0.5 and key(block.text) not in seen
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
        if need == "bare" and not count_words(rest):
            return True
        if need == "short" and count_words(block.text) <= 12 and not block.running:
            return True
        if need == "headline" and not ended(rest) and titled(rest) and 3 <= count_words(rest) <= 22:
            return True
    return False


def _matchers(rule: Rule) -> Iterator[Matcher]:
    """The matchers of a rule: one of its wordings, one of its pattern."""
    wordings = sorted(map(str, rule.get("wordings", [])), key=len, reverse=True)
    where = str(rule.get("where", "whole"))
    fixed = (tuple(rule.get("needs", ())), str(rule.get("takes", "")), int(rule.get("most", 1000)))
    if wordings:
        body = "|".join(r"\s{0,2}".join(re.escape(word) for word in wording.split()) for wording in wordings)
        starts = tuple(sorted({_start(wording) for wording in wordings}))
        has = tuple(sorted({wording.lower().split()[0] for wording in wordings})) if where in _INSIDE else ()
        yield Matcher(rule.id, where, _compiled(body, where), *fixed, has=has, starts=starts)
    if rule.get("pattern"):
        has, pattern = tuple(map(str, rule.get("has", ()))), str(rule.get("pattern"))
        yield Matcher(rule.id, where, _compiled(pattern, where), *fixed, has=has, roams=bool(_ROAMING.search(pattern)))


def _start(text: str) -> str:
    """The first letters of a text, small ones: blanks between its words may be missing."""
    return "".join(text[: 3 * _FIRST].lower().split())[:_FIRST]


def _gated(matcher: Matcher) -> bool:
    """Whether a rule is one of those whose expressions are tried as one first: on whole pieces, however they begin."""
    return matcher.where == "whole" and not matcher.starts and not matcher.roams and not matcher.regex.groups


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
