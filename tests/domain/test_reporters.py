"""How a reporter feels: a table of effects, and nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, combinations

import pytest

from sandbox.domain.answers import Flaw
from sandbox.domain.folders import Move
from sandbox.domain.reporters import EFFECTS, Cue, feelings, persona_of, trust_in, worst
from sandbox.domain.workflow import Action, Role
from tests.domain.desks import CAST, DESKS, cases_of, room, setting

DESK = setting(Role.SUPERVISOR)
VERIFY = {"class": "non_supervisory", "category": "Perhubungan"}


@pytest.fixture
def folder():
    played = room(cases_of(DESKS, "tps-meluap"), DESK)
    played.record(played.folders[1], Move(played.clock, Action.VERIFY, Role.AGENCY_ADMIN, "",
                                          VERIFY))  # fmt: skip
    played.record(played.folders[1], Move(played.clock, Action.DISPOSE, Role.AGENCY_ADMIN, "",
                                          {"unit": "DLH"}))  # fmt: skip
    folder = played.folders[1]
    folder.played = played
    return folder


def step(folder, action, role, choices=None, text=""):
    played = folder.played
    return played.record(folder, Move(played.clock, action, role, "", choices or {}, text))


def test_trust_begins_with_the_person(folder):
    assert feelings(folder, DESK) == []
    assert trust_in(folder, DESK) == persona_of(folder, DESK).trust


def test_people_differ_within_one_run_and_stay_the_same_in_the_next():
    played = room(cases_of(DESKS), DESK)
    people = [persona_of(folder, DESK).code for folder in played.folders.values()]
    assert len(set(people)) > len(CAST.personas) / 2
    again = room(cases_of(DESKS), DESK)
    assert people == [persona_of(folder, DESK).code for folder in again.folders.values()]


def test_a_reporter_speaks_like_the_report():
    played = room(cases_of(DESKS), DESK)
    folders = list(played.folders.values())
    assert len({folder.facts["manner"] for folder in folders}) > 1
    assert [persona_of(each, DESK).tone for each in folders] == [
        each.facts["manner"] for each in folders
    ]


def test_an_exercise_with_one_character_lets_everybody_be_that_one(folder):
    only = next(persona for persona in CAST.personas if persona.tone != folder.facts["manner"])
    alone = replace(DESK, cast=replace(CAST, personas=(only,)))
    assert persona_of(folder, alone) == only


def test_a_report_of_before_manners_were_noted_may_be_anybodys(folder):
    folder.facts = {name: fact for name, fact in folder.facts.items() if name != "manner"}
    seeds = range(len(CAST.personas))
    met = {persona_of(folder, replace(DESK, seed=seed)).code for seed in seeds}
    assert met == {persona.code for persona in CAST.personas}


def test_each_feeling_names_its_event_and_what_was_noticed(folder):
    breach = step(folder, Action.BREACH, Role.SYSTEM)
    secret = step(folder, Action.CHANGE_SECRECY, Role.AGENCY_ADMIN, {"secrecy": "secret"})
    step(folder, Action.NOTE, Role.AGENCY_ADMIN, text="Catatan dalam.")
    felt = feelings(folder, DESK)
    assert [(each.event, each.cue) for each in felt] == [
        (breach.number, Cue.LIMIT_PASSED),
        (secret.number, Cue.PROTECTED),
    ]
    start = persona_of(folder, DESK).trust
    assert felt[0].trust == start + EFFECTS[Cue.LIMIT_PASSED]
    assert felt[1].trust == felt[0].trust + EFFECTS[Cue.PROTECTED]


def test_trust_stays_between_nothing_and_everything(folder):
    for _ in range(10):
        step(folder, Action.BREACH, Role.SYSTEM)
    assert trust_in(folder, DESK) == 0
    for _ in range(40):
        step(folder, Action.CHANGE_SECRECY, Role.AGENCY_ADMIN, {"secrecy": "secret"})
    assert trust_in(folder, DESK) == 100


def test_secrecy_that_is_lifted_protects_nobody(folder):
    step(folder, Action.CHANGE_SECRECY, Role.AGENCY_ADMIN, {"secrecy": "open"})
    assert feelings(folder, DESK) == []


def test_of_several_flaws_the_one_that_hurts_most_is_felt(folder):
    text = "Kalau warga tertib, hal ini tidak akan terjadi. Akan kami koordinasikan."
    event = step(folder, Action.ANSWER, Role.LIAISON_OFFICER, {"evidence": ""}, text)
    assert worst(event, folder, DESK) is Cue.BLAME


def felt_for(flaws: Iterable[Flaw]) -> int:
    return min((EFFECTS[Cue(flaw.value)] for flaw in flaws), default=EFFECTS[Cue.REAL_ANSWER])


def test_every_flaw_hurts_and_mending_one_never_hurts_more():
    assert {flaw.value for flaw in Flaw} <= {cue.value for cue in Cue}
    subsets = list(chain.from_iterable(combinations(Flaw, size) for size in range(len(Flaw) + 1)))
    assert len(subsets) == 2 ** len(Flaw)
    for flaws in subsets:
        for mended in flaws:
            assert felt_for(set(flaws) - {mended}) >= felt_for(flaws)
    assert all(EFFECTS[Cue(flaw.value)] < 0 for flaw in Flaw)


def test_every_cue_has_an_effect_and_only_good_deeds_raise_trust():
    assert set(EFFECTS) == set(Cue)
    assert {cue for cue, effect in EFFECTS.items() if effect > 0} == {
        Cue.KEPT_INFORMED, Cue.PROTECTED,
    }  # fmt: skip
    assert all(persona.forgives > 0 for persona in CAST.personas)
