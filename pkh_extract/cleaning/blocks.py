"""The pieces of a page in reading order, and what can be told of each by its look."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import filterfalse

_STOPS = frozenset(".!?…。！？।")
_CLOSING = frozenset("'\"”’)]*»」』#")  # what may stand behind a full stop
_TERMINAL = re.compile(r"[.!?…。！？।]['\"”’)\]*»」』]{0,4}$|[.!?…]\s?['\"”’]$|[。！？।]$")
_TAIL = 80  # letters at the end of a text in which its full stop, quotes and credit stand
_MANY = 25  # words that only running text has
_FEW = 8  # words of a short sentence
_DECK = 35  # words of a deck or a caption
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_QUOTES = re.compile(rb"\xe2\x80.")  # signs of UTF-8 that are no letters: quotes, dashes, odd blanks
_CREDIT = re.compile(r"\s?[*#]{1,5}\s?\d{0,2}\s?[*#]{0,5}$|\s?[(\[][^()\[\]]{1,40}[)\]]$")
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]{1,2}|" r"[^\W_]+(?:['’.-][^\W_]+)*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:['.-][A-Za-z0-9]+)*")  # the same in a text of ASCII alone

_DASH = r"\s{0,2}(?:[–—~|]|--|\s-|-\s|,\s?-|[)]\s?-|_)"
_PLACE = r"[A-Z][\w'’./-]{1,24}(?:[\s,|:]{1,3}\(?\w[\w'’./-]{0,24}\)?){0,6}?"  # no sign is in both classes
# A place or the paper's name and a dash ("PADANG – ", "Padang, Kabar.id (3/4) - "); a bare hyphen only after capitals,
# a web address or a first word, and before a capital ("MATARAM-Kejaksaan", "kabar.com-Makin").
_DATELINE = re.compile(rf"[\"“”(]{{0,2}}{_PLACE}[\s,.:|]{{0,3}}(?:\([^()]{{2,40}}\)[\s,.]{{0,3}})?(?:{_DASH})")
_DASHES = re.compile("[–—~|_-]")  # one of them is in each of these
_GLUED = re.compile(
    r"[\"“(]{0,2}(?:[\w .,'’/|-]{0,40}(?:[A-Z]{3,}|\w\.\w{2,4}\b)|[A-Z][a-z]{4,20})[)]?\s?[-_](?=[A-Z“\"])"
)


@dataclass
class Block:
    """A paragraph, heading, list item or table row, never changed (not ``frozen``, which makes it dear to make: there
    is one for each piece of a page). ``linked`` is the share of its letters that are links (0 to 1);
    ``heading``: it is marked up as one; ``pictured``: it stands by a picture, as captions do; ``listed``: it is an
    item of a list or a row of a table."""

    text: str
    linked: float = 0.0
    heading: bool = False
    pictured: bool = False
    listed: bool = False

    @functools.cached_property
    def running(self) -> bool:
        """Whether it is running text of a report (:func:`sentence_like`)."""
        return sentence_like(self.text)

    @property
    def long(self) -> bool:
        """Whether it is longer than a deck or a caption."""
        return self.first > _DECK

    @functools.cached_property
    def first(self) -> int:
        """How many words there are in its first 500 letters."""
        return count_words(self.text[:500])

    @functools.cached_property
    def datelined(self) -> bool:
        """Whether it begins with a dateline (:func:`datelined`)."""
        return datelined(self.text)


def words(text: str) -> list[str]:
    """The words and numbers of a text; of Chinese and Japanese two signs count as one."""
    return (_ASCII_WORD if text.isascii() else _WORD).findall(text)


def count_words(text: str) -> int:
    """How many :func:`words` a text has."""
    parts = text.split()
    odd = list(filterfalse(str.isalnum, parts))  # all others are words as they stand
    if not text.isascii():
        odd += [part for part in filter(str.isalnum, parts) if not part.isascii()]  # unless they are Chinese
    return len(parts) - len(odd) + (len(words(" ".join(odd))) if odd else 0)


def key(text: str) -> str:
    """What two headlines have in common that differ in case, blanks and punctuation only."""
    data = text.casefold().encode("utf-8", "surrogatepass").translate(None, _SIGNS)
    if data.isascii():
        return data.decode("ascii")
    name = _QUOTES.sub(b"", data).decode("utf-8", "surrogatepass")
    return name if name.isalnum() else "".join(filter(str.isalnum, name))


def ended(text: str) -> bool:
    """Whether a text ends as sentences do: a full stop, perhaps with quotes, stars or a credit in brackets after it."""
    text = text[-_TAIL:].rstrip()
    last = text[-1:]
    if last in _STOPS:
        return True
    if last not in _CLOSING and not last.isdigit():
        return False
    return bool(_TERMINAL.search(text) or _TERMINAL.search(_CREDIT.sub("", text)))


def sentence_like(text: str) -> bool:
    """Whether a piece is running text of a report rather than a headline, a caption's scrap or a label."""
    if text.count(" ", 0, 600) >= 2 * _MANY:
        return True
    count = count_words(text[:600])
    return count >= _MANY or (count >= _FEW and ended(text))


def datelined(text: str) -> bool:
    """Whether a piece begins as reports do, with a place or the paper's name and a dash, and is no headline."""
    head = text[:120]
    if not _DASHES.search(head):
        return False
    return bool(_DATELINE.match(head) or _GLUED.match(head)) and (ended(text) or count_words(text[:800]) >= 14)


def titled(text: str) -> bool:
    """Whether most longer words have a capital, as headlines of related articles do."""
    long = [word for word in words(text) if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)
