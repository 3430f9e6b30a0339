"""Region packs in the CMS. Editions are only ever added: nothing here changes or deletes one."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import RegionPack
from ..views import regions


class RegionPackViewSet(ModelViewSet):
    model = RegionPack
    icon = "site"
    menu_label = _("Regions")
    form_fields: list[str] = []
    add_to_reference_index = False
    inspect_view_enabled = True

    def register_admin_url_finder(self) -> None:
        """Editions have no page for editing to find."""

    def get_urlpatterns(self) -> list[Any]:
        office = "office/<slug:code>/<str:office>/"
        return [
            path("", regions.index, name="index"),
            path("new/", regions.import_file, name="add"),
            path("store/", regions.store, name="store"),
            path("inspect/<int:pk>/", regions.pack, name="inspect"),
            path("export/<int:pk>/", regions.export, name="export"),
            path("editions/<slug:code>/", regions.editions, name="editions"),
            path(office, regions.correct, name="correct"),
        ]
