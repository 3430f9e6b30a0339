"""Steps of the reporter: writing, completing, replying, judging, giving up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..labels import RATING_LABELS
from .base import ANSWER_LENGTH, ActionForm, office_choices, one_of, picked, titled, written


class SubmitForm(ActionForm):
    consequence = _("The report goes to the officers. Nobody can change its wording afterwards.")
    is_wide = True
    title = titled(_("Title"), _("In one line: what it is about, and where."))
    text = written(
        _("Your report"),
        _("What happened, where, since when, and what you ask for."),
        longest=ANSWER_LENGTH,
        rows=10,
    )
    agency = picked(
        _("Agency that you mean"),
        "",
        required=False,
        help_text=_("If you do not know, leave it open: the national admin finds it."),
    )
    anonymous = forms.BooleanField(
        label=_("Anonymous: hide who I am"),
        help_text=_(
            "Officers do not see your name. They can still read everything that you write."
        ),
        required=False,
    )
    secret = forms.BooleanField(
        label=_("Secret: hide what I write from the public"),
        help_text=_("Only officers read the content. By itself this does not hide your name."),
        required=False,
    )

    def prepare(self) -> None:
        self.offer("agency", office_choices(self.region.agencies, _("I do not know")))


class CompleteForm(ActionForm):
    consequence = _("What you add is put below your report, and the officers go on.")
    text = written(
        _("What you add"), _("Answer the question, and only that."), longest=ANSWER_LENGTH
    )


class ReplyForm(ActionForm):
    consequence = _("The report goes back to the agency, which has to answer again.")
    text = written(
        _("Your reply"),
        _("Say which part of the answer does not solve it, and what is still so."),
        longest=ANSWER_LENGTH,
    )


class RateForm(ActionForm):
    """Closing by the reporter."""

    consequence = _("The report is settled for you. You say how well it was dealt with.")
    rating = one_of(_("How well was it dealt with?"), _("Choose a rating."), RATING_LABELS.items())
    text = written(_("Your comment"), required=False, shortest=0)


class WithdrawForm(ActionForm):
    consequence = _("Nobody works on the report any more. It cannot be taken back.")
    text = written(_("Why you withdraw it"), required=False, shortest=0)


class WriteForm(ActionForm):
    consequence = _("The officers who hold the report read your message.")
    text = written(_("Your message"), longest=ANSWER_LENGTH)


class EscalateForm(ActionForm):
    consequence = _("You ask the Ombudsman to look at how the agency dealt with it.")
    text = written(
        _("What you tell the Ombudsman"), _("What you asked the agency, and what came of it.")
    )
