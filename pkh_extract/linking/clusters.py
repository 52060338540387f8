"""Near-duplicate texts: MinHash and LSH find candidates, the exact wording and the facts decide.

Candidates come from rensa (MIT; Rust, wheels without dependencies). The other well-kept library, datasketch, does the
same: for 20,000 texts of 250 words and 30 bands of 3 rows it took 211 MB against 53 MB and a third more time, and
it brings scipy along. A release of rensa may change its signatures (0.5 did), so its versions are bounded; nothing
here depends on its estimates, only on which pairs it proposes: the resemblance is counted anew from the texts' own
shingles (:mod:`pkh_extract.linking.texts`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pkh_extract.errors import InputError
from pkh_extract.linking.grouping import grouped
from pkh_extract.linking.texts import (
    SHORTEST,
    Facts,
    Sketch,
    contradict,
    digest_of,
    facts_of,
    resemblance,
    shingles_of,
    sketch_of,
    words_of,
)

if TYPE_CHECKING:
    from pkh_extract.record import Record

JACCARD = 0.4
"""Share of all shingles that two texts must share: one word in seven changed leaves about that. Reports of other
events in the same words share as many; their facts tell them apart (:func:`pkh_extract.linking.texts.contradict`)."""
CONTAINED = 0.8
"""Share of the shorter text's shingles that are enough where it is a shortened copy …"""
SHORTENED = 0.3
"""… and at least this share of the longer one."""
BANDS, ROWS, SEED = 40, 3, 1
"""A pair with Jaccard 0.5 becomes a candidate with probability 0.995, with 0.4 with 0.93, with 0.1 with 0.04."""


class Clusters:
    """Texts come one by one; :meth:`groups` tells which are the same. Keeps of each a signature, at most 512 hashes
    and its figures, days and places (some 8 KB), not the text. Raises :class:`InputError` where rensa is missing."""

    def __init__(self) -> None:
        self._rensa = _library()
        self._index = self._rensa.RMinHashLSH(threshold=JACCARD, num_perm=BANDS * ROWS, num_bands=BANDS)
        self._nodes: dict[bytes, int] = {}
        self._digests: list[bytes] = []
        self._sketches: list[Sketch | None] = []
        self._facts: list[Facts] = []
        self._pairs: list[tuple[float, int, int]] = []

    def add(self, record: Record) -> int:
        """The number of the text: that of an earlier one where it has the same words."""
        words = words_of(record.article.text)
        digest = digest_of(words, record.article.title) if words else b""
        node = self._nodes.get(digest, len(self._facts))
        if words and node < len(self._facts):
            self._facts[node] = self._facts[node].joined(facts_of(record))
            return node
        node = len(self._facts)
        self._facts.append(facts_of(record))
        self._digests.append(digest)
        if words:
            self._nodes[digest] = node
        self._sketches.append(self._sketched(node, words) if len(words) >= SHORTEST else None)
        return node

    def groups(self) -> list[list[int]]:
        """The numbers of the texts, those of one cluster together. Which are together does not depend on the order in
        which they came, but that equal resemblance is decided by the texts' hashes."""
        self._pairs.sort(key=lambda pair: (-pair[0], *sorted((self._digests[pair[1]], self._digests[pair[2]]))))
        pairs = ((first, second) for _, first, second in self._pairs)
        return grouped(len(self._facts), pairs, lambda one, two: not contradict(self._facts[one], self._facts[two]))

    def _sketched(self, node: int, words: list[str]) -> Sketch:
        shingles = shingles_of(words)
        sketch = sketch_of(shingles)
        signature = self._rensa.RMinHash(num_perm=BANDS * ROWS, seed=SEED)
        signature.update(shingles)
        for other in self._index.query(signature):
            earlier = self._sketches[other]
            if earlier is not None and (score := _similar(sketch, earlier)) is not None:
                self._pairs.append((score, other, node))
        self._index.insert(node, signature)
        return sketch


def check_library() -> None:
    """Raises :class:`InputError` where rensa is not installed."""
    _library()


def _library() -> Any:
    try:
        return import_module("rensa")
    except ImportError as error:
        raise InputError("dedupe needs rensa: pip install 'pkh-extract[dedupe]'") from error


def _similar(one: Sketch, two: Sketch) -> float | None:
    """How alike two wordings are, 0.4 to 1, where they are near-duplicates."""
    jaccard, contained = resemblance(one, two)
    shortened = contained >= CONTAINED and min(one.size, two.size) >= SHORTENED * max(one.size, two.size)
    if jaccard >= JACCARD or shortened:
        return round(max(jaccard, contained), 6)
    return None
