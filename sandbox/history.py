"""Row history for models that editors change inside their parent's form."""

import copy
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from simple_history.models import HistoricalRecords


class ChildHistory(HistoricalRecords):
    """HistoricalRecords that keeps a ParentalKey as a plain foreign key, as history needs none."""

    def fields_included(self, model: type[models.Model]) -> list[Any]:
        return [_plain(field) for field in super().fields_included(model)]


def _plain(field: Any) -> Any:
    if isinstance(field, ParentalKey):
        field = copy.copy(field)
        field.__class__ = models.ForeignKey
    return field
