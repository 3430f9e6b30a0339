"""Finished runs to look back on: played well, or with one case sent astray."""

from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import Action
from sandbox.models import LogEntry, Run
from sandbox.selectors.rooms import room_of
from sandbox.services import finish_run
from tests.factories import NOW, a_run
from tests.sandbox.playing import let_a_day_pass, take

WRONG_UNIT = "INSPEKTORAT"


def a_finished_run(learner=None, code="meja-instansi", *, days=3, astray=1, **changes) -> Run:
    """Play as the expert would; the first `astray` dispositions go to the wrong unit."""
    run = a_run(learner, code, **changes)
    for _ in range(days):
        astray = play(run, astray)
        run = let_a_day_pass(run)
    return finish_run(run=run, now=NOW)


def play(run: Run, astray: int) -> int:
    room = room_of(run)
    for number in run.cases.reached().values_list("number", flat=True):
        while move := expert_move(room, number):
            choices = dict(move.choices)
            routes = room.folders[number].key.get("route", ())
            is_wrong = WRONG_UNIT not in {route["unit"] for route in routes}
            if astray and move.action is Action.DISPOSE and is_wrong:
                choices["unit"], astray = WRONG_UNIT, astray - 1
            case = run.cases.select_related("run__learner").get(number=number)
            take(case, move.action, choices=choices, text=move.text)
            room.act(number, move.action, choices, move.text)
    run.refresh_from_db()
    return astray


def first_astray(run: Run) -> LogEntry:
    """Return the step that sent a case to a unit which has no part in it."""
    own = run.log.filter(action=Action.DISPOSE, is_own=True, choices__unit=WRONG_UNIT)
    for entry in own.select_related("case__answer_key").order_by("number"):
        routes = entry.case.answer_key.key.get("route", ())
        if WRONG_UNIT not in {route["unit"] for route in routes}:
            return entry
    raise AssertionError("no case went astray")


def misrouted(run: Run) -> int:
    """Return the number of the case that went to the wrong unit."""
    return first_astray(run).case.number


def everything(run: Run) -> list:
    """All rows of a run, to prove that looking back writes nothing."""
    return [
        Run.objects.filter(pk=run.pk).values().get(),
        list(run.cases.order_by("number").values()),
        list(run.log.order_by("number").values()),
        Run.objects.count(),
    ]
