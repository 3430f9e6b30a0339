"""The editor of exercises."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from ..forms import ScenarioForm
from ..models import Scenario
from .publishing import Tested


class ScenarioViewSet(Tested, ModelViewSet):
    model = Scenario
    icon = "list-ul"
    menu_label = _("Exercises")
    list_display = ["code", "title", "role", "number", "pass_percent", "is_published"]
    panels: list[Any] = [
        HelpPanel(
            content=_(
                "Attempts that run keep what they started with. Deleting an exercise ends its "
                "running attempts: they can still be read."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("title"),
                FieldPanel("title_en"),
                FieldPanel("series"),
                FieldPanel("rank"),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel([FieldPanel("goal"), FieldPanel("goal_en")], heading=_("Goal")),
        MultiFieldPanel(
            [
                FieldPanel("role"),
                FieldPanel("office"),
                FieldPanel("region"),
                FieldPanel("families"),
                FieldPanel("filters"),
                FieldPanel("whole"),
                FieldPanel("composition"),
                FieldPanel("number"),
                FieldPanel("arrive_later"),
                FieldPanel("days_before"),
            ],
            heading=_("Cases"),
        ),
        MultiFieldPanel(
            [FieldPanel("injects"), FieldPanel("personas")],
            heading=_("What happens meanwhile"),
        ),
        MultiFieldPanel(
            [FieldPanel("expectations"), FieldPanel("weights")], heading=_("What is scored")
        ),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                FieldPanel("rules"),
                FieldPanel("starts_at"),
                FieldPanel("zone"),
                FieldPanel("place"),
                FieldPanel("minutes"),
                FieldPanel("pass_percent"),
                FieldPanel("needs_marking"),
            ],
            heading=_("Rules and time"),
        ),
    ]
    edit_handler = ObjectList(panels, base_form_class=ScenarioForm)
