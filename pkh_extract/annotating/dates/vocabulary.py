"""The words of time, read from the lexicon's cues: what stands at which token."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Doc, Span

from pkh_extract.annotating import lexicon
from pkh_extract.annotating.document import Cue
from pkh_extract.annotating.tokens import tokens_of

FAMILIES = (
    "date_month", "date_weekday", "date_daypart", "date_relative", "date_join", "date_filler", "date_clock",
    "date_unit", "date_year", "date_law", "date_length", "date_cue", "date_number", "date_stage", "date_recurring",
    "date_ordinal", "date_span", "date_direction", "date_name",
)  # fmt: skip
Payload = Mapping[str, Any]  # what a rule says beside its phrases
Found = tuple[int, Payload, Cue]
NONE: Mapping[int, Found] = {}
OUTSIDE = [""] * 20  # farther from a position no reader looks


class Words:
    """The document without its single line breaks and blanks, and the cues that begin at each of its tokens.

    Positions everywhere in this package's scanner are indices into ``kept``, which holds the tokens' indices in the
    document. A paragraph break is kept as a token (:meth:`is_break`), so that no date reaches over it. ``text`` and
    ``lower`` are the tokens as written and in lower case, with some empty strings at their end, so that nothing stands
    before the first position (-1 and so on) and behind the last. ``rules`` are the payloads of the rules of
    :data:`FAMILIES`, by id.
    """

    def __init__(self, doc: Doc, rules: Mapping[str, Payload]) -> None:
        self.doc, self.rules = doc, rules
        self.tokens = tokens = tokens_of(doc)
        text, lower = tokens.text, tokens.lower
        blanks = tokens.spaces
        self._breaks = {at for at in blanks if "\n\n" in text[at]}
        self.kept: Sequence[int] = range(len(tokens))
        self._place: Sequence[int] = self.kept  # of each token of the document; -1: not kept
        self.whole = len(self._breaks) == len(blanks)  # is each token kept?
        if not self.whole:
            dropped = self._breaks.symmetric_difference(blanks)
            self.kept = [at for at in self.kept if at not in dropped]
            self._place = _places(self.kept, len(tokens))
            text, lower = [text[at] for at in self.kept], [lower[at] for at in self.kept]
            self._breaks = {self._place[at] for at in self._breaks}
        self.text, self.lower = text + OUTSIDE, lower + OUTSIDE
        self._cues: dict[str, Mapping[int, Found]] = {}

    def _read(self, cues: list[Cue]) -> dict[int, Found]:
        """The cues of one family with all their tokens among the kept ones; see :meth:`cues`."""
        found: dict[int, Found] = {}
        for cue in cues:
            start, last = self._place[cue.start], self._place[cue.end - 1]
            rule = self.rules.get(cue.id_)
            if rule is not None and start >= 0 and last >= 0:
                found[start] = (last + 1, rule, cue)
        return found

    def _read_all(self, cues: list[Cue]) -> dict[int, Found]:
        """The same where all tokens are kept, so that positions are indices in the document."""
        rules = self.rules
        return {cue.start: (cue.end, rules[cue.id_], cue) for cue in cues if cue.id_ in rules}

    def __len__(self) -> int:
        return len(self.kept)

    @functools.cached_property
    def sentence(self) -> list[int]:
        """The number of the sentence of each position; paragraphs where no sentences were set."""
        opens = self.tokens.opens
        if not self.whole:
            opens = [place for at in opens if (place := self._place[at]) >= 0]
        begins = [0] * len(self)
        for at in (*opens, *self._breaks):
            begins[at] = 1
        return list(itertools.accumulate(begins))

    @functools.cached_property
    def numerals(self) -> list[int]:
        """The positions of tokens that begin with a digit."""
        found = self.tokens.numerals
        return found if self.whole else [self._place[at] for at in found]

    def cues(self, family: str) -> Mapping[int, Found]:
        """(end, rule, cue) of the cues of a family, by the position at which each begins, in text order; read when they
        are first asked for."""
        found = self._cues.get(family)
        if found is None:
            cues = lexicon.cues(self.doc, family)
            found = self._cues[family] = (self._read_all(cues) if self.whole else self._read(cues)) if cues else NONE
        return found

    @functools.cached_property
    def _filled(self) -> list[Mapping[int, Found]]:
        """The cues of the families of which the document has any."""
        return [cues for family in FAMILIES if (cues := self.cues(family))]

    def inside(self, start: int, end: int) -> list[Cue]:
        """The cues of all families that stand between two positions."""
        places = range(start, end)
        return [cues[at][2] for cues in self._filled for at in places if at in cues and cues[at][0] <= end]

    def within(self, span: Span) -> list[Cue]:
        """The cues of stages and ordinals inside a span of the document."""
        cues = [
            found
            for position in self._place[span.start : span.end]
            for family in ("date_stage", "date_ordinal")
            if (found := self.cue(family, position)) is not None
        ]
        return [cue for _, _, cue in cues if cue.end <= span.end]

    def position(self, index: int) -> int:
        """The position of a token of the document."""
        return self._place[index]

    def is_break(self, position: int) -> bool:
        """Does a paragraph end here?"""
        return position in self._breaks

    def cue(self, family: str, position: int) -> Found | None:
        """(end, rule, cue) of the cue of this family that begins here."""
        return self.cues(family).get(position)

    def ending(self, family: str, position: int, reach: int = 6) -> Found | None:
        """(start, rule, cue) of the longest cue of this family that ends right before ``position``."""
        cues = self.cues(family)
        for start in range(max(0, position - reach), position) if cues else ():
            found = cues.get(start)
            if found and found[0] == position:
                return start, found[1], found[2]
        return None

    def glued(self, position: int) -> bool:
        """Does the token follow the one before it without a blank?"""
        return position > 0 and not self.tokens.blank[self.kept[position - 1]] and not self.is_break(position - 1)

    def starts_sentence(self, position: int) -> bool:
        """Does the token open a sentence?"""
        return position == 0 or self.tokens.opens_sentence(self.kept[position]) or self.is_break(position - 1)

    def window(self, position: int, length: int) -> str:
        """The characters from this token on, at most ``length``, up to the paragraph's end."""
        start = self.tokens.starts[self.kept[position]]
        return self.tokens.source[start : start + length].split("\n\n", 1)[0].replace("\n", " ")

    def matches(self, pattern: re.Pattern[str], position: int) -> bool:
        """Does the document match a pattern from this token on? Line breaks stand where they stand."""
        return pattern.match(self.tokens.source, self.tokens.starts[self.kept[position]]) is not None

    def at_char(self, position: int, offset: int) -> int | None:
        """The position after the token that ends ``offset`` characters after ``position``'s first; ``None`` when a
        token is cut there."""
        ends = self.tokens.ends
        target = self.tokens.starts[self.kept[position]] + offset
        for at in range(position, len(self)):
            end = ends[self.kept[at]]
            if end >= target:
                return at + 1 if end == target else None
        return None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Token indices in the document."""
        return self.kept[start], self.kept[end - 1] + 1


def _places(kept: Sequence[int], length: int) -> list[int]:
    """The position of each token of the document, -1 where it is not kept."""
    places = [-1] * length
    for position, at in enumerate(kept):
        places[at] = position
    return places
