"""The pieces of a page in reading order, and what can be told of each by its look."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TERMINAL = re.compile(r"[.!?…。！？।]['\"”’)\]*»」』]{0,4}$|[.!?…]\s?['\"”’]$|[。！？।]$")
_TAIL = 80  # letters at the end of a text in which its full stop, quotes and credit stand
_MANY = 25  # words that only running text has
_NO_ASCII = {code: None for code in range(128) if not chr(code).isalnum()}
_NO_LETTER = re.compile(r"[\W_]+")
_CREDIT = re.compile(r"\s?[*#]{1,5}\s?\d{0,2}\s?[*#]{0,5}$|\s?[(\[][^()\[\]]{1,40}[)\]]$")
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff]{1,2}|" r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or table row. ``linked`` is the share of its letters that are links (0 to 1);
    ``heading``: it is marked up as one; ``pictured``: it stands by a picture, as captions do; ``listed``: it is an
    item of a list or a row of a table."""

    text: str
    linked: float = 0.0
    heading: bool = False
    pictured: bool = False
    listed: bool = False


def words(text: str) -> list[str]:
    """The words and numbers of a text; of Chinese and Japanese two signs count as one."""
    return _WORD.findall(text)


def key(text: str) -> str:
    """What two headlines have in common that differ in case, blanks and punctuation only."""
    return text.lower().translate(_NO_ASCII) if text.isascii() else _NO_LETTER.sub("", text.casefold())


def ended(text: str) -> bool:
    """Whether a text ends as sentences do: a full stop, perhaps with quotes, stars or a credit in brackets after it."""
    text = text[-_TAIL:].rstrip()
    return bool(_TERMINAL.search(text) or _TERMINAL.search(_CREDIT.sub("", text)))


def sentence_like(text: str) -> bool:
    """Whether a piece is running text of a report rather than a headline, a caption's scrap or a label."""
    if text.count(" ", 0, 600) >= 2 * _MANY:
        return True
    count = len(words(text[:600]))
    return count >= _MANY or (count >= 8 and ended(text))


def titled(text: str) -> bool:
    """Whether most longer words have a capital, as headlines of related articles do."""
    long = [word for word in words(text) if len(word) > 3 and word[0].isalpha()]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)
