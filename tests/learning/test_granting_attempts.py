"""What a trainer allows one person in an exam, and when everyone's results go out."""

from datetime import timedelta

import pytest

from learning.models import Completion
from sandbox.models import Grant, Run, Scenario
from sandbox.services import (
    NoAttemptLeft,
    OwnWork,
    StillPending,
    grant_attempt,
    release_results,
    start_run,
)
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

WHY = "Listrik kantor padam saat ujian."


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


def grant_page(participant, code: str = "ujian-penghubung") -> str:
    return f"/pelatih/{participant.cohort_id}/{participant.pk}/kelonggaran/{code}/"


def release_page(cohort) -> str:
    return f"/pelatih/{cohort.pk}/penilaian/ujian-penghubung/terbitkan/"


def permit(browser, participant, attempts=1, extra=50, reason=WHY):
    fields = {"attempts": attempts, "extra_percent": extra, "reason": reason}
    return browser.post(grant_page(participant), fields)


def test_an_exam_is_taken_once_unless_a_trainer_grants_more(dewi, participant):
    a_taken_exam(participant.user)
    with pytest.raises(NoAttemptLeft):
        start_run(learner=participant.user, scenario=the_exam(), now=NOW)

    permit(dewi, participant)

    again = start_run(learner=participant.user, scenario=the_exam(), now=NOW)
    assert again.attempt == 2
    assert again.ends_at == NOW + timedelta(minutes=the_exam().minutes) * 1.5


def test_a_grant_is_kept_with_its_giver_and_reason_and_shown(dewi, trainer, participant):
    response = permit(dewi, participant)

    grant = Grant.objects.get()
    page = text_of(dewi.get(f"/pelatih/{participant.cohort_id}/{participant.pk}/"))
    assert response.url == f"/pelatih/{participant.cohort_id}/{participant.pk}/"
    assert (grant.learner, grant.attempts, grant.extra_percent) == (participant.user, 1, 50)
    assert (grant.reason, grant.granted_by) == (WHY, trainer)
    assert grant.history.get().history_user == trainer
    assert f"{WHY} · {trainer.get_full_name()}" in page
    assert words("%(started)s of %(allowed)s attempts used", started=0, allowed=2) in page


def test_a_running_attempt_keeps_its_time(dewi, participant):
    run = start_run(learner=participant.user, scenario=the_exam(), now=NOW)

    permit(dewi, participant, attempts=0, extra=100)

    assert Run.objects.get(pk=run.pk).ends_at == run.ends_at


def test_a_later_grant_replaces_the_earlier_one_which_history_keeps(dewi, participant):
    permit(dewi, participant)
    permit(dewi, participant, attempts=0, extra=0, reason="Tidak jadi.")

    grant = Grant.objects.get()
    assert (grant.attempts, grant.extra_percent, grant.reason) == (0, 0, "Tidak jadi.")
    assert [row.attempts for row in grant.history.all()] == [0, 1]


@pytest.mark.parametrize(
    ("attempts", "extra", "reason", "sentence"),
    [
        (1, 50, "", "Say why."),
        (0, 0, WHY, "Choose a further attempt, extra time, or both."),
        (4, 0, WHY, ""),
        (0, 30, WHY, ""),
    ],
)
def test_an_incomplete_grant_is_refused(dewi, participant, attempts, extra, reason, sentence):
    response = permit(dewi, participant, attempts, extra, reason)

    assert response.status_code == 422
    assert words(sentence) in text_of(response) if sentence else True
    assert reason in text_of(response)
    assert not Grant.objects.exists()


def test_nobody_grants_themselves_more(dewi, trainer, cohort):
    own = cohort.enrolments.create(user=trainer, course=cohort.course, enrolled_at=NOW)

    assert permit(dewi, own).status_code == 403
    with pytest.raises(OwnWork):
        grant_attempt(
            scenario=the_exam(), learner=trainer, attempts=1, extra_percent=0, reason=WHY,
            granted_by=trainer, now=NOW,
        )  # fmt: skip
    assert not Grant.objects.exists()


def test_only_exams_can_be_granted(dewi, participant):
    assert dewi.get(grant_page(participant, "l1")).status_code == 404
    assert dewi.get(grant_page(participant, "tidak-ada")).status_code == 404


@pytest.mark.parametrize("group", ["trainer", "trainee", "nobody"])
def test_others_neither_grant_nor_release(in_group, cohort, participant, group):
    a_taken_exam(participant.user)
    browser = browser_of(UserFactory() if group == "nobody" else in_group(group))

    assert permit(browser, participant).status_code == 404
    assert browser.post(release_page(cohort)).status_code == 404
    assert not Grant.objects.exists()
    assert not the_exam().results_released


def test_results_wait_until_everyone_of_the_trainers_cohorts_is_marked(
    dewi, trainer, cohort, participant, told
):
    mark_all(a_taken_exam(participant.user), trainer)
    told.clear()
    other = a_cohort(cohort.course, trainer, name="Angkatan 2")
    a_taken_exam(a_participant(other).user)

    response = dewi.post(release_page(cohort))

    queue = dewi.get(page_of(cohort))
    assert response.status_code == 409
    assert words("Not all answers are marked yet") in text_of(response)
    assert words("Can be released once all are marked.") in text_of(queue)
    assert f'href="{release_page(cohort)}"' not in queue.text
    assert not the_exam().results_released
    assert told == []


def test_what_other_trainers_have_to_mark_holds_nothing_up(dewi, trainer, cohort, participant):
    mark_all(a_taken_exam(participant.user), trainer)
    elsewhere = a_cohort(cohort.course, UserFactory(), name="Angkatan Lain")
    a_taken_exam(a_participant(elsewhere).user)

    assert dewi.post(release_page(cohort)).status_code == 302
    assert the_exam().results_released


def test_releasing_is_asked_once_and_told_of_every_result(dewi, trainer, cohort, participant, told):
    run = mark_all(a_taken_exam(participant.user), trainer)
    asked = dewi.get(release_page(cohort))
    assert not the_exam().results_released
    told.clear()

    response = dewi.post(release_page(cohort))

    exam = the_exam()
    assert '<button class="govuk-button" type="submit">' in asked.text
    assert response.url == page_of(cohort)
    assert exam.results_released
    assert exam.history.first().history_user == trainer
    assert told == [run.pk]
    assert words("Released") in text_of(dewi.get(page_of(cohort)))


def test_a_passed_exam_counts_from_its_release(dewi, trainer, cohort, participant):
    run = mark_all(a_taken_exam(participant.user), trainer)
    assert not Completion.objects.filter(enrolment=participant).exists()

    dewi.post(release_page(cohort))

    done = Completion.objects.get(enrolment=participant)
    assert done.percent == run.score["percent"]


def test_a_failed_exam_counts_for_nothing(dewi, trainer, cohort, participant):
    Scenario.objects.filter(pk=the_exam().pk).update(pass_percent=100)
    mark_all(a_taken_exam(participant.user), trainer)

    dewi.post(release_page(cohort))

    assert the_exam().results_released
    assert not Completion.objects.filter(enrolment=participant).exists()


def test_releasing_twice_releases_once(dewi, trainer, cohort, participant, told):
    mark_all(a_taken_exam(participant.user), trainer)
    dewi.post(release_page(cohort))
    told.clear()

    again = dewi.post(release_page(cohort))

    assert again.status_code == 302
    assert the_exam().history.filter(results_released=True).count() == 1
    assert told == []
    assert words("The results are released already") in text_of(dewi.get(release_page(cohort)))


def test_an_attempt_finished_after_the_release_counts_with_its_last_mark(
    dewi, trainer, cohort, participant
):
    late = a_participant(cohort)
    mark_all(a_taken_exam(participant.user), trainer)
    dewi.post(release_page(cohort))

    run = a_taken_exam(late.user)
    assert not Completion.objects.filter(enrolment=late).exists()
    mark_all(run, trainer)

    assert Completion.objects.filter(enrolment=late).exists()


def test_an_exam_in_progress_is_counted_and_does_not_hold_the_release_up(
    dewi, trainer, cohort, participant
):
    mark_all(a_taken_exam(participant.user), trainer)
    an_open_exam(a_participant(cohort).user)

    text = text_of(dewi.get(f"/en{release_page(cohort)}"))

    assert "1 is in progress: the result appears as soon as it is final." in text
    assert dewi.post(release_page(cohort)).status_code == 302


def test_an_exam_that_nobody_has_finished_is_not_released(dewi, cohort, participant):
    an_open_exam(participant.user)

    assert dewi.get(release_page(cohort)).status_code == 404
    assert dewi.post(release_page(cohort)).status_code == 404
    assert not the_exam().results_released


def test_the_service_itself_holds_the_release_back(trainer, participant):
    a_taken_exam(participant.user)

    with pytest.raises(StillPending):
        release_results(
            scenario=the_exam(), learners={participant.user_id}, released_by=trainer, now=NOW
        )

    assert not the_exam().results_released
