"""Component ``pkh_record``, the last of the pipeline: gives every document its record as ``doc._.pkh_record``.

The record is assembled when it is first asked for, or when the document is written (``doc.to_bytes``, ``nlp.pipe`` on
several processes); it is ``None`` where the component has not run. A document made from bare text is an article without
title, source and publication day; :class:`~pkh_extract.extractor.Extractor` gives it those of the cleaned article.
"""

from __future__ import annotations

import functools

from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract import __version__
from pkh_extract.annotating.document import register, remembered, text_offset, title_end
from pkh_extract.annotating.needs import begin
from pkh_extract.annotating.written import Pending, read_back
from pkh_extract.assembling import assemble, unique_warnings
from pkh_extract.errors import PipelineError
from pkh_extract.record import Article, ExtractorInfo, Record, Warning
from pkh_extract.rules import RuleSet, load_rules

ARTICLE = "article"  # in the memory: the cleaned article, and the warnings of the cleaning
RECORD = "pkh_record"  # in doc.user_data


class RecordMaker:
    """See the module."""

    def __init__(self, rules: RuleSet) -> None:
        register()
        self.info = _info(rules.digest)
        if not Doc.has_extension(RECORD):
            Doc.set_extension(RECORD, getter=_kept)

    def __call__(self, doc: Doc) -> Doc:
        begin(doc, RECORD)
        doc.user_data[RECORD] = Pending(doc, self._record)
        return doc

    def _record(self, doc: Doc) -> Record:
        article, warnings = remembered(doc, ARTICLE) or (_bare_article(doc), [])
        return assemble(doc, article, warnings, self.info)


def record_of(doc: Doc) -> Record:
    """The record of an annotated document. Raises :class:`~pkh_extract.errors.PipelineError` where it has none."""
    record = _kept(doc)
    if record is None:
        raise PipelineError(
            "The document has no record; run pkh_record, the last component of pkh_extract.load(), over it."
        )
    return record


def _kept(doc: Doc) -> Record | None:
    kept = doc.user_data.get(RECORD)
    if isinstance(kept, Pending):
        return kept.record()
    record: Record | None = read_back(kept)  # a map still where it was read before this package was there
    return record


def silent_record(article: Article, warnings: list[Warning], rules: RuleSet) -> Record:
    """The record of an article that names no programme of social aid and no recipients, for which no document need be
    made; ``warnings`` are those of the cleaning."""
    return Record(
        article=article,
        relevant=False,
        programs=[],
        events=[],
        kpm=[],
        workforce=[],
        amounts=[],
        warnings=unique_warnings(warnings),
        extractor=_info(rules.digest),
    )


@functools.lru_cache(maxsize=8)
def _info(digest: str) -> ExtractorInfo:
    return ExtractorInfo(version=__version__, patterns=digest)


def _bare_article(doc: Doc) -> Article:
    """The article that a document made from title and text is."""
    text = doc.text
    title = text[: title_end(doc)] or None
    return Article(
        id="", source="", format="text", title=title, published=doc._.pkh_published, text=text[text_offset(doc) :]
    )


@Language.factory(RECORD, default_config={"patterns": None}, requires=["doc.spans"], assigns=["doc._.pkh_record"])
def make_record(nlp: Language, name: str, patterns: str | None) -> RecordMaker:
    """Factory ``pkh_record``."""
    return RecordMaker(load_rules(patterns))
