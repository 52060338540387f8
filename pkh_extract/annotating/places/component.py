"""Component ``pkh_places``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import register
from pkh_extract.rules import RuleSet, load_rules


class Places:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("pkh_places", default_config={"patterns": None})
def make_places(nlp: Language, name: str, patterns: str | None) -> Places:
    """Factory ``pkh_places``."""
    return Places(nlp, load_rules(patterns))
