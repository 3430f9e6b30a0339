"""The debrief of a desk that watches over many reports: what was asked of it, and what it did."""

import pytest

from sandbox import selectors
from sandbox.domain.workflow import Action
from sandbox.models import Case, Run
from sandbox.services import finish_run
from tests.factories import NOW, a_run
from tests.sandbox.pages import debrief_url, words
from tests.sandbox.playing import take


@pytest.fixture
def run(practice_room, learner) -> Run:
    return a_run(learner, "rapat-senin")


def touched(run) -> Case:
    """Return a case that asks for nothing, with a note on it all the same."""
    judged = {line["case"] for line in finish_run(run=again(run), now=NOW).score["lines"]}
    Run.objects.filter(pk=run.pk).update(finished_at=None, score=None)
    case = run.cases.reached().exclude(number__in=judged).select_related("run__learner").first()
    return take(case, Action.NOTE, text="Unitnya sudah saya telepon.")


def again(run) -> Run:
    return Run.objects.get(pk=run.pk)


def test_only_what_asked_for_a_step_or_got_one_is_listed(desk, run):
    noted = touched(run)
    finished = finish_run(run=again(run), now=NOW)
    judged = {line["case"] for line in finished.score["lines"]}

    debrief = selectors.debrief(finished, {"kasus": str(noted.number)})

    assert noted.number not in judged
    assert {each.case.number for each in debrief.cases} == {noted.number, *judged}
    assert debrief.left_out == run.cases.count() - len(judged) - 1 > 100
    page = words(desk.get(f"/en{debrief_url(finished)}?kasus={noted.number}"))
    assert f"{debrief.left_out} more reports asked for no step of yours" in page
    assert noted.code in page


def test_every_listed_case_stands_beside_the_experts_route(run):
    finished = finish_run(run=again(run), now=NOW)
    lost = [each for each in selectors.debrief(finished).cases if not each.is_right]
    assert lost
    for judged in lost:
        reminded = [event for event in judged.model if event.action is Action.REMIND]
        assert [event.is_own for event in reminded][:1] == [True]
        assert judged.model[: len(judged.route)] == judged.route
