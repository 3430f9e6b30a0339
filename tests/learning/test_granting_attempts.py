"""What a trainer allows one person in an exam: further attempts, and more time."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from sandbox.models import Grant, Run, Scenario
from sandbox.services import NoAttemptLeft, OwnWork, finish_overdue, grant_attempt, start_run
from tests.factories import NOW, UserFactory, a_cohort
from tests.learning.conftest import browser_of, text_of, words
from tests.learning.exams import (
    a_participant,
    a_taken_exam,
    an_exam_course,
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


def grant_page(participant, code: str = "ujian-penghubung") -> str:
    return f"/pelatih/{participant.cohort_id}/{participant.pk}/kelonggaran/{code}/"


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


def more_time(participant, trainer, percent, now):
    return grant_attempt(
        scenario=the_exam(), learner=participant.user, attempts=0, extra_percent=percent,
        reason=WHY, granted_by=trainer, now=now,
    )  # fmt: skip


def test_extra_time_reaches_the_attempt_that_is_running(trainer, participant):
    run = start_run(learner=participant.user, scenario=the_exam(), now=NOW)
    whole = run.ends_at - NOW
    last_moment = run.ends_at - timedelta(microseconds=1)

    more_time(participant, trainer, 50, last_moment)

    run.refresh_from_db()
    assert (run.ends_at, run.extra_percent) == (NOW + whole * 1.5, 50)
    assert finish_overdue(now=NOW + whole) == 0
    assert finish_overdue(now=run.ends_at) == 1


def test_an_attempt_whose_time_is_over_gets_none(trainer, participant):
    run = start_run(learner=participant.user, scenario=the_exam(), now=NOW)

    more_time(participant, trainer, 100, run.ends_at)

    assert Run.objects.get(pk=run.pk).ends_at == run.ends_at


def test_extra_time_is_added_once_and_never_taken_away(trainer, participant):
    run = start_run(learner=participant.user, scenario=the_exam(), now=NOW)
    whole = run.ends_at - NOW

    for percent in (50, 50, 25, 0, 100):
        more_time(participant, trainer, percent, NOW)

    assert Run.objects.get(pk=run.pk).ends_at == NOW + whole * 2


def test_only_this_persons_attempt_at_this_exam_gets_longer(trainer, cohort, participant):
    other = start_run(learner=a_participant(cohort).user, scenario=the_exam(), now=NOW)
    elsewhere = start_run(
        learner=participant.user, scenario=Scenario.objects.get(code="l1"), now=NOW
    )

    more_time(participant, trainer, 50, NOW)

    assert Run.objects.get(pk=other.pk).ends_at == other.ends_at
    assert Run.objects.get(pk=elsewhere.pk).ends_at is None


def test_the_page_says_when_the_attempt_in_progress_ends(dewi, participant):
    page = text_of(dewi.get(grant_page(participant)))
    assert words("It counts for attempts that start from now on.") in page

    run = start_run(learner=participant.user, scenario=the_exam(), now=timezone.now())
    page = text_of(dewi.get(f"/en{grant_page(participant)}"))
    assert f"ends at {date_format(localtime(run.ends_at), 'H.i T')}." in page
    fields = {"attempts": 0, "extra_percent": 100, "reason": WHY}
    said = text_of(dewi.post(f"/en{grant_page(participant)}", fields, follow=True))

    longer = Run.objects.get(pk=run.pk).ends_at
    assert longer > run.ends_at
    assert f"now ends at {date_format(localtime(longer), 'H.i T')}." in said


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
def test_others_do_not_grant(in_group, participant, group):
    browser = browser_of(UserFactory() if group == "nobody" else in_group(group))

    assert permit(browser, participant).status_code == 404
    assert not Grant.objects.exists()
