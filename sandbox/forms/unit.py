"""Steps of units and supervisors: answers, drafts, what belongs elsewhere, help from others."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..labels import FLAW_LABELS
from ..models import Case
from ..selectors import is_mine, last_draft
from .base import (
    ANSWER_LENGTH,
    FROM_THE_LIST,
    ActionForm,
    evidence_choices,
    named,
    office_choices,
    one_of,
    picked,
    written,
)


class DeclineForm(ActionForm):
    consequence = _("The report goes back to the agency admin, who disposes it anew.")
    unit = picked(_("Unit whose task it is"), _("Choose a unit."))
    text = written(_("Reason"), _("What shows that it is that unit's task. The admin reads it."))

    def prepare(self) -> None:
        units = self.region.units
        others = [unit for unit in units if unit["code"] != self.case.unit]
        self.offer("unit", office_choices(others))


class EvidencedForm(ActionForm):
    """A text to the reporter with what may be attached to it."""

    is_wide = True
    evidence = one_of(
        _("Evidence to attach"),
        "",
        required=False,
        help_text=_("It must show the result, and nobody who can be recognised."),
    )

    def prepare(self) -> None:
        self.offer("evidence", evidence_choices(self.case))
        if not self.case.facts["evidence"]:
            del self.fields["evidence"]

    @property
    def choices(self) -> dict[str, Any]:
        return {"evidence": ""} | super().choices


class AnswerForm(EvidencedForm):
    consequence = _("The answer goes to the reporter, who may reply or close the report.")
    text = written(
        _("Your answer"),
        _("What was found, what is done by whom and when, and how to respond."),
        longest=ANSWER_LENGTH,
        rows=12,
    )
    field_order = ["text", "evidence"]


class InterimForm(EvidencedForm):
    consequence = _("The reporter gets word in time. The promise to settle the case runs on.")
    text = written(
        _("Your interim answer"),
        _("How far you are, what comes next, and when you write again."),
        longest=ANSWER_LENGTH,
        rows=8,
    )
    field_order = ["text", "evidence"]


class DraftForm(EvidencedForm):
    consequence = _("Your supervisor reads it first and sends it, or sends it back to you.")
    text = written(
        _("Your draft"),
        _("What was found, what is done by whom and when, and how to respond."),
        longest=ANSWER_LENGTH,
        rows=12,
    )
    field_order = ["text", "evidence"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["text"].initial = last_draft(self.case)


class ApproveForm(ActionForm):
    consequence = _("The draft goes to the reporter exactly as it stands.")

    @property
    def words(self) -> str:
        """Return the draft that is sent, also when the same form comes a second time."""
        return self.case.draft or last_draft(self.case)


class SendBackForm(ActionForm):
    consequence = _("The draft goes back to the unit, which writes it anew.")
    flaw = one_of(
        _("What is wrong with the draft?"), _("Choose what is wrong."), FLAW_LABELS.items()
    )
    text = written(
        _("What should be mended"), _("One sentence from which the unit knows what to do.")
    )


class CloseForm(ActionForm):
    """Closing by an admin, who answers for it that the case is settled."""

    consequence = _("The case is closed although the reporter has not said so.")
    evidence = one_of(
        _("Evidence that it is settled"),
        "",
        required=False,
        help_text=_("It must show the result, and nobody who can be recognised."),
    )
    text = written(
        _("Your statement"),
        _("What was done, and why the case counts as settled. The reporter reads it."),
    )
    field_order = ["text", "evidence"]

    def prepare(self) -> None:
        self.offer("evidence", evidence_choices(self.case))
        if not self.case.facts["evidence"]:
            del self.fields["evidence"]

    @property
    def choices(self) -> dict[str, Any]:
        return {"evidence": ""} | super().choices


class ReopenForm(ActionForm):
    consequence = _("The report goes back to the unit, which has to answer anew. Once only.")
    text = written(_("Why it is reopened"), _("The unit and the reporter read it."))


class InviteForm(ActionForm):
    consequence = _("Another unit reads the report and adds what it knows. The lead stays.")
    unit = picked(_("Unit to invite"), _("Choose a unit."))
    text = written(_("What you ask of it"), required=False)

    def prepare(self) -> None:
        taken = {self.case.unit, *self.case.support}
        units = [unit for unit in self.region.units if unit["code"] not in taken]
        self.offer("unit", [("", FROM_THE_LIST), *named(units)])


class ContributeForm(ActionForm):
    consequence = _("The lead unit reads what you add and uses it in its answer.")
    text = written(_("What your unit adds"), _("What you know or have done, with where and when."))


class RemindForm(ActionForm):
    consequence = _("Whoever holds the report is told that its limit is near or has passed.")
    text = written(_("Your reminder"), _("Polite and definite: what has to be done by when."))

    @classmethod
    def is_possible(cls, case: Case) -> bool:
        return not is_mine(case)  # nobody reminds themselves
