"""Attempts at a quiz and their answers."""

from django.shortcuts import get_object_or_404

from ..models import Enrolment, Quiz, QuizAnswer, QuizAttempt


def attempts_of(enrolment: Enrolment, quiz: Quiz) -> list[QuizAttempt]:
    """Return a person's attempts at a quiz, newest first."""
    return list(enrolment.quiz_attempts.filter(quiz=quiz).order_by("-number"))


def answers_of(attempt: QuizAttempt) -> list[QuizAnswer]:
    """Return an attempt's answers with everything their page shows, in two queries."""
    answers = attempt.answers.select_related("question", "choice")
    return list(answers.prefetch_related("question__choices"))


def answer_at(attempt: QuizAttempt, position: int) -> QuizAnswer:
    """Return the answer at `position` from 1 on, or answer 404."""
    answers = attempt.answers.select_related("question").prefetch_related("question__choices")
    return get_object_or_404(answers, position=position)
