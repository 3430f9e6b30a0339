"""What editors of region packs fill in."""

from base64 import b85decode, b85encode
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.library.region_cells import LONGEST, LONGEST_CELL
from ..domain.library.region_files import LARGEST, Problem, Reading, read_region, too_large
from ..selectors.region_words import FILE_LABELS, problem_words
from .safe import SafeTexts

LONGEST_NOTE = 200
DAY = "%Y-%m-%d"
OFFICES = "offices.csv"


class RegionFileForm(forms.Form):
    """A region pack as a file; `reading` is what it holds, or why not, once the form is valid."""

    file = forms.FileField(
        label=_("Region pack (zip file)"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        allow_empty_file=True,  # refused with the same words as other files that are no zip
    )
    reading: Reading

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(problem_words(too_large()))
        raw: bytes = file.read()
        self.reading = read_region(raw)
        return raw


class SeenForm(forms.Form):
    """What is filled in beside an edition that others may replace in the meantime."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    is_stale = False

    def look_again(self, edition: int) -> None:
        """Let what was typed stand beside another edition from now on."""
        self.is_stale = True
        self.data = {**self.data.dict(), "seen": str(edition)}  # type: ignore[attr-defined]


class RegionStoreForm(SafeTexts, SeenForm):
    """A pack that was previewed, and the edition beside which it was."""

    pack = forms.CharField(widget=forms.HiddenInput, strip=False)
    note = forms.CharField(
        label=_("What changed"),
        help_text=_("In a few words, for those who read the editions later."),
        max_length=LONGEST_NOTE,
        required=False,
    )
    reading: Reading

    def clean_pack(self) -> bytes:
        try:
            raw = b85decode(self.cleaned_data["pack"])
        except ValueError as error:
            raise forms.ValidationError(_("Choose the file again.")) from error
        self.reading = read_region(raw)
        return raw


def packed(raw: bytes) -> str:
    """Return a file's bytes as text that a form can carry."""
    return b85encode(raw).decode()


def text(column: str, label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST.get(column, LONGEST_CELL), **more)


def day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=[DAY],
        widget=forms.DateInput(format=DAY, attrs={"type": "date"}),
    )


class OfficeForm(SeenForm):
    """One office as it should read from now on."""

    name = text("name", _("Name"))
    name_en = text("name_en", _("Name in English"), required=False)
    acronym = text("acronym", _("Short name"), required=False)
    does = text("does", _("What it does"), widget=forms.Textarea(attrs={"rows": 3}))
    does_en = text(
        "does_en",
        _("What it does, in English"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = day(_("Valid from"), _("Empty: as long as anybody knows."))
    valid_to = day(_("Valid to"), _("Its last day. Empty: it goes on."))
    source = text("source", _("Source"), help_text=_("Where this was read, and when."))

    @property
    def values(self) -> dict[str, str]:
        """The cells of the office's row."""
        return {
            name: "" if value is None else str(value)
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }

    def blame(self, problems: tuple[Problem, ...]) -> None:
        """Say each problem at the field that it is about, or above the form."""
        for column, words in sorted({self.told(problem) for problem in problems}):
            self.add_error(column or None, words)

    def told(self, problem: Problem) -> tuple[str, str]:
        """Return the field that a problem is about, if any, and its words."""
        words = problem_words(problem)
        if problem.file != OFFICES:
            return "", f"{FILE_LABELS.get(problem.file, '')}: {words}".removeprefix(": ")
        return problem.column if problem.row and problem.column in self.fields else "", words
