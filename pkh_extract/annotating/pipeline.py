"""The spaCy pipeline: which components, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENTS = (
    "pkh_lexicon",
    "pkh_sentences",
    "pkh_programs",
    "pkh_dates",
    "pkh_numbers",
    "pkh_places",
    "pkh_money",
    "pkh_figures",
    "pkh_events",
    "pkh_people",
    "pkh_kpm",
    "pkh_record",
)
TELLS = "pkh_programs"  # the component that tells whether the article speaks of social aid at all
LATER = frozenset(COMPONENTS[COMPONENTS.index(TELLS) + 1 : -1])


def load(patterns: str | Path | None = None) -> Language:
    """Build the pipeline: a blank Indonesian ``Language`` with this package's tokenizer and components.

    ``patterns`` is a folder of rules laid over the built-in ones. The pipeline can be piped, saved with
    ``nlp.to_disk`` and loaded with ``spacy.load`` wherever the package is installed.
    """
    import spacy

    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "pkh_extract.Tokenizer.v1"}}})
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"patterns": None if patterns is None else str(patterns)})
    return nlp


def annotate(nlp: Language, doc: Doc) -> Doc:
    """Run the pipeline over a document. Where the article names no programme of social aid and no recipients, its
    record has nothing to list, and this package's later components are passed over; anybody else's are not."""
    from pkh_extract.annotating.needs import pass_over

    silent = False
    for name, component in nlp.pipeline:
        if silent and name in LATER:
            pass_over(doc, name)
        else:
            doc = component(doc)
        if name == TELLS:
            silent = not _speaks_of_aid(doc)
    return doc


def _speaks_of_aid(doc: Doc) -> bool:
    from pkh_extract.annotating.programs import kpm_sense, programs, relevance

    return relevance(doc).relevant or kpm_sense(doc) or bool(programs(doc))
