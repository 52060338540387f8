"""What the components work out about one document and keep for each other while it lives.

It hangs on the document under one key. Where the document is written, copied to another process or pickled it is left
out: it is made of cues, indices and values that are of use only beside the document they were made of. What is meant to
last (spans, the record, its warnings) is kept elsewhere, see :mod:`pkh_extract.annotating.written`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pkh_extract.annotating.tokens import Tokens

KEY = "pkh_memory"  # in doc.user_data; None in a document that was read back
Hit = tuple[int, int, str, str]  # first token, the token after the last, label, rule


class Memory:
    """``tokens`` are the document's; ``values`` hang on spans, by label, start and end; ``accepted`` are the cues that
    led to values; ``ran`` the components that have run (or were passed over); ``kept`` is everything else by name."""

    __slots__ = ("accepted", "kept", "ran", "tokens", "values")

    def __init__(self) -> None:
        self.tokens: Tokens | None = None
        self.values: dict[tuple[str, int, int], Any] = {}
        self.accepted: list[Hit] = []
        self.ran: set[str] = set()
        self.kept: dict[str, Any] = {}

    def __reduce__(self) -> tuple[type[Memory], tuple[()]]:
        return Memory, ()  # pickled it is empty


def memory_of(doc: Doc) -> Memory:
    """The memory of a document, made where it has none."""
    found: Memory | None = doc.user_data.get(KEY)
    if found is None:
        found = doc.user_data[KEY] = Memory()
    return found
