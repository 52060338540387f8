"""Fixtures that several tests share: what takes time to build is built once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.pipeline import load
from pkh_extract.extractor import Extractor


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pipeline with the built-in rules."""
    return load()


@pytest.fixture(scope="session")
def annotate(nlp: Language) -> Callable[..., Doc]:
    """Text (and title, publication) to annotated document."""

    def run(text: str, title: str | None = None, published: str | None = None) -> Doc:
        return nlp(make_doc(nlp, title, text, published))

    return run


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """An extractor with the built-in rules."""
    return Extractor()
