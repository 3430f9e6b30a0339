"""What all forms of a desk have in common: a version, choices, and a text that is kept."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Case, Run
from ..selectors import called, localized, region_of
from .safe import SafeTexts

SENTENCE_LENGTH, REASON_LENGTH, ANSWER_LENGTH = 15, 500, 3000  # characters
TITLE_LENGTH = 200
NO_EVIDENCE = ""
FROM_THE_LIST = _("Choose from the list")

Choices = Iterable[tuple[str, Any]]


class SafeForm(SafeTexts, forms.Form):
    """A form whose free texts refuse real people's data; nothing typed is ever lost."""

    @property
    def typed(self) -> str:
        """Return what was written, valid or not, one text below the other."""
        written = (str(self.data.get(name, "")) for name in self.free_texts)
        return "\n\n".join(text for text in written if text.strip())


class ActionForm(SafeForm):
    """A form for one action: choices that are scored, and a text that is kept.

    `consequence` says in one line what the step leads to. A step whose form `is_possible` denies
    is allowed by the workflow, but there is nothing to choose.
    """

    consequence: ClassVar[Any] = ""
    is_wide: ClassVar[bool] = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.run = case, case.run
        self.region = region_of(self.run)
        self.prepare()

    @classmethod
    def is_possible(cls, case: Case) -> bool:
        return True

    def prepare(self) -> None:
        """Fill in what depends on the case."""

    def offer(self, name: str, choices: Choices) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    @property
    def choices(self) -> dict[str, Any]:
        """Return what was chosen, without the version and the text."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "text")
        }

    @property
    def preview(self) -> str:
        """Return how the report will read after the step, where it changes the report."""
        return ""

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("text", ""))


def written(
    label: Any,
    help_text: Any = "",
    *,
    required: bool = True,
    longest: int = REASON_LENGTH,
    shortest: int = SENTENCE_LENGTH,
    rows: int = 4,
) -> forms.CharField:
    """Return a field for sentences."""
    sentence = _("Write at least one sentence.")
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=shortest,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": sentence, "min_length": sentence},
    )
    # A browser would cut a longer text in silence; the server says so and keeps it.
    for name in ("maxlength", "minlength"):
        field.widget.attrs.pop(name, None)
    return field


def titled(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        min_length=3,
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Write a title."), "min_length": _("Write a title.")},
    )
    del field.widget.attrs["maxlength"], field.widget.attrs["minlength"]
    return field


def one_of(
    label: Any, missing: Any, choices: Choices = (), *, required: bool = True, help_text: Any = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=list(choices),
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": _("Choose one of the list.")},
    )


def some_of(
    label: Any, help_text: Any = "", missing: Any = "", *, required: bool = False
) -> forms.MultipleChoiceField:
    wrong = _("Choose only what is on the list.")
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing, "invalid_choice": wrong},
    )


def picked(label: Any, missing: Any, *, required: bool = True, help_text: Any = "") -> Any:
    """Return a field for one of a long list."""
    field = one_of(label, missing, required=required, help_text=help_text)
    field.widget = forms.Select()
    return field


def hinted(label: Any, hint: Any) -> Any:
    """Return the label of a choice with a line of explanation below it."""
    return format_html('{}<span class="choice-hint">{}</span>', label, hint) if hint else label


def office_choices(
    offices: Iterable[Mapping[str, Any]], empty: Any = FROM_THE_LIST
) -> list[tuple[str, Any]]:
    return [("", empty), *named(offices)]


def named(offices: Iterable[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """Return offices with their names, in the order of the names."""
    pairs = [(office["code"], called(office)) for office in offices]
    return sorted(pairs, key=lambda office: office[1].casefold())


def officer_choices(run: Run, but: str = "") -> list[tuple[str, Any]]:
    officers = region_of(run).officers
    return [(one["code"], one["name"]) for one in officers if one["code"] != but]


def evidence_choices(case: Case) -> list[tuple[str, Any]]:
    """Return what may be attached, by name, so that the order gives nothing away."""
    offered = [(item["code"], localized(item, "label")) for item in case.facts["evidence"]]
    return [
        *sorted(offered, key=lambda item: item[1].casefold()),
        (NO_EVIDENCE, _("No attachment")),
    ]
