"""Fixtures that several tests share: what takes time to build is built once.

Properties are tried on the same examples in every run, so that a run says something about the code alone; set
``HYPOTHESIS_PROFILE=explore`` to look for new ones.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import settings
from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import make_doc
from pkh_extract.annotating.pipeline import load
from pkh_extract.extractor import Extractor

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


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
