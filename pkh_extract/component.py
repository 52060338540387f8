"""Component ``pkh_record``, the last of the pipeline: gives every document its record as ``doc._.pkh_record``.

The record is assembled when it is first asked for. A document made from bare text is an article without title, source
and publication day; :class:`~pkh_extract.extractor.Extractor` gives it those of the cleaned article.
"""

from __future__ import annotations

import functools

from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract import __version__
from pkh_extract.annotating.document import register, text_offset, title_end
from pkh_extract.assembling import assemble, unique_warnings
from pkh_extract.record import Article, ExtractorInfo, Record, Warning
from pkh_extract.rules import RuleSet, load_rules

INFO, ARTICLE, RECORD = "pkh_extractor", "pkh_article", "pkh_record"


class RecordMaker:
    """See the module."""

    def __init__(self, rules: RuleSet) -> None:
        register()
        self.info = _info(rules.digest)
        if not Doc.has_extension(RECORD):
            Doc.set_extension(RECORD, getter=record_of)

    def __call__(self, doc: Doc) -> Doc:
        doc.user_data[INFO] = self.info
        return doc


def record_of(doc: Doc) -> Record:
    """The record of an annotated document."""
    if RECORD not in doc.user_data:
        article, warnings = doc.user_data.get(ARTICLE) or (_bare_article(doc), [])
        doc.user_data[RECORD] = assemble(doc, article, warnings, doc.user_data[INFO])
    record: Record = doc.user_data[RECORD]
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


@Language.factory("pkh_record", default_config={"patterns": None})
def make_record(nlp: Language, name: str, patterns: str | None) -> RecordMaker:
    """Factory ``pkh_record``."""
    return RecordMaker(load_rules(patterns))
