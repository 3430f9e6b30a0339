"""Ways to play a run: by services like the pages do, or by the robot that knows every answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sandbox.domain.events import ClockMove, Entry
from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import Action, Role
from sandbox.models import Case, LogEntry, Run
from sandbox.selectors import office_time
from sandbox.selectors.rooms import log_of, room_of
from sandbox.services import advance_clock, take_action
from tests.factories import NOW

TEXT = "Mohon sebutkan nama jalan dan satu patokan."
VERIFY = {"class": "non_supervisory", "category": "Perhubungan"}
CHOICES: Mapping[Action, dict[str, Any]] = {  # well chosen at the desks of the regency
    Action.SUBMIT: {"title": "Lampu jalan padam", "anonymous": False, "secret": False},
    Action.VERIFY: VERIFY,
    Action.HOLD: {"missing": "location"},
    Action.COMPLETE: {},
    Action.ARCHIVE: {"reason": "not_public_service"},
    Action.BLOCK: {},
    Action.UNBLOCK: {},
    Action.DISPOSE: {"unit": "DISHUB", "support": []},
    Action.DECLINE: {"unit": "DISHUB"},
    Action.RETURN: {"level": "central", "destination": "BALAI_JALAN"},
    Action.ACCEPT: {"agency": "BALAI_JALAN"},
    Action.REFUSE: {},
    Action.ANSWER: {"evidence": ""},
    Action.INTERIM: {"evidence": ""},
    Action.DRAFT: {"evidence": ""},
    Action.APPROVE: {},
    Action.SEND_BACK: {"flaw": "no_date"},
    Action.REPLY: {},
    Action.CLOSE: {"rating": "4"},
    Action.LINK_DUPLICATE: {"parent": "2"},
    Action.UNLINK_DUPLICATE: {},
    Action.CHANGE_SECRECY: {"secrecy": "secret"},
    Action.OPEN_IDENTITY: {},
    Action.REOPEN: {},
    Action.RESTORE: {},
    Action.WITHDRAW: {},
    Action.MASK: {"details": ["bukan di laporan ini"]},
    Action.MARK_URGENT: {"urgency": "urgent"},
    Action.NOTE: {},
    Action.INVITE: {"unit": "KECAMATAN"},
    Action.CONTRIBUTE: {},
    Action.REMIND: {},
    Action.HAND_OVER: {"from": "wening", "to": "gede"},
    Action.WRITE: {},
    Action.ESCALATE: {},
}
BY_NOBODY = {Action.EXPIRE, Action.WARN, Action.BREACH, Action.ANSWER_TOGETHER}  # the system's
WITHOUT_WORDS = {
    Action.VERIFY, Action.MASK, Action.MARK_URGENT, Action.APPROVE, Action.UNLINK_DUPLICATE,
    Action.LINK_DUPLICATE, Action.INVITE,
}  # fmt: skip


def choices_for(action: Action, role: Role) -> dict[str, Any]:
    """Return sensible choices; who verifies for the nation names an agency, who closes a proof."""
    if action is Action.VERIFY and role is Role.NATIONAL_ADMIN:
        return {**VERIFY, "agency": "TIRTA_ASRI"}
    if action is Action.CLOSE and role is Role.AGENCY_ADMIN:
        return {"evidence": ""}
    return CHOICES[action]


def take(case: Case, action: Action, version: int | None = None, **changes: Any) -> Case:
    """Take an action as the learner of the case's run, at the version that the case shows."""
    return take_action(
        case=case,
        version=case.version if version is None else version,
        action=action,
        actor=case.run.learner,
        choices=changes.get("choices", choices_for(action, Role(case.run.role))),
        text=changes.get("text", "" if action in WITHOUT_WORDS else TEXT),
        now=changes.get("now", NOW),
    )


def next_morning(run: Run) -> datetime:
    return office_time(run).next_opening(run.clock)


def let_a_day_pass(run: Run) -> Run:
    run.refresh_from_db()
    return advance_clock(run=run, seen=run.clock, to=next_morning(run), now=NOW)


def let_days_pass(run: Run, days: int) -> Run:
    for _ in range(days):
        run = let_a_day_pass(run)
    return run


def play_the_desk(run: Run) -> None:
    """Let the robot decide every case that lies on the desk now."""
    run.refresh_from_db()
    room = room_of(run)
    for number in run.cases.reached().values_list("number", flat=True):
        while move := expert_move(room, number):
            case = run.cases.select_related("run__learner").get(number=number)
            take(case, move.action, choices=dict(move.choices), text=move.text)
            room.act(number, move.action, move.choices, move.text)


def play_perfectly(run: Run) -> Run:
    """Two days suffice: what is held and what comes in late is there on the second."""
    play_the_desk(run)
    run = let_a_day_pass(run)
    play_the_desk(run)
    return run


def transcript(run: Run) -> list[Entry]:
    """Everything that happened in a run."""
    return log_of(run)


def said(entries: Iterable[Entry]) -> list[str]:
    return [entry.text for entry in entries if not isinstance(entry, ClockMove) and entry.text]


def snapshot(case: Case) -> dict[str, Any]:
    """All that is stored of a case, to prove that a refusal changed nothing."""
    return {
        "row": Case.objects.everyone().filter(pk=case.pk).values().get(),
        "events": list(case.events.values()),
        "run": Run.objects.filter(pk=case.run_id).values().get(),
    }


def calendar_until(run: Run, last: str) -> None:
    """Let the calendar that a run keeps end on a day, as it does where no more is decreed."""
    Run.objects.filter(pk=run.pk).update(terms={**run.terms, "last": last})
    run.refresh_from_db()


def unwrite(entries: QuerySet[LogEntry]) -> None:
    """Take entries out of the log, as nothing in the site can."""
    entries._raw_delete("default")
