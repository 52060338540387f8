"""Annotated document to record: resolves, links, checks, warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkh_extract.record import Article, ExtractorInfo, Record, Warning

if TYPE_CHECKING:
    from spacy.tokens import Doc


def assemble(doc: Doc, article: Article, warnings: list[Warning], info: ExtractorInfo) -> Record:
    """The record of an annotated article; ``warnings`` are those of the cleaning."""
    return Record(
        article=article,
        relevant=False,
        programs=[],
        events=[],
        kpm=[],
        workforce=[],
        amounts=[],
        warnings=[*warnings, *(doc._.pkh_warnings or [])],
        extractor=info,
    )
