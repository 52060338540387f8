"""Names in their written forms, found wherever they stand in a document.

There are thousands: they are kept as a tree of words, which grows in a tenth of the time that spaCy's
``PhraseMatcher`` takes, for it makes a document of each form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.annotating.anchored import Match
    from pkh_extract.annotating.tokens import Tokens

# The words and marks of a name, parted as the tokenizer parts them.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")


@dataclass(slots=True)
class _Node:
    """Words in a row: the label and key of the form that ends with them, and the words that may follow."""

    form: tuple[str, str] | None = None
    then: dict[str, _Node] = field(default_factory=dict)


class Forms:
    """Written forms with a label and the key of what they name."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, form: str, label: str, key: str) -> None:
        """Take a written form; one that is known already keeps its meaning."""
        node = self._root
        for word in words(form):
            if word not in node.then:
                node.then[word] = _Node()
            node = node.then[word]
        node.form = node.form or (label, key)

    def find(self, tokens: Tokens) -> list[Match[tuple[str, str]]]:
        """Every form in a document: its label and key, its tokens; overlapping ones too."""
        lower, first = tokens.lower, self._root.then
        found: list[Match[tuple[str, str]]] = []
        length = len(lower)
        for start in compress(range(length), map(first.__contains__, lower)):
            node: _Node | None = first[lower[start]]
            end = start + 1
            while node is not None:
                if node.form is not None:
                    found.append((node.form, start, end))
                if end == length or not node.then:
                    break
                node = node.then.get(lower[end])
                end += 1
        return found


def words(form: str) -> list[str]:
    """The words and marks of a name, in lower case."""
    return _WORD.findall(form.lower())
