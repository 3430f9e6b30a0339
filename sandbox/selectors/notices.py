"""What happens to everybody in a run: announcements, and the outage of the moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ..domain.injects import Inject, Injects, Kind
from ..models import Run, TimeLimit, in_language
from .rooms import office_time

KIND_LABELS = {
    Kind.FLOOD: _("Many reports at once"),
    Kind.NEWS: _("News"),
    Kind.POST: _("Post that goes round"),
    Kind.RULE_CHANGE: _("Change of rules"),
    Kind.OUTAGE: _("Outage"),
}


@dataclass(frozen=True)
class Notice:
    """An inject as the trainee reads it. `old` is the limit that it changes."""

    inject: Inject
    old: TimeLimit | None = None

    @property
    def at(self) -> datetime:
        return self.inject.at

    @property
    def until(self) -> datetime | None:
        """When an outage at the trainee's own desk ends."""
        is_outage = self.inject.kind is Kind.OUTAGE and not self.inject.office
        return self.inject.until if is_outage else None

    @property
    def kind(self) -> str:
        is_news = self.inject.office  # that an office stands still has to be found out
        return str(KIND_LABELS[Kind.NEWS if is_news else self.inject.kind])

    @property
    def new_amount(self) -> int:
        return int(self.inject.table.get("amount", 0))

    @property
    def title(self) -> str:
        return in_language(self.inject.title["id"], self.inject.title["en"])

    @property
    def text(self) -> str:
        return in_language(self.inject.text["id"], self.inject.text["en"])


def injects_of(run: Run) -> Injects:
    play = run.play
    return play.timed(run.started_at, office_time(run)) if play.injects else Injects()


def outage_of(run: Run) -> Notice | None:
    """Return what keeps the trainee's desk from acting at the run's clock."""
    found = injects_of(run).outage(run.clock, run.office) if run.is_open else None
    return Notice(found) if found else None


def notices(run: Run, since: datetime | None = None) -> list[Notice]:
    """Return what has happened to everybody by the run's clock, newest first."""
    injects = injects_of(run)
    come = injects.all[: injects.come_by(run.clock)]
    found = told(run, come)
    return [notice for notice in found if since is None or notice.at > since][::-1]


def told(run: Run, come: tuple[Inject, ...]) -> Iterator[Notice]:
    """Yield notices in order; a change of rules with the amount that it replaces."""
    changed: dict[str, int] = {}
    for inject in come:
        if inject.kind is not Kind.RULE_CHANGE:
            yield Notice(inject)
            continue
        step = str(inject.table["step"])
        old = TimeLimit.objects.filter(pack=run.rules_id).get(step=step)
        old.amount = changed.get(step, old.amount)
        changed[step] = int(inject.table["amount"])
        yield Notice(inject, old)
