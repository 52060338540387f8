"""Errors are sentences that tell the user what to do."""

from __future__ import annotations


class PkhExtractError(Exception):
    """Base of all errors that this package raises on purpose; ``str(error)`` is one sentence for the user."""


class PatternError(PkhExtractError):
    """A rule file, or the folder of rules, cannot be used as it is."""


class PipelineError(PkhExtractError):
    """A component of the spaCy pipeline lacks others that it needs."""


class InputError(PkhExtractError):
    """An input cannot be read: it is missing, unreadable or of no known format."""


class OutputError(PkhExtractError):
    """An output cannot be written."""


def printable(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
