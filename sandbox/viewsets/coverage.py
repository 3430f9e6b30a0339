"""The page about what the case families cover, in the menu of the CMS."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from ..views import coverage


class ForReaders(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("sandbox.view_casefamily"))


class CoverageViewSet(ViewSet):
    icon = "table"
    menu_label = _("Coverage")
    menu_item_class = ForReaders

    def get_urlpatterns(self) -> list[Any]:
        return [path("", coverage.page, name="index")]
