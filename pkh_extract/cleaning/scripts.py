"""Scripts, styles, drawings and comments of a page: cut out of the markup before it is parsed, less their JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_STATED = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"\\]{8,40})"')
_RAW = re.compile(r"<(script|style|svg|noscript|!--)", re.IGNORECASE)


def without_scripts(markup: str) -> tuple[str, list[dict[str, Any]]]:
    """The markup without scripts, styles, drawings and comments, and the JSON-LD objects that scripts held."""
    lower = markup.lower()
    if len(lower) != len(markup):  # some capitals change their length
        lower = markup
    pieces: list[str] = []
    data: list[dict[str, Any]] = []
    position, unclosed = 0, set[str]()
    while match := _next_raw(lower, position, unclosed):
        name = match[1].lower()
        closing = "-->" if name == "!--" else f"</{name}"
        end = lower.find(closing, match.end())
        if end < 0:
            unclosed.add(name)
            pieces.append(markup[position : match.end()])
            position = match.end()
            continue
        stop = end + 3 if name == "!--" else lower.find(">", end) + 1 or len(markup)
        if name == "script" and "ld+json" in lower[match.start() : match.start() + 200]:
            data.extend(_linked_data(markup[markup.find(">", match.start()) + 1 : end]))
        pieces.append(markup[position : match.start()] + " ")
        position = stop
    pieces.append(markup[position:])
    return "".join(pieces), data


def _next_raw(lower: str, position: int, unclosed: set[str]) -> re.Match[str] | None:
    while match := _RAW.search(lower, position):
        if match[1].lower() not in unclosed:
            return match
        position = match.end()
    return None


def _linked_data(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD script, those inside ``@graph`` and lists too. Of broken JSON the day of publication is
    kept where the script names but one, as an article's."""
    script = script.strip().removeprefix("<!--").removesuffix("-->").replace("//<![CDATA[", "").replace("//]]>", "")
    try:
        stack: list[Any] = [json.loads(script, strict=False)]
    except (ValueError, RecursionError):
        stated = set(_STATED.findall(script))
        if len(stated) == 1:
            yield {"@type": "Article", "datePublished": stated.pop()}
        return
    seen = 0
    while stack and seen < 2000:
        item = stack.pop(0)
        seen += 1
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            yield item
            stack.extend(value for name, value in item.items() if name in {"@graph", "mainEntity", "itemListElement"})
