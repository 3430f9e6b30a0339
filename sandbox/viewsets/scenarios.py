"""The editor of exercises."""

from collections.abc import Iterable
from typing import Any

from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CopyView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button, HeaderButton

from ..domain.modes import Mode
from ..forms import ScenarioForm
from ..forms.scenario_fields import WEIGHED
from ..labels import MODE_LABELS
from ..labels.exercises import GROUP_WORDS
from ..models import Scenario
from ..selectors.families import region_names
from ..views import exercise_files
from .publishing import Tested, TestedEditView, TestedIndexView

IN_A_ROW = 3


def mode_name(exercise: Scenario) -> str:
    """Return a mode without the sentence about it."""
    return str(MODE_LABELS[Mode(exercise.mode)]).partition(":")[0]


def state_name(exercise: Scenario) -> Any:
    if exercise.is_held_back:
        return _("To be tested again")
    return _("Yes") if exercise.is_published else _("No")


def download(exercise: Scenario) -> Button:
    url = f"{reverse('exercises:export')}?id={exercise.pk}"
    return Button(_("Download as a file"), url=url, icon_name="download", priority=60)


class ExerciseListView(TestedIndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        if self.user_has_permission("add"):
            url = reverse("exercises:import")
            buttons.append(HeaderButton(_("Import"), url=url, icon_name="upload"))
        url = reverse("exercises:choose")
        return [*buttons, HeaderButton(_("Download"), url=url, icon_name="download")]

    def get_list_more_buttons(self, instance: Scenario) -> list[Button]:
        return [*super().get_list_more_buttons(instance), download(instance)]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        return super()._get_title_column(*args, classname="w-text-16 w-whitespace-nowrap", **kwargs)

    @cached_property
    def columns(self) -> list[Column]:
        names = dict(region_names())
        columns: list[Column] = super().columns
        return [
            *columns,
            Column("mode", label=_("Mode"), accessor=mode_name, sort_key="mode"),
            Column(
                "region",
                label=_("Region"),
                accessor=lambda exercise: names.get(exercise.region, exercise.region),
                sort_key="region",
            ),
            Column(
                "is_published",
                label=_("Published"),
                accessor=state_name,
                sort_key="is_published",
            ),
        ]


class EditExerciseView(TestedEditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, download(self.object)]


class CopyExerciseView(CopyView):
    """A draft of its own that begins as another exercise; its code has to be given."""

    def get_initial_form_instance(self) -> Scenario:
        copied: Scenario = self.get_object()
        copied.pk, copied.code = None, ""
        copied.is_published, copied.is_held_back, copied.report = False, False, None
        copied._state.adding = True
        return copied

    def get_add_url(self) -> str:
        return reverse("exercises:copy", args=[self.kwargs["pk"]])


def fields(prefix: str, names: Iterable[str]) -> list[FieldRowPanel]:
    """Return rows of small fields, as many in a row as there is room for."""
    panels = [FieldPanel(f"{prefix}_{name}") for name in names]
    return [
        FieldRowPanel(panels[start : start + IN_A_ROW]) for start in range(0, len(panels), IN_A_ROW)
    ]


class ScenarioViewSet(Tested, ModelViewSet):
    model = Scenario
    icon = "list-ul"
    menu_label = _("Exercises")
    index_view_class = ExerciseListView
    edit_view_class = EditExerciseView
    copy_view_class = CopyExerciseView
    list_display = ["code", "title", "role", "number"]
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
            [FieldPanel("role"), FieldPanel("office"), FieldPanel("region")], heading=_("Desk")
        ),
        MultiFieldPanel(
            [
                FieldPanel("families"),
                FieldPanel("filter_category"),
                FieldPanel("filter_archetype"),
                FieldPanel("filter_classification"),
                FieldPanel("filter_difficulty"),
                FieldPanel("filter_row"),
            ],
            heading=_("From which families"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("number"),
                HelpPanel(
                    content=_(
                        "How many parts of the cases each group has: 2 and 1 are two thirds and "
                        "one third. Empty: none. The last three groups are for liaison officers, "
                        "the others for everybody else."
                    )
                ),
                *fields("group", GROUP_WORDS),
                FieldPanel("whole"),
                FieldPanel("arrive_later"),
                FieldPanel("days_before"),
                FieldPanel("personas"),
            ],
            heading=_("Cases"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=_(
                        "Percent of the score, together 100. All empty: as the rule pack says, "
                        "every point weighs the same."
                    )
                ),
                *fields("weight", WEIGHED),
            ],
            heading=_("What is scored"),
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
        FieldPanel("injects", heading=_("What happens meanwhile")),
        FieldPanel("expectations", heading=_("What is expected beside the rule pack")),
    ]
    edit_handler = ObjectList(panels, base_form_class=ScenarioForm)

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("choose/", exercise_files.choose, name="choose"),
            path("export/", exercise_files.export, name="export"),
            path("import/", exercise_files.import_file, name="import"),
            path("store/", exercise_files.store, name="store"),
        ]
