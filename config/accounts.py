"""Accounts: who a request belongs to, what they may do, and what a locked account answers."""

from datetime import timedelta
from math import ceil
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

STAFF_PERMISSIONS = (
    "wagtailadmin.access_admin",
    "learning.view_progress",
    "learning.view_programme",
)


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up: a trainer invites people."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the passphrase is not right."),
        "incorrect_password": _("The passphrase is not right."),
        "enter_current_password": _("This is not your current passphrase."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to this site as its settings name it, whatever host the request claimed."""
        path = reverse("account_reset_password_from_key", args=key.split("-", 1))
        return f"{settings.SITE_URL}{path}"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=[""])


class SecondFactor(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Write the one that the app shows now."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw on white, so that a phone can read the picture on a dark page, too."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(image.to_string(encoding="unicode"))


class People(AuthenticationBackend):
    """One statement for the person with their learner record, one more where they have permissions.

    Most people are trainees, who have none: the first statement tells that, too.
    """

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        granted = Permission.objects.filter(
            Q(group__user=OuterRef("pk")) | Q(user=OuterRef("pk"))
        ).order_by()
        people = get_user_model()._default_manager.select_related("learner")
        user = people.annotate(is_granted=Exists(granted)).filter(pk=user_id).first()
        if user is not None and not user.is_granted and not user.is_superuser:
            user._perm_cache = set()  # type: ignore[attr-defined]  # Django's own name for it
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {f"{app}.{name}" for app, name in _permissions_of(user_obj)}
        found: set[str] = user_obj._perm_cache
        return found


def _permissions_of(user: Any) -> Any:
    permissions = Permission.objects.order_by()
    if not user.is_superuser:
        permissions = permissions.filter(Q(group__user=user) | Q(user=user)).distinct()
    return permissions.values_list("content_type__app_label", "codename")


def is_staff_member(user: Any) -> bool:
    """Whether this person works with other people's data or with the site's content."""
    return any(user.has_perm(permission) for permission in STAFF_PERMISSIONS)


def typed_email(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the address that failures are counted by, however it was typed."""
    credentials = credentials or {}
    typed = credentials.get("email") or credentials.get("username") or request.POST.get("login")
    return str(typed or "").strip().casefold()


def client_address(request: HttpRequest) -> str | None:
    """Return the address that allauth sees, so that one setting tells both about our proxies."""
    address: str | None = get_client_ip(request)
    return address


def locked_out(
    request: HttpRequest, original: HttpResponse, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Say how long to wait. The answer is the same for the right passphrase."""
    wait = _time_to_wait(request, credentials)
    context = {"wait_minutes": ceil(wait.total_seconds() / 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(ceil(wait.total_seconds()))
    return response


def _time_to_wait(request: HttpRequest, credentials: dict[str, Any] | None) -> timedelta:
    cool_off: timedelta = get_cool_off(request)
    last = (
        AccessAttempt.objects.filter(
            username=typed_email(request, credentials),
            ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        )
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    if last is None:
        return cool_off
    since: timedelta = request.axes_attempt_time - last  # type: ignore[attr-defined]
    return max(cool_off - since, timedelta(minutes=1))
