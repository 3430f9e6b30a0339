"""What trainers fill in to change the lines and characters of simulated people."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..domain.library.families import MISSING
from ..domain.phrases import ALL, LONGEST_LINE, LONGEST_NAME, LONGEST_WAIT, MOST_PERSONAS, read_book
from ..domain.rules import LARGEST, NotAPack, Problem
from ..labels import MISSING_LABELS
from ..selectors.phrase_words import PERSONA_LABELS, TONE_LABELS, place_words, problem_words
from .exchange import packed, unpacked
from .regions import LONGEST_NOTE, SeenForm
from .safe import SafeTexts

NUMBER = re.compile(r"\[(\d+)\]")


class EditionForm(SafeTexts, SeenForm):
    """What makes a new edition, with a few words about it."""

    note = forms.CharField(
        label=_("What changed"),
        help_text=_("In a few words, for those who read the editions later."),
        max_length=LONGEST_NOTE,
        required=False,
    )

    def blame(self, place: str, problems: Iterable[Problem]) -> None:
        """Say each problem at the field that it is about, or above the form."""
        for problem in problems:
            self.add_error(*self.told(place, problem))

    def told(self, place: str, problem: Problem) -> tuple[str | None, str]:
        """Return the field that a problem is about, if any, and what is wrong."""
        field = problem.place.removeprefix(f"{place}.")
        if field in self.fields:
            return field, problem_words(problem)
        return None, f"{place_words(problem.place)}: {problem_words(problem)}"


class LinesForm(EditionForm):
    """The lines of one occasion, one a row; `wrong` says what is wrong with which."""

    text = forms.CharField(
        label=_("Lines"),
        help_text=_("One line per row; empty rows do not count."),
        widget=forms.Textarea(attrs={"rows": 14, "lang": "id"}),
        required=False,
    )
    field_order = ["seen", "text", "note"]
    checked_elsewhere = ("text",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wrong: dict[int, list[str]] = {}

    @property
    def lines(self) -> list[str]:
        return lines_in(self.cleaned_data["text"])

    @property
    def typed(self) -> list[str]:
        """The lines as they stand in the form, whatever is wrong with them."""
        return lines_in(self["text"].value())

    def blame(self, place: str, problems: Iterable[Problem]) -> None:
        """Keep what is wrong with single lines for the preview; say the rest as anywhere."""
        others = []
        for problem in problems:
            found = NUMBER.fullmatch(problem.place.removeprefix(place))
            if found:
                self.wrong.setdefault(int(found[1]), []).append(problem_words(problem))
            else:
                others.append(problem)
        if self.wrong:
            self.add_error("text", _("What is wrong with a line stands below it in the preview."))
        super().blame(place, others)

    def told(self, place: str, problem: Problem) -> tuple[str | None, str]:
        if problem.place == place:
            return "text", problem_words(problem)
        return super().told(place, problem)


def lines_in(text: str) -> list[str]:
    return [line for row in text.splitlines() if (line := row.strip())]


class MissingForm(EditionForm):
    """How officers call what a report lacks, as part of a sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MISSING:
            self.fields[name] = forms.CharField(
                label=MISSING_LABELS[name],
                max_length=LONGEST_LINE,
                widget=forms.TextInput(attrs={"lang": "id"}),
            )
        self.order_fields(["seen", *MISSING, "note"])

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in MISSING}


def label(name: str) -> Any:
    return capfirst(PERSONA_LABELS[name])


def worded(name: str, longest: int, *, long: bool = False) -> forms.CharField:
    attrs = {"lang": name[-2:], **({"rows": 4} if long else {})}
    widget = forms.Textarea(attrs=attrs) if long else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label(name), max_length=longest, widget=widget)


def number(name: str, least: int, most: int, help_text: Any) -> forms.IntegerField:
    """Return a field whose bounds the browser knows; the book's own check tells them in words."""
    widget = forms.NumberInput(attrs={"min": least, "max": most})
    return forms.IntegerField(label=label(name), help_text=help_text, widget=widget)


class PersonaForm(forms.Form):
    """One character of a reporter."""

    code = forms.CharField(
        label=label("code"),
        help_text=_("Small letters, digits and hyphens. Exercises name a character by it."),
        max_length=50,
    )
    name_id = worded("name_id", LONGEST_NAME)
    name_en = worded("name_en", LONGEST_NAME)
    about_id = worded("about_id", LONGEST_LINE, long=True)
    about_en = worded("about_en", LONGEST_LINE, long=True)
    tone = forms.ChoiceField(
        label=label("tone"),
        choices=[("", "–"), *TONE_LABELS.items()],
        help_text=_("Which lines the person uses."),
    )
    trust = number(
        "trust", 0, ALL, _("From 0, none, to 100, all. A flawed answer takes some away.")
    )
    patience = number(
        "patience",
        1,
        LONGEST_WAIT,
        _("Working days after a missed time limit until the person writes again."),
    )
    outcry = number(
        "outcry", 0, ALL, _("At this much trust, or less, the person goes to the Ombudsman.")
    )
    forgives = number("forgives", 0, ALL, _("How much trust a real answer gives back."))

    @property
    def persona(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.base_fields}


class PersonaForms(forms.BaseFormSet):  # type: ignore[type-arg]
    """All characters, with room for one more."""

    def add_fields(self, form: PersonaForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this character out")

    @property
    def kept(self) -> list[PersonaForm]:
        """The forms of those who stay, in order."""
        return [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]

    def blame(self, place: str, problems: Iterable[Problem]) -> list[Problem]:
        """Say problems at the fields that they are about; return those about none of them."""
        rest = []
        for problem in problems:
            found = re.fullmatch(rf"{re.escape(place)}\[(\d+)\]\.(\w+)", problem.place)
            if found:
                self.kept[int(found[1]) - 1].add_error(found[2], problem_words(problem))
            else:
                rest.append(problem)
        return rest


PERSONA_FORMS: Any = forms.formset_factory(
    PersonaForm, formset=PersonaForms, extra=1, can_delete=True, max_num=MOST_PERSONAS
)


class BookFileForm(forms.Form):
    """A phrase book as a file; `book` is what it holds once the form is valid."""

    file = forms.FileField(
        label=_("Phrase book (TOML file)"),
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )
    book: dict[str, Any]
    made_from: int

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:  # before it is read
            problem = NotAPack("too_large", most=LARGEST // 1024).problem
            raise forms.ValidationError(problem_words(problem))
        raw: bytes = file.read()
        self.book, self.made_from = book_in(raw)
        return raw


class BookStoreForm(EditionForm):
    """A book that was previewed, and the edition beside which it was."""

    packed = forms.CharField(widget=forms.HiddenInput, strip=False)
    book: dict[str, Any]
    made_from: int

    def clean_packed(self) -> bytes:
        raw = unpacked(self.cleaned_data["packed"])
        self.book, self.made_from = book_in(raw)
        return raw


def book_in(raw: bytes) -> tuple[dict[str, Any], int]:
    try:
        return read_book(raw)
    except NotAPack as error:
        raise forms.ValidationError(problem_words(error.problem)) from error


__all__ = [
    "PERSONA_FORMS",
    "BookFileForm",
    "BookStoreForm",
    "EditionForm",
    "LinesForm",
    "MissingForm",
    "packed",
]
