"""Which component reads what which other has found, and the check that it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pkh_extract.annotating.memory import memory_of
from pkh_extract.errors import PipelineError

if TYPE_CHECKING:
    from spacy.tokens import Doc

SENTENCES = "pkh_sentences"
NEEDS: dict[str, tuple[str, ...]] = {
    "pkh_lexicon": (),
    SENTENCES: (),
    "pkh_programs": ("pkh_lexicon", SENTENCES),
    "pkh_dates": ("pkh_lexicon", SENTENCES),
    "pkh_numbers": ("pkh_dates",),
    "pkh_places": ("pkh_dates", "pkh_numbers"),
    "pkh_money": ("pkh_programs", "pkh_numbers"),
    "pkh_figures": ("pkh_programs", "pkh_numbers", "pkh_money"),
    "pkh_events": ("pkh_programs",),
    "pkh_people": ("pkh_figures", "pkh_events"),
    "pkh_kpm": ("pkh_programs", "pkh_figures", "pkh_events", "pkh_people"),
    "pkh_record": ("pkh_programs", "pkh_dates", "pkh_places", "pkh_money", "pkh_events", "pkh_people", "pkh_kpm"),
}
"""Each component with those whose findings it reads, in the order of the pipeline; these need others in turn."""


def begin(doc: Doc, name: str) -> None:
    """Note that a component runs over a document.

    Raises :class:`~pkh_extract.errors.PipelineError` where one that it needs has not run, since it would find less
    than there is and nobody would notice. Sentences may be anybody's.
    """
    ran = memory_of(doc).ran
    for need in NEEDS[name]:
        if need not in ran and not (need == SENTENCES and doc.has_annotation("SENT_START")):
            raise PipelineError(_told(name, ran))
    ran.add(name)


def pass_over(doc: Doc, name: str) -> None:
    """Note that a component has nothing to find in a document."""
    memory_of(doc).ran.add(name)


def all_needs(name: str) -> list[str]:
    """What must run before a component, at first or second hand, in the order of the pipeline."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for need in NEEDS[waiting.pop()]:
            if need not in found:
                found.add(need)
                waiting.append(need)
    return [need for need in NEEDS if need in found]


def _told(name: str, ran: Iterable[str]) -> str:
    missing = [need for need in all_needs(name) if need not in ran]
    return (
        f"{name} needs {', '.join(missing)} before it in the pipeline, in this order: add each with nlp.add_pipe, or "
        "take the whole pipeline from pkh_extract.load()."
    )
