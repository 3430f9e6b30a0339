"""A quiz: its start, one question a page, a last look, the result with reasons."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..access import attempt_for, course_for, progress_for
from ..domain.completion import Status
from ..forms import AnswerForm
from ..selectors import answer_at, answers_of, attempts_of
from ..services import AttemptClosed, BankTooSmall, save_answer, start_quiz, submit_quiz

UNPROCESSABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """Introduce the quiz, or start an attempt."""
    course = course_for(slug)
    if course.quiz is None:
        raise Http404
    mine = progress_for(request.user, course)
    locked = mine.statuses[course.quiz.key] is Status.LOCKED
    too_small = False
    if request.method == "POST" and not locked:
        try:
            attempt = start_quiz(enrolment=mine.enrolment, quiz=course.quiz, now=timezone.now())
        except BankTooSmall:
            too_small = True
        else:
            return redirect("learning:question", attempt.pk, 1)
    context = {
        "course": course,
        "quiz": course.quiz,
        "locked": locked,
        "too_small": too_small,
        "attempts": attempts_of(mine.enrolment, course.quiz),
    }
    return render(request, "learning/quiz.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, attempt_id: int, position: int) -> HttpResponse:
    """Ask one question, and keep its answer at once."""
    attempt = attempt_for(request.user, attempt_id)
    if attempt.submitted_at:
        return redirect("learning:quiz_result", attempt.pk)
    answer = answer_at(attempt, position)
    form = AnswerForm(request.POST if request.method == "POST" else None, answer=answer)
    if form.is_valid():
        try:
            save_answer(answer=answer, choice=form.options[form.cleaned_data["choice"]])
        except AttemptClosed:
            messages.warning(request, _("This attempt has been submitted. Its answers are fixed."))
        last = position if "periksa" in request.GET else attempt.out_of
        return redirect(after_question(attempt.pk, position, last))
    context = {"attempt": attempt, "position": position, "form": form, "before": position - 1}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "learning/question.html", context, status=status)


def after_question(attempt_id: int, position: int, last: int) -> str:
    if position < last:
        return reverse("learning:question", args=[attempt_id, position + 1])
    return reverse("learning:check_quiz", args=[attempt_id])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Show all answers once more, or submit them; unanswered ones are named, not lost."""
    attempt = attempt_for(request.user, attempt_id)
    if attempt.submitted_at:
        return redirect("learning:quiz_result", attempt.pk)
    answers = answers_of(attempt)
    unanswered = [answer for answer in answers if answer.choice_id is None]
    if request.method == "POST" and not unanswered:
        submit_quiz(attempt=attempt, now=timezone.now())
        return redirect("learning:quiz_result", attempt.pk)
    context = {"attempt": attempt, "answers": answers, "unanswered": unanswered}
    context["refused"] = request.method == "POST"
    status = UNPROCESSABLE if context["refused"] else 200
    return render(request, "learning/check_quiz.html", context, status=status)


@never_cache
@require_safe
def result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Tell the result, and for each question why the answer is right or wrong."""
    attempt = attempt_for(request.user, attempt_id)
    if attempt.submitted_at is None:
        return redirect("learning:check_quiz", attempt.pk)
    context = {"attempt": attempt, "answers": answers_of(attempt)}
    return render(request, "learning/quiz_result.html", context)
