"""How the rows of a run are asked for: from the run or from its person, never across runs."""

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models

ONLY_ADDED = "log entries are only ever added"
Row = TypeVar("Row", bound=models.Model)


class CrossesRuns(Exception):
    """A query would read what belongs to several runs; start from one run or one person."""


class RowsOfRuns(models.QuerySet[Row]):
    """Rows that belong to a run, each in its own way: `to_run` leads from a row to its run."""

    to_run: ClassVar[str] = "run"

    def of(self, run: models.Model) -> Self:
        return self.filter(**{self.to_run: run})

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        return self.filter(**{f"{self.to_run}__learner_id": user.pk or 0})


class WithinRun(models.Manager[Row]):
    """Refuses every query that does not start from a run or from a person."""

    _queryset_class: type[Any]

    def get_queryset(self) -> Any:
        if not hasattr(self, "instance"):  # where it does not stand behind a run, or a case of one
            raise CrossesRuns("start from the run, objects.of(run) or objects.visible_to(user)")
        return super().get_queryset()

    def everyone(self) -> Any:
        return self._queryset_class(self.model, using=self._db)

    def of(self, run: models.Model) -> Any:
        return self.everyone().of(run)

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Any:
        return self.everyone().visible_to(user)


class OnlyAdded(RowsOfRuns[Row]):
    """Rows that stay as they are; with their run, the database takes them all away."""

    def update(self, **values: Any) -> int:
        if values != {"actor": None}:  # so Django lets go of a person who is deleted
            raise TypeError(ONLY_ADDED)
        return super().update(**values)

    def delete(self) -> Any:
        raise TypeError(ONLY_ADDED)
