"""Where a run's clock can be moved, and what lies on the way there."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import ngettext_lazy

from ..domain.deadlines import OfficeTime
from ..domain.working_days import SATURDAY
from ..models import Holiday, Run
from .desks import Forecast, Outlook
from .rooms import office_time

FORECAST_WORDS = {
    "announced": ngettext_lazy(
        "%(n)s announcement to everybody will come",
        "%(n)s announcements to everybody will come",
        "n",
    ),
    "arriving": ngettext_lazy(
        "%(n)s new report will come in", "%(n)s new reports will come in", "n"
    ),
    "overdue": ngettext_lazy(
        "%(n)s report will pass its time limit", "%(n)s reports will pass their time limit", "n"
    ),
    "warned": ngettext_lazy(
        "%(n)s reminder will come: a limit is near",
        "%(n)s reminders will come: limits are near",
        "n",
    ),
    "expiring": ngettext_lazy(
        "%(n)s report will be archived because its reporter did not complete it",
        "%(n)s reports will be archived because their reporters did not complete them",
        "n",
    ),
    "closing": ngettext_lazy(
        "%(n)s report will be closed by the system",
        "%(n)s reports will be closed by the system",
        "n",
    ),
}


@dataclass(frozen=True)
class Target:
    """A moment to which the clock can be moved, with what is closed on the way.

    `working_day` counts from the start of the run; None where the office is closed then.
    """

    name: str
    forecast: Forecast
    working_day: int | None
    skips_weekend: bool
    holidays: list[Holiday]

    @property
    def foretold(self) -> list[str]:
        """Say what the clock alone will do until then."""
        return [
            words % {"n": number}
            for name, words in FORECAST_WORDS.items()
            if (number := getattr(self.forecast, name))
        ]


def targets(run: Run, outlook: Outlook) -> list[Target]:
    """Return the targets, always in one order: a hand that knows its button meets no other.

    A next event that one of the others meets is left out.
    """
    office = office_time(run)
    forecasts = outlook.forecasts
    moments = [forecast.to for name, forecast in forecasts.items() if name != "event"]
    return [
        target(run, office, name, forecasts[name])
        for name in ("event", "hour", "morning")
        if name in forecasts and (name != "event" or forecasts[name].to not in moments)
    ]


def target(run: Run, office: OfficeTime, name: str, forecast: Forecast) -> Target:
    here, there, started = (
        at.astimezone(office.zone).date() for at in (run.clock, forecast.to, run.started_at)
    )
    between = [date.fromordinal(day) for day in range(here.toordinal() + 1, there.toordinal())]
    weekdays = [day for day in between if day.weekday() < SATURDAY]
    is_working = office.calendar.is_working(there)
    return Target(
        name=name,
        forecast=forecast,
        working_day=office.calendar.between(started, there) + 1 if is_working else None,
        skips_weekend=len(weekdays) < len(between),
        holidays=list(Holiday.objects.filter(Q(place="") | Q(place=run.place), date__in=weekdays)),
    )
