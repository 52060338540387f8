"""The 83,763 villages of the register, read from their file a parent at a time.

Only names asked for without a parent need an index over all of them, made on the first such question.
"""

from __future__ import annotations

from functools import cached_property

from pkh_extract.gazetteer.lines import Lines
from pkh_extract.gazetteer.names import VILLAGE, normalise_all


class Villages(Lines):
    """Villages by code, by parent and by name."""

    def named(self, parent: str) -> list[tuple[str, str]]:
        """(code, name) of all villages of a district, regency or province, in register order."""
        return [(line[:VILLAGE], line[VILLAGE + 1 :]) for line in self.inside(parent)]

    def find(self, key: str) -> list[str]:
        """The codes of all villages of a normalised name, in register order."""
        last, earlier = self._by_name
        if key not in last:
            return []
        return [self.lines[at][:VILLAGE] for at in (*earlier.get(key, ()), last[key])]

    @cached_property
    def _by_name(self) -> tuple[dict[str, int], dict[str, list[int]]]:
        """By normalised name the last line that has it, and the lines before that; three names in four are borne by
        one village alone, which needs no list."""
        keys = normalise_all([line[VILLAGE + 1 :] for line in self.lines])
        last = dict(zip(keys, range(len(keys)), strict=True))
        earlier: dict[str, list[int]] = {}
        for at, key in enumerate(keys):
            if last[key] != at:
                earlier.setdefault(key, []).append(at)
        return last, earlier
