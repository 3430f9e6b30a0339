"""Storing what happened: entries are added, and the rows of their cases follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from ..domain.events import Entry, Event
from ..domain.room import Room
from ..models import Case, LogEntry, Run
from ..models.runs import columns, log_entry


class CaseChanged(Exception):
    """The case is no longer at the version that the action was decided on."""


class RunOver(Exception):
    """The run is finished, or its exercise has been deleted: it can only be read."""


def store(
    *,
    run: Run,
    room: Room,
    entries: Sequence[Entry],
    cases: Mapping[int, Case],
    actor: AbstractBaseUser | None = None,
) -> None:
    """Add `entries` to the log, and bring rows and run to where they led; all or nothing.

    `cases` are the rows by number as they were when the room was read. Raises CaseChanged.
    """
    LogEntry.objects.everyone().bulk_create(
        log_entry(
            run,
            entry,
            cases[entry.case] if isinstance(entry, Event) else None,
            actor.pk if actor else None,
        )
        for entry in entries
    )
    moved = {entry.case for entry in entries if isinstance(entry, Event)}
    if len(moved) == 1:
        move_row(run, room, cases[moved.pop()])
    elif moved:
        move_rows(run, room, [cases[number] for number in sorted(moved)])
    Run.objects.filter(pk=run.pk).update(length=room.length, clock=room.clock)
    run.length, run.clock = room.length, room.clock


def values_of(run: Run, room: Room, case: Case) -> dict[str, Any]:
    return columns(room.folders[case.number].position, run, was_reached=case.reached)


def move_row(run: Run, room: Room, case: Case) -> None:
    """Write what changed of one case, if nobody else has moved it meanwhile."""
    values = values_of(run, room, case)
    changed = {name: value for name, value in values.items() if getattr(case, name) != value}
    seen = Case.objects.of(run).filter(pk=case.pk, version=case.version)
    if not seen.update(**changed):
        raise CaseChanged
    for name, value in changed.items():
        setattr(case, name, value)


def move_rows(run: Run, room: Room, cases: Sequence[Case]) -> None:
    """Write many cases in few statements: the run has been locked since they were read."""
    for case in cases:
        values = values_of(run, room, case)
        for name, value in values.items():
            setattr(case, name, value)
    Case.objects.everyone().bulk_create(
        cases, update_conflicts=True, unique_fields=["id"], update_fields=list(values)
    )
