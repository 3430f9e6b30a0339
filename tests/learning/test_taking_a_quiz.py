"""An attempt: drawn once, answered in any order, marked once."""

from datetime import timedelta

import pytest

from learning.domain.completion import Kind
from learning.models import Choice, Completion, Question, QuizAttempt
from learning.services import (
    AttemptClosed,
    BankTooSmall,
    enrol,
    save_answer,
    start_quiz,
    submit_quiz,
)
from tests.factories import NOW, UserFactory, a_course, a_quiz
from tests.learning.conftest import answer_all, wrong_choice

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def quiz(course):
    return course.quiz


@pytest.fixture
def attempt(enrolment, quiz):
    return start_quiz(enrolment=enrolment, quiz=quiz, now=NOW)


def test_a_start_draws_questions_and_keeps_the_rules_of_the_day(attempt, quiz):
    quiz.pass_percent, quiz.draw = 100, 4
    quiz.save()

    attempt.refresh_from_db()
    assert [answer.position for answer in attempt.answers.all()] == [1, 2]
    assert (attempt.number, attempt.out_of, attempt.pass_percent) == (1, 2, 50)
    assert {answer.choice for answer in attempt.answers.all()} == {None}


def test_starting_again_resumes_the_open_attempt_with_its_answers(attempt, enrolment, quiz):
    choice = wrong_choice(attempt, 1)
    save_answer(answer=attempt.answers.get(position=1), choice=choice)

    resumed = start_quiz(enrolment=enrolment, quiz=quiz, now=LATER)

    assert resumed == attempt
    assert resumed.started_at == NOW
    assert resumed.answers.get(position=1).choice == choice
    assert QuizAttempt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_make_one_attempt(at_once):
    course = a_course(quiz=a_quiz())
    enrolment = enrol(user=UserFactory(), course=course, now=NOW)

    found = at_once([lambda: start_quiz(enrolment=enrolment, quiz=course.quiz, now=NOW)] * 2)

    assert found[0] == found[1]


def test_an_answer_may_be_changed_until_it_is_submitted(attempt):
    answer = attempt.answers.get(position=1)
    first, second, _third = answer.question.choices.all()
    save_answer(answer=answer, choice=first)
    save_answer(answer=answer, choice=second)

    answer.refresh_from_db()
    assert answer.choice == second


def test_a_submitted_attempt_keeps_its_answers(attempt):
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    answer = attempt.answers.get(position=1)

    with pytest.raises(AttemptClosed):
        save_answer(answer=answer, choice=wrong_choice(attempt, 1))

    assert attempt.answers.get(position=1).choice == answer.choice


def test_submitting_marks_and_a_passed_quiz_completes_its_step(attempt, enrolment, quiz):
    answer_all(attempt)
    save_answer(answer=attempt.answers.get(position=2), choice=wrong_choice(attempt, 2))

    marked = submit_quiz(attempt=attempt, now=NOW)

    assert (marked.right, marked.percent, marked.is_passed) == (1, 50, True)
    done = enrolment.completions.get()
    assert (done.item, done.kind, done.percent) == (quiz.key, Kind.QUIZ, 50)


def test_a_failed_quiz_completes_nothing(attempt):
    answer_all(attempt, right=False)

    marked = submit_quiz(attempt=attempt, now=NOW)

    assert (marked.right, marked.is_passed) == (0, False)
    assert not Completion.objects.exists()


def test_what_is_unanswered_is_wrong(attempt):
    save_answer(
        answer=attempt.answers.get(position=1),
        choice=attempt.answers.get(position=1).question.choices.get(is_correct=True),
    )

    assert submit_quiz(attempt=attempt, now=NOW).right == 1


def test_submitting_twice_marks_once(attempt):
    answer_all(attempt, right=False)
    submit_quiz(attempt=attempt, now=NOW)
    Choice.objects.filter(is_correct=True).update(is_correct=False)

    again = submit_quiz(attempt=attempt, now=LATER)

    assert (again.right, again.submitted_at) == (0, NOW)


def test_the_next_attempt_brings_other_questions_while_there_are_any(attempt, enrolment, quiz):
    answer_all(attempt, right=False)
    submit_quiz(attempt=attempt, now=NOW)

    second = start_quiz(enrolment=enrolment, quiz=quiz, now=LATER)

    drawn = [{answer.question_id for answer in tried.answers.all()} for tried in (attempt, second)]
    assert second.number == 2
    assert not drawn[0] & drawn[1]
    assert len(drawn[0] | drawn[1]) == quiz.questions.count()


def test_two_people_may_draw_differently(quiz, course):
    draws = set()
    for _person in range(12):
        enrolment = enrol(user=UserFactory(), course=course, now=NOW)
        attempt = start_quiz(enrolment=enrolment, quiz=quiz, now=NOW)
        draws.add(tuple(answer.question_id for answer in attempt.answers.all()))

    assert len(draws) > 1


def test_retired_questions_are_not_drawn(enrolment, quiz):
    retired = quiz.questions.first()
    Question.objects.filter(pk=retired.pk).update(retired=True)
    for _try in range(3):
        attempt = start_quiz(enrolment=enrolment, quiz=quiz, now=NOW)
        assert not attempt.answers.filter(question=retired).exists()
        submit_quiz(attempt=attempt, now=NOW)


@pytest.mark.parametrize("left", [0, 1])
def test_a_bank_that_is_too_small_starts_nothing(left, enrolment, quiz):
    kept = list(quiz.questions.values_list("pk", flat=True)[:left])
    quiz.questions.exclude(pk__in=kept).delete()

    with pytest.raises(BankTooSmall):
        start_quiz(enrolment=enrolment, quiz=quiz, now=NOW)

    assert not QuizAttempt.objects.exists()
