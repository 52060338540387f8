"""Articles of one run that bear the same name: whoever joins tables by it must know."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

from pkh_extract.reading.source import Source


class Names:
    """Counts the names that go by; holds eight bytes a name."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def noted(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The same sources."""
        for source in sources:
            self._hashes.append(hash(source.id))
            yield source

    def shared(self) -> int:
        """How many articles so far bear a name that another one bears too."""
        import numpy as np

        counts = np.unique(np.array(self._hashes), return_counts=True)[1]
        return int(counts[counts > 1].sum())
