"""Lessons and briefings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..access import lesson_for, may_read_all
from ..domain.completion import Status
from ..models import LessonPage
from ..selectors import Progress, path_in, progress
from ..services import complete_lesson


@never_cache
@require_safe
def lesson(request: HttpRequest, path: str) -> HttpResponse:
    return lesson_page(request, lesson_for(path))


def lesson_page(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """Show a lesson to the enrolled; the others are sent to the course, which says why."""
    mine = progress(request.user, page.course)
    if mine is None and may_read_all(request.user):
        return render(request, "learning/lesson.html", {"page": page})
    if mine is None or is_locked(mine, page):
        return kept_out(request, page, enrolled=mine is not None)
    before, after = mine.outline.around(page.translation_key)
    context = {
        "page": page,
        "progress": mine,
        "is_done": page.translation_key in mine.done,
        "place": [step.key for step in mine.outline.steps].index(page.translation_key) + 1,
        "before": before,
        "after": after,
        "lesson_path": path_in(page.course, page.url_path),
    }
    return render(request, "learning/lesson.html", context)


def is_locked(mine: Progress, page: LessonPage) -> bool:
    return mine.statuses.get(page.translation_key, Status.LOCKED) is Status.LOCKED


def kept_out(request: HttpRequest, page: LessonPage, *, enrolled: bool) -> HttpResponse:
    if enrolled:
        messages.info(request, _("This step is not open yet. Go on with the one marked “next”."))
    else:
        messages.info(request, _("Enrol in the course to read its lessons."))
    return redirect("learning:course", page.course.slug)


@require_POST
def mark_read(request: HttpRequest, path: str) -> HttpResponse:
    """Mark a lesson as read and go on to the next step."""
    page = lesson_for(path)
    mine = progress(request.user, page.course)
    if mine is None or is_locked(mine, page):
        return kept_out(request, page, enrolled=mine is not None)
    complete_lesson(enrolment=mine.enrolment, lesson=page, now=timezone.now())
    _before, after = mine.outline.around(page.translation_key)
    course_url = reverse("learning:course", args=[page.course.slug])
    return redirect(after.url if after else course_url)
