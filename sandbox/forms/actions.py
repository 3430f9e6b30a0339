"""Which form takes which action, how actions are grouped, and which of them ask twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from ..domain.workflow import Action, Role
from ..labels import ACTION_LABELS
from ..models import Case
from ..selectors import is_mine
from . import care, intake, reporter, unit
from .base import ActionForm

FORMS: Mapping[Action, type[ActionForm]] = {  # in the order in which they are offered
    Action.SUBMIT: reporter.SubmitForm,
    Action.COMPLETE: reporter.CompleteForm,
    Action.DISPOSE: intake.DisposeForm,
    Action.VERIFY: intake.VerifyForm,
    Action.ACCEPT: intake.AcceptForm,
    Action.REFUSE: intake.RefuseForm,
    Action.HOLD: intake.HoldForm,
    Action.RETURN: intake.ReturnForm,
    Action.ARCHIVE: intake.ArchiveForm,
    Action.BLOCK: intake.BlockForm,
    Action.UNBLOCK: intake.UnblockForm,
    Action.RESTORE: intake.RestoreForm,
    Action.APPROVE: unit.ApproveForm,
    Action.SEND_BACK: unit.SendBackForm,
    Action.DRAFT: unit.DraftForm,
    Action.ANSWER: unit.AnswerForm,
    Action.INTERIM: unit.InterimForm,
    Action.DECLINE: unit.DeclineForm,
    Action.CONTRIBUTE: unit.ContributeForm,
    Action.REPLY: reporter.ReplyForm,
    Action.CLOSE: unit.CloseForm,
    Action.REOPEN: unit.ReopenForm,
    Action.REMIND: unit.RemindForm,
    Action.LINK_DUPLICATE: intake.LinkForm,
    Action.UNLINK_DUPLICATE: intake.UnlinkForm,
    Action.WRITE: reporter.WriteForm,
    Action.ESCALATE: reporter.EscalateForm,
    Action.MASK: care.MaskForm,
    Action.CHANGE_SECRECY: care.SecrecyForm,
    Action.MARK_URGENT: care.UrgentForm,
    Action.INVITE: unit.InviteForm,
    Action.OPEN_IDENTITY: care.IdentityForm,
    Action.HAND_OVER: care.HandOverForm,
    Action.NOTE: care.NoteForm,
    Action.WITHDRAW: reporter.WithdrawForm,
}
# They take the case off the desk, go out to the reporter, or are hard to undo.
CONFIRMED_FIRST = (
    Action.SUBMIT,
    Action.RETURN,
    Action.ARCHIVE,
    Action.BLOCK,
    Action.ACCEPT,
    Action.REFUSE,
    Action.DECLINE,
    Action.ANSWER,
    Action.CLOSE,
    Action.WITHDRAW,
    Action.ESCALATE,
    Action.MASK,
    Action.OPEN_IDENTITY,
)
BESIDE = {  # on one's own desk they stand behind the next steps
    Action.MASK,
    Action.CHANGE_SECRECY,
    Action.MARK_URGENT,
    Action.INVITE,
    Action.OPEN_IDENTITY,
    Action.HAND_OVER,
    Action.NOTE,
    Action.REMIND,
    Action.WITHDRAW,
    Action.ESCALATE,
}
# What protects somebody has to be thought of before the report goes on.
PROTECTING = (Action.MASK, Action.CHANGE_SECRECY, Action.MARK_URGENT)
PROTECTORS = (Role.NATIONAL_ADMIN, Role.AGENCY_ADMIN)
FROM_AFAR = {  # what brings a case forward that lies with somebody else
    Action.REMIND,
    Action.CONTRIBUTE,
    Action.UNLINK_DUPLICATE,
    Action.REOPEN,
    Action.RESTORE,
    Action.UNBLOCK,
    Action.WRITE,
}


def form_class(action: Action, role: str) -> type[ActionForm]:
    """Return the form of an action: a reporter closes in another way than an admin."""
    if action is Action.CLOSE and role == Role.REPORTER:
        return reporter.RateForm
    return FORMS[action]


def name_of(action: Action, case: Case) -> Any:
    """Return what a step is called where the case stands: marks are set and taken away."""
    if action is Action.MARK_URGENT and case.urgent:
        return _("Take the urgent mark away")
    if action is Action.CHANGE_SECRECY:
        return _("Make the report open") if case.secret else _("Make the report secret")
    if action is Action.DISPOSE and case.unit:
        return _("Dispose to another unit")
    if action is Action.CLOSE and case.run.role == Role.REPORTER:
        return _("Close and rate")
    return ACTION_LABELS[action]


class Option(NamedTuple):
    """One step that is offered, with what it leads to."""

    action: Action
    name: Any
    consequence: Any


@dataclass(frozen=True)
class Offer:
    """What may be done with a case: what comes first, the next steps, and all behind them."""

    main: list[Option]
    beside: list[Option]
    first: list[Option]


def offer(case: Case, allowed: Collection[Action]) -> Offer:
    """Group the allowed steps; where none is a next step, the others are all there is."""
    forms = {action: form_class(action, case.run.role) for action in FORMS if action in allowed}
    options = [
        Option(action, name_of(action, case), form.consequence)
        for action, form in forms.items()
        if form.is_possible(case)
    ]
    mine = is_mine(case)
    main = [
        option
        for option in options
        if (option.action not in BESIDE if mine else option.action in FROM_AFAR)
    ]
    protects = mine and main and case.run.role in PROTECTORS
    first = [option for option in options if protects and option.action in PROTECTING]
    beside = [option for option in options if option not in (*main, *first)]
    return Offer(main, beside, first) if main else Offer(beside, [], [])
