"""Programmes of social aid: which are named, what "PKH" and "KPM" mean here, and whether the article is about PKH."""

from pkh_extract.annotating.programs.component import KEY, Relevance, kpm_sense, programs, relevance
from pkh_extract.annotating.programs.linking import program_for

__all__ = ["KEY", "Relevance", "kpm_sense", "program_for", "programs", "relevance"]
