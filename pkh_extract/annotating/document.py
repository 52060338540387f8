"""The document all components share: title and text in one ``Doc``, spans with rules, quotations back out.

Custom attributes are registered once by :func:`register`; a span's value (a date, a number …) is read with
:func:`value_of`, keyed by the span's label so that two kinds may cover the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span

from pkh_extract import record
from pkh_extract.annotating.memory import memory_of
from pkh_extract.annotating.tokenizer import NewsTokenizer
from pkh_extract.annotating.tokens import GAP, Tokens, tokens_of
from pkh_extract.annotating.written import teach

if TYPE_CHECKING:
    from spacy.language import Language

WARNED = "warned"
MOST_WARNINGS = 50  # of one code in one document; an article full of broken dates needs no more
# Where spaCy itself keeps an extension's value; ``doc._`` looks it up at the cost of several calls.
TITLE_END = ("._.", "pkh_title_end", None, None)
PUBLISHED = ("._.", "pkh_published", None, None)


class Cue:
    """Words of the text that may mean something, found by a rule: tokens ``start:end``, ``label_`` the family and
    ``id_`` the rule, named as those of a ``Span``, which costs five times as much to make."""

    __slots__ = ("end", "id_", "label_", "start", "tokens")

    def __init__(self, tokens: Tokens, start: int, end: int, label: str, rule: str) -> None:
        self.tokens, self.start, self.end, self.label_, self.id_ = tokens, start, end, label, rule

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def text(self) -> str:
        """The words as written."""
        return self.tokens.between(self.start, self.end)

    @property
    def start_char(self) -> int:
        """The offset of the first character in the document."""
        return self.tokens.starts[self.start]

    @property
    def end_char(self) -> int:
        """The offset behind the last character."""
        return self.tokens.ends[self.end - 1]

    @property
    def lower(self) -> list[str]:
        """The tokens in lower case."""
        return self.tokens.lower[self.start : self.end]

    def __repr__(self) -> str:
        return f"{self.text!r} ({self.id_})"


def register() -> None:
    """Register the custom attributes, and how a document is written; safe to call again."""
    teach()
    if not Doc.has_extension("pkh_title_end"):
        Doc.set_extension("pkh_title_end", default=0)  # characters of the title; 0: the document is text alone
        Doc.set_extension("pkh_published", default=None)  # ISO 8601, or None
        Doc.set_extension("pkh_warnings", default=None)  # list of record.Warning that components add


def make_doc(nlp: Language, title: str | None, text: str, published: str | None = None) -> Doc:
    """A ``Doc`` over title and text, not yet annotated."""
    register()
    source = f"{title}{GAP}{text}" if title else text
    tokenizer = nlp.tokenizer
    if isinstance(tokenizer, NewsTokenizer):
        doc, tokens = tokenizer.read(source)
        memory_of(doc).tokens = tokens
    else:
        doc = nlp.make_doc(source)
    kept: dict[Any, Any] = doc.user_data
    kept[TITLE_END] = len(title) if title else 0
    kept[PUBLISHED] = published
    return doc


def title_end(doc: Doc) -> int:
    """The characters of the title; 0 where the document is text alone."""
    kept: dict[Any, Any] = doc.user_data
    end: int = kept.get(TITLE_END, 0)
    return end


def text_offset(doc: Doc) -> int:
    """The character at which the article's text begins in the document."""
    end = title_end(doc)
    return end + len(GAP) if end else 0


def lead_end(doc: Doc) -> int:
    """The token after the title and the first two sentences of the text."""
    offset, tokens = text_offset(doc), tokens_of(doc)
    starts = [at for at in tokens.opens if tokens.starts[at] >= offset]
    return starts[2] if len(starts) > 2 else len(doc)


def in_title(span: Span) -> bool:
    """Does the span stand in the title?"""
    return bool(span.start_char < title_end(span.doc))


def evidence(span: Span) -> record.Span:
    """The span as a quotation of the article's title or text."""
    tokens, offset = tokens_of(span.doc), text_offset(span.doc)
    start, end = span.start_char, span.end_char
    quoted = tokens.source[start:end]
    if start < offset:
        return record.Span(field="title", start=start, end=end, text=quoted)
    return record.Span(field="text", start=start - offset, end=end - offset, text=quoted)


def new_span(doc: Doc, start: int, end: int, label: str, rule: str, value: Any = None) -> Span:
    """A span over tokens ``start:end`` found by ``rule``; its value is read back with :func:`value_of`."""
    span = Span(doc, start, end, label=label, span_id=rule)
    if value is not None:
        memory_of(doc).values[label, start, end] = value
    return span


def remember(doc: Doc, name: str, value: Any) -> None:
    """Keep something worked out about the whole document (no spans: they would keep it alive)."""
    memory_of(doc).kept[name] = value


def remembered(doc: Doc, name: str) -> Any:
    """What :func:`remember` kept, or ``None``."""
    return memory_of(doc).kept.get(name)


def value_of(span: Span) -> Any:
    """The value that :func:`new_span` hung on the span, or ``None``."""
    return memory_of(span.doc).values.get((span.label_, span.start, span.end))


def group(doc: Doc, key: str) -> list[Span]:
    """The spans under a key of ``doc.spans``, in text order; none where the component has not run."""
    return sorted(doc.spans[key], key=lambda span: (span.start, span.end)) if key in doc.spans else []


def warn(doc: Doc, code: record.WarningCode, message: str, span: Span | None = None) -> None:
    """Add a warning to the document; the same warning is kept once, and of one code :data:`MOST_WARNINGS`."""
    told: dict[str, set[tuple[str, int, int]]] | None = remembered(doc, WARNED)
    if told is None:
        remember(doc, WARNED, told := {})
    known = told.setdefault(code, set())
    place = (message, -1, -1) if span is None else (message, span.start, span.end)
    if place not in known and len(known) < MOST_WARNINGS:
        known.add(place)
        quoted = evidence(span) if span is not None else None
        told_so_far = doc._.pkh_warnings or ()  # no list in a document that was read back
        doc._.pkh_warnings = [*told_so_far, record.Warning(code=code, message=message, evidence=quoted)]


def accept(doc: Doc, *cues: Span | Cue) -> None:
    """Note the cues that led to a value, so that each rule can show its hits (see :func:`accepted`)."""
    memory_of(doc).accepted.extend([(cue.start, cue.end, cue.label_, cue.id_) for cue in cues])


def accepted(doc: Doc) -> list[Span]:
    """The cues that led to the values of a document."""
    return [new_span(doc, start, end, label, rule) for start, end, label, rule in memory_of(doc).accepted]
