"""Rooms with the trainee in any seat, and what simulated people do there while time passes."""

from datetime import timedelta

from sandbox.domain.events import Event
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import DESKS, HOME, TERMS, cases_of, draft, room, setting

SEATS = (
    (Role.REPORTER, ""),
    (Role.NATIONAL_ADMIN, ""),
    (Role.AGENCY_ADMIN, HOME),
    (Role.LIAISON_OFFICER, "DLH"),
    (Role.SUPERVISOR, HOME),
)
AGENCY_OF = {Role.REPORTER: "", Role.NATIONAL_ADMIN: ""}
VERIFY = {"class": "non_supervisory", "category": "Perhubungan"}
SIXTY = 60  # working days


def a_room(role, office=HOME, *codes, seed=1, **more):
    cases = cases_of(DESKS, *codes, seed=seed)
    return room(cases, setting(role, office, seed), AGENCY_OF.get(role, HOME), **more)


def everything(role, office, seed):
    """All families at one desk; only a reporter's are sent by the trainee, at once."""
    is_writing = role is Role.REPORTER
    played = a_room(role, office, seed=seed, arrives=not is_writing)
    for number, folder in played.folders.items() if is_writing else ():
        played.act(number, Action.SUBMIT, {"title": folder.facts["title"]}, folder.facts["text"])
    return played


def let_pass(played, days):
    """Let working days pass, each until officers have had their coffee."""
    for _ in range(days):
        played.advance(TERMS.office.next_opening(played.clock) + timedelta(hours=3))
    return played


def events_of(played) -> list[Event]:
    return [event for folder in played.folders.values() for event in folder.events]


def flawed(family) -> dict[str, str]:
    key = cases_of(DESKS, family)[0].key
    return {each["flaw"]: draft(key, each["flaw"]) for each in key.get("draft", ())}


def evidence(family, *, good=True):
    items = cases_of(DESKS, family)[0].key["answer"].get("evidence", ())
    return {"evidence": next((item["code"] for item in items if item["good"]), "") if good else ""}


def at_the_unit(family="tps-meluap", seed=1, unit="DLH"):
    """The trainee is the agency admin and has disposed the only report."""
    played = a_room(Role.AGENCY_ADMIN, HOME, family, seed=seed)
    played.act(1, Action.VERIFY, VERIFY, "")
    played.act(1, Action.DISPOSE, {"unit": unit}, "")
    return played


def actions(played, number=1):
    return [event.action for event in played.folders[number].events]


def last(played, action, number=1):
    return next(e for e in reversed(played.folders[number].events) if e.action is action)
