"""Ways to play a run: by services like the pages do, or by the robot that knows every answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import Action, State
from sandbox.models import Case, Run
from sandbox.selectors import office_time
from sandbox.services import advance_clock, take_action

TEXT = "Mohon sebutkan nama jalan dan satu patokan."
VERIFY = {"class": "non_supervisory", "category": "Perhubungan"}
CHOICES: Mapping[Action, dict[str, str]] = {
    Action.VERIFY: VERIFY,
    Action.HOLD: {"missing": "location"},
    Action.RETURN: {"level": "central", "destination": "BALAI_JALAN"},
    Action.ARCHIVE: {"reason": "not_public_service"},
    Action.DISPOSE: {"unit": "DISHUB"},
}


def take(case: Case, action: Action, version: int | None = None, **changes: Any) -> Case:
    """Take an action as the learner of the case's run, at the version that the case shows."""
    return take_action(
        case=case,
        version=case.version if version is None else version,
        action=action,
        actor=case.run.learner,
        choices=changes.get("choices", CHOICES[action]),
        text=changes.get("text", "" if action is Action.VERIFY else TEXT),
    )


def next_morning(run: Run) -> datetime:
    return office_time(run.region, run.families, run.rules).next_opening(run.clock)


def let_a_day_pass(run: Run) -> Run:
    run.refresh_from_db()
    return advance_clock(run=run, seen=run.clock, to=next_morning(run))


def play_the_desk(run: Run) -> None:
    """Let the robot decide every case that lies on the desk now."""
    arrived = run.cases.arrived(run.clock)
    for case in arrived.select_related("answer_key", "run__learner"):
        while move := expert_move(
            State(case.state),
            case.answer_key.key,
            was_held=case.events.filter(action=Action.HOLD).exists(),
        ):
            key = case.answer_key
            case = take(case, move.action, choices=dict(move.choices), text=move.text)  # noqa: PLW2901
            case.answer_key = key


def play_perfectly(run: Run) -> Run:
    """Two days suffice: what is held and what comes in late is there on the second."""
    play_the_desk(run)
    run = let_a_day_pass(run)
    play_the_desk(run)
    return run


def snapshot(case: Case) -> dict[str, Any]:
    """All that is stored of a case, to prove that a refusal changed nothing."""
    return {
        "row": Case.objects.filter(pk=case.pk).values().get(),
        "events": list(case.events.values()),
        "run": Run.objects.filter(pk=case.run_id).values().get(),
    }
