"""The 83,763 villages of the register, read from their file a parent at a time.

Only names asked for without a parent need an index over all of them, made on the first such question.
"""

from __future__ import annotations

import re

from pkh_extract.gazetteer.lines import Lines
from pkh_extract.gazetteer.names import VILLAGE

_NO_KEY = re.compile(r"[^\w\n]|_")


class Villages(Lines):
    """Villages by code, by parent and by name."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._index: dict[str, list[int]] | None = None

    def named(self, parent: str) -> list[tuple[str, str]]:
        """(code, name) of all villages of a district, regency or province, in register order."""
        return [(line[:VILLAGE], line[VILLAGE + 1 :]) for line in self.inside(parent)]

    def find(self, key: str) -> list[str]:
        """The codes of all villages of a normalised name, in register order."""
        if self._index is None:
            self._index = self._by_name()
        return [self.lines[at][:VILLAGE] for at in self._index.get(key, ())]

    def _by_name(self) -> dict[str, list[int]]:
        names = "\n".join([line[VILLAGE + 1 :] for line in self.lines])
        index: dict[str, list[int]] = {}
        for at, key in enumerate(_NO_KEY.sub("", names.casefold()).split("\n")):  # normalise(), for all at once
            index.setdefault(key, []).append(at)
        return index
