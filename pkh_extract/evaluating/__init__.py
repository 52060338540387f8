"""Gold against records: how good they are, field by field, and what is wrong."""

from __future__ import annotations

from pkh_extract.evaluating.gold import Gold, paired, read_gold
from pkh_extract.evaluating.measures import Evaluation, evaluate
from pkh_extract.evaluating.scoring import Miss, Score, Tally, score

__all__ = ["Evaluation", "Gold", "Miss", "Score", "Tally", "evaluate", "paired", "read_gold", "score"]
