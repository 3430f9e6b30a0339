"""Case families in words: what is wrong with one, and what its parts and codes are called."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..domain.rules import Problem
from ..labels import CHANNEL_LABELS, CLASS_LABELS, FLAW_LABELS, MISSING_LABELS, VALUE_LABELS
from .pack_words import PACK_PROBLEMS

FAMILY_PROBLEMS = {
    **{
        name: PACK_PROBLEMS[name]
        for name in (
            "encoding",
            "toml",
            "toml_at",
            "control",
            "whole",
            "yes_or_no",
            "one_of",
            "too_long",
            "missing",
        )
    },
    "too_large": _("The file is larger than %(most)s KB. No set of families is as large as that."),
    "too_deep": _("Tables lie in one another more deeply than in any case family."),
    "unknown": _("A case family has nothing of this name. Is it misspelt?"),
    "format": _("This is no file of case families of format %(known)s."),
    "nothing_there": _("The file holds no case family: [[family]]."),
    "many_lines": _("The file has more than %(most)s lines, or too many keys and items."),
    "large_family": _("This family has more than %(most)s KB. No case family is as large as that."),
    "long_list": _("More than %(most)s stand here. That is too many."),
    "no_whole": PACK_PROBLEMS["whole"],
    "too_many": _("The file holds more than %(most)s families."),
    "twice": _("“%(name)s” stands here more than once."),
    "no_text": _("Write a text here, in quotation marks."),
    "empty": _("Nothing is written here yet."),
    "list": _("This has to be a list."),
    "table": _("This has to be a table."),
    "code": _("Write a code of small letters, digits and hyphens."),
    "share": _("Write a number above 0, at most %(most)s."),
    "no_share": _("Write a number above 0, at most %(most)s."),
    "kind": _("Only texts, numbers, true and false can stand here."),
    "unknown_row": _("The routing knowledge has no row %(name)s."),
    "unknown_duty": _("The routing knowledge has no duty “%(name)s”."),
    "unknown_category": _("The newest rule pack has no category “%(name)s”."),
    "unknown_reason": _("The newest rule pack has no archive reason “%(name)s”."),
    "unknown_region": _("No region pack has the code “%(name)s”."),
    "no_route": _("Nobody is competent yet: name a routing row, or a duty of its own."),
    "no_route_for_hold": _("Name the routing row: once it is complete, the report goes somewhere."),
    "first_share": _("The first duty is the competent one: its share is 1."),
    "duty_twice": _("“%(name)s” is named more than once as right or wrong."),
    "needed_for": _("This first decision needs its reasons here."),
    "only_for": _("This stands here, but the first decision is another."),
    "few_tellings": _("Write at least %(least)s tellings; there are %(there)s."),
    "no_titles": _("Write at least one title."),
    "half_hidden": _("A telling says both or neither: anonymous, and secret."),
    "contact": _("“%(found)s” could be somebody’s number or address. Use a slot instead."),
    "nested": _("Square brackets stand in one another. Write them side by side."),
    "brackets": _("A square bracket has no partner."),
    "one_choice": _("Square brackets offer a choice: put | between what may stand there."),
    "braces": _("A curly bracket has no partner, or the name in it is no name of a slot."),
    "unknown_slot": _("Nothing fills the slot {%(name)s}."),
    "own_slot": _("Own words cannot hold other own words: {%(name)s}. Write them out."),
    "unused_slot": _("No text uses {%(name)s}."),
    "slot_taken": _("The region fills {%(name)s}. Choose another name."),
    "repeats": _("This is the same as number %(first)s."),
    "gives_away": _("The report is held for something that {%(name)s} says here."),
    "not_in_both": _("Write as many lines in English as in Indonesian."),
    "exists": _("A family of this name exists here already."),
}
ARCHETYPE_LABELS = {
    "K1": _("Clear case, clear owner"),
    "K2": _("Level trap: a road that looks like ours"),
    "K3": _("Something is missing"),
    "K4": _("Angry, with a real problem"),
    "K5": _("A person is accused"),
    "K6": _("Several reports of one incident"),
    "K7": _("Level trap: work and wages"),
    "K8": _("A question about a service"),
    "K9": _("A proposal; nobody left out"),
    "K10": _("Danger now"),
    "K11": _("Two owners, one must act now"),
    "K12": _("Level trap: wrong office named"),
    "K13": _("Nothing an office can decide"),
    "K14": _("A matter of the centre"),
    "K15": _("Two owners share a service"),
    "K16": _("The reporter says it is not solved"),
    "K17": _("Answered with a promise only"),
    "K18": _("An insult with a complaint inside"),
    "K19": _("One name, two places"),
    "K20": _("Comes in outside office hours"),
    "K21": _("The reporter takes it back"),
    "K22": _("Data of somebody else"),
}
FAMILY_DECISION_LABELS = {
    "route": _("Pass on to whoever is competent"),
    "hold": _("Ask for completion"),
    "archive": _("Archive with a reason"),
    "block": _("Block the content"),
}
DIFFICULTY_LABELS = {
    1: _("1 – obvious"),
    2: _("2 – a trap, or something to look up"),
    3: _("3 – several things at once"),
}
REGISTER_LABELS = {
    "formal": _("formal, like a letter"),
    "plain": _("plain, as people write"),
    "chat": _("chat, like a message"),
}
TELLING_CHANNEL_LABELS = {**CHANNEL_LABELS, "instagram": "Instagram"}
DRAFT_FLAW_LABELS = {
    "interim": _("No answer yet: word while something is waited for"),
    "none": _("No flaw: all five elements"),
    **{str(flaw): label for flaw, label in FLAW_LABELS.items()},
}
DETAIL_LABELS = {
    **{
        name: VALUE_LABELS[name]
        for name in (
            "name",
            "national_id",
            "phone",
            "address",
            "health",
            "child",
            "workplace",
            "insult",
        )
    },
    "place": _("a place"),
    "institution": _("an office or a school"),
}
ATTACHMENT_LABELS = {
    "pothole": _("pothole"), "waste": _("waste"), "lamp": _("street lamp"), "flood": _("flood"),
    "tree": _("tree"), "river": _("river or sea"), "pipe": _("pipe"), "meter": _("meter"),
    "queue": _("queue"), "document": _("document"), "receipt": _("receipt"),
    "screenshot": _("screenshot"), "building": _("building"), "vehicle": _("vehicle"),
    "school": _("school"), "food": _("food"), "field": _("field"), "animal": _("animal"),
    "road_sign": _("road sign"), "market": _("market"), "noise": _("noise"),
}  # fmt: skip
FIELD_LABELS = {
    "code": _("code"),
    "archetype": _("archetype"),
    "row": _("routing rows"),
    "decision": _("first decision"),
    "difficulty": _("difficulty"),
    "source": _("source"),
    "attachment": _("photo shows"),
    "copies": _("told by so many people"),
    "weight": _("weight"),
    "regions": _("only in these regions"),
    "titles": _("titles"),
    "short": _("short reports"),
    "extra": _("further sentences"),
    "facts": _("facts to look up"),
    "class": _("class"),
    "category": _("category"),
    "also_categories": _("categories accepted, too"),
    "secret": _("secret"),
    "urgent": _("urgent"),
    "agency": _("why this agency"),
    "route": _("right duty"),
    "trap": _("trap"),
    "support": _("supporting duties"),
    "hold": _("completion"),
    "archive": _("archiving"),
    "block": _("blocking"),
    "debrief": _("debrief"),
    "slots": _("own words"),
    "telling": _("telling"),
    "detail": _("detail"),
    "answer": _("answer"),
    "finding": _("finding"),
    "evidence": _("evidence"),
    "draft": _("draft"),
    "situation": _("situation"),
    "reporter": _("reporter later"),
    "thanks": _("says thanks"),
    "objects": _("objects"),
    "new_information": _("brings something new"),
    "asks_back": _("asks back"),
    "waits": _("waits for something"),
    "duty": _("duty"),
    "duties": _("duties"),
    "share": _("share"),
    "missing": _("what is missing"),
    "reason": _("reason"),
    "completion_id": _("what the reporter adds"),
    "why_id": _("reason in Indonesian"),
    "why_en": _("reason in English"),
    "point_id": _("point in Indonesian"),
    "point_en": _("point in English"),
    "label_id": _("name in Indonesian"),
    "label_en": _("name in English"),
    "words": _("words"),
    "text": _("text"),
    "title": _("title"),
    "kind": _("kind"),
    "personal": _("personal"),
    "good": _("good"),
    "flaw": _("flaw"),
    "channel": _("channel"),
    "register": _("register"),
    "anonymous": _("anonymous"),
    "id": _("Indonesian"),
    "en": _("English"),
    "family": _("family"),
    "format": _("format"),
}
STEP = re.compile(r"([\w-]+)(?:\[(\d+)\])?")


def family_problem(problem: Problem) -> str:
    """Say what is wrong at one place of a family."""
    return str(FAMILY_PROBLEMS[problem.code]) % problem.gaps


def place_words(place: str) -> str:
    """Say where in a family something stands, such as “Telling 2, text”."""
    steps = [
        f"{FIELD_LABELS.get(name, name)} {number}".rstrip()
        for name, number in STEP.findall(place)
        if name != "key"
    ]
    return str(capfirst(", ".join(steps)))


def value_shown(value: Any) -> Any:
    """Return a value of a family as a reader sees it: a list of lines, or one text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return VALUE_LABELS[str(value)]
    if isinstance(value, str):
        return named(value)
    return [str(each) for each in value] if isinstance(value, Sequence) else str(value)


def named(value: str) -> Any:
    """Return the name of a class, a decision and the like; a text is its own name."""
    if value in ARCHETYPE_LABELS:
        return f"{value} – {ARCHETYPE_LABELS[value]}"
    for labels in (CLASS_LABELS, FAMILY_DECISION_LABELS, MISSING_LABELS, REGISTER_LABELS):
        if value in labels:
            return labels[value]
    return value
