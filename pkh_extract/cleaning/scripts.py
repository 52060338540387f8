"""What scripts of a page say of its article: JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_STATED = re.compile(r'"datePublished"\s{0,5}:\s{0,5}"([^"\\]{8,40})"')


def linked_data(script: str) -> Iterator[dict[str, Any]]:
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
