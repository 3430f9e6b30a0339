"""The learner's home, and the course page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ..access import catalogue, course_for
from ..models import CoursePage
from ..selectors import outline, progress, progress_of, source_of
from ..services import enrol

PUBLIC_SECONDS = 300  # that a browser may keep what everyone sees alike


@never_cache
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """One next step, then everything else."""
    rows = progress_of(request.user)
    current = next((row for row in rows if row.next_item), None)
    context = {"rows": rows, "current": current}
    return render(request, "learning/dashboard.html", context)


@login_not_required
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """List the courses for anyone."""
    page = catalogue()
    response = render(request, page.template, page.get_context(request))
    if not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    return response


@login_not_required
@require_safe
def course(request: HttpRequest, slug: str) -> HttpResponse:
    return course_page(request, course_for(slug))


def course_page(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Show a course to anyone; its progress to the enrolled."""
    mine = progress(request.user, page) if request.user.is_authenticated else None
    context = {
        "page": page,
        "progress": mine,
        "outline": mine.outline if mine else outline(page, source_of(page)),
    }
    return render(request, "learning/course.html", context)


@require_POST
def enrol_me(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrol the signed-in person; courses of one language share their learners."""
    page = course_for(slug)
    enrol(user=request.user, course=source_of(page), now=timezone.now())  # type: ignore[arg-type]
    return redirect("learning:course", page.slug)
