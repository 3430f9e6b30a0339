"""Case families in the CMS: found, written, reviewed, published, kept while they are needed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.admin.widgets import Button
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.views import snippets

from ..domain.library.families import compare, leaves
from ..forms.families import FamilyForm
from ..forms.family_files import FamilyFilterSet
from ..models import CaseFamily
from ..selectors.families import attempts_with, in_order, latest, problems_with, uses_of
from ..selectors.family_previews import slots
from ..selectors.family_words import (
    family_problem,
    place_words,
    value_shown,
)
from ..views import families
from .family_uses import DeleteFamilyView, FamilyUsageView, WithUses

COPY = "-salinan"
LONGEST_CODE = 50


class ContentPanel(HelpPanel):
    """Shows nothing in a form; compares two versions of a family field by field."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return False

        def get_comparison(self) -> list[Any]:
            return [Comparison]


class SlotsPanel(HelpPanel):
    """What may stand in curly brackets, one example each."""

    def __init__(self, template: str = "sandbox/families/slots.html", **kwargs: Any) -> None:
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            today = timezone.localdate()  # noqa: TID251 – a view of Wagtail
            return context | {"slots": slots(today)}


class Comparison:
    """Two versions side by side: all places at which they differ."""

    is_field = True
    is_child_relation = False

    def __init__(self, old: CaseFamily, new: CaseFamily) -> None:
        self.changes = compare(old.content, new.content)

    def field_label(self) -> Any:
        return _("Content")

    def has_changed(self) -> bool:
        return bool(self.changes)

    def htmldiff(self) -> Any:
        rows = [
            (place_words(change.place), as_text(change.old), as_text(change.new))
            for change in self.changes
        ]
        body = format_html_join(
            "",
            '<dt>{}</dt><dd><span class="deletion">{}</span> <span class="addition">{}</span></dd>',
            rows,
        )
        return format_html('<dl class="comparison__child-object">{}</dl>', body)


def as_text(value: Any) -> str:
    shown = value_shown(value)
    return " · ".join(shown) if isinstance(shown, list) else str(shown)


def group(heading: Any, *names: str) -> MultiFieldPanel:
    return MultiFieldPanel([FieldPanel(name) for name in names], heading=heading)


WHAT = [
    FieldPanel("code", help_text=_("Small letters and hyphens. It stays: exercises name it.")),
    group(
        _("What it is about"), "stands_for", "main_row", "other_rows", "first_decision", "how_hard"
    ),
    FieldPanel("source"),
    group(_("Where and how it occurs"), "regions", "copies", "attachment"),
    ContentPanel(),
]
ANSWER = [
    HelpPanel(
        content=_(
            "Who is competent follows from the routing row and the region. Write here what the row "
            "does not say."
        )
    ),
    group(_("Class and category"), "report_class", "main_category", "also_categories"),
    group(_("Care"), "secret", "urgent"),
    group(_("Debrief"), "debrief_id", "debrief_en"),
    FieldPanel("routes"),
    FieldPanel("traps"),
    group(_("If it is held"), "hold_missing", "hold_why_id", "hold_why_en", "completion_id"),
    group(_("If it is archived"), "archive_reason", "archive_why_id", "archive_why_en"),
    group(_("If it is blocked"), "block_why_id", "block_why_en"),
    group(_("At the national desk"), "agency_why_id", "agency_why_en"),
    group(_("Who should support"), "support", "support_why_id", "support_why_en"),
]
TEXTS = [
    HelpPanel(
        content=_(
            "Write as people write. Greeting, thanks, typing errors and abbreviations are added by "
            "the program. Square brackets offer a choice, curly ones name a slot: "
            "{where} {street} {village} {district} {landmark} {since} {date} {hour} {amount} {n} "
            "{name} {other}."
        )
    ),
    SlotsPanel(),
    FieldPanel("titles"),
    FieldPanel("short"),
    FieldPanel("extra"),
    FieldPanel("slots"),
    FieldPanel("telling"),
]
LATER = [
    HelpPanel(
        content=_("What is left empty is taken from the general stock. Exercises work without it.")
    ),
    group(_("Facts to look up"), "facts_id", "facts_en"),
    FieldPanel("details"),
    group(_("What an answer has to say"), "point_id", "point_en", "answer_words", "waits"),
    FieldPanel("findings"),
    FieldPanel("evidence"),
    FieldPanel("drafts"),
    group(_("At the reporter’s desk"), "situation_id", "situation_en"),
    group(_("What the reporter says later"), "thanks", "objects", "new_information", "asks_back"),
]


class FamilyListView(snippets.IndexView):
    @cached_property
    def header_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_buttons
        asked = self.request.GET.urlencode()
        if self.user_has_permission("add"):
            url = reverse("case_families:import")
            buttons.append(HeaderButton(_("Import"), url=url, icon_name="upload"))
        url = reverse("case_families:export") + (f"?{asked}" if asked else "")
        return [*buttons, HeaderButton(_("Download"), url=url, icon_name="download")]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        return super()._get_title_column(*args, classname="w-text-16 w-whitespace-nowrap", **kwargs)

    def get_list_more_buttons(self, instance: CaseFamily) -> list[Any]:
        url = reverse("case_families:preview", args=[instance.pk])
        return [
            *super().get_list_more_buttons(instance),
            Button(_("Preview and try"), url=url, icon_name="view", priority=25),
        ]


class FamilyView(snippets.InspectView):
    """A family as a reviewer reads it, with what is wrong and who uses it."""

    template_name = "sandbox/families/family.html"
    page_title = _("Case family")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [*buttons, *more_buttons(self.object)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = latest(self.object)
        rows = [
            (place_words(place), value_shown(value))
            for place, value in leaves(in_order(content)).items()
            if value not in ("", [], {})
        ]
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "family": self.object,
            "rows": rows,
            "problems": in_words(content),
            "uses": uses_of(self.object),
            "attempts": attempts_with(self.object),
        }


def in_words(content: Any) -> list[tuple[str, str]]:
    return [
        (place_words(problem.place), family_problem(problem)) for problem in problems_with(content)
    ]


def more_buttons(family: CaseFamily) -> list[Button]:
    preview = reverse("case_families:preview", args=[family.pk])
    export = f"{reverse('case_families:export')}?id={family.pk}"
    return [
        Button(_("Preview and try"), url=preview, icon_name="view", priority=5),
        Button(_("Download as a file"), url=export, icon_name="download", priority=60),
    ]


class WithoutAutosave:
    """A new family is first saved by its button: from then on its code stays."""

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class CreateFamilyView(WithoutAutosave, snippets.CreateView):
    pass


class EditFamilyView(WithUses, snippets.EditView):
    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons: list[Button] = super().header_more_buttons
        return [*buttons, *more_buttons(self.object)]


class CopyFamilyView(WithoutAutosave, snippets.CopyView):
    """A new family that begins as a copy, drafts included, under a name of its own."""

    def get_initial_form_instance(self) -> CaseFamily:
        old = self.get_object()
        code = f"{old.code[: LONGEST_CODE - len(COPY)]}{COPY}"
        return CaseFamily(code=code, content={**latest(old), "code": code})

    def get_add_url(self) -> str:
        return reverse("case_families:add")


class PreviewFamily:
    """Ten generated texts beside the form, in a region; without what is typed wrongly."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(self._get_form_data(self._get_form_state()))  # type: ignore[attr-defined]
        if not self.validate_form(form):  # type: ignore[attr-defined]
            response: HttpResponse = self.error_response()  # type: ignore[attr-defined]
            return response
        mode = request.GET.get("mode") or form.instance.default_preview_mode
        return families.texts_of(request, form.instance.content or {}, mode)


class PreviewNewFamily(PreviewFamily, snippets.PreviewOnCreateView):
    pass


class PreviewEditedFamily(PreviewFamily, snippets.PreviewOnEditView):
    pass


class PreviewOldFamily(snippets.PreviewRevisionView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        old = self.revision_object
        return families.texts_of(request, old.content, old.default_preview_mode)


class FamilyViewSet(snippets.SnippetViewSet):
    model = CaseFamily
    icon = "doc-full"
    menu_label = _("Case families")
    menu_item_is_registered = True
    admin_url_namespace = "case_families"
    base_url_path = "case-families"
    add_to_reference_index = False
    index_view_class = FamilyListView
    inspect_view_class = FamilyView
    add_view_class = CreateFamilyView
    edit_view_class = EditFamilyView
    delete_view_class = DeleteFamilyView
    delete_template_name = "sandbox/families/delete.html"
    usage_view_class = FamilyUsageView
    copy_view_class = CopyFamilyView
    preview_on_add_view_class = PreviewNewFamily
    preview_on_edit_view_class = PreviewEditedFamily
    revisions_view_class = PreviewOldFamily
    inspect_view_enabled = True
    list_per_page = 50
    list_display = [
        "code",
        Column("category", label=_("Category"), sort_key="category"),
        Column("difficulty", label=_("Difficulty"), sort_key="difficulty"),
        Column("row", label=_("Row"), sort_key="row"),
        LiveStatusTagColumn(),
    ]
    filterset_class = FamilyFilterSet
    search_fields = ["code", "category", "content"]
    ordering = ["code"]
    edit_handler = TabbedInterface(
        [
            ObjectList(WHAT, heading=_("What it is")),
            ObjectList(ANSWER, heading=_("Right answer")),
            ObjectList(TEXTS, heading=_("What people write")),
            ObjectList(LATER, heading=_("Later steps")),
        ],
        base_form_class=FamilyForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("export/", families.export, name="export"),
            path("import/", families.import_file, name="import"),
            path("store/", families.store, name="store"),
            path("show/<int:pk>/", families.preview, name="preview"),
            path("show/<int:pk>/texts/", families.texts, name="texts"),
            path("try/<int:pk>/", families.trial, name="trial"),
        ]


@hooks.register("register_bulk_action")
class DownloadFamilies(SnippetBulkAction):
    """The families that are ticked, as one file."""

    display_name = _("Download")
    aria_label = _("Download the chosen families as a file")
    action_type = "download"
    template_name = "sandbox/families/import.html"  # never shown: there is nothing to confirm
    models = [CaseFamily]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = "&".join(f"id={pk}" for pk in request.GET.getlist("id") if pk.isdigit())
        return redirect(f"{reverse('case_families:export')}?{chosen}")

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        return 0, 0
