"""The phrase book in the CMS. Editions are only ever added: nothing here changes or deletes one."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import PhraseBook
from ..views import phrases


class PhraseBookViewSet(ModelViewSet):
    model = PhraseBook
    icon = "comment"
    menu_label = _("Phrase book")
    form_fields: list[str] = []
    add_to_reference_index = False

    def register_admin_url_finder(self) -> None:
        """Editions have no page for editing to find."""

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", phrases.index, name="index"),
            path("lines/<str:place>/", phrases.lines, name="lines"),
            path("missing/", phrases.missing, name="missing"),
            path("personas/", phrases.personas, name="personas"),
            path("editions/", phrases.editions, name="editions"),
            path("export/<int:pk>/", phrases.export, name="export"),
            path("new/", phrases.import_file, name="add"),
            path("store/", phrases.store, name="store"),
        ]
