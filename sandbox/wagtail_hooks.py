"""The exercise and rule editors. Answer keys have none: they never reach the CMS."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from .forms import RulePackForm, ScenarioForm
from .models import Holiday, RulePack, Scenario


class ScenarioViewSet(ModelViewSet):
    model = Scenario
    icon = "list-ul"
    menu_label = _("Exercises")
    list_display = ["code", "title", "role", "number", "pass_percent"]
    panels: list[Any] = [
        HelpPanel(
            content=_(
                "Attempts that run keep what they started with. Deleting an exercise ends its "
                "running attempts: they can still be read."
            )
        ),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("title"), FieldPanel("title_en")], heading=_("Name")
        ),
        MultiFieldPanel([FieldPanel("goal"), FieldPanel("goal_en")], heading=_("Goal")),
        MultiFieldPanel(
            [
                FieldPanel("role"),
                FieldPanel("region"),
                FieldPanel("families"),
                FieldPanel("composition"),
                FieldPanel("number"),
                FieldPanel("arrive_later"),
            ],
            heading=_("Cases"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("rules"),
                FieldPanel("starts_at"),
                FieldPanel("minutes"),
                FieldPanel("pass_percent"),
            ],
            heading=_("Rules and time"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=ScenarioForm)


class RulePackViewSet(ModelViewSet):
    model = RulePack
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
        MultiFieldPanel([FieldPanel("opens"), FieldPanel("closes")], heading=_("Office hours")),
        InlinePanel(
            "time_limits",
            heading=_("Time limits"),
            label=_("Time limit"),
            panels=[
                FieldPanel("step"),
                FieldPanel("amount"),
                FieldPanel("unit"),
                FieldPanel("source"),
                FieldPanel("confidence"),
            ],
        ),
        MultiFieldPanel([FieldPanel("note"), FieldPanel("note_en")], heading=_("Note")),
        FieldPanel("rubric"),
    ]
    edit_handler = ObjectList(panels, base_form_class=RulePackForm)


class HolidayViewSet(ModelViewSet):
    model = Holiday
    icon = "calendar"
    menu_label = _("Holidays")
    list_display = ["date", "name", "kind", "decree"]
    list_filter = ["kind"]
    copy_view_enabled = False
    panels: list[Any] = [
        FieldPanel("date"),
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("decree"),
    ]


class PracticeViewSetGroup(ModelViewSetGroup):
    menu_label = _("Practice room")
    menu_icon = "desktop"
    menu_order = 260
    items = (
        ScenarioViewSet("exercises"),
        RulePackViewSet("rule_packs"),
        HolidayViewSet("holidays"),
    )


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def practice_viewsets() -> PracticeViewSetGroup:
    return PracticeViewSetGroup()
