"""Where the tokens of a few kinds stand in a document: what several components ask, worked out once a document."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.tokens import bare_tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.tokens import Tokens

KEY = "standing"  # in the memory


class Standing:
    """The places in some tokens; their lists are not to be changed."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens

    @cached_property
    def numerals(self) -> list[int]:
        """The tokens that begin with a digit."""
        return [at for at, word in enumerate(self.tokens.words) if word.numeral]

    @cached_property
    def spaces(self) -> list[int]:
        """The tokens of white space."""
        return [at for at, word in enumerate(self.tokens.words) if word.is_space]


def standing(doc: Doc) -> Standing:
    """Where things stand in a document as it is tokenized now."""
    tokens, kept = bare_tokens_of(doc), memory_of(doc).kept
    found: Standing | None = kept.get(KEY)
    if found is None or found.tokens is not tokens:
        found = kept[KEY] = Standing(tokens)
    return found


def places(texts: list[str], text: str) -> list[int]:
    """Where a text stands in a list, first to last."""
    found: list[int] = []
    at = -1
    try:
        while True:
            found.append(at := texts.index(text, at + 1))
    except ValueError:
        return found
