"""The register of certificates in the admin: read, and revoke with a reason."""

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import ModelPermissionPolicy

from . import views
from .models import Certificate


class ReadOnly(ModelPermissionPolicy):
    """Nobody adds, edits or deletes by form: learning issues, and `revoke` is its own page."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class RegisterEntry(InspectView):
    template_name = "certificates/admin/inspect.html"

    def get_revoked_at_display_value(self) -> str:
        return date_format(localtime(self.object.revoked_at)) if self.object.revoked_at else "–"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        may_revoke = self.request.user.has_perm("certificates.change_certificate")
        if not may_revoke or self.object.revoked_at:
            return []
        url = reverse("certificate:revoke", args=[self.object.pk])
        return [Button(_("Revoke"), url=url, icon_name="cross", priority=10)]


class CertificateViewSet(ModelViewSet):
    model = Certificate
    icon = "clipboard-list"
    menu_label = _("Certificates")
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = True
    inspect_view_class = RegisterEntry
    inspect_view_fields = [
        "serial",
        "holder_name",
        "course_title",
        "course_edition",
        "issued_on",
        "expires_on",
        "revoked_at",
        "revoke_reason",
    ]
    form_fields = ["revoke_reason"]  # asked for by Wagtail, shown nowhere: see ReadOnly
    list_display = ["serial", "holder_name", "course_title", "issued_on", "revoked_at"]
    list_filter = ["course_code", "issued_on"]
    search_fields = ["serial", "holder_name"]
    search_backend_name = None

    @property
    def permission_policy(self) -> ReadOnly:
        return ReadOnly(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        revoke = path("revoke/<int:pk>/", views.revoke, name="revoke")
        return [*super().get_urlpatterns(), revoke]


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register() -> CertificateViewSet:
    return CertificateViewSet("certificate")
