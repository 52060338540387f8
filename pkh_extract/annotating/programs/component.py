"""Component ``pkh_programs``."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pkh_extract.annotating.document import register
from pkh_extract.rules import RuleSet, load_rules


class Programs:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()

    def __call__(self, doc: Doc) -> Doc:
        return doc


@Language.factory("pkh_programs", default_config={"patterns": None})
def make_programs(nlp: Language, name: str, patterns: str | None) -> Programs:
    """Factory ``pkh_programs``."""
    return Programs(nlp, load_rules(patterns))
