"""Where in the article a token stands: headline, lead or later, inside a quotation or not; all looked up once."""

from __future__ import annotations

from spacy.tokens import Doc

from pkh_extract.annotating.document import text_offset

TITLE = -1
OPENERS = {"“": "”", "‘": "’", "«": "»"}
STRAIGHT = {'"'}
QUOTE_LIMIT = 120  # tokens; a quotation mark that nothing closes ends here
DAYS = {"senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "jum"}
MONTHS = {"januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
          "desember", "pebruari", "nopember"}  # fmt: skip
CLAUSE = {",", ";", ":", "—", "–"}


class Layout:
    """Per token: the number of its sentence, whether it is quoted; per sentence: its rank from the lead on.

    ``rank`` is ``TITLE`` for the headline, then 0, 1, 2 … for sentences with at least five words; shorter ones
    (bylines, datelines) share the rank of the next.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [token.lower_ for token in doc]
        self.sentence: list[int] = []
        self.bounds: list[tuple[int, int]] = []
        self.rank: list[int] = []
        offset = text_offset(doc)
        rank = 0
        for start, end in _sentences(doc):
            self.sentence.extend([len(self.bounds)] * (end - start))
            self.bounds.append((start, end))
            title = doc[start].idx < offset
            self.rank.append(TITLE if title else rank)
            if not title and sum(token.is_alpha for token in doc[start:end]) >= 5:
                rank += 1
        self.quoted = _quoted(doc)
        self.dated = [self._has_day(start, end) for start, end in self.bounds]

    def rank_at(self, token: int) -> int:
        """The rank of the sentence of a token."""
        return self.rank[self.sentence[token]]

    def bounds_at(self, token: int) -> tuple[int, int]:
        """First token and token behind the sentence of a token."""
        return self.bounds[self.sentence[token]]

    def _has_day(self, start: int, end: int) -> bool:
        words = self.words
        for i in range(start, end):
            if words[i] in DAYS:
                return True
            if words[i].isdigit() and i + 1 < end and words[i + 1] in MONTHS:
                return True
            if words[i] == "(" and i + 2 < end and words[i + 1].isdigit() and words[i + 2] in {"/", "-"}:
                return True
        return False


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    if not len(doc):
        return []
    if not doc.has_annotation("SENT_START"):
        return [(0, len(doc))]
    return [(sent.start, sent.end) for sent in doc.sents]


def _quoted(doc: Doc) -> list[bool]:
    """Which tokens stand inside quotation marks; a mark that is never closed quotes to the end of its paragraph."""
    quoted = [False] * len(doc)
    closer: set[str] | None = None
    opened = 0
    for token in doc:
        if token.is_space and "\n\n" in token.text:
            closer = None
        elif closer is not None:
            if token.text in closer or token.i - opened > QUOTE_LIMIT:
                closer = None
            else:
                quoted[token.i] = True
        elif token.text in OPENERS and (token.text != "‘" or (token.i and doc[token.i - 1].whitespace_)):
            closer, opened = {OPENERS[token.text], '"'}, token.i
        elif token.text in STRAIGHT:
            closer, opened = {'"', "”"}, token.i
        elif token.text == "”" and (token.i == 0 or not token.whitespace_):
            closer, opened = {"”", '"'}, token.i
    return quoted
