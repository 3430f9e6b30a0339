"""The exercise and rule editors. Answer keys have none: they never reach the CMS."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate  # noqa: TID251 – views of Wagtail live here
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views.generic import (
    CopyView,
    DeleteView,
    EditView,
    IndexView,
    InspectView,
)
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button

from .forms import PackUseForm, RulePackForm
from .models import Holiday, RulePack, Scenario
from .selectors.packs import in_tables, is_used, next_version
from .selectors.rules import mapping_of
from .services.packs import settle_uses
from .views import packs
from .views.publishing import tell_of_waiting
from .viewsets.coverage import CoverageViewSet
from .viewsets.families import FamilyViewSet
from .viewsets.phrases import PhraseBookViewSet
from .viewsets.regions import RegionPackViewSet
from .viewsets.scenarios import ScenarioViewSet


class PackListView(IndexView):
    add_item_label = _("Import a rule pack")


class PackView(InspectView):
    """A pack in tables that can be read; what changes it is an import or a copy."""

    template_name = "sandbox/packs/pack.html"
    page_title = _("Rule pack")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = reverse("rule_packs:export", args=[self.object.pk])
        buttons: list[Button] = super().header_more_buttons
        return [*buttons, Button(_("Download as a file"), url=url, icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        others = Scenario.objects.exclude(rules=self.object)
        if others and self.request.user.has_perm("sandbox.change_scenario"):
            context["form"] = PackUseForm()
            context["form"].fields["scenarios"].queryset = others
        return context | {"pack": self.object, "is_early": self.is_early()} | in_tables(self.object)

    def is_early(self) -> bool:
        pack: RulePack = self.object
        return pack.valid_from > localdate()


class CopyPackView(CopyView):
    """A new version that begins as a copy of all that a pack holds, its time limits too."""

    def get_initial_form_instance(self) -> RulePack:
        return next_version(self.get_object())

    def get_add_url(self) -> str:
        return reverse("rule_packs:copy", args=[self.kwargs["pk"]])


class EditPackView(EditView):
    """Exercises that start by a pack wait for their test when it changes."""

    def save_instance(self) -> RulePack:
        before = mapping_of(RulePack.objects.get(pk=self.object.pk))
        saved: RulePack = super().save_instance()
        settle_uses(pack=saved, before=before)
        return saved

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()
        tell_of_waiting(self.request)
        return response


class DeletePackView(DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        """Refuse with a sentence to delete what attempts or exercises need."""
        if is_used(self.object):
            messages.error(self.request, _("An exercise or an attempt uses this pack: it stays."))
            return redirect("rule_packs:inspect", self.object.pk)
        response: HttpResponse = super().form_valid(form)
        return response


class RulePackViewSet(ModelViewSet):
    model = RulePack
    index_view_class = PackListView
    inspect_view_class = PackView
    copy_view_class = CopyPackView
    edit_view_class = EditPackView
    delete_view_class = DeletePackView
    add_view = staticmethod(packs.import_file)
    inspect_view_enabled = True  # trainers choose packs; only administrators change them
    icon = "time"
    menu_label = _("Rule packs")
    list_display = ["version", "title", "valid_from", "checked_on"]
    panels: list[Any] = [
        HelpPanel(
            content=_(
                "Numbers of days live here and nowhere else. Give every number its source. "
                "A pack that an attempt has used stays as it is: make a new version instead."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("version"),
                FieldPanel("title"),
                FieldPanel("title_en"),
                FieldPanel("valid_from"),
                FieldPanel("checked_on"),
            ],
            heading=_("Pack"),
        ),
        MultiFieldPanel(
            [FieldPanel("opens"), FieldPanel("closes"), FieldPanel("hours_source")],
            heading=_("Office hours"),
        ),
        MultiFieldPanel(
            [FieldPanel("warn_percent"), FieldPanel("warn_source")], heading=_("Reminder")
        ),
        InlinePanel(
            "time_limits",
            heading=_("Time limits"),
            label=_("Time limit"),
            panels=[
                FieldPanel("step"),
                FieldPanel("amount"),
                FieldPanel("unit"),
                FieldPanel("clock"),
                FieldPanel("pauses"),
                FieldPanel("source"),
                FieldPanel("confidence"),
            ],
        ),
        MultiFieldPanel([FieldPanel("note"), FieldPanel("note_en")], heading=_("Note")),
        HelpPanel(
            content=_(
                "Reasons, classes, categories and what is scored are changed by importing a file. "
                "Download this pack, change the file, raise its version and import it."
            )
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=RulePackForm)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("store/", packs.store, name="store"),
            path("export/<int:pk>/", packs.export, name="export"),
            path("use/<int:pk>/", packs.use, name="use"),
        ]


class HolidayViewSet(ModelViewSet):
    model = Holiday
    icon = "calendar"
    menu_label = _("Holidays")
    list_display = ["date", "name", "kind", "place", "decree"]
    list_filter = ["kind"]
    copy_view_enabled = False
    panels: list[Any] = [
        FieldPanel("date"),
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("place"),
        FieldPanel("decree"),
    ]


class PracticeViewSetGroup(ModelViewSetGroup):
    menu_label = _("Practice room")
    menu_icon = "desktop"
    menu_order = 260
    items = (
        ScenarioViewSet("exercises"),
        FamilyViewSet(),
        CoverageViewSet("coverage"),
        PhraseBookViewSet("phrases"),
        RulePackViewSet("rule_packs"),
        RegionPackViewSet("region_packs"),
        HolidayViewSet("holidays"),
    )


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def practice_viewsets() -> PracticeViewSetGroup:
    return PracticeViewSetGroup()
