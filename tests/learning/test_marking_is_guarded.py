"""Marks are guarded: two trainers at once, own work, results given out, other people's cohorts."""

import re

import pytest

from sandbox.models import AnswerMark, Run
from sandbox.selectors.marking import marks_version
from sandbox.services import (
    MarksChanged,
    MarksFixed,
    NothingToMark,
    OwnWork,
    ReasonMissing,
    mark_answers,
)
from sandbox.signals import run_finished
from tests.factories import NOW, UserFactory, a_cohort
from tests.learning.conftest import browser_of, text_of, words
from tests.learning.exams import (
    ELEMENTS,
    a_participant,
    a_taken_exam,
    all_marks,
    an_exam_course,
    an_open_exam,
    first_case,
    mark_all,
    page_of,
    send,
    stored,
)


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def colleague(in_group, trainer):
    return in_group("trainer", first_name="Made")


@pytest.fixture
def cohort(trainer, colleague):
    return a_cohort(an_exam_course(), trainer, colleague)


@pytest.fixture
def participant(cohort):
    return a_participant(cohort, first_name="Wayan", last_name="Sukerta")


@pytest.fixture
def run(participant):
    return a_taken_exam(participant.user)


@pytest.fixture
def dewi(trainer):
    return browser_of(trainer)


@pytest.fixture
def made(colleague):
    return browser_of(colleague)


@pytest.fixture
def told():
    """The runs that whoever listens is told of, in order."""
    heard = []

    def listen(*, run, **kwargs):
        heard.append(run.pk)

    run_finished.connect(listen)
    yield heard
    run_finished.disconnect(listen)


def test_the_second_of_two_trainers_finds_a_conflict_with_their_marks_kept(
    dewi, made, trainer, cohort, run, told
):
    number = first_case(run)
    seen = marks_version(run)
    send(dewi, cohort, run, {number: {"finding": 3}}, **{f"comment-{number}": "Jelas."})
    before = stored(run)

    response = send(
        made, cohort, run, {number: {"finding": 1, "action": 2}}, seen=seen,
        **{f"comment-{number}": "Kurang."},
    )  # fmt: skip

    text = text_of(response)
    assert response.status_code == 409
    assert stored(run) == before
    assert words("Your marks are not saved yet") in text
    assert words("Saved: %(mark)s, by %(who)s.", mark=3, who=trainer.get_full_name()) in text
    assert checked(response, f"mark-{number}-finding") == "1"
    assert checked(response, f"mark-{number}-action") == "2"
    assert "Kurang." in text
    assert "Jelas." in text


def test_after_a_conflict_the_page_saves_at_the_marks_as_they_are_now(dewi, made, cohort, run):
    number = first_case(run)
    seen = marks_version(run)
    send(dewi, cohort, run, {number: {"finding": 3}})
    page = send(made, cohort, run, {number: {"action": 2}}, seen=seen)
    assert checked(page, f"mark-{number}-finding") == "3"
    current = re.search(r'name="seen" value="(\d+)"', page.text)[1]

    response = send(made, cohort, run, {number: {"finding": 3, "action": 2}}, seen=current)

    assert response.status_code == 302
    rows = AnswerMark.objects.filter(case__run=run)
    assert dict(rows.values_list("element", "mark")) == {"finding": 3, "action": 2}


def checked(response, name: str) -> str:
    fields = re.findall(rf'<input[^>]*name="{name}"[^>]*>', response.text)
    [field] = [field for field in fields if " checked" in field]
    return re.search(r'value="(\d)"', field)[1]


def test_the_same_form_sent_twice_is_saved_once(dewi, cohort, run, told):
    seen, marks = marks_version(run), all_marks(run)

    first, second = (send(dewi, cohort, run, marks, seen=seen) for _time in range(2))

    assert first.status_code == second.status_code == 302
    assert AnswerMark.history.filter(case__run=run).count() == len(marks) * ELEMENTS
    assert told == [run.pk]


def test_nobody_marks_their_own_answers(made, colleague, cohort):
    own = a_taken_exam(colleague)
    cohort.enrolments.create(user=colleague, course=cohort.course, enrolled_at=NOW)
    before = stored(own)

    shown = made.get(page_of(cohort, own))
    refused = send(made, cohort, own, all_marks(own))

    assert shown.status_code == refused.status_code == 403
    assert words("These are your own answers") in text_of(refused)
    assert stored(own) == before
    queue = made.get(page_of(cohort))
    assert words("Your own answers: another trainer marks them.") in text_of(queue)
    assert f'href="{page_of(cohort, own)}"' not in queue.text
    with pytest.raises(OwnWork):
        mark_all(own, colleague)


def test_marks_are_fixed_once_the_participant_has_the_result(dewi, trainer, cohort, run):
    mark_all(run, trainer)
    Run.objects.filter(pk=run.pk).update(released_at=NOW)
    before = stored(run)

    response = send(dewi, cohort, run, {first_case(run): {"action": 0}}, reason="Keliru.")

    assert response.status_code == 409
    assert stored(run) == before
    page = dewi.get(page_of(cohort, run))
    assert words("The marks no longer change.") in text_of(page)
    assert 'type="radio"' not in page.text
    with pytest.raises(MarksFixed):
        mark_answers(
            run=run, marks={first_case(run): {"action": 0}}, comments={}, marker=trainer, now=NOW,
            seen=marks_version(run), reason="Keliru.",
        )  # fmt: skip


@pytest.mark.parametrize("marks", [{1: {"style": 3}}, {99: {"finding": 3}}])
def test_what_the_run_does_not_hold_cannot_be_marked(trainer, run, marks):
    before = stored(run)

    with pytest.raises(NothingToMark):
        mark_answers(run=run, marks=marks, comments={}, marker=trainer, now=NOW)

    assert stored(run) == before


def test_an_unfinished_run_cannot_be_marked(trainer, participant):
    running = an_open_exam(participant.user)

    with pytest.raises(NothingToMark):
        mark_answers(run=running, marks={1: {"finding": 3}}, comments={}, marker=trainer, now=NOW)


def test_the_service_itself_refuses_what_the_page_would(trainer, run):
    mark_all(run, trainer)
    before = stored(run)
    changed = {first_case(run): {"action": 0}}

    with pytest.raises(MarksChanged):
        mark_answers(run=run, marks=changed, comments={}, marker=trainer, now=NOW, reason="Keliru.")
    with pytest.raises(ReasonMissing):
        mark_answers(
            run=run, marks=changed, comments={}, marker=trainer, now=NOW, seen=marks_version(run)
        )

    assert stored(run) == before


def test_runs_of_other_peoples_cohorts_do_not_exist(in_group, dewi, cohort, run):
    stranger = in_group("trainer")
    elsewhere = a_cohort(cohort.course, stranger, name="Angkatan Lain")
    theirs = a_taken_exam(a_participant(elsewhere).user)
    browser = browser_of(stranger)

    for url in (page_of(cohort), page_of(cohort, run), page_of(elsewhere, run)):
        assert browser.get(url).status_code == 404, url
    assert dewi.get(page_of(cohort, theirs)).status_code == 404
    assert send(browser, cohort, run, all_marks(run)).status_code == 404
    assert not AnswerMark.objects.exists()


@pytest.mark.parametrize("group", ["trainee", "editor", "programme_manager", "nobody"])
def test_whoever_is_no_trainer_finds_no_marking(in_group, cohort, run, group):
    person = UserFactory() if group == "nobody" else in_group(group)
    cohort.trainers.add(person)
    browser = browser_of(person)

    assert browser.get(page_of(cohort)).status_code == 404
    assert send(browser, cohort, run, all_marks(run)).status_code == 404
    assert not AnswerMark.objects.exists()


def test_a_comment_without_any_mark_is_not_dropped_in_silence(trainer, run):
    before = stored(run)

    with pytest.raises(NothingToMark):
        mark_answers(
            run=run, marks={}, comments={first_case(run): "Bagus."}, marker=trainer, now=NOW
        )

    assert stored(run) == before
