"""Steps at intake: checking, asking, filing away, passing on, settling transfers, duplicates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.workflow import Role
from ..labels import CLASS_LABELS, LEVEL_LABELS, MISSING_LABELS
from ..models import Case
from ..selectors import link_candidates, localized, places_named
from .base import (
    FROM_THE_LIST,
    ActionForm,
    hinted,
    named,
    office_choices,
    one_of,
    picked,
    some_of,
    titled,
    written,
)

FEW = 12  # choices that are still easy to read as a list of buttons


class VerifyForm(ActionForm):
    consequence = _("You state what kind of report it is. It is then ready to be passed on.")
    title = titled(
        _("Title"),
        _("You may make it plain and neutral, without changing what is meant."),
        required=False,
    )
    category = picked(_("Main category"), _("Choose a category."))

    def prepare(self) -> None:
        self.fields["class"] = one_of(
            _("Which kind of report is this?"), _("Choose a class."), CLASS_LABELS.items()
        )
        self.fields["title"].initial = self.case.title
        names = [
            ("", _("Choose a category")),
            *((name, name) for name in self.run.rules.categories),
        ]
        self.offer("category", names)
        if self.run.role == Role.NATIONAL_ADMIN:
            self.fields["agency"] = picked(_("Agency that must act"), _("Choose an agency."))
            self.offer("agency", office_choices(self.region.agencies))
        self.order_fields(["class", "category", "agency", "title"])

    @property
    def choices(self) -> dict[str, Any]:
        """Leave out a title that is still the reporter's."""
        chosen = super().choices
        if chosen["title"] in ("", self.case.facts["title"]):
            del chosen["title"]
        return chosen


class HoldForm(ActionForm):
    consequence = _("The reporter gets your question. The clock stands still until they answer.")
    missing = one_of(
        _("What is missing?"), _("Choose the one thing that is missing."), MISSING_LABELS.items()
    )
    text = written(
        _("Your question to the reporter"),
        _("One polite, specific question. The reporter reads it as it stands."),
    )


class ArchiveForm(ActionForm):
    consequence = _("The report is filed away without being worked on. The reporter reads why.")
    reason = one_of(_("Reason for archiving"), _("Choose exactly one reason."))
    text = written(_("A sentence for the reporter"), _("Polite, and saying where else to turn."))

    def prepare(self) -> None:
        reasons = self.run.rules.archive_reasons
        self.offer(
            "reason",
            [
                (entry["code"], hinted(localized(entry, "label"), help_of(entry)))
                for entry in reasons
            ],
        )


def help_of(reason: dict[str, Any]) -> str:
    return localized(reason, "help") if "help_id" in reason else ""


class BlockForm(ActionForm):
    consequence = _("Nobody can read the content any more, not even the agency.")
    text = written(
        _("Why the content is blocked"), _("Name the rule that it breaks, not the person.")
    )


class UnblockForm(ActionForm):
    consequence = _("The report can be read again and goes back to be verified.")
    text = written(_("Why it is unblocked"), required=False)


class RestoreForm(ActionForm):
    consequence = _("The report comes back from the archive and is verified anew.")
    text = written(_("A sentence for the reporter"), _("Say why it is taken up again."))


class ReturnForm(ActionForm):
    consequence = _("The report leaves your agency; the national admin decides where it goes.")
    level = one_of(
        _("Whose authority is it?"), _("Choose whose authority it is."), LEVEL_LABELS.items()
    )
    destination = picked(_("Proposed destination"), _("Choose a destination."))
    text = written(
        _("Reason"), _("Name the competent agency and why. The reporter reads it as it stands.")
    )

    def prepare(self) -> None:
        self.offer("destination", office_choices(self.region.destinations))


class AcceptForm(ActionForm):
    consequence = _("The report moves to the agency that you choose, with a full clock.")
    agency = picked(_("Agency that must act"), _("Choose an agency."))
    text = written(
        _("Reason"),
        _("Both agencies and the reporter read it: say why the agency is the right one."),
    )

    def prepare(self) -> None:
        others = [office for office in self.region.agencies if office["code"] != self.case.agency]
        self.offer("agency", office_choices(others))


class RefuseForm(ActionForm):
    consequence = _("The report stays with the agency that gave it back.")
    text = written(
        _("Reason"), _("The agency and the reporter read it: say why the report is the agency's.")
    )


class DisposeForm(ActionForm):
    consequence = _("The unit gets the report and has to answer in time. You keep an eye on it.")
    unit = picked(_("Unit that must act"), _("Choose a unit."))
    support = some_of(
        _("Supporting units"), _("Only units that have something of their own to add.")
    )
    text = written(
        _("Note to the unit"),
        _("What the unit should look at first. Leave out who reported it."),
        required=False,
    )

    def prepare(self) -> None:
        units = self.region.units
        self.offer("unit", office_choices(units))
        self.offer("support", named(units))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("unit") in cleaned.get("support", ()):
            self.add_error("support", _("The lead unit cannot support itself: untick it."))
        return cleaned


class LinkForm(ActionForm):
    consequence = _("It hangs on the first report of the same thing and gets the same answer.")
    parent = one_of(
        _("Which report tells the same?"),
        _("Choose the report that tells the same."),
        help_text=_("Compare place, time and signs. Each reporter still gets an answer."),
    )
    text = written(
        _("Note for colleagues"), _("By what you saw that it is the same."), required=False
    )

    def prepare(self) -> None:
        others = link_candidates(self.case)
        if len(others) > FEW:
            self.fields["parent"].widget = forms.Select()
            empty = [("", FROM_THE_LIST)]
            flat = [(str(one.number), " · ".join(told_of(one))) for one in others]
            self.offer("parent", empty + flat)
            return
        self.offer(
            "parent",
            [
                (str(one.number), hinted(f"{one.code} · {one.title}", places_named(one)))
                for one in others
            ],
        )


def told_of(case: Case) -> list[str]:
    return [part for part in (case.code, case.title, places_named(case)) if part]


class UnlinkForm(ActionForm):
    consequence = _("The report stands on its own again and needs an answer of its own.")
    text = written(_("Note for colleagues"), required=False)
