"""How a simulated reporter feels about what officers did, and what they do next.

Trust starts with the person and moves by what happened, never by chance: the table EFFECTS is
all there is to it. Dice only choose among equal lines, and days within what patience allows.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from .answers import flaws, read_answer
from .events import Event
from .folders import (
    ANSWERING,
    Folder,
    Move,
    Persona,
    Setting,
    about,
    chance,
    in_turn,
    last_word,
    touched_at,
)
from .injects import Inject
from .workflow import TIMED_STATES, Action, Role, State

HAPPY = 60  # trust from which a reporter gives the best rating
REPLIES = 2  # after two objections in vain a reporter falls silent
HARD = 3  # pieces of officialese and overlong sentences: one or two slip in, three are a manner
LETTERS = 2  # reminders that a reporter writes before giving up on the agency


class Cue(StrEnum):
    """Something that a reporter notices."""

    ASKED_RIGHTLY = "asked_rightly"
    ASKED_NEEDLESSLY = "asked_needlessly"
    NO_REASON = "no_reason"
    ARCHIVED_WRONGLY = "archived_wrongly"
    LIMIT_PASSED = "limit_passed"
    KEPT_INFORMED = "kept_informed"
    PROTECTED = "protected"
    REAL_ANSWER = "real_answer"
    EMPTY = "empty"
    BESIDE = "beside"
    NO_FINDING = "no_finding"
    NO_DATE = "no_date"
    BLAME = "blame"
    LEAK = "leak"
    NO_DESTINATION = "no_destination"
    HARD_WORDS = "hard_words"
    NEWS = "news"
    POST = "post"


EFFECTS = {
    Cue.ASKED_RIGHTLY: 0,
    Cue.ASKED_NEEDLESSLY: -15,
    Cue.NO_REASON: -15,
    Cue.ARCHIVED_WRONGLY: -25,
    Cue.LIMIT_PASSED: -12,
    Cue.KEPT_INFORMED: 8,
    Cue.PROTECTED: 5,
    Cue.REAL_ANSWER: 0,  # what the persona forgives is added
    Cue.EMPTY: -20,
    Cue.BESIDE: -15,
    Cue.NO_FINDING: -10,
    Cue.NO_DATE: -8,
    Cue.BLAME: -25,
    Cue.LEAK: -60,
    Cue.NO_DESTINATION: -15,
    Cue.HARD_WORDS: -5,  # beside what the answer says, however well it says that
    Cue.NEWS: 0,  # what the inject declares is added
    Cue.POST: 0,
}
OBJECTIONS = {
    Cue.EMPTY: "objects_empty",
    Cue.BESIDE: "objects_beside",
    Cue.NO_FINDING: "objects_beside",
    Cue.NO_DATE: "objects_empty",
    Cue.BLAME: "objects_blame",
    Cue.LEAK: "objects_leak",
    Cue.NO_DESTINATION: "objects_return",
}
UNSOLVED = (Cue.BESIDE, Cue.NO_FINDING, Cue.NO_DATE)  # the reporter says what is still so
HURTING = (Cue.LEAK, Cue.BLAME, Cue.EMPTY)
EXPLAINED = (Action.RETURN, Action.ARCHIVE, Action.REFUSE, Action.ACCEPT)


class Feeling(NamedTuple):
    """One change of trust: which event, what was noticed, and where trust stands since.

    What was heard from outside has the place of an inject instead of an event.
    """

    event: int | None
    cue: Cue
    trust: int
    inject: int | None = None


def persona_of(folder: Folder, setting: Setting) -> Persona:
    """Return who reports: of the characters of the exercise, one who speaks like the report."""
    personas = setting.cast.personas
    alike = [each for each in personas if each.tone == folder.facts.get("manner")] or personas
    return alike[(setting.seed + folder.number) % len(alike)]


def impressions(event: Event, folder: Folder, setting: Setting) -> tuple[str, ...]:
    """Return what an answer leaves: its worst flaw or that it is a real one, and any hard words.

    Hard words are counted, so that no plain sentence more makes up for them, nor counts as one.
    """
    if event.number not in folder.judged:
        evidence = str(event.choices.get("evidence", ""))
        reading = read_answer(event.text, about(folder, setting, evidence), setting.cast.words)
        found = [Cue(flaw.value) for flaw in flaws(reading)] or [Cue.REAL_ANSWER]
        is_hard = len(reading.jargon) + len(reading.long_sentences) >= HARD
        hard = (Cue.HARD_WORDS,) if is_hard else ()
        folder.judged[event.number] = (min(found, key=lambda cue: EFFECTS[cue]), *hard)
    return folder.judged[event.number]


def worst(event: Event, folder: Folder, setting: Setting) -> Cue:
    """Return what stands out in an answer: the flaw that hurts most, or that it is a real one."""
    return Cue(impressions(event, folder, setting)[0])


def is_hard(event: Event, folder: Folder, setting: Setting) -> bool:
    """Tell whether an answer is written in words that a reporter does not use."""
    return Cue.HARD_WORDS in impressions(event, folder, setting)


def cues(folder: Folder, setting: Setting) -> Iterator[tuple[int, Cue]]:
    """Yield what the reporter notices, event by event."""
    for event in folder.log:
        if cue := noticed(event, folder, setting):
            yield event.number, cue
        if event.action in EXPLAINED and not event.text.strip():
            yield event.number, Cue.NO_REASON
        if event.action in (*ANSWERING, Action.INTERIM) and is_hard(event, folder, setting):
            yield event.number, Cue.HARD_WORDS


def noticed(  # noqa: PLR0911 – one line for each thing that is noticed
    event: Event, folder: Folder, setting: Setting
) -> Cue | None:
    """Return what the reporter notices about one event, whether reasons were given or not."""
    match event.action:
        case Action.HOLD:
            needed = folder.key.get("hold", {}).get("missing") == event.choices["missing"]
            return Cue.ASKED_RIGHTLY if needed else Cue.ASKED_NEEDLESSLY
        case Action.BREACH:
            return Cue.LIMIT_PASSED
        case Action.ARCHIVE if folder.key["decision"] != "archive":
            return Cue.ARCHIVED_WRONGLY
        case Action.INTERIM:
            cue = worst(event, folder, setting)
            return cue if cue in HURTING else Cue.KEPT_INFORMED
        case Action.CHANGE_SECRECY if event.choices["secrecy"] == "secret":
            return Cue.PROTECTED
        case action if action in ANSWERING:
            return worst(event, folder, setting)
    return None


def feelings(folder: Folder, setting: Setting) -> list[Feeling]:
    """Return how trust moved; the last entry is how the reporter feels now."""
    persona = persona_of(folder, setting)
    trust, felt = persona.trust, []
    for number, cue, inject in noticed_in_order(folder, setting):
        effect = persona.forgives if cue is Cue.REAL_ANSWER else EFFECTS[cue]
        effect = inject.table["trust"] if inject else effect
        trust = max(0, min(100, trust + effect))
        felt.append(Feeling(number, cue, trust, inject.place if inject else None))
    return felt


def noticed_in_order(
    folder: Folder, setting: Setting
) -> Iterator[tuple[int | None, Cue, Inject | None]]:
    """Yield what was noticed about the case and what was heard from outside, as it came."""
    at = {event.number: event.at for event in folder.log}
    outside = heard(folder, setting)
    for number, cue in cues(folder, setting):
        while outside and outside[0].at < at[number]:
            yield None, Cue(outside[0].kind.value), outside.pop(0)
        yield number, cue, None
    yield from ((None, Cue(inject.kind.value), inject) for inject in outside)


def heard(folder: Folder, setting: Setting) -> list[Inject]:
    """Return what the reporter has heard from outside since the report came in."""
    if not folder.come or not folder.log:
        return []
    category = str(folder.key.get("category", ""))
    return setting.injects.moods(category, folder.log[0].at, folder.come)


def patience_of(folder: Folder, setting: Setting) -> int:
    """Return for how many working days after a missed limit the reporter waits, at least one."""
    lost = sum(inject.table.get("patience", 0) for inject in heard(folder, setting))
    return max(persona_of(folder, setting).patience + int(lost), 1)


def trust_in(folder: Folder, setting: Setting) -> int:
    felt = feelings(folder, setting)
    return felt[-1].trust if felt else persona_of(folder, setting).trust


def line(folder: Folder, setting: Setting, occasion: str) -> str:
    """Return what this reporter says on an occasion: in the tone of the person, from the file."""
    own: Sequence[str] = folder.key.get("reporter", {}).get(occasion, ())
    tone = persona_of(folder, setting).tone
    lines = own or setting.cast.reporter_lines[occasion][tone]
    said = in_turn(lines, folder, setting, occasion)
    for slot, value in slots_of(folder, setting).items():
        said = said.replace("{" + slot + "}", value)
    return said


def slots_of(folder: Folder, setting: Setting) -> dict[str, str]:
    """Return what the lines of a reporter may name."""
    asked, moved = folder.last(Action.HOLD), folder.last(Action.ACCEPT)
    missing = str(asked.choices["missing"]) if asked else ""
    agency = str(moved.choices["agency"]) if moved else ""
    return {
        "name": folder.facts["reporter"],
        "title": folder.position.title,
        "missing": setting.cast.missing.get(missing, ""),
        "destination": setting.offices.get(agency, ""),
    }


def reporter_move(folder: Folder, setting: Setting) -> Move | None:
    """Return what the reporter does next if nothing else happens."""
    match folder.position.state:
        case State.AWAITING_COMPLETION:
            return completion(folder, setting)
        case State.FOLLOWED_UP:
            return verdict(folder, setting)
        case State.ARCHIVED:
            return word_on_archiving(folder, setting)
        case State.CLOSED:
            return word_after_closing(folder, setting)
        case state if state in TIMED_STATES:
            return impatience(folder, setting) or word_on_news(folder, setting)
    return None


def later(folder: Folder, setting: Setting, days: int, action: Action, **what: object) -> Move:
    """Return a move of the reporter some working mornings after somebody last did something."""
    office = setting.terms.office
    closed = folder.last(Action.CLOSE)  # also where the system did
    at = office.next_opening(max(touched_at(folder), closed.at) if closed else touched_at(folder))
    for _ in range(days - 1):
        at = office.next_opening(at)
    return Move(at, action, Role.REPORTER, **what)  # type: ignore[arg-type]


def completion(folder: Folder, setting: Setting) -> Move | None:
    """Complete what was asked for; only who was asked for what nobody knows stays silent."""
    asked = folder.last(Action.HOLD)
    hold = folder.key.get("hold")
    if asked is None:
        return None
    if hold and asked.choices["missing"] == hold["missing"]:
        notes = hold.get("notes", {})
        added = {"notes": notes} if any(notes.values()) else {}
        text = hold["completion_id"]
        return later(folder, setting, 1, Action.COMPLETE, choices=added, text=text)
    if hold:
        return None
    said = line(folder, setting, "completes_needlessly")
    return later(folder, setting, 1, Action.COMPLETE, text=said)


def verdict(folder: Folder, setting: Setting) -> Move | None:
    """Judge the last answer: close with a rating, object, or fall silent."""
    answer = folder.last(*ANSWERING)
    if answer is None:
        return None
    cue = worst(answer, folder, setting)
    trust = trust_in(folder, setting)
    if cue is Cue.REAL_ANSWER:
        return asking_back(answer, folder, setting) or thanks(folder, setting, trust)
    if escalation := to_the_ombudsman(folder, setting, trust):
        return escalation
    if folder.count(Action.REPLY) >= REPLIES or folder.count(Action.ESCALATE):
        return giving_up(folder, setting)
    own = folder.key.get("reporter", {}).get("objects")
    occasion = "objects" if own and cue in UNSOLVED else OBJECTIONS[cue]
    return later(folder, setting, 1, Action.REPLY, text=line(folder, setting, occasion))


def asking_back(answer: Event, folder: Folder, setting: Setting) -> Move | None:
    """Ask once what hard words mean, or about what even a real answer has left open."""
    questions: Sequence[str] = folder.key.get("reporter", {}).get("asks_back", ())
    if folder.count(Action.REPLY):
        return None
    if is_hard(answer, folder, setting):
        said = line(folder, setting, "does_not_understand")
    elif questions:
        said = in_turn(questions, folder, setting, "asks_back")
    else:
        return None
    return later(folder, setting, 1, Action.REPLY, text=said)


def thanks(folder: Folder, setting: Setting, trust: int) -> Move | None:
    """Close with a good rating; three in ten say nothing more."""
    if chance(folder, setting, "silent").random() < 0.3:  # noqa: PLR2004
        return None
    rating = "5" if trust >= HAPPY else "4"
    said = line(folder, setting, "thanks")
    return later(folder, setting, 1, Action.CLOSE, choices={"rating": rating}, text=said)


def giving_up(folder: Folder, setting: Setting) -> Move | None:
    """Close with a bad rating, or leave it to the system, after objecting in vain."""
    if chance(folder, setting, "tired").random() < 0.5:  # noqa: PLR2004 – every other one
        return None
    said = line(folder, setting, "closes_disappointed")
    return later(folder, setting, 2, Action.CLOSE, choices={"rating": "2"}, text=said)


def to_the_ombudsman(folder: Folder, setting: Setting, trust: int) -> Move | None:
    """Go outside once trust is gone: after the agency was asked, never before."""
    may = folder.position.allows(Action.ESCALATE, Role.REPORTER)
    if not may or folder.count(Action.ESCALATE) or trust > persona_of(folder, setting).outcry:
        return None
    said = line(folder, setting, "ombudsman")
    return later(folder, setting, 2, Action.ESCALATE, text=said)


def impatience(folder: Folder, setting: Setting) -> Move | None:
    """Write again when a limit has passed without a word, and once more outside at the end."""
    case = folder.position
    if not case.breached or case.due_at is None or case.waits_for_parent:
        return None
    breach = folder.last(Action.BREACH)
    letters = [event for event in folder.log if event.action is Action.WRITE]
    has_written = any(breach and event.number > breach.number for event in letters)
    if has_written:
        return to_the_ombudsman(folder, setting, trust_in(folder, setting))
    if len(letters) >= LETTERS:
        return None
    office = setting.terms.office
    at = case.due_at
    for _ in range(patience_of(folder, setting)):
        at = office.next_opening(at)
    occasion = "writes_again_after_interim" if case.responded else "writes_again"
    return Move(at, Action.WRITE, Role.REPORTER, text=line(folder, setting, occasion))


def word_on_news(folder: Folder, setting: Setting) -> Move | None:
    """Say something once about having been passed on, or having been kept informed."""
    news = folder.last(Action.ACCEPT, Action.INTERIM)
    if news is None or any(
        event.role is Role.REPORTER for event in folder.log if event.number > news.number
    ):
        return None
    if news.action is Action.ACCEPT:
        occasion = "accepts_return" if news.text.strip() else "objects_return"
    elif trust_in(folder, setting) >= HAPPY:
        occasion = "thanks_interim"
    else:
        return None
    return later(folder, setting, 1, Action.WRITE, text=line(folder, setting, occasion))


def word_on_archiving(folder: Folder, setting: Setting) -> Move | None:
    archived = folder.last(Action.ARCHIVE)
    if archived is None or archived is not last_word(folder):
        return None
    is_right = folder.key["decision"] == "archive"
    occasion = "accepts_archive" if is_right and archived.text.strip() else "objects_archive"
    return later(folder, setting, 1, Action.WRITE, text=line(folder, setting, occasion))


def word_after_closing(folder: Folder, setting: Setting) -> Move | None:
    """Come back once with new information where a flawed answer was closed by others."""
    closed = last_word(folder)
    answer = folder.last(*ANSWERING)
    if closed.action is not Action.CLOSE or closed.role is Role.REPORTER or answer is None:
        return None
    if worst(answer, folder, setting) is Cue.REAL_ANSWER or folder.position.reopened:
        return None
    news: Sequence[str] = folder.key.get("reporter", {}).get("new_information", ())
    if not news:
        return None
    said = in_turn(news, folder, setting, "news")
    return later(folder, setting, 2, Action.WRITE, text=said)
