"""What the editor of exercises gains by tests: a button, a column, and drafts that stay drafts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.admin.widgets import Button, HeaderButton, ListingButton

from ..models import Scenario
from ..selectors.selftests import held_back
from ..services.publishing import settle_change
from ..views import publishing


def button_of(scenario: Scenario, kind: type[Button] = Button) -> Button:
    url = reverse("exercises:test", args=[scenario.pk])
    return kind(_("Test the exercise"), url=url, icon_name="circle-check", priority=5)


class TestedIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if held_back().exists():
            url = reverse("exercises:waiting")
            buttons.append(HeaderButton(_("To be tested again"), url=url, icon_name="warning"))
        return buttons

    def get_list_more_buttons(self, instance: Scenario) -> list[Button]:
        buttons: list[Button] = super().get_list_more_buttons(instance)
        return [*buttons, button_of(instance, ListingButton)]


class TestedEditView(EditView):
    """A published exercise that is changed is held back, and its test begins at once."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [button_of(self.object), *super().header_more_buttons]

    def save_instance(self) -> Scenario:
        before = Scenario.objects.get(pk=self.object.pk)
        saved: Scenario = super().save_instance()
        settle_change(scenario=saved, before=before)
        return saved

    def save_action(self) -> HttpResponse:
        """Go on to the test with the same kind of request, so that it begins without a click."""
        response: HttpResponse = super().save_action()
        test = reverse("exercises:test", args=[self.object.pk])
        if self.object.is_held_back:
            return redirect(test, preserve_request=True)
        if not self.object.is_published:
            words = _("Trainees do not see this exercise: it is a draft until it passes its test.")
            messages.warning(self.request, words, buttons=[messages.button(test, _("Test"))])
        return response


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
            path("waiting/", publishing.waiting, name="waiting"),
            path("unpublish/<int:pk>/", publishing.unpublish, name="unpublish"),
        ]
