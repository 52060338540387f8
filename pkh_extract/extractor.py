"""The whole way of one article: cleaning, annotating, assembling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pkh_extract.cleaning import clean
from pkh_extract.record import Article, Record
from pkh_extract.rules import load_rules

if TYPE_CHECKING:
    from spacy.language import Language


class Extractor:
    """Turns articles into records. Loads its rules and pipeline once, on first use; may be pickled to workers.

    ``patterns`` is a folder of rules laid over the built-in ones: the same id replaces, ``disabled: true`` removes.
    Raises :class:`~pkh_extract.errors.PatternError` where that folder cannot be used.
    """

    def __init__(self, patterns: str | Path | None = None) -> None:
        self.patterns = None if patterns is None else str(patterns)
        load_rules(self.patterns)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        from pkh_extract.annotating.pipeline import load

        return load(self.patterns)

    def __getstate__(self) -> dict[str, object]:
        return {"patterns": self.patterns}

    def extract(
        self,
        data: bytes | str,
        *,
        source: str = "",
        format: Literal["html", "text"] | None = None,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
    ) -> Record:
        """One article, as bytes or text, HTML or plain, to its record. ``source`` says where it came from; ``url``,
        ``title`` and ``published`` are what is known of it from elsewhere, used where the article itself is silent."""
        from pkh_extract.annotating.document import make_doc
        from pkh_extract.component import ARTICLE, record_of

        cleaned = clean(data, source=source, format=format, patterns=self.patterns)
        article = _completed(cleaned.article, url, title, published)
        doc = make_doc(self.nlp, article.title, article.text, article.published)
        doc.user_data[ARTICLE] = (article, cleaned.warnings)
        return record_of(self.nlp(doc))

    def pipe(self, articles: Iterable[tuple[str, bytes | str]], workers: int = 1) -> Iterator[Record]:
        """Records of ``(source, data)`` pairs, in their order; with ``workers`` > 1 on that many processes."""
        if workers <= 1:
            yield from (self.extract(data, source=source) for source, data in articles)
            return
        from pkh_extract.running import extract_all

        yield from extract_all(self, articles, workers)


def _completed(article: Article, url: str | None, title: str | None, published: str | None) -> Article:
    """The article with what a row says of it, where the article itself does not say it."""
    from pkh_extract.cleaning.published import machine_stamp

    known: dict[str, str] = {}
    if url and article.url is None:
        known["url"] = url
    if title and title.strip() and article.title is None:
        known["title"] = " ".join(title.split())
    if published and article.published is None and (stamp := machine_stamp(published)) is not None:
        known["published"] = stamp.iso()
    return article.model_copy(update=known) if known else article
