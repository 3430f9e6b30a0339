"""Small public answers that are no page: the map for search engines, and the neutral sheet."""

from calendar import Calendar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .selectors import public_pages


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"pages": public_pages(), "site_url": settings.SITE_URL}
    return render(request, "content/sitemap.xml", context, content_type="application/xml")


@login_not_required
@require_safe
@cache_control(public=True, max_age=300)
def robots(request: HttpRequest) -> HttpResponse:
    context = {"site_url": settings.SITE_URL}
    return render(request, "content/robots.txt", context, content_type="text/plain")


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show this month: where readers of a sensitive campaign get to when they must leave it."""
    today = localdate()
    weeks = Calendar().monthdatescalendar(today.year, today.month)
    return render(request, "content/calendar.html", {"today": today, "weeks": weeks})
