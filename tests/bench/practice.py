"""Runs with their cases in bulk: half wait on the desk after two questions, half have left it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sandbox.domain.cases import make_cases
from sandbox.domain.workflow import Action, Role, State
from sandbox.models import AnswerKey, Case, CaseEvent, Run, Scenario
from sandbox.selectors import library

from .crowd import BATCH, NOW, Person

Move = tuple[Role, Action, State]
RECEIVED: Move = (Role.REPORTER, Action.SUBMIT, State.UNVERIFIED)
HELD: Move = (Role.AGENCY_ADMIN, Action.HOLD, State.AWAITING_COMPLETION)
COMPLETED: Move = (Role.REPORTER, Action.COMPLETE, State.UNVERIFIED)
VERIFIED: Move = (Role.AGENCY_ADMIN, Action.VERIFY, State.VERIFIED)
DISPOSED: Move = (Role.AGENCY_ADMIN, Action.DISPOSE, State.DISPOSED)
WAITING = [RECEIVED, HELD, COMPLETED, HELD, COMPLETED]
GONE = [RECEIVED, VERIFIED, DISPOSED]
CHOICES = {
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


def run_of(person: Person, scenario: Scenario) -> Run:
    return Run(
        learner=person.user,
        scenario=scenario,
        attempt=1,
        title=scenario.title,
        title_en=scenario.title_en,
        role=scenario.role,
        region=scenario.region,
        families=scenario.families,
        seed=person.user.pk,
        pass_percent=scenario.pass_percent,
        rules=scenario.rules,
        started_at=scenario.starts_at,
        clock=scenario.starts_at,
        created_at=NOW,
    )


def fill_run(run: Run, scenario: Scenario, number: int) -> None:
    found = library(run.region, run.families)
    made = make_cases(found, scenario.composition, number, run.seed, [run.learner.get_full_name()])
    cases = Case.objects.bulk_create(
        [
            Case(
                run=run,
                number=place,
                family=synthetic.family,
                facts=synthetic.facts,
                state=history_of(place)[-1][2],
                received_at=run.clock,
                entered_at=run.clock,
                due_at=run.clock + timedelta(hours=place),
                version=len(history_of(place)),
            )
            for place, synthetic in enumerate(made, start=1)
        ]
    )
    AnswerKey.objects.bulk_create(
        [
            AnswerKey(case=case, key=case_made.key)
            for case, case_made in zip(cases, made, strict=True)
        ]
    )
    CaseEvent.objects.bulk_create([event for case in cases for event in events_of(case)], BATCH)


def history_of(number: int) -> list[Move]:
    """Odd cases wait for the agency admin, even ones have gone to a unit."""
    return WAITING if number % 2 else GONE


def events_of(case: Case) -> Iterator[CaseEvent]:
    source = ""
    for number, (role, action, target) in enumerate(history_of(case.number), start=1):
        yield CaseEvent(
            case=case,
            number=number,
            role=role,
            action=action,
            source=source,
            target=target,
            choices=CHOICES.get(action, {}),
            text=case.facts["text"],
            at=case.received_at,
            recorded_at=NOW,
        )
        source = target
