"""What the editor of exercises gains by tests: a button, a column, and drafts that stay drafts."""

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.widgets import Button, ListingButton

from ..models import Scenario
from ..services.publishing import recheck
from ..views import publishing


def button_of(scenario: Scenario, kind: type[Button] = Button) -> Button:
    url = reverse("exercises:test", args=[scenario.pk])
    return kind(_("Test the exercise"), url=url, icon_name="circle-check", priority=5)


class TestedIndexView(IndexView):
    def get_list_more_buttons(self, instance: Scenario) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)
        return [*buttons, button_of(instance, ListingButton)]


class TestedEditView(EditView):
    """A published exercise that is changed is tested at once: it stays, or is a draft again."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [button_of(self.object), *super().header_more_buttons]

    def save_action(self) -> HttpResponse:
        was_published = self.object.is_published
        now = timezone.now()  # noqa: TID251 – a view of Wagtail
        if not recheck(scenario=self.object, now=now, looks=publishing.LOOKS):
            words = _("Trainees do not see this exercise: it is a draft until it passes its test.")
            if was_published:
                words = _("The change did not pass the test: the exercise is a draft again.")
            messages.warning(self.request, words, buttons=[self.way_to_test()])
        response: HttpResponse = super().save_action()
        return response

    def way_to_test(self) -> Any:
        return messages.button(reverse("exercises:test", args=[self.object.pk]), _("Test"))


class Tested:
    """Mixed into the viewset of exercises."""

    index_view_class = TestedIndexView
    edit_view_class = TestedEditView

    def get_urlpatterns(self) -> list[Any]:
        patterns: list[Any] = super().get_urlpatterns()  # type: ignore[misc]
        return [
            *patterns,
            path("test/<int:pk>/", publishing.selftest, name="test"),
            path("publish/<int:pk>/", publishing.publish, name="publish"),
            path("unpublish/<int:pk>/", publishing.unpublish, name="unpublish"),
        ]
