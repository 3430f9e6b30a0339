"""The procedure T1–T20 as the officers' rules tell it, written down a second time for the tests.

One line per sentence of the rules, so that it can be checked against them without the program.
"""

from collections.abc import Iterator
from itertools import product

SENTENCES = """
T2  verify         unverified                           admins          verified
T3  hold           unverified,verified                  admins          awaiting_completion
T3  hold           disposed                             liaison_officer awaiting_completion
T4  complete       awaiting_completion                  reporter        unverified
T5  expire         awaiting_completion                  system          archived
T6  archive        unverified,verified                  admins          archived
T7  block          unverified                           national_admin  blocked
T7  unblock        blocked                              national_admin  unverified
T8  dispose        verified                             agency_admin    disposed
T9  return         unverified,verified                  agency_admin    transferring
T9  return         disposed                             liaison_officer transferring
T10 accept         transferring                         national_admin  verified
T10 refuse         transferring                         national_admin  verified
T11 answer         disposed,replied                     answerers       followed_up
T12 reply          followed_up                          reporter        replied
T13 close          followed_up                          reporter        closed
T14 close          followed_up                          system          closed
T15 close          followed_up                          agency_admin    closed
T16 warn           unverified,verified,disposed,replied system          -
T17 link_duplicate unverified,verified,disposed         admins          -
T18 change_secrecy open                                 admins          -
T19 reopen         closed                               agency_admin    disposed
T19 restore        archived                             admins          unverified
T20 withdraw       open                                 reporter        archived
"""
GROUPS = {
    "admins": "national_admin,agency_admin",
    "answerers": "liaison_officer,agency_admin",
    "open": "unverified,awaiting_completion,verified,disposed,followed_up,replied,transferring",
}

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
FINAL = {"closed", "archived", "blocked"}
# Who answers for a case while it stands there.
HELD_BY = {
    "unverified": "agency_admin",
    "awaiting_completion": "reporter",
    "verified": "agency_admin",
    "disposed": "liaison_officer",
    "followed_up": "liaison_officer",
    "replied": "liaison_officer",
    "transferring": "national_admin",
}


def rows() -> Iterator[tuple[str, tuple[str, str, str], str]]:
    """Yield the code, (state, action, role) and the state that follows."""
    for line in SENTENCES.strip().splitlines():
        code, action, states, roles, target = line.split()
        for state, role in product(names(states), names(roles)):
            yield code, (state, action, role), state if target == "-" else target


def names(text: str) -> list[str]:
    return GROUPS.get(text, text).split(",")


ROWS = list(rows())
EXPECTED = {step: target for _, step, target in ROWS}
assert len(EXPECTED) == len(ROWS), "the rules contradict themselves"
