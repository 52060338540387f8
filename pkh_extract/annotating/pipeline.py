"""The spaCy pipeline: which components, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = (
    "pkh_lexicon",
    "pkh_sentences",
    "pkh_dates",
    "pkh_numbers",
    "pkh_places",
    "pkh_programs",
    "pkh_money",
    "pkh_figures",
    "pkh_events",
    "pkh_people",
    "pkh_kpm",
    "pkh_record",
)


def load(patterns: str | None = None) -> Language:
    """Build the pipeline: a blank Indonesian ``Language`` with this package's tokenizer and components.

    ``patterns`` is a folder of rules laid over the built-in ones. The pipeline can be piped, saved with
    ``nlp.to_disk`` and loaded with ``spacy.load`` wherever the package is installed.
    """
    import spacy

    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "pkh_extract.Tokenizer.v1"}}})
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"patterns": patterns})
    return nlp
