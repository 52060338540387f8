"""What lasts of a document that is written.

``doc.to_bytes``, ``DocBin`` and ``nlp.pipe`` on several processes pack what hangs on the document with msgpack. That is
told here what to do with this package's objects: a record and its warnings become their JSON under :data:`MARK` and are
read back; the components' memory becomes nothing.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from pkh_extract.annotating.memory import Memory
from pkh_extract.record import Model, Record, Warning

if TYPE_CHECKING:
    from spacy.tokens import Doc

MARK = "pkh_extract"  # the key of a map that stands for one of MODELS, whose name it gives
JSON = "json"
MODELS: dict[str, type[Model]] = {"Record": Record, "Warning": Warning}
Chain = Callable[[Any], Any]


class Pending:
    """A record that is made of its document when somebody asks for it, or writes the document."""

    __slots__ = ("_doc", "_made", "_make")

    def __init__(self, doc: Doc, make: Callable[[Doc], Record]) -> None:
        self._doc, self._make = weakref.ref(doc), make  # a strong one would be a ring that only the collector opens
        self._made: Record | None = None

    def record(self) -> Record | None:
        """The record; ``None`` where the document is gone before anybody asked."""
        if self._made is None and (doc := self._doc()) is not None:
            self._made = self._make(doc)
        return self._made

    def __reduce__(self) -> tuple[Callable[[Any], Any], tuple[Record | None]]:
        return _as_it_is, (self.record(),)


@functools.cache
def teach() -> None:
    """Have spaCy's msgpack write and read the objects of this package; safe to call again."""
    import srsly

    srsly.msgpack_encoders.register("pkh_extract", func=written)
    srsly.msgpack_decoders.register("pkh_extract", func=read_back)


def written(value: Any, chain: Chain | None = None) -> Any:
    """What msgpack is to pack instead of a value that it does not know; ``chain`` takes other people's."""
    if isinstance(value, Memory):
        return None
    if isinstance(value, Pending):
        value = value.record()
    if isinstance(value, tuple(MODELS.values())):
        return {MARK: type(value).__name__, JSON: cast(Model, value).model_dump_json()}
    return chain(value) if chain is not None and value is not None else value


def read_back(value: Any, chain: Chain | None = None) -> Any:
    """The object that a map stands for; any other map is left to ``chain``."""
    if isinstance(value, dict) and value.keys() == {MARK, JSON} and value[MARK] in MODELS:
        return MODELS[value[MARK]].model_validate_json(value[JSON])
    return chain(value) if chain is not None else value


def _as_it_is(value: Any) -> Any:
    return value
