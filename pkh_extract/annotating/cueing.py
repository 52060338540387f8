"""Which of several cues is meant: the one that stands nearest, in the same clause, with the fewest rivals between.

Scope follows the ConText idea (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a cue reaches forward or backward
until a terminator. Here terminators weaken instead of stopping: each comma, conjunction or other figure between cue
and figure costs as much as some words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, TypeVar

from pkh_extract.annotating.document import remember, remembered
from pkh_extract.annotating.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from pkh_extract.annotating.document import Cue

WORD, COMMA, CLAUSE, RIVAL, FAR, REACH = 0.06, 0.5, 0.9, 1.2, 99.0, 3.0
AFTER = 1.3  # what follows a figure is said of it a little less often than what leads to it
SUBJECT = 0.3  # … but a figure that opens its sentence is the subject of all that follows
LEAD = 4  # tokens between a cue and the figure that it leads to
OPENERS = {
    "sebanyak", "sejumlah", "ada", "sekitar", "sedikitnya", "total", "sebagian", "tercatat", "terdapat", "sebelumnya",
    "hampir",
}  # fmt: skip
DASHES = {"-", "–", "—", ":", "|", "~", "_"}
CLAUSE_WORDS = (
    "sedangkan", "sementara", "namun", "tetapi", "padahal", "lalu", "kemudian", "sehingga", "karena", "sebab", "alias",
)  # fmt: skip
STEPS = dict.fromkeys((",", ";", "(", ")", "–", "—"), COMMA) | dict.fromkeys(CLAUSE_WORDS, CLAUSE)  # others: WORD
KEPT, COSTS = "steps", "costs"
Some = TypeVar("Some", bound="Span | Cue")


class Cueing:
    """Scores the cues of one document against its figures.

    ``rivals`` are the token positions of all figures; a cue beyond another figure belongs to that one first.
    """

    def __init__(self, doc: Doc, rivals: Iterable[int]) -> None:
        self.doc = doc
        self.tokens = tokens_of(doc)
        self.sentence = self.tokens.sentence
        self.taken = set(rivals)

    @cached_property
    def cost(self) -> list[float]:
        """Per token what all those before it cost; kept, for several components ask with the same figures."""
        kept: tuple[set[int], list[float]] | None = remembered(self.doc, COSTS)
        if kept is None or kept[0] != self.taken:
            steps = _steps(self.doc).copy()
            for rival in self.taken:
                steps[rival] += RIVAL
            kept = self.taken, list(accumulate(steps, initial=0.0))
            remember(self.doc, COSTS, kept)
        return kept[1]

    def distance(self, cue: Span | Cue, start: int, end: int) -> float:
        """What lies between a cue and the tokens ``start:end``; 0 where they overlap, FAR in another sentence."""
        if self.sentence[cue.end - 1] != self.sentence[start]:  # its first token may be the stop of the one before
            return FAR
        if cue.end <= start:
            return self.cost[start] - self.cost[cue.end]
        if cue.start >= end:
            return (self.cost[cue.start] - self.cost[end]) * (SUBJECT if self._opens(start) else AFTER)
        return 0.0

    def leads_to(self, cue: Span | Cue) -> int | None:
        """The figure that begins right after the cue, as its token, or ``None``."""
        words = self.tokens.words
        for i in range(cue.end, min(cue.end + LEAD, len(words))):
            if i in self.taken:
                return i
            if not words[i].is_alpha:
                break
        return None

    def _opens(self, start: int) -> bool:
        """Does the figure open its sentence, perhaps after a dateline ("SELONG, KABAR – Sebanyak 27 keluarga di Desa A,
        Kecamatan B, …")? Then the verb, however far, is said of it."""
        first, lower = start, self.tokens.lower
        while first and self.sentence[first - 1] == self.sentence[start] and lower[first - 1] in OPENERS:
            first -= 1
        if first < start and first and lower[first - 1] == ",":
            return True  # "Karena sudah mampu, sebanyak 60 warga …"
        return first == 0 or self.sentence[first - 1] != self.sentence[start] or lower[first - 1] in DASHES

    def best(
        self,
        found: Iterable[Some],
        start: int,
        end: int,
        weight: Callable[[Some], float],
        reach: Callable[[Some], float] = lambda cue: REACH,
    ) -> Some | None:
        """The cue of the same sentence with the best weight for its distance, or ``None`` when none is within its
        ``reach``."""
        best, top = None, float("-inf")
        here = self.sentence[start]
        for cue in found:
            if self.sentence[cue.end - 1] != here:
                continue
            behind = cue.start > end or (cue.start == end and self.tokens.lower[end] == "dari")
            if behind and self.leads_to(cue) not in {None, start}:
                continue  # it opens the next figure: "70.000 keluarga, lalu tambahan sebanyak 12.000"
            distance = self.distance(cue, start, end)
            score = weight(cue) - distance / 2
            if distance < reach(cue) and score > top:
                best, top = cue, score
        return best


def _steps(doc: Doc) -> list[float]:
    """What each token of a document costs; worked out once a document."""
    kept: list[float] | None = remembered(doc, KEPT)
    if kept is None:
        kept = list(map(STEPS.get, tokens_of(doc).lower, repeat(WORD)))
        remember(doc, KEPT, kept)
    return kept
