"""When the results of an exam go out: attempt by attempt, to the people of the trainer who asks."""

import pytest
from django.urls import reverse

from learning.models import Completion
from sandbox.models import Run, Scenario
from sandbox.services import finish_run, release_results, start_run
from sandbox.signals import run_finished
from tests.factories import NOW, UserFactory, a_cohort
from tests.learning.conftest import browser_of, text_of, words
from tests.learning.exams import (
    a_participant,
    a_taken_exam,
    an_exam_course,
    an_open_exam,
    mark_all,
    page_of,
    the_exam,
)


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def cohort(trainer):
    return a_cohort(an_exam_course(), trainer)


@pytest.fixture
def participant(cohort):
    return a_participant(cohort, first_name="Wayan", last_name="Sukerta")


@pytest.fixture
def dewi(trainer):
    return browser_of(trainer)


@pytest.fixture
def told():
    heard = []

    def listen(*, run, **kwargs):
        heard.append(run.pk)

    run_finished.connect(listen)
    yield heard
    run_finished.disconnect(listen)


def release_page(cohort) -> str:
    return f"/pelatih/{cohort.pk}/penilaian/ujian-penghubung/terbitkan/"


def is_out(run) -> bool:
    return Run.objects.get(pk=run.pk).is_released


@pytest.mark.parametrize("group", ["trainer", "trainee", "nobody"])
def test_others_do_not_release(in_group, trainer, cohort, participant, group):
    run = mark_all(a_taken_exam(participant.user), trainer)
    browser = browser_of(UserFactory() if group == "nobody" else in_group(group))

    assert browser.post(release_page(cohort)).status_code == 404
    assert not is_out(run)


def test_releasing_is_asked_once_and_told_of_every_result(dewi, trainer, cohort, participant, told):
    run = mark_all(a_taken_exam(participant.user), trainer)
    asked = dewi.get(release_page(cohort))
    assert not is_out(run)
    told.clear()

    response = dewi.post(release_page(cohort))

    run.refresh_from_db()
    assert '<button class="govuk-button" type="submit">' in asked.text
    assert response.url == page_of(cohort)
    assert run.released_at is not None
    assert run.released_by == trainer
    assert told == [run.pk]
    assert words("Released") in text_of(dewi.get(page_of(cohort)))


def test_what_waits_for_marks_waits_for_the_next_release(dewi, trainer, cohort, participant, told):
    marked = mark_all(a_taken_exam(participant.user), trainer)
    unmarked = a_taken_exam(a_participant(a_cohort(cohort.course, trainer, name="Lain")).user)
    told.clear()

    asked = text_of(dewi.get(f"/en{release_page(cohort)}"))
    said = text_of(dewi.post(f"/en{release_page(cohort)}", follow=True))

    assert "1 attempt still waits for marks. Its result goes out with a later release." in asked
    assert "1 result is released. 1 attempt still waits for marks" in said
    assert "1 released · 0 marked and not released · 1 waiting for marks" in said
    assert (is_out(marked), is_out(unmarked)) == (True, False)
    assert told == [marked.pk]


def test_a_result_that_is_not_marked_cannot_be_released(dewi, cohort, participant, told):
    run = a_taken_exam(participant.user)

    response = dewi.post(f"/en{release_page(cohort)}")

    assert response.status_code == 409
    assert "There is no result to release yet" in text_of(response)
    assert f'href="/en{release_page(cohort)}"' not in dewi.get(f"/en{page_of(cohort)}").text
    assert not is_out(run)
    assert told == []


def test_one_trainer_does_not_release_for_the_cohorts_of_others(dewi, trainer, cohort, participant):
    run = mark_all(a_taken_exam(participant.user), trainer)
    elsewhere = a_cohort(cohort.course, UserFactory(), name="Angkatan Lain")
    stranger = mark_all(a_taken_exam(a_participant(elsewhere).user), trainer)

    dewi.post(release_page(cohort))

    assert (is_out(run), is_out(stranger)) == (True, False)


def test_an_attempt_finished_after_the_release_waits_for_the_next_one(
    dewi, trainer, cohort, participant
):
    late = a_participant(cohort)
    mark_all(a_taken_exam(participant.user), trainer)
    dewi.post(release_page(cohort))

    run = mark_all(a_taken_exam(late.user), trainer)
    page = browser_of(late.user).get(reverse("sandbox:debrief", args=[run.pk]))
    assert not is_out(run)
    assert page.status_code == 200
    assert "LTH-" not in text_of(page)
    assert not Completion.objects.filter(enrolment=late).exists()

    dewi.post(release_page(cohort))
    assert is_out(run)
    assert Completion.objects.filter(enrolment=late).exists()


def test_a_second_attempt_waits_although_the_first_is_out(trainer, cohort, participant):
    first = mark_all(a_taken_exam(participant.user), trainer)
    people = {participant.user_id}
    release_results(scenario=the_exam(), learners=people, released_by=trainer, now=NOW)
    participant.user.grants.create(scenario=the_exam(), attempts=1, reason="Listrik padam.")

    second = start_run(learner=participant.user, scenario=the_exam(), now=NOW)
    second = finish_run(run=second, now=NOW)

    assert (is_out(first), is_out(second)) == (True, False)


def test_a_passed_exam_counts_from_its_release(dewi, trainer, cohort, participant):
    run = mark_all(a_taken_exam(participant.user), trainer)
    assert not Completion.objects.filter(enrolment=participant).exists()

    dewi.post(release_page(cohort))

    done = Completion.objects.get(enrolment=participant)
    assert done.percent == run.score["percent"]


def test_a_failed_exam_counts_for_nothing(dewi, trainer, cohort, participant):
    Scenario.objects.filter(pk=the_exam().pk).update(pass_percent=100)
    run = mark_all(a_taken_exam(participant.user), trainer)

    dewi.post(release_page(cohort))

    assert is_out(run)
    assert not Completion.objects.filter(enrolment=participant).exists()


def test_releasing_twice_releases_once(dewi, trainer, cohort, participant, told):
    run = mark_all(a_taken_exam(participant.user), trainer)
    dewi.post(release_page(cohort))
    first = Run.objects.get(pk=run.pk).released_at
    told.clear()

    again = dewi.post(release_page(cohort))

    assert again.status_code == 409
    assert Run.objects.get(pk=run.pk).released_at == first
    assert told == []
    assert words("The results are released already") in text_of(again)


def test_an_exam_in_progress_does_not_hold_the_release_up(dewi, trainer, cohort, participant):
    mark_all(a_taken_exam(participant.user), trainer)
    running = an_open_exam(a_participant(cohort).user)

    text = text_of(dewi.get(f"/en{release_page(cohort)}"))

    assert "1 attempt is in progress. Its result goes out with a later release." in text
    assert dewi.post(release_page(cohort)).status_code == 302
    assert not is_out(running)


def test_an_exam_that_nobody_has_finished_is_not_released(dewi, cohort, participant):
    run = an_open_exam(participant.user)

    assert dewi.get(release_page(cohort)).status_code == 404
    assert dewi.post(release_page(cohort)).status_code == 404
    assert not is_out(run)
