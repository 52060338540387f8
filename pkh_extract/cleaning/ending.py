"""Whether a report breaks off in the middle."""

from __future__ import annotations

import re

from pkh_extract.cleaning.blocks import count_words, ended

# After a full stop (and quotes): brackets, or initials of reporters: small ("msm"), all capitals, or with a slash.
_CREDIT_END = re.compile(
    r"[.!?…]['\"”’)\]]{0,3}(?:\s{0,2}[*]{0,3}[(\[{][^()\[\]{}]{1,60}[)\]}*]{0,3}[.*]{0,3}|"
    r"\s{1,2}[*]{0,3}(?:[a-z]{1,4}|[A-Z]{2,4}|[\w. -]{1,30}/[\w./ -]{1,30})[*]{0,3})$"
)

_PART = re.compile(r"\S+")


def cut_off(paragraphs: list[str]) -> tuple[int, int] | None:
    """Where (start and end in the last paragraph) the last words of a report stand that ends mid-sentence or mid-word;
    ``None`` where it ends as it should.

    Closing quotes and brackets, stars, credits in brackets and reporters' initials may follow the full stop.
    """
    if not paragraphs:
        return None
    last = paragraphs[-1]
    if ended(last) or not count_words(last):
        return None
    match = _CREDIT_END.search(last[-100:])
    if match and count_words(match[0]) <= 4:
        return None
    if len(paragraphs) > 1 and not ended(paragraphs[-2]) and max(count_words(text) for text in paragraphs[-2:]) <= 25:
        return None  # items of a list
    if last.rstrip()[-1] in ')]}"”’' and count_words(last) <= 6:
        return None
    spans = [found.span() for found in _PART.finditer(last)][-4:]
    return spans[0][0], spans[-1][1]
