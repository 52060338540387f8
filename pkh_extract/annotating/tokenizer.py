"""spaCy's tokenizer, configured for Indonesian news: words, numbers and single punctuation marks.

Every punctuation mark is a token of its own, so that glued writing ("orang.Dengan", "PKH(2/10)", "KPM-PKH") falls
apart the same way in rules and in articles. Digits keep their separators ("14.608.310.425", "1,2") and part from
letters ("tinggal19.390", "Rp750"). spaCy's stock Indonesian tokenizer carries 3,900 exceptions that serve none of
this and take over two seconds to load.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from pkh_extract.annotating.lexemes import quicken

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

MARK = r"[^\w\s]|_"
PREFIX = re.compile(rf"^(?:{MARK})")
SUFFIX = re.compile(rf"(?:{MARK})$")
SEPARATOR_OUTSIDE_NUMBER = r"(?<!\d)[.,]|[.,](?!\d)"
LETTER_DIGIT_SEAM = r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
# What has no blank for so long is no word: it stays whole, for spaCy takes marks from a word one by one and reads all
# of the rest each time.
UNBROKEN = re.compile(r"[^\s]{1000}")
INFIX = re.compile(rf"{SEPARATOR_OUTSIDE_NUMBER}|[^\w\s.,]|_|{LETTER_DIGIT_SEAM}")


def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Registered as ``pkh_extract.Tokenizer.v1``; saved and loaded with the pipeline."""

    def build(nlp: Language) -> Tokenizer:
        from spacy.tokenizer import Tokenizer

        quicken(nlp.vocab)
        return Tokenizer(
            nlp.vocab,
            prefix_search=PREFIX.search,
            suffix_search=SUFFIX.search,
            infix_finditer=INFIX.finditer,
            token_match=UNBROKEN.match,
        )

    return build
