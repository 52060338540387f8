"""The period that a figure speaks of: "tahap II tahun 2024", "pada 2022", "triwulan IV"."""

from __future__ import annotations

from spacy.tokens import Span

from pkh_extract import record


def period_of(span: Span) -> record.Period | None:
    """Year and stage said of the figure in ``span``, ``None`` where its sentence says none."""
    return None
