"""Records to spaCy's binary documents, to train or to look at: ``spacy train`` takes the folder as a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pkh_extract.writing.earlier import Known, is_earlier, unpacks_to
from pkh_extract.writing.fileset import files_in
from pkh_extract.writing.marks import LABELS, Marked, to_annotate
from pkh_extract.writing.storable import storable, storable_all

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin

    from pkh_extract.record import Record

DOCS = 2_000  # of a file: documents wait in memory until it is written
_LATER = re.compile(r"records-\d+\.spacy")


def export_docbin(records: Iterable[Record], folder: str) -> dict[str, int]:
    """Write ``records.spacy`` into ``folder``, for many articles also ``records-2.spacy`` and so on, 2,000 documents
    each; later files of an earlier export go away.

    A document is title, blank line and text, in this package's tokens. ``doc.spans`` has a group for each of
    :data:`~pkh_extract.writing.marks.LABELS`, the rule as a span's id; ``doc.ents`` has the same spans, of those that
    overlap the longest. A span of the record that begins or ends inside a token takes all of it. In
    ``doc.user_data["pkh"]`` are ``id``, ``source``, ``title_length`` and ``marks``, by group and in its order, each
    with the exact ``start`` and ``end`` (code points of ``doc.text``) and the record's values. Articles without text
    are left out, and marks on blanks alone, which are no token. Returns how many articles and spans were written and
    how many articles were left out. The files get their names only when all are whole. Raises
    :class:`~pkh_extract.errors.OutputError` where the folder cannot be written.
    """
    import spacy

    blank = {"nlp": {"tokenizer": {"@tokenizers": "pkh_extract.Tokenizer.v1"}}}
    nlp = spacy.blank("id", config=blank)
    counts: dict[str, int] = {}
    names: list[str] = []
    with files_in(folder) as files:
        bin_ = None
        for _, article in to_annotate(records, counts):
            bin_ = bin_ or _new_bin()
            doc = make_doc(nlp, article)
            bin_.add(doc)
            counts["spans"] += sum(map(len, doc.spans.values())) - len(article.marks)  # marks on blanks alone are none
            if len(bin_) == DOCS:
                names.append(_write(files, bin_, len(names)))
                bin_ = None
        if bin_ or not names:
            names.append(_write(files, bin_ or _new_bin(), len(names)))
    for path in Path(folder).iterdir():
        if _LATER.fullmatch(path.name) and path.name not in names and is_earlier(path, _known()):
            path.unlink(missing_ok=True)
    return counts


def _known() -> Known:
    """An earlier export is known by the attributes that it holds, the first thing in the file."""
    import zlib

    opening, _, _ = zlib.decompress(_new_bin().to_bytes()).partition(b"tokens")
    return unpacks_to(opening)


def _new_bin() -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=["ENT_IOB", "ENT_TYPE"], store_user_data=True)


def _write(files: Any, documents: Any, number: int) -> str:
    name = f"records-{number + 1}.spacy" if number else "records.spacy"
    files.add(name, _known()).write(documents.to_bytes())
    return name


def make_doc(nlp: Language, article: Marked) -> Doc:
    """The document of a marked article; see :func:`export_docbin`."""
    from spacy.util import filter_spans

    doc = nlp.make_doc(storable(article.text))
    marks: dict[str, list[dict[str, Any]]] = {label: [] for label in LABELS}
    spans: dict[str, list[Any]] = {label: [] for label in LABELS}
    for mark in article.marks:
        rule = str((mark.values or {}).get("rule", ""))
        span = doc.char_span(mark.start, mark.end, mark.label, span_id=storable(rule), alignment_mode="expand")
        if not span:  # blanks alone
            continue
        spans[mark.label].append(span)
        marks[mark.label].append({"start": mark.start, "end": mark.end, **mark.details()})
    for label, group in spans.items():
        doc.spans[label] = group
    doc.ents = filter_spans([span for group in spans.values() for span in group])
    about = {"id": article.article_id, "source": article.source, "title_length": article.title_length}
    doc.user_data["pkh"] = _packable(storable_all({**about, "marks": marks}))
    return doc


def _packable(value: Any) -> Any:
    """Whole numbers beyond 64 bits, which the file's format has not, as text."""
    if isinstance(value, dict):
        return {key: _packable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_packable(item) for item in value]
    return str(value) if isinstance(value, int) and abs(value) >= 2**63 else value
