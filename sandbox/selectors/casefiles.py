"""What a case page and its forms read beside the case itself."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ..domain.position import masked
from ..domain.room import may_take
from ..domain.workflow import FINAL_STATES, Action, Role, State
from ..models import Case, CaseQuerySet, LogEntry, Run
from ..models.runs import folder_of
from .regions import region_of

FLAGS: Mapping[str, Q] = {
    "anonim": Q(anonymous=True),
    "rahasia": Q(secret=True),
    "mendesak": Q(urgent=True),
    "tertaut": Q(parent__isnull=False),
    "terlambat": Q(breached=True),
}
COLUMN_OF = {"status": "state", "golongan": "classification"}
# What the reporter gets to know; the rest is between officers.
TOLD_TO_THE_REPORTER = {
    Action.SUBMIT,
    Action.VERIFY,
    Action.HOLD,
    Action.COMPLETE,
    Action.EXPIRE,
    Action.ARCHIVE,
    Action.BLOCK,
    Action.UNBLOCK,
    Action.DISPOSE,
    Action.RETURN,
    Action.ACCEPT,
    Action.REFUSE,
    Action.ANSWER,
    Action.INTERIM,
    Action.APPROVE,
    Action.ANSWER_TOGETHER,
    Action.REPLY,
    Action.CLOSE,
    Action.BREACH,
    Action.CHANGE_SECRECY,
    Action.REOPEN,
    Action.RESTORE,
    Action.WITHDRAW,
    Action.WRITE,
    Action.ESCALATE,
}
SAID_BY_REPORTERS = (Action.REPLY, Action.WRITE, Action.ESCALATE)
SAID_TO_REPORTERS = (
    Action.ANSWER,
    Action.APPROVE,
    Action.ANSWER_TOGETHER,
    Action.INTERIM,
    Action.HOLD,
    Action.ARCHIVE,
    Action.BLOCK,
    Action.RETURN,
    Action.ACCEPT,
    Action.REFUSE,
)
SETTLED_BY_REPORTERS = (Action.COMPLETE, *SAID_BY_REPORTERS, Action.CLOSE, Action.WITHDRAW)
WITH_ALL_VERSIONS = (Role.REPORTER, Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN, Role.SUPERVISOR)


def is_mine(case: Case) -> bool:
    """Tell whether the next step is the trainee's: the rule of the inbox, for one case."""
    if case.state in FINAL_STATES:
        return False
    if case.run.role == Role.REPORTER:
        return not case.entered_at or case.state in (State.AWAITING_COMPLETION, State.FOLLOWED_UP)
    return (
        case.position.desk == case.run.desk
        and case.parent is None
        and case.state not in (State.FOLLOWED_UP, State.BLOCKED)
    )


def matching(cases: CaseQuerySet, wanted: Mapping[str, str]) -> CaseQuerySet:
    """Narrow an inbox down to a status, a class and a flag."""
    columns = {COLUMN_OF[name]: code for name, code in wanted.items() if name in COLUMN_OF}
    flag = wanted.get("tanda")
    return cases.filter(FLAGS[flag] if flag else Q(), **columns)


def duplicates(case: Case) -> list[Case]:
    """Return the reports that hang on this one."""
    return list(Case.objects.of(case.run).reached().filter(parent=case.number))


def link_candidates(case: Case) -> list[Case]:
    """Return the reports on which this one may hang: open, seen, and not hanging themselves.

    A report on which others hang stays where it is, so that no chain comes about.
    """
    seen = Case.objects.of(case.run).reached().exclude(entered_at=None).exclude(pk=case.pk)
    others = list(seen)
    if any(other.parent == case.number for other in others):
        return []
    return [other for other in others if other.parent is None and other.is_open]


def places_named(case: Case) -> str:
    """Return the places that the report itself names; what it leaves out is not given away."""
    text = f"{case.title} {case.text}".casefold()
    places: Sequence[str] = case.facts.get("places", ())
    return ", ".join(place for place in places if place.casefold() in text)


def details_left(case: Case) -> list[str]:
    """Return the details that can still be read in the report, in the order of reading."""
    found = {detail["text"] for detail in case.facts["details"] if detail["text"] in case.text}
    return sorted(found, key=case.text.index)


def last_draft(case: Case) -> str:
    """Return the newest draft of an answer, such as one that was sent back."""
    draft = case.events.filter(action=Action.DRAFT).order_by("-number").first()
    return draft.text if draft else ""


def officers_with_cases(run: Run) -> Counter[str]:
    """Count the cases of each officer that the trainee may hand over."""
    return Counter(case.officer for case in movable(run.cases.reached().exclude(officer="")))


def held_by(run: Run, officer: str) -> list[Case]:
    """Return the cases of an officer that the trainee may hand over."""
    return movable(run.cases.reached().filter(officer=officer))


def movable(cases: CaseQuerySet) -> list[Case]:
    return [
        case for case in cases if may_take(folder_of(case, {}, []), Action.HAND_OVER, case.run.desk)
    ]


def in_force(events: Iterable[LogEntry]) -> list[LogEntry]:
    """Leave out what was taken back, and the taking back."""
    events = list(events)
    undone = {event.undoes for event in events}
    return [event for event in events if event.undoes is None and event.number not in undone]


def told_to(run: Run, events: Iterable[LogEntry]) -> list[LogEntry]:
    """Return what the trainee's role gets to know of a case's history."""
    if run.role != Role.REPORTER:
        return list(events)
    return [event for event in in_force(events) if event.action in TOLD_TO_THE_REPORTER]


@dataclass(frozen=True)
class Wording:
    """One wording that a report has had."""

    at: datetime
    action: str
    text: str


def wordings(case: Case, events: Iterable[LogEntry]) -> list[Wording]:
    """Return every wording of the report, oldest first, as far as the role may read them.

    What an admin has masked stays masked for a unit; it keeps its own earlier wordings.
    """
    found: list[Wording] = []
    text = ""
    for event in sorted(in_force(events), key=lambda event: event.number):
        match event.action:
            case Action.SUBMIT:
                text = event.text or case.facts["text"]
            case Action.COMPLETE:
                text = f"{text}\n\n{event.text}"
            case Action.MASK:
                text = masked(text, event.choices["details"])
                if not event.is_own and case.run.role not in WITH_ALL_VERSIONS:
                    found.clear()
            case _:
                continue
        found.append(Wording(event.at, event.action, text))
    return found


def latest_word(case: Case, events: Iterable[LogEntry]) -> LogEntry | None:
    """Return what the trainee should read first: the last word of the other side.

    For a reporter that is a question or an answer, for officers what the reporter has said.
    """
    is_reporter = case.run.role == Role.REPORTER
    wanted = SAID_TO_REPORTERS if is_reporter else SAID_BY_REPORTERS
    answered_by = SETTLED_BY_REPORTERS if is_reporter else SAID_TO_REPORTERS
    newest = next(newest_first(events, (*wanted, *answered_by)), None)
    return newest if newest and newest.action in wanted else None


def newest_first(events: Iterable[LogEntry], actions: Collection[str]) -> Iterator[LogEntry]:
    found = sorted(in_force(events), key=lambda event: -event.number)
    return (event for event in found if event.action in actions)


def proposal(case: Case, events: Iterable[LogEntry]) -> LogEntry | None:
    """Return the step by which a case came back: its proposed destination or unit, and why."""
    back = {State.TRANSFERRING: Action.RETURN, State.VERIFIED: Action.DECLINE}
    wanted = back.get(State(case.state))
    moved = next((e for e in newest_first(events, list(Action)) if e.source != e.target), None)
    return moved if moved and moved.action == wanted else None


def waiting_draft(case: Case, events: Iterable[LogEntry]) -> LogEntry | None:
    """Return the draft that waits for a supervisor."""
    return next(newest_first(events, (Action.DRAFT,)), None) if case.draft else None


def can_hand_over(run: Run) -> bool:
    """Tell whether the role hands cases over between officers, and the region has some."""
    hands = run.role in (Role.SUPERVISOR, Role.AGENCY_ADMIN)
    return hands and bool(region_of(run).officers)
