"""Turns Indonesian news reports on the social-aid programme PKH into records.

``import pkh_extract`` is cheap: whatever needs spaCy is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from pkh_extract.annotating.pipeline import load
    from pkh_extract.errors import InputError, OutputError, PatternError, PipelineError, PkhExtractError
    from pkh_extract.extractor import Extractor
    from pkh_extract.record import (
        Amount,
        Area,
        Article,
        Count,
        Event,
        EventDate,
        ExtractorInfo,
        KpmFigure,
        Location,
        Participant,
        Period,
        Record,
        Span,
        Warning,
    )
    from pkh_extract.running.batch import extract_batch
    from pkh_extract.writing.frames import to_frames
    from pkh_extract.writing.readback import read_records

__version__ = "0.1.0"  # the one place: the package's metadata is read from here

__all__ = [
    "Amount",
    "Area",
    "Article",
    "Count",
    "Event",
    "EventDate",
    "Extractor",
    "ExtractorInfo",
    "InputError",
    "KpmFigure",
    "Location",
    "OutputError",
    "Participant",
    "PatternError",
    "Period",
    "PipelineError",
    "PkhExtractError",
    "Record",
    "Span",
    "Warning",
    "__version__",
    "clean",
    "extract",
    "extract_batch",
    "load",
    "read_records",
    "to_frames",
]

_HOMES = {
    "Extractor": "extractor",
    "extract_batch": "running.batch",
    "load": "annotating.pipeline",
    "read_records": "writing.readback",
    "to_frames": "writing.frames",
    **dict.fromkeys(("InputError", "OutputError", "PatternError", "PipelineError", "PkhExtractError"), "errors"),
}
_default: Extractor | None = None


def extract(data: bytes | str, *, source: str = "", format: Literal["html", "text"] | None = None) -> Record:
    """One article, HTML or plain text, to its record, with the built-in rules; they are loaded on the first call.

    ``data`` is bytes (of whatever encoding) or text; ``source`` becomes ``article.source``; ``format`` is told by the
    content where it is not given. For rules of your own or many articles use :class:`Extractor`.
    """
    global _default
    if _default is None:
        from pkh_extract.extractor import Extractor

        _default = Extractor()
    return _default.extract(data, source=source, format=format)


def clean(
    data: bytes | str,
    *,
    source: str = "",
    format: Literal["html", "text"] | None = None,
    patterns: str | Path | None = None,
) -> Article:
    """One page or scraped text to the report in it: title, day of publication, outlet, address, text.

    The text is empty where no report was found; nothing is raised for any content, but :class:`TypeError` or
    :class:`ValueError` for what is neither bytes nor text.
    """
    from pkh_extract import cleaning

    folder = None if patterns is None else str(patterns)
    return cleaning.clean(data, source=source, format=format, patterns=folder).article


def __getattr__(name: str) -> Any:
    """Import what is asked for on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'record')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
