"""An exam ends by the server's clock, whatever the browser does, and loses nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sandbox import urls
from sandbox.domain.workflow import Action
from sandbox.models import Grant, LogEntry, Run, Scenario
from sandbox.services import TimeIsUp, advance_clock, finish_run, start_run, undo_action
from tests.factories import NOW, a_run
from tests.sandbox.pages import act_url, case_url, clock_url, debrief_url, inbox_url, words
from tests.sandbox.playing import TEXT, next_morning, take

EXAM = "ujian-penghubung"
FORTY = timedelta(minutes=40)
INSIDE_A_RUN = [path.name for path in urls.urlpatterns if "run_id" in str(path.pattern)]


@pytest.fixture
def exam(practice_room, learner):
    """An exam that has just begun."""
    scenario = Scenario.objects.get(code=EXAM)
    return start_run(learner=learner, scenario=scenario, now=timezone.now())


@pytest.fixture
def late(exam):
    """An exam whose time has passed, with its learner still writing."""
    Run.objects.filter(pk=exam.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    exam.refresh_from_db()
    return exam


def on_the_desk(run):
    return run.cases.reached().select_related("run__learner").filter(state="disposed").first()


def address(name, run):
    case = on_the_desk(run)
    arguments = {"act": [run.pk, case.number, "answer"]}
    arguments |= {name: [run.pk, case.number] for name in ("case", "undo", "picture", "paper")}
    return reverse(f"sandbox:{name}", args=arguments.get(name, [run.pk]))


def stored(run):
    return Run.objects.get(pk=run.pk)


def test_an_exam_lasts_as_long_as_its_exercise_says(practice_room, learner):
    assert a_run(learner, EXAM).ends_at == NOW + FORTY


def test_granted_time_is_added_for_one_person(practice_room, learner):
    scenario = Scenario.objects.get(code=EXAM)
    Grant.objects.create(scenario=scenario, learner=learner, extra_percent=50, reason="Netra")
    assert a_run(learner, EXAM).ends_at == NOW + FORTY * 1.5


@pytest.mark.parametrize("code", ["l1", "meja-penghubung"])
def test_only_exams_are_timed(practice_room, code):
    assert a_run(code=code).ends_at is None


def test_a_step_in_the_last_second_counts_and_at_the_end_it_does_not(practice_room):
    run = a_run(code=EXAM)
    case = on_the_desk(run)
    moved = take(case, Action.NOTE, now=run.ends_at - timedelta(seconds=1))
    with pytest.raises(TimeIsUp):
        take(moved, Action.NOTE, text="Terlambat.", now=run.ends_at)
    assert moved.events.filter(action="note").count() == 1


def test_after_the_end_neither_the_clock_nor_a_step_back_is_possible(practice_room):
    run = a_run(code=EXAM)
    case = on_the_desk(run)
    with pytest.raises(TimeIsUp):
        advance_clock(run=run, seen=run.clock, to=next_morning(run), now=run.ends_at)
    with pytest.raises(TimeIsUp):
        undo_action(case=case, version=case.version, actor=run.learner, now=run.ends_at)
    assert stored(run).clock == run.clock


def test_the_page_says_how_long_the_exam_goes_on(exam, desk):
    page = words(desk.get(inbox_url(exam)))
    assert "<span data-minutes>40</span>" in page
    assert timezone.localtime(exam.ends_at).strftime("%H.%M") in page


def test_an_exercise_without_a_time_limit_shows_none(run, desk):
    assert "data-seconds-left" not in words(desk.get(inbox_url(run)))


@pytest.mark.parametrize("name", INSIDE_A_RUN)
def test_every_address_of_a_late_exam_says_that_time_is_over(late, desk, name):
    send = desk.post if name == "undo" else desk.get
    answer = send(address(name, late), follow=True)
    if name == "hand_over" and answer.status_code == 404:
        pytest.skip("this role hands nothing over")
    assert answer.status_code == 410
    assert _("The exam's time is over") in words(answer)
    assert stored(late).finished_at == late.clock


def test_what_was_written_too_late_is_given_back_and_not_stored(late, desk):
    case = on_the_desk(late)
    entries = LogEntry.objects.everyone().count()
    answer = desk.post(
        act_url(case, Action.ANSWER), {"version": case.version, "text": TEXT, "evidence": ""}
    )
    assert answer.status_code == 410
    assert TEXT in words(answer)
    assert LogEntry.objects.everyone().count() == entries


def test_a_part_of_a_page_sends_the_browser_to_the_whole_page(late, desk):
    url = act_url(on_the_desk(late), Action.ANSWER)
    answer = desk.get(url, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == url
    assert stored(late).finished_at is None
    assert desk.get(url).status_code == 410


def test_an_exam_ended_by_the_clock_keeps_what_was_sent_in_time(exam, desk):
    case = take(on_the_desk(exam), Action.ANSWER, now=timezone.now())
    Run.objects.filter(pk=exam.pk).update(ends_at=timezone.now())
    desk.get(inbox_url(exam))
    ended = stored(exam)
    assert ended.score is not None
    assert ended.log.filter(number=case.version, action="answer", is_own=True).exists()


def test_a_late_exam_can_be_read_after_it_was_ended(late, desk):
    desk.get(inbox_url(late))
    assert desk.get(inbox_url(late)).status_code == 200
    assert desk.get(case_url(on_the_desk(late))).status_code == 200


def test_a_strangers_late_exam_is_not_ended_by_me(late, client, django_user_model):
    client.force_login(django_user_model.objects.create_user("lain@contoh.test"))
    assert client.get(inbox_url(late)).status_code == 404
    assert stored(late).finished_at is None


def test_handing_in_says_that_the_result_waits_for_the_trainer(exam, desk):
    page = words(desk.get(reverse("sandbox:finish", args=[exam.pk])))
    assert _("Hand in the exam?") in page
    assert _("You get your score with the reasons at once.") not in page


def test_the_result_page_before_release_says_who_releases_and_shows_no_score(exam, desk):
    finish_run(run=exam, now=timezone.now())
    page = words(desk.get(debrief_url(exam)))
    assert _("Waiting for the release of results") in page
    assert 'class="score__n"' not in page


def test_in_an_exam_nobody_can_begin_again(exam, desk):
    for answer in (
        desk.get(reverse("sandbox:reset", args=[exam.pk]), follow=True),
        desk.post(reverse("sandbox:reset", args=[exam.pk]), follow=True),
    ):
        assert _("In this mode you cannot begin again. Nothing was changed.") in words(answer)
    assert stored(exam).finished_at is None
    assert Run.objects.count() == 1


def test_the_inbox_of_an_exam_offers_no_new_beginning(exam, run, desk):
    assert reverse("sandbox:reset", args=[exam.pk]) not in words(desk.get(inbox_url(exam)))
    assert reverse("sandbox:reset", args=[run.pk]) in words(desk.get(inbox_url(run)))


def test_the_clock_page_shows_both_clocks(exam, desk):
    page = words(desk.get(clock_url(exam)))
    assert "data-seconds-left" in page
    assert _("Exercise clock:") in page


def test_an_exam_that_was_left_is_handed_in_once_its_time_has_passed(late, capsys):
    call_command("finish_exams")

    assert "1 exams finished" in capsys.readouterr().out
    assert stored(late).score is not None
    call_command("finish_exams")
    assert "0 exams finished" in capsys.readouterr().out


def test_an_exam_with_time_left_is_not_handed_in_for_its_learner(exam, capsys):
    call_command("finish_exams")

    assert "0 exams finished" in capsys.readouterr().out
    assert stored(exam).score is None
