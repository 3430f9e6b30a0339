"""Judging a run by what its rule pack expects: declared rows in, a receipt for each line out."""

from .judging import RUBRIC, Score, judge, percent
from .receipts import Receipt

__all__ = ["RUBRIC", "Receipt", "Score", "judge", "percent"]
