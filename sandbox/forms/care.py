"""Steps beside the main way: protecting people, marking, noting, handing over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..domain.position import masked
from ..models import Case, Run
from ..selectors import details_left, officers_with_cases, region_of
from .base import ActionForm, SafeForm, officer_choices, one_of, some_of, written


def settled(choices: tuple[str, ...]) -> forms.ChoiceField:
    """Return a field whose value the form brings along: there is only one thing to do."""
    return forms.ChoiceField(choices=[(code, code) for code in choices], widget=forms.HiddenInput)


class MaskForm(ActionForm):
    consequence = _("What you tick can no longer be read in the report. The original is kept.")
    details = some_of(
        _("What must not be passed on?"),
        _("Tick what nobody needs to know in order to act. Leave what shows where and what."),
        _("Tick at least one detail."),
        required=True,
    )

    @classmethod
    def is_possible(cls, case: Case) -> bool:
        return bool(details_left(case))

    def prepare(self) -> None:
        self.offer("details", [(text, f"“{text}”") for text in self.offered()])

    def offered(self) -> list[str]:
        """Return what can still be read; a form that comes twice may hold what is masked now."""
        sent = set(self.data.getlist("details")) if self.is_bound else set()  # type: ignore[attr-defined]
        known = {detail["text"] for detail in self.case.facts["details"]}
        left = details_left(self.case)
        return left + sorted(sent & known - set(left))

    @property
    def preview(self) -> str:
        return masked(self.case.text, self.cleaned_data["details"])


class SecrecyForm(ActionForm):
    consequence = _("Decides whether the public may read what the report says.")
    secrecy = settled(("secret", "open"))
    text = written(_("Reason"), required=False)

    def prepare(self) -> None:
        self.fields["secrecy"].initial = "open" if self.case.secret else "secret"


class UrgentForm(ActionForm):
    consequence = _("Urgent reports stand first on every desk: danger to life or safety now.")
    urgency = settled(("urgent", "ordinary"))
    text = written(_("Reason"), required=False)

    def prepare(self) -> None:
        self.fields["urgency"].initial = "ordinary" if self.case.urgent else "urgent"


class IdentityForm(ActionForm):
    consequence = _("You get to see the name of somebody who asked to stay unnamed. It is logged.")
    text = written(
        _("Why you need the identity"),
        _("Only a lawful, written reason counts. Who opened it, when and why is kept."),
    )


class NoteForm(ActionForm):
    consequence = _("Only officers read it; the reporter never does.")
    text = written(_("Internal note"), longest=1000)


class HandOverForm(ActionForm):
    consequence = _("Another officer becomes responsible for this one report.")
    to = one_of(_("To which colleague?"), _("Choose a colleague."))
    text = written(
        _("Note for the colleague"),
        _("What has been done, and what is still open."),
        required=False,
    )

    @classmethod
    def is_possible(cls, case: Case) -> bool:
        return bool(region_of(case.run).officers)

    def prepare(self) -> None:
        self.offer("to", officer_choices(self.run, but=self.case.officer))

    @property
    def choices(self) -> dict[str, Any]:
        return {"from": self.case.officer, **super().choices}


class HandOverAllForm(SafeForm):
    """All open cases of one officer at once: for a change of posts."""

    leaver = one_of(_("Who leaves the desk?"), _("Choose who leaves."))
    to = one_of(_("Who takes over?"), _("Choose who takes over."))
    text = written(
        _("Note for the colleague"),
        _("What is urgent, what has been promised, and what is still open."),
    )

    def __init__(self, *args: Any, run: Run, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = officers_with_cases(run)
        officers = officer_choices(run)
        leaver, to = self.fields["leaver"], self.fields["to"]
        leaver.choices = [  # type: ignore[attr-defined]
            (code, f"{name} ({in_words(held[code])})") for code, name in officers if held[code]
        ]
        to.choices = officers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("leaver") and cleaned["leaver"] == cleaned.get("to"):
            self.add_error("to", _("Choose somebody else than who leaves."))
        return cleaned


def in_words(cases: int) -> str:
    return ngettext("%(n)d open report", "%(n)d open reports", cases) % {"n": cases}
