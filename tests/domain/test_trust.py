"""What lowers a reporter's trust, and what never does."""

from dataclasses import replace

import pytest

from sandbox.domain.folders import Move
from sandbox.domain.reporters import EFFECTS, Cue, persona_of, reporter_move, trust_in
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import CAST, DESKS, HOME, cases_of, room, setting
from tests.domain.seats import VERIFY, a_room, evidence, flawed

FAMILIES = [family["code"] for family in DESKS.families]


def told(persona, family, action, choices, text):
    """The trust of one reporter after one step of an officer on a report of this family."""
    desk = replace(setting(Role.SUPERVISOR), cast=replace(CAST, personas=(persona,)))
    played = room(cases_of(DESKS, family)[:1], desk)
    folder = played.folders[1]
    for role, step, chosen in ROADS[action]:
        played.record(folder, Move(played.clock, step, role, "", chosen, "Pengantar."))
    played.record(folder, Move(played.clock, action, BY[action], "", choices, text))
    return trust_in(folder, desk)


RETURNED = (Role.AGENCY_ADMIN, Action.RETURN, {"level": "central", "destination": "BALAI_JALAN"})
AT_THE_UNIT = [
    (Role.AGENCY_ADMIN, Action.VERIFY, VERIFY),
    (Role.AGENCY_ADMIN, Action.DISPOSE, {"unit": "DLH"}),
]
ROADS = {
    Action.RETURN: [],
    Action.ARCHIVE: [],
    Action.ACCEPT: [RETURNED],
    Action.REFUSE: [RETURNED],
    Action.ANSWER: AT_THE_UNIT,
    Action.INTERIM: AT_THE_UNIT,
}
BY = {
    Action.RETURN: Role.AGENCY_ADMIN,
    Action.ARCHIVE: Role.AGENCY_ADMIN,
    Action.ACCEPT: Role.NATIONAL_ADMIN,
    Action.REFUSE: Role.NATIONAL_ADMIN,
    Action.ANSWER: Role.LIAISON_OFFICER,
    Action.INTERIM: Role.LIAISON_OFFICER,
}
CHOSEN = {
    Action.RETURN: RETURNED[2],
    Action.ARCHIVE: {"reason": "spam"},
    Action.ACCEPT: {"agency": "BALAI_JALAN"},
    Action.REFUSE: {},
}
people = pytest.mark.parametrize("persona", CAST.personas, ids=lambda persona: persona.code)


@people
@pytest.mark.parametrize("action", CHOSEN)
def test_giving_the_reason_that_was_missing_never_lowers_trust(persona, action):
    for family in FAMILIES:
        silent = told(persona, family, action, CHOSEN[action], "  ")
        explained = told(
            persona, family, action, CHOSEN[action], "Karena jalan itu jalan nasional."
        )
        assert explained > silent or silent == 0, (family, silent)


@people
def test_a_better_answer_never_lowers_trust(persona):
    for family in FAMILIES:
        drafts = flawed(family)
        if "none" not in drafts:
            continue
        best = told(persona, family, Action.ANSWER, evidence(family), drafts["none"])
        for flaw, text in drafts.items():
            worse = told(persona, family, Action.ANSWER, evidence(family), text)
            assert worse <= best, (family, flaw)
            assert flaw == "none" or worse < best, (family, flaw)


WORSE = {
    "blame": "Kalau warga tertib, hal ini tidak akan terjadi.",
    "leak": "Laporan ini dikirim oleh {name}.",
    "empty": "Akan kami koordinasikan.",
}


@people
@pytest.mark.parametrize("action", [Action.ANSWER, Action.INTERIM])
def test_one_flaw_more_never_raises_trust(persona, action):
    """Least of all one that would hide a worse one: only the worst is felt."""
    for family in FAMILIES:
        name = cases_of(DESKS, family)[0].facts["reporter"]
        for text in flawed(family).values():
            before = told(persona, family, action, {"evidence": ""}, text)
            for flaw in ("blame", "leak"):
                more = f"{text} {WORSE[flaw]}".replace("{name}", name)
                after = told(persona, family, action, {"evidence": ""}, more)
                assert after <= before, (family, flaw, text)


@people
def test_mending_one_of_two_flaws_never_lowers_trust(persona):
    """A hollow answer that also blames was once felt less than one that only blames."""
    for family in FAMILIES:
        both = told(persona, family, Action.ANSWER, {"evidence": ""},
                    f"{WORSE['empty']} {WORSE['blame']}")  # fmt: skip
        for one in ("empty", "blame"):
            assert told(persona, family, Action.ANSWER, {"evidence": ""}, WORSE[one]) >= both


OFFICIAL = (
    "Adapun hal tersebut di atas senantiasa kami perhatikan.",
    "Sehubungan dengan hal tersebut, monitoring bersifat komprehensif.",
    "Pada prinsipnya mekanisme yang berlaku mengindahkan skala prioritas.",
    "Demikian untuk menjadi periksa.",
)


@pytest.mark.parametrize("action", [Action.ANSWER, Action.INTERIM])
def test_plain_words_never_lower_trust(action):
    """Each sentence of officialese less is felt as much or better, whatever else is said."""
    persona = max(CAST.personas, key=lambda each: each.trust)
    for family in FAMILIES:
        for flaw, text in flawed(family).items():
            texts = [" ".join([text, *OFFICIAL[:number]]) for number in range(len(OFFICIAL) + 1)]
            felt = [told(persona, family, action, {"evidence": ""}, each) for each in texts]
            assert felt == sorted(felt, reverse=True), (family, flaw)
            assert felt[-1] < felt[0] or felt[0] == 0 or flaw == "empty", (family, flaw)


def test_hard_words_are_felt_beside_what_an_answer_says():
    persona = CAST.personas[0]
    for family in FAMILIES:
        drafts = flawed(family)
        if "none" in drafts:
            plain, hard = drafts["none"], " ".join([drafts["none"], *OFFICIAL])
            felt = [
                told(persona, family, Action.INTERIM, {"evidence": ""}, text)
                for text in (plain, hard)
            ]
            assert felt[0] - felt[1] == -EFFECTS[Cue.HARD_WORDS]


def test_what_a_reporter_does_not_understand_is_asked_back_once():
    played = a_room(Role.SUPERVISOR, HOME, "tps-meluap")
    folder = played.folders[1]
    text = " ".join([flawed("tps-meluap")["none"], *OFFICIAL])
    answer = Move(
        played.clock, Action.ANSWER, Role.LIAISON_OFFICER, "", evidence("tps-meluap"), text
    )
    for role, step, chosen in AT_THE_UNIT:
        played.record(folder, Move(played.clock, step, role, "", chosen, ""))
    played.record(folder, answer)

    reply = reporter_move(folder, played.setting)

    said = CAST.reporter_lines["does_not_understand"][persona_of(folder, played.setting).tone]
    assert reply.action is Action.REPLY
    assert reply.text in {each.replace("{title}", folder.position.title) for each in said}
    played.record(folder, reply)
    played.record(folder, answer)
    again = reporter_move(folder, played.setting)
    assert again is None or again.action is Action.CLOSE
