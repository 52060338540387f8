"""The visible lines of a page around its report, where the byline stands."""

from __future__ import annotations

from pkh_extract.cleaning.encoding import tidy
from pkh_extract.cleaning.outline import Outline
from pkh_extract.cleaning.page import INLINE, set_apart

_BREAKS = {"br", "img"}
_ENOUGH = 400  # strings and line ends below the part
_ABOVE, _FIRST, _LAST, _BELOW = 120, 40, 12, 20  # lines looked at above, in and below the report's part


def lines_around(page: Outline, part: int) -> list[str]:
    """The visible lines above and below a part of a page (by its number), with the part's first and last ones; in
    reading order, the longest shortened."""
    parts: list[str] = []
    begins = ends = at = 0
    size = len(page.nodes)
    inside: list[int] = []  # what the walk is in and has something at its end
    while at < size:
        while inside and page.end[inside[-1]] <= at:
            ends = _close(page, inside.pop(), part, parts) or ends
        if ends and len(parts) > ends + _ENOUGH:
            break
        text, tail = page.texts[at], page.tails[at]
        if page.gone[at]:
            if tail:
                parts.append(_flat(tail, ""))
            at = page.end[at]
            continue
        tag = page.tags[at]
        breaking = tag not in INLINE or tag in _BREAKS
        if breaking or set_apart(page.nodes[at]):
            parts.append("\n")
        if at == part:
            begins = len(parts)
        if text:
            parts.append(_flat(text, tag))
        if breaking or tail or at == part:
            inside.append(at)
        at += 1
    while inside:
        ends = _close(page, inside.pop(), part, parts) or ends
    above, within, below = (_raw_lines(parts[a:b]) for a, b in ((0, begins), (begins, ends), (ends, len(parts))))
    if len(within) > _FIRST + _LAST:
        within = within[:_FIRST] + within[-_LAST:]
    raw = above[-_ABOVE:] + within + below[:_BELOW]
    return [line for text in raw if (line := tidy(text[:400]))]


def _close(page: Outline, at: int, part: int, parts: list[str]) -> int:
    """The end of an element, and where the report's part ends, if it is that."""
    tag, tail = page.tags[at], page.tails[at]
    if tag not in INLINE or tag in _BREAKS:
        parts.append("\n")
    ends = len(parts) if at == part else 0
    if tail:
        parts.append(_flat(tail, ""))
    return ends


def _flat(text: str, tag: str) -> str:
    """A string; its line ends count in preformatted text alone."""
    return text if tag == "pre" else " " if text.isspace() else text.replace("\n", " ")


def _raw_lines(parts: list[str]) -> list[str]:
    return [raw for raw in "".join(parts).split("\n") if raw and not raw.isspace()]
