"""One name in several spellings: which of a few registered names a written one is.

Only ever asked inside a parent that the context has fixed (the districts of a regency, the villages of a district).
Two steps, each sure of itself or silent: the same *folded* form (old spelling, dialect, abbreviations: the pairs of
``patterns/gazetteer/spellings.csv``), where no other name of the parent folds alike; else a few wrong letters, fewer
than half of what separates the name from every other name of that parent. Levenshtein distance is a metric, so by the
triangle inequality such a written form is nearer to its name than to any other, and no registered name of the parent
can be taken for another one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pkh_extract.gazetteer.names import normalise, normalise_all

SHORTEST, LONGEST = 5, 40  # letters of a name that is compared letter by letter
LONG = 8  # letters from which two may be wrong
_WORD = re.compile(r"[^\W_]+")
_AGAIN = re.compile(r"(.)(?=\1)")
_APART = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
_SCHWA = re.compile(r"e(?=[rl][aiou])(?<=[pbtdkgs]e)")  # Keramat, Kramat; Pelaga, Plaga; looks for the "e" first


@dataclass(frozen=True)
class Spelling:
    """The pairs of spellings.csv: ``letters`` in order, whole ``words``, and ``numbers`` that close a name."""

    letters: tuple[tuple[str, str], ...]
    words: Mapping[str, str]
    numbers: Mapping[str, str]

    def fold(self, name: str) -> str:
        """The name with every spelling of a sound, a word or a numeral made one."""
        return self.fold_all([name])[0]

    def fold_all(self, names: Iterable[str]) -> list[str]:
        """Each name folded; the letters of all names are replaced in one text, a name a line."""
        lines = [
            name if name.isascii() and "\n" not in name else " ".join(_WORD.findall(name.casefold())) for name in names
        ]
        if not lines:
            return []
        text = "\n".join(lines).translate(_APART).casefold()
        if not self._changed.isdisjoint(text.split()):
            text = "\n".join([" ".join(self._standard(line.split())) for line in text.split("\n")])
        for old, new in self.letters:
            text = text.replace(old, new)
        text = _SCHWA.sub("", text).replace(" ", "")
        return _AGAIN.sub("", text).split("\n")

    def _standard(self, words: list[str]) -> list[str]:
        """The words of a name, their numerals as figures but for one that opens it."""
        if self._changed.isdisjoint(words):
            return words
        return [
            (self.numbers.get(word) if index else None) or self.words.get(word, word)
            for index, word in enumerate(words)
        ]

    @functools.cached_property
    def _changed(self) -> frozenset[str]:
        """The words that may be written otherwise."""
        return frozenset((*self.words, *self.numbers))


class Speller:
    """The names of one parent, ready to be asked for a written form."""

    def __init__(self, spelling: Spelling, names: Iterable[str], others: Mapping[str, str] | None = None) -> None:
        """``others``: further names with the one of ``names`` that they are other names of."""
        self.spelling = spelling
        others = others or {}
        names = list(names)
        own = dict(zip(normalise_all(names), names, strict=True))
        further = {normalise(other): other for other in others}
        self.names = {**further, **own}
        self.names.pop("", None)
        self.owners = dict(zip(own, own, strict=True))  # key -> key of the registered name
        for key, other in further.items():
            self.owners.setdefault(key, normalise(others[other]))
        self.folds: dict[str, list[str]] = {}
        for key, fold in zip(self.names, spelling.fold_all(self.names.values()), strict=True):
            self.folds.setdefault(fold, []).append(key)
        self.gaps: dict[str, int] = {}

    @functools.cached_property
    def keys(self) -> list[str]:
        """The keys of all names in order."""
        return sorted(self.names)

    def closest(self, written: str, slips: bool = True) -> str | None:
        """The key (:func:`~pkh_extract.gazetteer.names.normalise`) of the name that a written form surely stands for,
        or ``None``. The name itself is found too; without ``slips`` no wrong letter is allowed for."""
        key = normalise(written)
        if key in self.names:
            return key
        alike = self.folds.get(self.spelling.fold(written))
        if alike:
            return min(alike) if len({self.owners[name] for name in alike}) == 1 else None
        return self._slip(key, written) if slips and SHORTEST <= len(key) <= LONGEST else None

    def _slip(self, key: str, written: str) -> str | None:
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        most = 2 if len(key) >= LONG else 1
        near = process.extractOne(key, self.keys, scorer=Levenshtein.distance, score_cutoff=most)
        if near is None:
            return None
        name, distance, _ = near
        if name[0] != key[0] or len(name) < SHORTEST or self._tail(self.names[name]) != self._tail(written):
            return None
        return name if 2 * distance < self._gap(name) else None

    def _tail(self, name: str) -> list[str]:
        """The numerals and single letters of a name: "Blok 15" is no slip for "Blok 16", nor "Blok A" for "Blok B"."""
        words = _WORD.findall(name.casefold())[1:]
        return [self.spelling.numbers.get(word, word) for word in words if len(word) == 1 or self._is_number(word)]

    def _is_number(self, word: str) -> bool:
        return word in self.spelling.numbers or any(map(str.isdigit, word))

    def _gap(self, name: str) -> int:
        """How many letters the nearest name of another area of the parent is away."""
        if name not in self.gaps:
            from rapidfuzz.distance import Levenshtein

            others = (key for key in self.keys if self.owners[key] != self.owners[name])
            self.gaps[name] = min((Levenshtein.distance(name, key) for key in others), default=LONGEST)
        return self.gaps[name]
