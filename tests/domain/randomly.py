"""A trainee who does anything at any time, by dice that can be thrown again."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from sandbox.domain.answers import Flaw
from sandbox.domain.deadlines import OfficeTime
from sandbox.domain.folders import Folder, Setting
from sandbox.domain.position import Position
from sandbox.domain.room import may_take
from sandbox.domain.workflow import NEEDS, Action, Needs, Role
from tests.domain.desks import REGION, RULES

UNITS = [unit["code"] for unit in REGION.units]
AGENCIES = [agency["code"] for agency in REGION.agencies]
OFFICERS = [officer["code"] for officer in REGION.officers]
REASONS = [reason["code"] for reason in RULES["archive_reason"]]
CLASSES = ["non_supervisory", "supervisory", "information", "aspiration"]
CATEGORIES = RULES["categories"]["main"]
TEXTS = [
    "Mohon sebutkan nama jalan dan satu patokan.",
    "Akan kami koordinasikan.",
    "Bukan kewenangan kami.",
    "Petugas meninjau lokasi pada Senin dan menemukan saluran tersumbat.",
    "",
]
HURRY = (timedelta(hours=1), timedelta(hours=7), timedelta(days=1), timedelta(days=4))


def some_choices(action: Action, folder: Folder, others: int, dice: Random) -> Mapping[str, Any]:
    """Return choices as a form offers them, right or wrong."""
    facts = folder.facts
    pick = dice.choice
    evidence = {"evidence": pick(["", *(item["code"] for item in facts["evidence"])])}
    units = {"unit": pick(UNITS)}
    details = [each["text"] for each in facts["details"]] or ["RT 03"]
    options: dict[Action, Mapping[str, Any]] = {
        Action.SUBMIT: {
            "title": facts["title"],
            "agency": pick(["", *AGENCIES]),
            "anonymous": pick([True, False]),
            "secret": pick([True, False]),
        },
        Action.VERIFY: {
            "class": pick(CLASSES),
            "category": pick(CATEGORIES),
            "agency": pick(AGENCIES),
        },
        Action.HOLD: {"missing": pick(["location", "date", "what_happened", "evidence"])},
        Action.ARCHIVE: {"reason": pick(REASONS)},
        Action.DISPOSE: {**units, "support": dice.sample(UNITS, 2), "officer": pick(OFFICERS)},
        Action.DECLINE: units,
        Action.RETURN: {"level": "central", "destination": pick(AGENCIES)},
        Action.ACCEPT: {"agency": pick(AGENCIES)},
        Action.ANSWER: evidence,
        Action.INTERIM: evidence,
        Action.DRAFT: evidence,
        Action.SEND_BACK: {"flaw": str(pick(list(Flaw)))},
        Action.CLOSE: {"rating": pick("12345")},
        Action.LINK_DUPLICATE: {"parent": str(dice.randint(1, others))},
        Action.CHANGE_SECRECY: {"secrecy": pick(["secret", "open"])},
        Action.MASK: {"details": dice.sample(details, dice.randint(1, len(details)))},
        Action.MARK_URGENT: {"urgency": pick(["urgent", "ordinary"])},
        Action.INVITE: units,
        Action.HAND_OVER: {"from": pick(OFFICERS), "to": pick(OFFICERS)},
    }
    return options.get(action, {})


def some_text(action: Action, folder: Folder, dice: Random) -> str:
    """Return a text as people type it: good, bad, or none where no words are needed."""
    drafts = [draft["text"] for draft in folder.key.get("draft", ())]
    text = dice.choice([*TEXTS, *drafts])
    text = text.replace("{soon}", "Jumat, 13 Maret 2026").replace("{found_on}", "Senin")
    return text or TEXTS[0] if NEEDS.get(action, Needs()).words else text


def some_action(folder: Folder, setting: Setting, dice: Random) -> Action:
    """Return mostly what is offered, moving steps more often than notes; else anything at all."""
    offered = [action for action in Action if may_take(folder, action, setting.desk)]
    if not offered or dice.random() < 0.15:
        return dice.choice([action for action in Action if action is not Action.UNDO])
    ends = (Action.ARCHIVE, Action.BLOCK, Action.WITHDRAW)
    weights = [1 if action in ends else 2 if stays(folder.position, action) else 6
               for action in offered]  # fmt: skip
    return dice.choices(offered, weights)[0]


def stays(case: Position, action: Action) -> bool:
    """Tell whether nobody who may take this step moves the case by it."""
    return all(
        case.target(action, role) is case.state for role in Role if case.allows(action, role)
    )


def some_time(clock: Any, office: OfficeTime, dice: Random) -> Any:
    return dice.choice([clock + dice.choice(HURRY), office.next_opening(clock)])
