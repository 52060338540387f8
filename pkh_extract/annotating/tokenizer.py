"""The pipeline's tokenizer for Indonesian news: words, numbers and single punctuation marks.

Every punctuation mark is a token of its own, so that glued writing ("orang.Dengan", "PKH(2/10)", "KPM-PKH") falls
apart the same way in rules and in articles. Digits keep their separators ("14.608.310.425", "1,2") and part from
letters ("tinggal19.390", "Rp750"). Blanks are kept as spaCy's own tokenizer keeps them: one behind a token belongs to
it, what else stands between words is a token.

spaCy's stock Indonesian tokenizer carries 3,900 exceptions that serve none of this and take over two seconds to load;
its tokenizer with these rules gives the same tokens (the tests compare them), but asks four expressions of each new
word and remembers no more than 10,000 of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from pkh_extract.annotating.lexemes import quicken
from pkh_extract.annotating.tokens import Tokens, Word, word_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Piece = tuple[Word, ...]

TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\s+|[^\w\s]|_")
RUN = re.compile(r"\s+|\S+")
UNBROKEN = 1000  # characters; what has no blank for so long is no word, and stays whole
MOST_PIECES = 50_000  # pieces kept; beyond, all are forgotten


class NewsTokenizer:
    """Text to a ``Doc`` of one vocabulary.

    The words of each piece between two blanks are kept, for most come again.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self._pieces: dict[str, Piece] = {}

    def __call__(self, text: str) -> Doc:
        """The document of a text."""
        return self._document(*self._split(text))

    def read(self, text: str) -> tuple[Doc, Tokens]:
        """The document of a text, and its tokens, which need not be read from it again."""
        words, blank = self._split(text)
        return self._document(words, blank), Tokens(text, words, blank)

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterator[Doc]:
        """The documents of some texts."""
        return map(self, texts)

    def _split(self, text: str) -> tuple[list[Word], list[bool]]:
        """The words of a text, and whether a blank follows each."""
        parts = text.split(" ")
        pieces = list(map(self._pieces.get, parts))
        if None in pieces:
            pieces = [self._piece(part) if piece is None else piece for part, piece in zip(parts, pieces, strict=True)]
            if () in pieces:
                return self._split_blanks(text)
        words = list(chain.from_iterable(pieces))  # type: ignore[arg-type]  # no None is left among them
        blank = [False] * len(words)
        for end in accumulate(map(len, pieces)):  # type: ignore[arg-type]
            blank[end - 1] = True
        blank[-1] = False
        return words, blank

    def _split_blanks(self, text: str) -> tuple[list[Word], list[bool]]:
        """The same for a text in which blanks stand beside others."""
        words: list[Word] = []
        blank: list[bool] = []
        for run in RUN.findall(text):
            if run.isspace() and words:
                blank[-1] = run[0] == " "
                run = run[blank[-1] :]
            found = self._words(run)
            words += found
            blank += [False] * len(found)
        return words, blank

    def _piece(self, text: str) -> Piece:
        """The words of what stands between two blanks, read for the first time; none where further blanks stand beside
        one of these."""
        if not text or text[-1].isspace():
            return ()
        words = self._words(text)
        if not self._passing():
            if len(self._pieces) >= MOST_PIECES:
                self._pieces.clear()
            self._pieces[text] = words
        return words

    def _words(self, text: str) -> Piece:
        """The words of a text whose blanks, if any, are tokens."""
        words = tuple(map(word_of, _forms(text)))
        if not self._passing():
            learn = self.vocab.strings.add
            for word in words:
                learn(word.text)
        return words

    def _document(self, words: list[Word], blank: list[bool]) -> Doc:
        from spacy.tokens import Doc

        # Known numbers are quicker than words; of words that it will forget, the vocabulary knows none.
        forms: list[Any] = [word.text for word in words] if self._passing() else [word.orth for word in words]
        return Doc(self.vocab, words=forms, spaces=blank)

    def _passing(self) -> bool:
        """Will the vocabulary forget what it learns now (spaCy's memory zones)?"""
        return getattr(self.vocab, "in_memory_zone", False)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: there is nothing to keep but the vocabulary, which the pipeline keeps."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> NewsTokenizer:
        """The tokenizer, with a vocabulary that may have been read anew."""
        self._pieces.clear()
        return self

    def to_disk(self, path: object, **_: Any) -> None:
        """Nothing is written."""

    def from_disk(self, path: object, **_: Any) -> NewsTokenizer:
        """As :meth:`from_bytes`."""
        return self.from_bytes(b"")

    def __reduce__(self) -> tuple[type[NewsTokenizer], tuple[Vocab]]:
        return NewsTokenizer, (self.vocab,)


def _forms(text: str) -> Iterable[str]:
    """The forms in a text, in their order."""
    if len(text) < UNBROKEN:
        return (text,) if text.isalpha() else TOKEN.findall(text)
    return chain.from_iterable((run,) if len(run) >= UNBROKEN else TOKEN.findall(run) for run in RUN.findall(text))


def make_tokenizer() -> Callable[[Language], NewsTokenizer]:
    """Registered as ``pkh_extract.Tokenizer.v1``; saved and loaded with the pipeline."""

    def build(nlp: Language) -> NewsTokenizer:
        quicken(nlp.vocab)
        return NewsTokenizer(nlp.vocab)

    return build
