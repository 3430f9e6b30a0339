"""Guided mode: a decision is explained at once and can be taken back; a run can begin again."""

from time import perf_counter

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from sandbox.domain.room import UndoImpossible
from sandbox.domain.workflow import Action
from sandbox.models import Case, Run, Scenario
from sandbox.selectors import explained
from sandbox.services import (
    CaseChanged,
    NoReset,
    NotInThisMode,
    RunOver,
    finish_run,
    reset_run,
    undo_action,
)
from tests.factories import ANSWER, NOW, a_run
from tests.sandbox.pages import act_url, case_url, inbox_url, words
from tests.sandbox.playing import let_a_day_pass, snapshot, take

EMPTY = "Terima kasih, laporan Anda akan kami koordinasikan dengan pihak terkait."


@pytest.fixture
def case(practice_room, learner):
    """A report on the desk of a liaison officer, in guided mode."""
    run = a_run(learner, "meja-penghubung")
    cases = run.cases.reached().select_related("run__learner", "run__rules", "run__scenario")
    own_task = cases.exclude(family__in=("got-penuh-sampah", "lampu-di-antara-pohon"))
    return own_task.filter(unit="DLH").first()


def again(case):
    cases = Case.objects.of(case.run).select_related("run__learner", "run__rules")
    return cases.get(pk=case.pk)


def undo(case, version=None):
    version = case.version if version is None else version
    return undo_action(case=case, version=version, actor=case.run.learner, now=NOW)


def undo_url(case):
    return reverse("sandbox:undo", args=[case.run_id, case.number])


def reset_url(run):
    return reverse("sandbox:reset", args=[run.pk])


def test_nothing_is_explained_before_a_decision(case):
    assert explained(case) is None


def test_a_decision_is_explained_by_its_own_receipts_only(case):
    take(case, Action.ANSWER, text=EMPTY)
    told = explained(again(case))
    assert told.event.action == Action.ANSWER
    assert told.lines
    assert {line["event"] for line in told.lines} == {told.event.number}
    assert any(line["verdict"] != "right" for line in told.lines)


def test_practice_explains_nothing_before_the_end(practice_room, learner):
    run = a_run(learner, "meja-instansi")
    case = run.cases.reached().select_related("run__learner", "run__rules").first()
    take(case, Action.VERIFY)
    assert explained(again(case)) is None


def test_after_a_decision_the_case_page_explains_it(case, desk):
    filled = {"version": case.version, "text": EMPTY, "evidence": "", "confirmed": "yes"}
    answer = desk.post(act_url(case, Action.ANSWER), filled)
    assert answer["Location"] == f"{case_url(case)}#penjelasan"
    page = words(desk.get(answer["Location"]))
    assert _("Explanation") in page
    assert _("Take back the last step") in page


def test_a_step_taken_back_leaves_the_case_as_it_was_and_both_in_the_log(case):
    before = case.position
    take(case, Action.ANSWER, text=ANSWER)
    undone = undo(again(case))
    assert (undone.state, undone.due_at, undone.draft) == (before.state, before.due_at, "")
    actions = list(undone.events.order_by("number").values_list("action", flat=True))
    assert actions[-2:] == ["answer", "undo"]
    assert explained(again(case)) is None


def test_what_was_taken_back_counts_for_nothing(case):
    clean = finish_run(run=a_run(case.run.learner, "l1"), now=NOW)
    assert clean.score is not None
    take(case, Action.ANSWER, text=EMPTY)
    number = again(case).version
    undo(again(case))
    ended = finish_run(run=case.run, now=NOW)
    assert number not in {line["event"] for line in ended.result["lines"]}


def test_the_button_takes_the_step_back_and_says_so(case, desk):
    take(case, Action.ANSWER, text=ANSWER)
    version = again(case).version
    answer = desk.post(undo_url(case), {"version": version}, follow=True)
    assert _("Your last step on %s was taken back.") % case.code in words(answer)
    assert again(case).state == case.state


def test_pressing_the_button_twice_takes_one_step_back(case, desk):
    take(case, Action.NOTE, text="Catatan pertama.")
    take(again(case), Action.NOTE, text="Catatan kedua.")
    version = again(case).version
    for _press in range(2):
        assert desk.post(undo_url(case), {"version": version})["Location"] == case_url(case)
    assert again(case).events.filter(action="undo").count() == 1


def test_when_time_has_passed_a_step_stays(case, desk):
    take(case, Action.NOTE, text="Catatan untuk rekan.")
    let_a_day_pass(case.run)
    now = again(case)
    before = snapshot(now)
    with pytest.raises(UndoImpossible):
        undo(now)
    answer = desk.post(undo_url(now), {"version": now.version}, follow=True)
    page = words(answer)
    stays = (
        _("Time has passed since your step; it stays. Nothing was changed."),
        _("Somebody else has acted since your step; it stays. Nothing was changed."),
    )
    assert any(sentence in page for sentence in stays)
    assert snapshot(now) == before
    assert _("Take back the last step") not in words(desk.get(case_url(now)))


def test_where_nothing_was_done_there_is_nothing_to_take_back(case, desk):
    before = snapshot(case)
    answer = desk.post(undo_url(case), {"version": case.version}, follow=True)
    stays = _("Somebody else has acted since your step; it stays. Nothing was changed.")
    assert stays in words(answer)
    assert snapshot(case) == before


def test_an_old_page_takes_nothing_back(case, desk):
    take(case, Action.NOTE, text="Catatan untuk rekan.")
    with pytest.raises(CaseChanged):
        undo(again(case), version=case.version)
    answer = desk.post(undo_url(case), {"version": case.version})
    assert answer.status_code == 409
    assert _("The case has moved on") in words(answer)
    assert again(case).events.filter(action="undo").count() == 0


@pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30])
def test_a_form_that_was_meddled_with_takes_nothing_back(case, desk, version):
    take(case, Action.NOTE, text="Catatan untuk rekan.")
    assert desk.post(undo_url(case), {"version": version}).status_code == 409
    assert again(case).events.filter(action="undo").count() == 0


def test_only_the_mode_with_undo_takes_a_step_back(practice_room, learner, desk):
    run = a_run(learner, "meja-instansi")
    case = run.cases.reached().select_related("run__learner", "run__rules").first()
    take(case, Action.VERIFY)
    case = again(case)
    before = snapshot(case)
    with pytest.raises(NotInThisMode):
        undo(case)
    answer = desk.post(undo_url(case), {"version": case.version}, follow=True)
    assert _("In this mode a step that you have taken stays.") in words(answer)
    assert snapshot(case) == before


def test_a_finished_run_takes_no_step_back(case, desk):
    take(case, Action.NOTE, text="Catatan untuk rekan.")
    finish_run(run=case.run, now=NOW)
    now = again(case)
    with pytest.raises(RunOver):
        undo(now)
    assert desk.post(undo_url(now), {"version": now.version}).status_code == 410


def test_somebody_elses_step_is_not_mine_to_take_back(case, client, django_user_model):
    take(case, Action.NOTE, text="Catatan untuk rekan.")
    client.force_login(django_user_model.objects.create_user("lain@contoh.test"))
    assert client.post(undo_url(case), {"version": again(case).version}).status_code == 404


# Beginning again


def test_beginning_again_asks_first_and_changes_nothing(run, desk):
    page = words(desk.get(reset_url(run)))
    assert _("Stop this attempt and begin again?") in page
    assert Run.objects.get().finished_at is None


def test_beginning_again_keeps_the_old_attempt_with_its_score(run, desk):
    answer = desk.post(reset_url(run))
    old, fresh = Run.objects.order_by("attempt")
    assert answer["Location"] == inbox_url(fresh)
    assert (old.pk, old.finished_at, old.result["stopped"]) == (run.pk, run.clock, True)
    assert (fresh.attempt, fresh.clock, fresh.score) == (2, fresh.started_at, None)
    assert desk.get(inbox_url(old)).status_code == 200


def test_beginning_again_twice_begins_once(run, desk):
    answers = [desk.post(reset_url(run)) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 410]
    assert Run.objects.count() == 2


def test_a_run_that_was_finished_is_not_called_stopped(run):
    assert finish_run(run=run, now=NOW).result["stopped"] is False


def test_a_deleted_exercise_cannot_begin_again(run, desk):
    Scenario.objects.all().delete()
    assert desk.post(reset_url(run)).status_code == 410
    assert Run.objects.get().finished_at is None


def test_an_exam_cannot_begin_again(practice_room, learner):
    run = a_run(learner, "ujian-penghubung")
    with pytest.raises(NoReset):
        reset_run(run=run, now=NOW)
    assert Run.objects.get().finished_at is None


def test_beginning_again_with_two_dozen_reports_takes_less_than_a_second(practice_room, learner):
    run = a_run(learner, "meja-instansi", number=24)
    since = perf_counter()
    reset_run(run=run, now=NOW)
    assert perf_counter() - since < 1
