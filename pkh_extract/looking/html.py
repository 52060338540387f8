"""The page that shows records: its assets, and data put into it so that nothing of an article is ever executed.

The page's own script and style are named by their SHA-256 in its Content-Security-Policy; nothing else may run, and
nothing may be requested. Data stands in blocks that browsers do not execute; the script puts it into the page as text.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
from importlib.resources import files
from typing import Any, get_args

LANGUAGES = ("en", "id")
STYLES = ("base.css", "charts.css", "table.css", "article.css", "print.css")
SCRIPTS = ("dom.js", "data.js", "paged.js", "map.js", "charts.js", "filters.js", "values.js", "article.js")
LAST = "main.js"
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SPECIAL = re.compile("[<>&\u2028\u2029]")


def asset(name: str) -> str:
    """The text of a file of ``looking/page/``."""
    return (files("pkh_extract.looking") / "page" / name).read_text("utf-8")


@functools.cache
def all_strings() -> dict[str, dict[str, str]]:
    """Language -> key -> words: everything that the page says in its own name."""
    found: dict[str, dict[str, str]] = json.loads(asset("strings.json"))
    return found


def codes() -> dict[str, tuple[str, ...]]:
    """Group -> the codes of the record's contract in it, as ``strings.json`` names them: ``type.training``."""
    from pkh_extract import record

    return {
        "type": get_args(record.EventType),
        "status": get_args(record.EventStatus),
        "role": get_args(record.Role),
        "qualifier": get_args(record.Qualifier),
        "measure": get_args(record.Measure),
        "kind": get_args(record.AmountKind),
        "program": get_args(record.Program),
        "warning": get_args(record.WarningCode),
        "precision": get_args(record.DatePrecision),
        "unit": ("household", "person"),
    }


def escape_json(value: Any) -> str:
    """JSON that may stand inside a script element: no ``<``, ``>``, ``&`` nor line separator is left in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def block(name: str, value: Any) -> str:
    """A data block: an element that holds ``value`` as JSON."""
    return f'<script type="application/json" id="{name}">{escape_json(value)}</script>\n'


def head(lang: str, *, title: str, connect: str = "'none'", extra: tuple[str, ...] = ()) -> str:
    """The page down to where its data begins. ``connect``: the CSP's source for requests, ``extra``: further scripts.

    Raises :class:`KeyError` for a language that is none of :data:`LANGUAGES`.
    """
    strings = all_strings()[lang]
    style = "\n".join(asset(name) for name in STYLES)
    policy = (
        f"default-src 'none'; script-src '{_digest(script(extra))}'; style-src '{_digest(style)}'; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    fixed = {"lang": lang, "title": html.escape(title), "policy": html.escape(policy, quote=False), "style": style}
    return re.sub(
        r"\{\{([\w.]+)\}\}",
        lambda found: fixed.get(found[1]) or html.escape(strings[found[1]]),
        asset("page.html"),
    )


def script(extra: tuple[str, ...] = ()) -> str:
    """The page's own script, one function scope."""
    body = "\n".join(asset(name) for name in (*SCRIPTS, *extra, LAST))
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def tail(extra: tuple[str, ...] = ()) -> str:
    """The script and the end of the page."""
    return f"<script>{script(extra)}</script>\n</body>\n</html>\n"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
