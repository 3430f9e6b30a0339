"""Several people report the same: one answer for all, counted for each, and nobody is forgotten."""

import pytest

from sandbox.domain.position import desk_of
from sandbox.domain.room import UndoImpossible
from sandbox.domain.workflow import Action, ActionNotAllowed, Role, State
from sandbox.models import LogEntry, Run
from sandbox.services import undo_action
from tests.factories import ANSWER, NOW, a_run, let
from tests.sandbox.playing import let_days_pass, snapshot, take

DUPLICATES = {"duplicate": 1}


@pytest.fixture
def run(practice_room, learner):
    """Three residents report the same street lights."""
    return a_run(learner, code="meja-instansi", composition=DUPLICATES, number=1, arrive_later=0)


def case(run, number):
    return run.cases.select_related("run__learner", "run__scenario").get(number=number)


def link(run, number, parent):
    return take(case(run, number), Action.LINK_DUPLICATE, choices={"parent": str(parent)})


def dispose(run, number):
    return take(take(case(run, number), Action.VERIFY), Action.DISPOSE)


def test_three_residents_tell_it_in_their_own_words(run):
    cases = list(run.cases.select_related("answer_key"))
    assert [one.answer_key.key["duplicate_of"] for one in cases] == [None, 1, 1]
    assert len({one.text for one in cases}) == len({one.facts["reporter"] for one in cases}) == 3
    assert len({one.family for one in cases}) == 1


def test_a_linked_report_keeps_its_place_and_hangs_on_its_parent(run):
    linked = link(run, 2, 1)
    assert (linked.parent, linked.state) == (1, "unverified")
    assert linked.events.latest("number").choices == {"parent": "1"}
    freed = take(linked, Action.UNLINK_DUPLICATE)
    assert freed.parent is None


@pytest.mark.parametrize(("number", "parent"), [(1, 1), (2, 99), (2, 3), (1, 3)])
def test_no_report_hangs_on_itself_on_nothing_or_on_one_that_hangs(run, number, parent):
    link(run, 3, 1)
    before = snapshot(case(run, number))
    with pytest.raises(ActionNotAllowed):
        link(run, number, parent)
    assert snapshot(case(run, number)) == before


def test_two_tabs_cannot_tie_a_knot(run):
    """Each page was right when it was shown; the second is refused."""
    first, second = case(run, 1), case(run, 2)
    take(first, Action.LINK_DUPLICATE, choices={"parent": "2"})
    with pytest.raises(ActionNotAllowed):
        take(second, Action.LINK_DUPLICATE, choices={"parent": "1"})


@pytest.mark.parametrize("by", ["answer", "approve"])
def test_one_answer_answers_all_and_is_counted_for_each(run, by):
    link(run, 2, 1)
    link(run, 3, 1)
    parent = dispose(run, 1)
    if by == "answer":
        take(parent, Action.ANSWER, text=ANSWER)
    else:
        parent = let(parent, Role.LIAISON_OFFICER, Action.DRAFT, {"evidence": ""})
        let(parent, Role.SUPERVISOR, Action.APPROVE, {"evidence": ""})
    for number in (1, 2, 3):
        answered = case(run, number)
        assert (answered.state, answered.unit) == ("followed_up", "DISHUB")
        assert (answered.desk_role, answered.desk_office) == desk_of(answered.position)
        assert answered.due_at
        assert answered.events.latest("number").text == ANSWER
    together = LogEntry.objects.everyone().filter(run=run, action="answer_together")
    assert [event.role for event in together] == ["system", "system"]
    numbers = list(run.log.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_answered_duplicates_go_on_on_their_own_and_all_come_to_an_end(run):
    link(run, 2, 1)
    take(dispose(run, 1), Action.ANSWER, text="Akan kami koordinasikan.")
    take(case(run, 3), Action.ARCHIVE)
    run = let_days_pass(run, 60)
    assert {one.state for one in run.cases.all()} <= {"closed", "archived"}


def test_nobody_works_on_a_linked_report_and_no_limit_passes_for_it(run):
    link(run, 2, 1)
    run = let_days_pass(run, 10)
    assert not case(run, 2).breached
    assert case(run, 3).breached
    assert [event.action for event in case(run, 2).events.order_by("number")] == [
        "submit", "link_duplicate",
    ]  # fmt: skip


def test_a_linked_report_that_is_asked_about_still_expires(run):
    linked = link(run, 2, 1)
    let(linked, Role.AGENCY_ADMIN, Action.HOLD, {"missing": "identity_of_service"}, "Kantor mana?")
    run = let_days_pass(run, 15)
    assert case(run, 2).state != State.AWAITING_COMPLETION


def test_an_answer_that_went_to_several_people_is_not_taken_back(run):
    Run.objects.filter(pk=run.pk).update(mode="guided")
    link(run, 2, 1)
    parent = take(dispose(run, 1), Action.ANSWER, text=ANSWER)
    before = snapshot(parent)
    with pytest.raises(UndoImpossible):
        undo_action(case=parent, version=parent.version, actor=run.learner, now=NOW)
    assert snapshot(parent) == before
