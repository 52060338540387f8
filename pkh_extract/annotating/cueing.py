"""Which of several cues is meant: the one that stands nearest, in the same clause, with the fewest rivals between.

Scope follows the ConText idea (Harkema et al. 2009, doi:10.1016/j.jbi.2009.05.002): a cue reaches forward or backward
until a terminator. Here terminators weaken instead of stopping: each comma, conjunction or other figure between cue
and figure costs as much as some words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from pkh_extract.annotating.document import sentence_numbers

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

WORD, COMMA, CLAUSE, RIVAL, FAR, REACH = 0.06, 0.5, 0.9, 1.2, 99.0, 3.0
AFTER = 1.3  # what follows a figure is said of it a little less often than what leads to it
SUBJECT = 0.3  # … but a figure that opens its sentence is the subject of all that follows
LEAD = 4  # tokens between a cue and the figure that it leads to
OPENERS = {"sebanyak", "sejumlah", "ada", "sekitar", "sedikitnya", "total", "sebagian", "tercatat", "hampir"}
DASHES = {"-", "–", "—", ":", "|", "~", "_"}
CLAUSE_WORDS = {
    "sedangkan",
    "sementara",
    "namun",
    "tetapi",
    "padahal",
    "lalu",
    "kemudian",
    "sehingga",
    "karena",
    "sebab",
}


class Cueing:
    """Scores the cues of one document against its figures.

    ``rivals`` are the token positions of all figures; a cue beyond another figure belongs to that one first.
    """

    def __init__(self, doc: Doc, rivals: Iterable[int]) -> None:
        self.doc = doc
        self.cost = [0.0]
        self.sentence = sentence_numbers(doc)
        self.taken = set(rivals)
        for token in doc:
            step = WORD
            if token.text in {",", ";", "(", ")", "–", "—"}:
                step = COMMA
            elif token.lower_ in CLAUSE_WORDS:
                step = CLAUSE
            if token.i in self.taken:
                step += RIVAL
            self.cost.append(self.cost[-1] + step)

    def distance(self, cue: Span, start: int, end: int) -> float:
        """What lies between a cue and the tokens ``start:end``; 0 where they overlap, FAR in another sentence."""
        if self.sentence[cue.end - 1] != self.sentence[start]:  # its first token may be the stop of the one before
            return FAR
        if cue.end <= start:
            return self.cost[start] - self.cost[cue.end]
        if cue.start >= end:
            return (self.cost[cue.start] - self.cost[end]) * (SUBJECT if self._opens(start) else AFTER)
        return 0.0

    def leads_to(self, cue: Span) -> int | None:
        """The figure that begins right after the cue, as its token, or ``None``."""
        for i in range(cue.end, min(cue.end + LEAD, len(self.doc))):
            if i in self.taken:
                return i
            if not self.doc[i].is_alpha:
                break
        return None

    def _opens(self, start: int) -> bool:
        """Does the figure open its sentence, perhaps after a dateline ("SELONG, KABAR – Sebanyak 27 keluarga di Desa A,
        Kecamatan B, …")? Then the verb, however far, is said of it."""
        first = start
        while first and self.sentence[first - 1] == self.sentence[start] and self.doc[first - 1].lower_ in OPENERS:
            first -= 1
        if first < start and first and self.doc[first - 1].text == ",":
            return True  # "Karena sudah mampu, sebanyak 60 warga …"
        return first == 0 or self.sentence[first - 1] != self.sentence[start] or self.doc[first - 1].text in DASHES

    def best(
        self,
        found: Iterable[Span],
        start: int,
        end: int,
        weight: Callable[[Span], float],
        reach: Callable[[Span], float] = lambda cue: REACH,
    ) -> Span | None:
        """The cue with the best weight for its distance, or ``None`` when none is within its ``reach``."""
        best, top = None, float("-inf")
        for cue in found:
            if cue.start > end and self.leads_to(cue) not in {None, start}:
                continue  # it opens the next figure: "70.000 keluarga, lalu tambahan sebanyak 12.000"
            distance = self.distance(cue, start, end)
            score = weight(cue) - distance / 2
            if distance < reach(cue) and score > top:
                best, top = cue, score
        return best
