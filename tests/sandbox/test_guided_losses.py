"""A guided exercise says at once what a step has lost, not only what it has won."""

from django.utils import translation

from sandbox.domain.workflow import Action, Role
from sandbox.selectors import explained
from tests.factories import a_run, let
from tests.sandbox.pages import case_url, words
from tests.sandbox.playing import VERIFY, take

EMPTY = "Terima kasih, laporan Anda akan kami koordinasikan."


def answered(learner, text):
    run = a_run(learner, "meja-pelapor")
    case = run.cases.reached().select_related("run__learner").order_by("number").first()
    choices = {"title": "Lampu padam", "anonymous": False, "secret": False}
    case = take(case, Action.SUBMIT, choices=choices)
    case = let(case, Role.NATIONAL_ADMIN, Action.VERIFY, VERIFY | {"agency": "TIRTA_ASRI"}, "")
    case = let(case, Role.AGENCY_ADMIN, Action.DISPOSE, {"unit": "DISHUB"}, "")
    return let(case, Role.LIAISON_OFFICER, Action.ANSWER, {"evidence": ""}, text)


def test_closing_an_empty_answer_shows_the_points_that_it_lost(practice_room, desk, learner):
    case = take(answered(learner, EMPTY), Action.CLOSE, choices={"rating": "5"})
    found = explained(case)
    assert "objects" in {line["expectation"] for line in found.amiss}
    with translation.override("en"):
        page = words(desk.get(case_url(case)))
    assert "earns or costs no points" not in page


def test_a_step_after_the_one_that_closed_the_way_does_not_tell_it_again(practice_room, learner):
    case = take(answered(learner, EMPTY), Action.CLOSE, choices={"rating": "5"})
    case = take(case, Action.WRITE, choices={})
    found = explained(case)
    assert "objects" not in {line["expectation"] for line in found.amiss}
