"""What everyone but the trainee does next to a case, if nothing else happens.

Each party is a small machine: it looks at where the case stands and at what was done to it,
and names one next step with its moment. The earliest of all parties comes true.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from .answers import Flaw, flaws, read_answer
from .folders import Folder, Move, Setting, about, chance, in_turn, last_word, touched_at
from .letters import archived
from .workflow import AT_A_UNIT, TIMED_STATES, Action, Role, State

AN_HOUR = timedelta(hours=1)
ONE_MINUTE = timedelta(minutes=1)  # a limit is kept until the office closes, and passed after
GIVING = (Action.DISPOSE, Action.COMPLETE, Action.REPLY, Action.SEND_BACK, Action.REOPEN)
MOMENT = timedelta(minutes=5)
COFFEE = 180  # minutes after opening within which officers act
PROMISE = 4  # working days ahead that a simulated officer promises
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
FIRST_WORDS = (Action.INTERIM, Action.ANSWER, Action.DRAFT)
PLACE = "location"  # what a report needs before anything else
PROMPT, SLOW = 2, 7  # working days until a simulated unit answers
# How simulated units answer, in turn, by who looks at it: (flaw of the draft, working days).
CONDUCT: Mapping[Role, tuple[tuple[str, int], ...]] = {
    Role.REPORTER: (("none", PROMPT), ("empty", PROMPT), ("no_date", PROMPT), ("none", SLOW)),
    Role.SUPERVISOR: (
        ("none", PROMPT),
        ("leak", PROMPT),
        ("none", SLOW),
        ("no_date", PROMPT),
        ("blame", PROMPT),
        ("none", PROMPT),
        ("empty", PROMPT),
        ("no_finding", PROMPT),
    ),
    Role.AGENCY_ADMIN: (("none", PROMPT), ("empty", PROMPT), ("none", SLOW), ("none", PROMPT)),
    Role.NATIONAL_ADMIN: (("none", PROMPT),),
    Role.LIAISON_OFFICER: (("none", PROMPT),),
}


def system_move(folder: Folder, setting: Setting) -> Move | None:
    """Warn, note a passed limit, expire what was never completed, close what is left unanswered."""
    case = folder.position
    if case.waits_for_parent or case.due_at is None:
        return None
    passed = case.due_at + ONE_MINUTE
    if case.state is State.AWAITING_COMPLETION:
        return Move(passed, Action.EXPIRE, Role.SYSTEM)
    if case.state is State.FOLLOWED_UP:
        return Move(passed, Action.CLOSE, Role.SYSTEM)
    if case.state not in TIMED_STATES or case.breached:
        return None
    if case.warn_at is not None and not case.warned and case.warn_at < passed:
        return Move(case.warn_at, Action.WARN, Role.SYSTEM)
    return Move(passed, Action.BREACH, Role.SYSTEM)


def officer_move(folder: Folder, setting: Setting) -> Move | None:
    """Let the officer who holds the case act, unless that is the trainee."""
    case = folder.position
    if case.desk == setting.desk or case.waits_for_parent or not case.is_open:
        return None
    match case.desk.role:
        case Role.NATIONAL_ADMIN:
            return national_move(folder, setting)
        case Role.AGENCY_ADMIN:
            return admin_move(folder, setting)
        case Role.LIAISON_OFFICER if case.state in AT_A_UNIT:
            return unit_move(folder, setting)
        case Role.SUPERVISOR:
            return supervisor_move(folder, setting)
    return None


def on_morning(folder: Folder, setting: Setting, days: int, action: Action, **what: Any) -> Move:
    """Return a step of the case's holder, some minutes into the given working morning from now."""
    office = setting.terms.office
    at = touched_at(folder)
    for _ in range(days):
        at = office.next_opening(at)
    minutes = chance(folder, setting, f"minutes/{len(folder.log)}").randrange(COFFEE)
    role, name = folder.position.desk
    return Move(at + timedelta(minutes=minutes), action, role, name, **what)


def said(folder: Folder, setting: Setting, occasion: str, **slots: str) -> str:
    """Return an officer's line from the authored file."""
    line = in_turn(setting.cast.officer_lines[occasion], folder, setting, occasion)
    for slot, value in slots.items():
        line = line.replace("{" + slot + "}", value)
    return line.replace("{title}", folder.position.title)


def national_move(folder: Folder, setting: Setting) -> Move | None:
    """Settle a transfer, or verify what came without an address; a block stays as it is."""
    case, right = folder.position, agency_of(folder, setting)
    if case.state is State.TRANSFERRING:
        name = setting.offices.get(right, right)
        if right == case.agency:
            text = said(folder, setting, "national_refuses", destination=proposed(folder, setting))
            return on_morning(folder, setting, 1, Action.REFUSE, text=text)
        text = said(folder, setting, "national_accepts", destination=name)
        return on_morning(folder, setting, 1, Action.ACCEPT, choices={"agency": right}, text=text)
    if case.state is not State.UNVERIFIED:
        return None
    if folder.key["decision"] == "block":
        why = folder.key.get("block", folder.key["debrief"])
        return on_morning(folder, setting, 1, Action.BLOCK, text=why.get("why_id", why.get("id")))
    return intake(folder, setting, {"agency": right})


def proposed(folder: Folder, setting: Setting) -> str:
    """Name the destination that the last return proposed."""
    returned = folder.last(Action.RETURN)
    code = str(returned.choices.get("destination", "")) if returned else ""
    return setting.offices.get(code, code)


def agency_of(folder: Folder, setting: Setting) -> str:
    """Return the agency whose duty the case is."""
    key = folder.key
    if "agency" in key:
        return str(key["agency"]["code"])
    return str(key["return"]["destination"]) if key["decision"] == "return" else setting.home


def admin_move(folder: Folder, setting: Setting) -> Move | None:
    """Let a simulated agency admin do the right thing; only a planted error goes astray."""
    case, right = folder.position, agency_of(folder, setting)
    if right != case.agency:
        name = setting.offices.get(right, right)
        return on_morning(
            folder,
            setting,
            1,
            Action.RETURN,
            choices={"destination": right},
            text=said(folder, setting, "agency_returns", destination=name),
        )
    if case.state is State.UNVERIFIED:
        return intake(folder, setting, {})
    if folder.key["decision"] == "archive":
        return archive(folder, setting)
    return before_disposing(folder, setting) or disposition(folder, setting)


def before_disposing(folder: Folder, setting: Setting) -> Move | None:
    """Say what cannot wait, and protect who could be harmed, before a unit reads the report."""
    case, key = folder.position, folder.key
    if case.agency != setting.home:
        return None
    if key.get("urgent") and not case.urgent:
        return at_once(folder, Action.MARK_URGENT, {"urgency": "urgent"})
    if key.get("secret") and not case.secret:
        return at_once(folder, Action.CHANGE_SECRECY, {"secrecy": "secret"})
    return None


def disposition(folder: Folder, setting: Setting) -> Move:
    """Send a report to its unit, an urgent one without a night between."""
    case = folder.position
    choices = {"unit": unit_for(folder, setting), "officer": ""}
    declined = folder.count(Action.DECLINE)
    text = said(folder, setting, "admin_accepts_return") if declined else ""
    if case.urgent:
        move = at_once(folder, Action.DISPOSE, choices, text)
    else:
        move = on_morning(folder, setting, 1, Action.DISPOSE, choices=choices, text=text)
    if case.agency == setting.home:  # other agencies have officers of their own
        choices["officer"] = officer_at(move.at, folder, setting)
    return move


def officer_at(at: datetime, folder: Folder, setting: Setting) -> str:
    """Return whose case it will be; nothing goes to one who left when the trainee came."""
    goes = setting.desk.role is Role.SUPERVISOR and folder.key.get("leaver") is not None
    is_gone = goes and setting.begins is not None and at >= setting.begins
    return "" if is_gone else str(folder.facts.get("officer", ""))


def at_once(folder: Folder, action: Action, choices: Mapping[str, Any], text: str = "") -> Move:
    """Return a step of the holder some minutes after the one before it."""
    role, name = folder.position.desk
    return Move(touched_at(folder) + MOMENT, action, role, name, choices, text)


def reopening(folder: Folder, setting: Setting) -> Move | None:
    """Let a simulated admin reopen once where the reporter came back with something new."""
    case = folder.position
    may = case.allows(Action.REOPEN, Role.AGENCY_ADMIN)
    if not may or setting.desk.role is Role.AGENCY_ADMIN or case.agency != setting.home:
        return None
    if last_word(folder).action is not Action.WRITE:
        return None
    move = on_morning(folder, setting, 1, Action.REOPEN)
    return replace(move, role=Role.AGENCY_ADMIN, office=case.agency)


def reminder(folder: Folder, setting: Setting) -> Move | None:
    """Let the supervisor remind a trainee whose limit is near, once for each limit."""
    case = folder.position
    warned = folder.last(Action.WARN)
    is_theirs = setting.desk.role is Role.LIAISON_OFFICER and case.desk == setting.desk
    if not is_theirs or warned is None or not case.warned or case.breached:
        return None
    reminded = folder.last(Action.REMIND)
    if reminded is not None and reminded.number > warned.number:
        return None
    text = said(folder, setting, "supervisor_reminds")
    at = warned.at + AN_HOUR
    return Move(at, Action.REMIND, Role.SUPERVISOR, case.agency, text=text)


def intake(folder: Folder, setting: Setting, more: Mapping[str, str]) -> Move:
    """Hold, archive or verify a report as its key says."""
    key = folder.key
    if needs_completion(folder, setting):
        missing = key["hold"]["missing"] if "hold" in key else PLACE
        text = said(folder, setting, "admin_holds", missing=setting.cast.missing[missing])
        return on_morning(folder, setting, 1, Action.HOLD, choices={"missing": missing}, text=text)
    if key["decision"] == "archive":
        return archive(folder, setting)
    choices = {"class": key.get("class", ""), "category": key.get("category", ""), **more}
    return on_morning(folder, setting, 1, Action.VERIFY, choices=choices)


def needs_completion(folder: Folder, setting: Setting) -> bool:
    """Tell whether the report lacks what its key left out, or what the trainee did not write."""
    if folder.count(Action.HOLD):
        return False
    if setting.desk.role is Role.REPORTER:
        written = folder.position.text.casefold()
        return not any(place.casefold() in written for place in folder.facts["places"])
    return bool(folder.key["decision"] == "hold")


def archive(folder: Folder, setting: Setting) -> Move:
    reason = {"reason": folder.key["archive"]["reason"]}
    text = archived(folder.key)
    return on_morning(folder, setting, 1, Action.ARCHIVE, choices=reason, text=text)


def unit_for(folder: Folder, setting: Setting) -> str:
    """Return where a simulated admin disposes to: the right unit, or once the planted wrong one."""
    routes = folder.key.get("route", ())
    if folder.position.agency != setting.home or not routes:
        return folder.position.agency
    astray = folder.key.get("group") == "misrouted" and not folder.count(Action.DECLINE)
    if astray and setting.desk.role is Role.LIAISON_OFFICER:
        return setting.desk.office
    return str(routes[0]["unit"])


def unit_move(folder: Folder, setting: Setting) -> Move | None:
    """Let a simulated unit decline what is not its own, or answer in the way planted here."""
    case = folder.position
    accepted = [route["unit"] for route in folder.key.get("route", ())]
    is_new = case.state is State.DISPOSED
    if is_new and case.agency == setting.home and accepted and case.unit not in accepted:
        name = setting.offices.get(accepted[0], accepted[0])
        text = said(folder, setting, "unit_declines", unit=name)
        choices = {"unit": accepted[0]}
        return on_morning(folder, setting, 1, Action.DECLINE, choices=choices, text=text)
    is_danger = case.urgent and is_new and folder.key.get("urgent")
    if is_danger and not folder.count(*FIRST_WORDS) and (word := first_word(folder, setting)):
        return word
    flaw, days = conduct(folder, setting)
    reminded = folder.last(Action.REMIND)
    if reminded is not None or case.state is State.REPLIED or case.reopened or case.urgent:
        days = 1
    text = draft_with(folder, flaw)
    if not text or has_left(folder, setting):
        return None
    is_read_first = setting.desk.role is Role.SUPERVISOR and "agency" in folder.key
    action = Action.DRAFT if is_read_first else Action.ANSWER
    evidence = good_evidence(folder) if flaw == "none" else ""
    move = on_morning(folder, setting, days, action, choices={"evidence": evidence})
    return replace(move, text=dated(text, move.at, folder, setting))


def first_word(folder: Folder, setting: Setting) -> Move | None:
    """Answer danger within the hour: go there first, write the rest afterwards."""
    text = draft_with(folder, "none")
    if not text or setting.desk.role is Role.SUPERVISOR:  # a draft comes first there
        return None
    role, name = folder.position.desk
    at = touched_at(folder) + AN_HOUR
    choices = {"evidence": good_evidence(folder)}
    return Move(at, Action.INTERIM, role, name, choices, dated(text, at, folder, setting))


def has_left(folder: Folder, setting: Setting) -> bool:
    """Tell whether the case lies with an officer who has gone: nobody works on it.

    She goes where the trainee has to hand over; at the other desks she has not left.
    """
    leaver = folder.key.get("leaver")
    goes = setting.desk.role is Role.SUPERVISOR
    return goes and leaver is not None and folder.position.officer == leaver


def dated(text: str, at: datetime, folder: Folder, setting: Setting) -> str:
    """Put days into a draft: the field check was before it, what it promises comes soon after."""
    office = setting.terms.office
    checked = given_at(folder).astimezone(office.zone).date()
    waits = setting.desk.role is Role.SUPERVISOR  # drafts lie there for days before they are read
    ahead = 1 if folder.key.get("urgent") and not waits else PROMISE
    promised = office.calendar.add(at.astimezone(office.zone).date(), ahead)
    return text.replace("{soon}", in_words(promised)).replace("{found_on}", in_words(checked))


def given_at(folder: Folder) -> datetime:
    """Return when a unit last got something to look at; reminders show nothing new."""
    given = folder.last(*GIVING)
    return given.at if given else touched_at(folder)


def in_words(day: date) -> str:
    """Say a day in Indonesian, the language of the letters: Jumat, 13 Maret 2026."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def conduct(folder: Folder, setting: Setting) -> tuple[str, int]:
    """Return how this unit answers: as planted at first, and well once it was asked again."""
    planted = CONDUCT[setting.desk.role]
    flaw, days = planted[(setting.seed + folder.number) % len(planted)]
    is_second = folder.count(Action.ANSWER, Action.APPROVE, Action.SEND_BACK) > 0
    return ("none", PROMPT) if is_second else (flaw, days)


def draft_with(folder: Folder, flaw: str) -> str:
    """Return the authored draft with this flaw, or the good one where there is none such."""
    drafts: Mapping[str, str] = {
        draft["flaw"]: draft["text"] for draft in folder.key.get("draft", ())
    }
    return drafts.get(flaw) or drafts.get("none", "")


def good_evidence(folder: Folder) -> str:
    offered = folder.key.get("answer", {}).get("evidence", ())
    return next((str(item["code"]) for item in offered if item["good"]), "")


def supervisor_move(folder: Folder, setting: Setting) -> Move | None:
    """Approve a sound draft, send back any other with what is wrong with it."""
    case = folder.position
    written = folder.last(Action.DRAFT)
    evidence = str(written.choices.get("evidence", "")) if written else ""
    reading = read_answer(case.draft, about(folder, setting, evidence), setting.cast.words)
    found = [flaw for flaw in flaws(reading) if flaw is not Flaw.NO_DESTINATION]
    if not found:
        return on_morning(folder, setting, 1, Action.APPROVE, choices={"evidence": evidence})
    text = said(folder, setting, f"supervisor_sends_back.{found[0]}")
    choices = {"flaw": str(found[0])}
    return on_morning(folder, setting, 1, Action.SEND_BACK, choices=choices, text=text)


def supporting_move(folder: Folder, setting: Setting) -> Move | None:
    """Let an invited unit add what it knows, once, while the lead unit works on the answer."""
    case = folder.position
    if case.state not in AT_A_UNIT or case.waits_for_parent:
        return None
    heard = {event.office for event in folder.log if event.action is Action.CONTRIBUTE}
    silent = [unit for unit in case.support if unit not in heard and unit != setting.desk.office]
    if not silent:
        return None
    office = setting.terms.office
    at = office.next_opening(touched_at(folder))
    text = said(folder, setting, "unit_contributes", unit=setting.offices.get(silent[0], silent[0]))
    return Move(at, Action.CONTRIBUTE, Role.LIAISON_OFFICER, silent[0], text=text)
