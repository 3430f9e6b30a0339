"""Runs with their cases in bulk: half wait on the desk after two questions, half have left it."""

from collections.abc import Sequence
from typing import Any

from sandbox.domain.cases import Order, SyntheticCase, make_cases
from sandbox.domain.events import ClockMove, Entry
from sandbox.domain.folders import Folder, Move, begin
from sandbox.domain.room import Room
from sandbox.domain.workflow import Action, Role
from sandbox.models import AnswerKey, Case, LogEntry, Run, Scenario
from sandbox.models.runs import columns, log_entry
from sandbox.selectors import library_for, setting_of
from sandbox.selectors.phrases import newest_book
from sandbox.selectors.regions import newest, region_for
from sandbox.selectors.rooms import terms_for

from .crowd import BATCH, NOW, Person

Step = tuple[Role, Action]
RECEIVED: Step = (Role.REPORTER, Action.SUBMIT)
HELD: Step = (Role.AGENCY_ADMIN, Action.HOLD)
COMPLETED: Step = (Role.REPORTER, Action.COMPLETE)
VERIFIED: Step = (Role.AGENCY_ADMIN, Action.VERIFY)
DISPOSED: Step = (Role.AGENCY_ADMIN, Action.DISPOSE)
WAITING = [RECEIVED, HELD, COMPLETED, HELD, COMPLETED]
GONE = [RECEIVED, VERIFIED, DISPOSED]
CHOICES: dict[Action, dict[str, Any]] = {
    Action.HOLD: {"missing": "location"},
    Action.VERIFY: {"class": "non_supervisory", "category": "Perhubungan"},
    Action.DISPOSE: {"unit": "DISHUB"},
}


def add_runs(people: Sequence[Person], scenario: Scenario, cases: int) -> None:
    """Give everyone an open run of `cases` cases, four events each on average."""
    runs = Run.objects.bulk_create([run_of(person, scenario) for person in people])
    for person, run in zip(people, runs, strict=True):
        person.run = run.pk
        fill_run(run, scenario, cases)
    Run.objects.bulk_update(runs, ["length"])


def run_of(person: Person, scenario: Scenario) -> Run:
    return Run(
        learner=person.user,
        scenario=scenario,
        attempt=1,
        title=scenario.title,
        title_en=scenario.title_en,
        role=scenario.role,
        office=region_for(scenario).code,
        mode=scenario.mode,
        region_id=newest(scenario.region),
        phrases_id=newest_book(),
        seed=person.user.pk,
        pass_percent=scenario.pass_percent,
        rules=scenario.rules,
        terms=terms_for(scenario),
        started_at=scenario.starts_at,
        clock=scenario.starts_at,
        created_at=NOW,
    )


def fill_run(run: Run, scenario: Scenario, number: int) -> None:
    order = Order(scenario.composition, number, scenario.whole)
    today = run.started_at.date()
    made = make_cases(library_for(scenario), order, run.seed, [run.learner.get_full_name()], today)
    folders = {place: folder_of(run, place, case) for place, case in enumerate(made, start=1)}
    room = Room(setting_of(run), run.clock, folders)
    entries = [entry for folder in room.folders.values() for entry in history(room, folder)]
    store(run, room, made, [*entries, *room.advance(run.clock)])


def folder_of(run: Run, number: int, case: SyntheticCase) -> Folder:
    facts = {**case.facts, "agency": run.office}
    return Folder(number, facts, case.key, run.clock, begin(facts))


def history(room: Room, folder: Folder) -> list[Entry]:
    """Odd cases wait for the agency admin, even ones have gone to a unit."""
    return [
        room.record(
            folder,
            Move(room.clock, action, role, choices=CHOICES.get(action, {}), text=text_of(folder)),
        )
        for role, action in (WAITING if folder.number % 2 else GONE)
    ]


def text_of(folder: Folder) -> str:
    return str(folder.facts["text"])


def version_of(number: int) -> int:
    """Return the version of an odd case, as a form on its page would name it."""
    return (len(WAITING) + len(GONE)) * (number // 2) + len(WAITING)


def store(run: Run, room: Room, made: Sequence[SyntheticCase], entries: Sequence[Entry]) -> None:
    """Add the rows as the service does that starts a run."""
    cases = Case.objects.everyone().bulk_create(
        [
            Case(
                run=run,
                number=folder.number,
                family=case.family,
                facts=folder.facts,
                received_at=folder.received_at,
                **columns(folder.position, run),
            )
            for case, folder in zip(made, room.folders.values(), strict=True)
        ]
    )
    AnswerKey.objects.everyone().bulk_create(
        [AnswerKey(case=row, key=case.key) for row, case in zip(cases, made, strict=True)]
    )
    rows = {row.number: row for row in cases}
    LogEntry.objects.everyone().bulk_create(
        [
            log_entry(run, entry, None if isinstance(entry, ClockMove) else rows[entry.case])
            for entry in entries
        ],
        BATCH,
    )
    run.length = room.length
