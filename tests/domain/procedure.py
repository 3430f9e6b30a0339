"""The procedure T1–T20 as the officers' rules tell it, written down a second time for the tests.

One line per sentence of the rules, so that it can be checked against them without the program:
code, action, states, parties, the state that follows ("-" where it stays), and what must hold of
the case beside its state. O1–O8 are what people do in the room without moving a case.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

SENTENCES = """
T2  verify           unverified                  admins          verified
T3  hold             unverified,verified         admins          awaiting_completion
T3  hold             disposed                    liaison_officer awaiting_completion
T4  complete         awaiting_completion         reporter        unverified
T5  expire           awaiting_completion         system          archived
T6  archive          unverified,verified         admins          archived
T7  block            unverified                  national_admin  blocked
T7  unblock          blocked                     national_admin  unverified
T8  dispose          verified,disposed           agency_admin    disposed
T8  decline          disposed                    liaison_officer verified            no_draft
T9  return           unverified,verified         agency_admin    transferring
T9  return           disposed                    liaison_officer transferring        no_draft
T10 accept           transferring                national_admin  verified
T10 refuse           transferring                national_admin  verified
T11 answer           disposed,replied            answerers       followed_up         no_draft
T11 interim          disposed,replied            answerers       -                   no_draft
T11 draft            disposed,replied            liaison_officer -                   no_draft
T11 approve          disposed,replied            supervisor      followed_up         draft
T11 send_back        disposed,replied            supervisor      -                   draft
T12 reply            followed_up                 reporter        replied
T13 close            followed_up                 reporter        closed
T14 close            followed_up                 system          closed
T15 close            followed_up                 agency_admin    closed
T16 warn             timed                       system          -
T16 breach           timed                       system          -
T17 link_duplicate   unverified,verified,disposed admins         -                   not_linked
T17 unlink_duplicate unverified,verified,disposed unlinkers      -                   linked
T17 answer_together  timed,followed_up           system          followed_up         linked
T18 change_secrecy   open                        admins          -
T18 open_identity    open                        national_admin  -                   hidden_name
T19 reopen           closed                      agency_admin    disposed            not_reopened
T19 restore          archived                    admins          unverified
T20 withdraw         open                        reporter        archived
O1  mask             unverified,verified         admins          -
O1  mask             disposed                    answerers       -
O2  mark_urgent      open                        handlers        -
O3  note             all                         officers        -
O4  invite           disposed,replied            answerers       -
O5  contribute       disposed,replied            liaison_officer -                   supported
O6  remind           timed                       watchers        -
O7  hand_over        open                        watchers        -
O8  write            timed,final                 reporter        -
O8  escalate         answerable,final            reporter        -
"""
GROUPS = {
    "admins": "national_admin,agency_admin",
    "unlinkers": "national_admin,agency_admin,system",
    "answerers": "liaison_officer,agency_admin",
    "handlers": "national_admin,agency_admin,liaison_officer",
    "watchers": "supervisor,agency_admin",
    "officers": "national_admin,agency_admin,liaison_officer,supervisor",
    "open": "unverified,awaiting_completion,verified,disposed,followed_up,replied,transferring",
    "timed": "unverified,verified,disposed,replied",
    "answerable": "disposed,followed_up,replied",
    "final": "closed,archived,blocked",
}
GROUPS["all"] = f"{GROUPS['open']},{GROUPS['final']}"

STATES = [
    "unverified",
    "awaiting_completion",
    "verified",
    "disposed",
    "followed_up",
    "replied",
    "closed",
    "archived",
    "blocked",
    "transferring",
]
ACTIONS = {"submit", "undo"} | {line.split()[1] for line in SENTENCES.strip().splitlines()}
ROLES = ["reporter", "national_admin", "agency_admin", "liaison_officer", "supervisor", "system"]
FINAL = {"closed", "archived", "blocked"}
CONDITIONS = {  # how the rules and the program call what must hold of a case
    "": None,
    "draft": "draft_waits",
    "no_draft": "no_draft_waits",
    "linked": "linked",
    "not_linked": "not_linked",
    "hidden_name": "identity_closed",
    "not_reopened": "not_reopened",
    "supported": "supported",
}
# Who answers for a case of agency A at its unit U while it stands there.
HELD_BY = {
    "unverified": ("agency_admin", "A"),
    "awaiting_completion": ("reporter", ""),
    "verified": ("agency_admin", "A"),
    "disposed": ("liaison_officer", "U"),
    "followed_up": ("liaison_officer", "U"),
    "replied": ("liaison_officer", "U"),
    "transferring": ("national_admin", ""),
    "blocked": ("national_admin", ""),
    "closed": ("system", ""),
    "archived": ("system", ""),
}


class Rule(NamedTuple):
    """One cell of the procedure: where a step leads, and what must hold of the case."""

    code: str
    target: str
    condition: str


def rows() -> Iterator[tuple[tuple[str, str, str], Rule]]:
    """Yield (state, action, role) and the rule for it."""
    for line in SENTENCES.strip().splitlines():
        code, action, states, roles, target, *condition = line.split()
        for state, role in product(names(states), names(roles)):
            follows = state if target == "-" else target
            yield (state, action, role), Rule(code, follows, "".join(condition))


def names(text: str) -> list[str]:
    return [name for group in text.split(",") for name in GROUPS.get(group, group).split(",")]


ROWS = list(rows())
RULES = dict(ROWS)
EXPECTED = {step: rule.target for step, rule in ROWS}
assert len(EXPECTED) == len(ROWS), "the rules contradict themselves"
