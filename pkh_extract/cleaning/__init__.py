"""Bytes or text of one page to an :class:`~pkh_extract.record.Article`: the report and nothing else."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pkh_extract.arguments import article_data, check_format, check_source
from pkh_extract.record import Article, Span, Warning

if TYPE_CHECKING:
    from pkh_extract.cleaning.report import Report

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|article|table|section|br|span|td|meta|title|h[1-6]|ul|li|a)\b[^<>]{0,500}>",
    re.IGNORECASE,
)

_SUFFIX = re.compile(r"\.([a-z]{3,5})(?:\.(?:gz|zst))?$")
_PAGE = re.compile(r"\s{0,50}<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """A cleaned article and what there is to warn of (``encoding_repaired``, ``truncated_text``, ``no_text``)."""

    article: Article
    warnings: list[Warning] = field(default_factory=list)


def clean(
    data: bytes | str,
    *,
    source: str = "",
    format: Literal["html", "text"] | None = None,
    patterns: str | None = None,
) -> Cleaned:
    """Clean one article.

    ``data`` is a saved page or a scraped text, ``source`` where it came from (its suffix helps to tell the two apart),
    ``patterns`` a folder of rules laid over the built-in ones. Whatever the input, an article comes back; where no
    report is found its text is empty and the warning ``no_text`` says so. Raises :class:`TypeError` or
    :class:`ValueError` for arguments that are none of these.
    """
    check_source(source)
    check_format(format)
    return _clean(article_data(data), source, format, patterns, None)


def furniture_hits(text: str, patterns: str | None = None) -> list[tuple[str, str, Any]]:
    """What each furniture rule removes from a text or a page: (rule id, removed text, None)."""
    trace: list[tuple[str, str]] = []
    _clean(text, "", None, patterns, trace)
    return [(rule_id, removed, None) for rule_id, removed in trace]


def publication_hits(text: str, patterns: str | None = None) -> list[tuple[str, str, Any]]:
    """What each rule on the day of publication is credited with: (rule id, text, stamp)."""
    dated: list[tuple[str, str, Any]] = []
    _clean(text, "", None, patterns, [], dated)
    return dated


def _clean(
    data: bytes | str,
    source: str,
    format: Literal["html", "text"] | None,
    patterns: str | None,
    trace: list[tuple[str, str]] | None,
    dated: list[tuple[str, str, Any]] | None = None,
) -> Cleaned:
    from pkh_extract.cleaning.encoding import MAX_LENGTH, Decoded, decode
    from pkh_extract.cleaning.report import Report, report_of_page, report_of_text

    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    decoded = Decoded(data) if isinstance(data, str) else decode(raw)
    text = (decoded.text or "")[:MAX_LENGTH].lstrip("\ufeff")
    kind = format or _format(text, source)
    report = Report()
    if text and kind == "html":
        report = report_of_page(text, patterns, trace, raw if decoded.utf8 and len(raw) <= MAX_LENGTH else None)
    elif text:
        report = report_of_text(text, patterns, trace)
    if dated is not None:
        dated.extend(report.dated)
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(raw)
    article = Article(
        id=digest.hexdigest()[:16],
        source=source,
        format=kind,
        url=report.url,
        outlet=report.outlet,
        title=report.title,
        published=report.published,
        text="\n\n".join(report.paragraphs),
    )
    return Cleaned(article, _warnings(article, report, decoded.broken or report.repaired))


def _format(text: str, source: str) -> Literal["html", "text"]:
    """Told by what stands in it; the suffix decides where there is little to go by."""
    suffix = _SUFFIX.search(source.lower())
    tags = sum(1 for _ in itertools.islice(_MARKUP.finditer(text, 0, 200_000), 3))
    whole = _PAGE.match(text[:300]) is not None
    if suffix and suffix[1] in {"html", "htm", "xhtml", "shtml"}:
        return "html" if tags or whole else "text"
    if suffix and suffix[1] == "txt":
        return "html" if whole and tags >= 3 else "text"
    return "html" if whole or tags >= 2 else "text"


def _warnings(article: Article, report: Report, broken: bool) -> list[Warning]:
    from pkh_extract.cleaning.ending import cut_off

    found = []
    if broken:
        found.append(Warning(code="encoding_repaired", message="Broken characters of the source were repaired."))
    paragraphs = report.paragraphs
    if report.cut:
        long = "The text is longer than any report; what stands beyond its first 200,000 characters was left out."
        found.append(Warning(code="truncated_text", message=long))
    elif not article.text:
        found.append(Warning(code="no_text", message="No report was found in the source."))
    elif ending := cut_off(paragraphs):
        offset = len(article.text) - len(paragraphs[-1])
        start, end = offset + ending[0], offset + ending[1]
        span = Span(start=start, end=end, text=article.text[start:end])
        found.append(Warning(code="truncated_text", message="The text breaks off in mid-sentence.", evidence=span))
    return found
