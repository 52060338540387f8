"""The whole way of one article: cleaning, annotating, assembling."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pkh_extract.arguments import PublishedFrom as PublishedFrom
from pkh_extract.arguments import article_pair, check_text, witnesses, worker_count
from pkh_extract.cleaning import clean
from pkh_extract.record import Article, Record, Warning
from pkh_extract.rules import load_rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


MOST_FORMS = 150_000  # of words, numbers and marks in one vocabulary: 60 MB; a million articles have millions
# A report that needs every part of the pipeline.
_SAMPLE = """<html><body><h1>Bimtek Pendamping PKH Digelar di Agam</h1><p>AGAM – Sebanyak dua puluh pendamping PKH Desa
Lubuk Basung, Kecamatan Lubuk Basung, Kabupaten Agam mengikuti bimtek, Selasa (5/3/2024) lalu. Jumlah KPM 1.200 keluarga
menerima Rp 2 miliar.</p><p>Kepala dinas sosial berharap data penerima diperiksa lagi besok.</p></body></html>
"""
# And one with what most have not: letters of a broken encoding, a misspelled place, a credit.
_BROKEN_SAMPLE = """Bimtek Pendamping PKH Digelar di Agam

LUBUK BASUNG, KABAR – “Sebanyak 20 pendampingâ€\x9d PKH Kecamatan Lubuk Basng, Kabupaten Agam mengikuti bimtek\ufffd,
Selasa (5/3/2024) lalu.

Rina | Budi
"""


class Extractor:
    """Turns articles into records. Loads its rules and pipeline once, on first use; may be pickled to workers.

    ``patterns`` is a folder of rules laid over the built-in ones: the same id replaces, ``disabled: true`` removes.
    ``published_from`` says in which order the day of publication is sought: ``metadata`` (what the article itself
    shows, byline included), ``filename`` (a day in its source's path), ``url`` (a day in its address); the article
    itself comes last where it is not named. A folder's rules are read once a process: after a change to them, begin
    another one. Raises :class:`~pkh_extract.errors.PatternError` where the folder cannot be used, :class:`TypeError`
    and :class:`ValueError` where ``published_from`` is no list of these names.
    """

    def __init__(
        self, patterns: str | Path | None = None, *, published_from: Sequence[PublishedFrom] = ("metadata",)
    ) -> None:
        self.patterns = None if patterns is None else str(patterns)
        self.published_from = witnesses(published_from)
        load_rules(self.patterns)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline."""
        from pkh_extract.annotating.pipeline import load

        return load(self.patterns)

    def warm(self) -> None:
        """Load all that is loaded once, so that processes forked from this one share it and begin at once; Python's
        garbage collector looks at nothing of it again (``gc.freeze``).

        Raises :class:`~pkh_extract.errors.PatternError` where the rules cannot be used.
        """
        self.extract(_SAMPLE, source="sample.html")
        self.extract(_BROKEN_SAMPLE, source="sample.txt")
        gc.collect()
        gc.freeze()

    def __getstate__(self) -> dict[str, object]:
        return {"patterns": self.patterns, "published_from": self.published_from}

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
        ``title`` and ``published`` are what is known of it from elsewhere, used where the article itself is silent.

        Raises :class:`TypeError` or :class:`ValueError` for arguments of another kind, never for what an article says.
        """
        from pkh_extract.annotating.programs.silence import silence
        from pkh_extract.component import record_of, silent_record

        check_text(url=url, title=title, published=published)
        cleaned = clean(data, source=source, format=format, patterns=self.patterns)
        article = self._dated(_completed(cleaned.article, url, title, published))
        if silence(self.patterns)(article.title or "", article.text) and not self._changed():
            return silent_record(article, cleaned.warnings, load_rules(self.patterns))
        doc = self._annotated(article, cleaned.warnings)
        record = record_of(doc)
        doc.user_data.clear()  # what hangs on the document points back at it: a ring that only the collector would open
        return record

    def annotate(
        self,
        data: bytes | str,
        *,
        source: str = "",
        format: Literal["html", "text"] | None = None,
        url: str | None = None,
        title: str | None = None,
        published: str | None = None,
    ) -> Doc:
        """One article, as :meth:`extract` takes it, to the annotated document that its record (``doc._.pkh_record``)
        is made of; ``doc.spans`` holds the findings of each component, and the cues that led to them are
        :func:`~pkh_extract.annotating.document.accepted`."""
        check_text(url=url, title=title, published=published)
        cleaned = clean(data, source=source, format=format, patterns=self.patterns)
        return self._annotated(self._dated(_completed(cleaned.article, url, title, published)), cleaned.warnings)

    def _annotated(self, article: Article, warnings: list[Warning]) -> Doc:
        """The annotated document of a cleaned article; ``warnings`` are those of the cleaning."""
        from pkh_extract.annotating.document import make_doc, remember
        from pkh_extract.annotating.pipeline import annotate
        from pkh_extract.component import ARTICLE

        nlp = self._roomy()
        doc = make_doc(nlp, article.title, article.text, article.published)
        remember(doc, ARTICLE, (article, warnings))
        return annotate(nlp, doc)

    def _changed(self) -> bool:
        """Has somebody put components into the pipeline or taken some out?"""
        from pkh_extract.annotating.pipeline import COMPONENTS

        return "nlp" in self.__dict__ and tuple(self.nlp.pipe_names) != COMPONENTS

    def _roomy(self) -> Language:
        """The pipeline, made anew where its vocabulary holds too many forms (spaCy forgets none). One that somebody has
        changed is kept."""
        nlp = self.nlp
        if len(nlp.vocab) < MOST_FORMS or self._changed():
            return nlp
        gc.unfreeze()  # else what was frozen of it would stay
        self.__dict__.pop("nlp", None)
        del nlp
        gc.collect()
        return self.nlp

    def _dated(self, article: Article) -> Article:
        """The article with the day of publication from the first of the asked witnesses that knows it."""
        from pkh_extract.cleaning.publication import named_day

        names = {"filename": article.source, "url": article.url or ""}
        for witness in self.published_from:
            if witness == "metadata" and article.published:
                return article
            day = named_day(names.get(witness, ""))
            if day and not (article.published or "").startswith(day.isoformat()):
                return article.model_copy(update={"published": day.isoformat()})
            if day:
                return article
        return article

    def pipe(self, articles: Iterable[tuple[str, bytes | str]], workers: int = 1) -> Iterator[Record]:
        """Records of ``(source, data)`` pairs, in their order; with ``workers`` > 1 on that many processes.

        Raises :class:`TypeError` or :class:`ValueError` for other things than such pairs and a number of workers.
        """
        pairs = map(article_pair, articles)
        if worker_count(workers) == 1:
            return (self.extract(data, source=source) for source, data in pairs)
        from pkh_extract.running import extract_all

        return extract_all(self, pairs, workers)


def _completed(article: Article, url: str | None, title: str | None, published: str | None) -> Article:
    """The article with what a row says of it, where the article itself does not say it. A row's UTC time becomes the
    outlet's, as a page's does."""
    known: dict[str, str] = {}
    if url and article.url is None:
        known["url"] = url
    if title and title.strip() and article.title is None:
        known["title"] = " ".join(title.split())
    if published and article.published is None:
        from pkh_extract.cleaning.publication import zone_of
        from pkh_extract.cleaning.stamps import stamp_reader

        if (stamp := stamp_reader().machine(published)) is not None:
            known["published"] = stamp.local(zone_of("", article.text)).iso()
    return article.model_copy(update=known) if known else article
