"""The words of time, read from the lexicon's cues: what stands at which token."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from pkh_extract.annotating import lexicon
from pkh_extract.rules import Rule, RuleSet

FAMILIES = (
    "date_month", "date_weekday", "date_daypart", "date_relative", "date_join", "date_filler", "date_clock",
    "date_unit", "date_year", "date_law", "date_length", "date_cue", "date_number", "date_stage", "date_recurring",
    "date_ordinal", "date_span", "date_direction",
)  # fmt: skip


@dataclass
class Words:
    """The document without its single line breaks and blanks, and the cues that begin at each of its tokens.

    Positions everywhere in this package's scanner are indices into ``tokens``. A paragraph break is kept as a
    token (``is_space``), so that no date reaches over it.
    """

    doc: Doc
    rules: RuleSet
    source: str = ""
    tokens: list[Token] = field(default_factory=list)
    _place: dict[int, int] = field(default_factory=dict)
    _cues: dict[str, dict[int, tuple[int, Rule, Span]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.doc.text  # spaCy puts the text together anew each time it is asked
        self.tokens = [token for token in self.doc if not token.is_space or "\n\n" in token.text]
        self._place = place = {token.i: position for position, token in enumerate(self.tokens)}
        self._cues = {family: {} for family in FAMILIES}
        for cue in lexicon.cues(self.doc, *FAMILIES):
            rule = self.rules.get(cue.id_)
            if rule is not None and cue.start in place and cue.end - 1 in place:
                self._cues[cue.label_][place[cue.start]] = (place[cue.end - 1] + 1, rule, cue)

    def __len__(self) -> int:
        return len(self.tokens)

    def inside(self, start: int, end: int) -> list[Span]:
        """The cues of all families that stand between two positions."""
        return [
            cue
            for cues in self._cues.values()
            for at in range(start, end)
            for stop, _, cue in ([cues[at]] if at in cues else [])
            if stop <= end
        ]

    def within(self, span: Span) -> list[Span]:
        """The cues of stages and ordinals inside a span of the document."""
        cues = [
            self._cues[family][position]
            for token in self.doc[span.start : span.end]
            if (position := self._place.get(token.i)) is not None
            for family in ("date_stage", "date_ordinal")
            if position in self._cues[family]
        ]
        return [cue for _, _, cue in cues if cue.end <= span.end]

    def position(self, index: int) -> int:
        """The position of a token of the document."""
        return self._place[index]

    def text(self, position: int) -> str:
        """The token's text; empty outside the document."""
        return self.tokens[position].text if 0 <= position < len(self.tokens) else ""

    def lower(self, position: int) -> str:
        """The token's text in lower case."""
        return self.text(position).lower()

    def cue(self, family: str, position: int) -> tuple[int, Rule, Span] | None:
        """(end, rule, cue) of the cue of this family that begins here."""
        return self._cues[family].get(position)

    def ending(self, family: str, position: int, reach: int = 6) -> tuple[int, Rule, Span] | None:
        """(start, rule, cue) of the longest cue of this family that ends right before ``position``."""
        for start in range(max(0, position - reach), position):
            found = self.cue(family, start)
            if found and found[0] == position:
                return start, found[1], found[2]
        return None

    def glued(self, position: int) -> bool:
        """Does the token follow the one before it without a blank?"""
        return position > 0 and not self.tokens[position - 1].whitespace_ and not self.tokens[position - 1].is_space

    def starts_sentence(self, position: int) -> bool:
        """Does the token open a sentence?"""
        return position == 0 or self.tokens[position].is_sent_start is True or self.tokens[position - 1].is_space

    def window(self, position: int, length: int) -> str:
        """The characters from this token on, at most ``length``, up to the paragraph's end."""
        start: int = self.tokens[position].idx
        return self.source[start : start + length].split("\n\n", 1)[0].replace("\n", " ")

    def at_char(self, position: int, offset: int) -> int | None:
        """The position after the token that ends ``offset`` characters after ``position``'s first; ``None`` when a
        token is cut there."""
        target = self.tokens[position].idx + offset
        for end in range(position, len(self.tokens)):
            token = self.tokens[end]
            if token.idx + len(token) == target:
                return end + 1
            if token.idx + len(token) > target:
                return None
        return None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Token indices in the document."""
        return self.tokens[start].i, self.tokens[end - 1].i + 1
