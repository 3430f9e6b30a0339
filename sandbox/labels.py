"""Translatable names of states, actions, roles and choices. No logic."""

from django.utils.translation import gettext_lazy as _

from .domain.deadlines import LimitedStep, Unit
from .domain.privacy import PersonalData
from .domain.workflow import Action, Role, State

STATE_LABELS = {
    State.UNVERIFIED: _("Not yet verified"),
    State.AWAITING_COMPLETION: _("Awaiting completion"),
    State.VERIFIED: _("Verified, awaiting disposition"),
    State.DISPOSED: _("Disposed to a unit"),
    State.FOLLOWED_UP: _("Followed up by the agency"),
    State.REPLIED: _("Reporter has replied"),
    State.CLOSED: _("Closed"),
    State.ARCHIVED: _("Archived"),
    State.BLOCKED: _("Content blocked"),
    State.TRANSFERRING: _("Returned: not our authority"),
}
ROLE_LABELS = {
    Role.REPORTER: _("Reporter"),
    Role.NATIONAL_ADMIN: _("National admin"),
    Role.AGENCY_ADMIN: _("Agency admin"),
    Role.LIAISON_OFFICER: _("Liaison officer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.SYSTEM: _("System"),
}
ACTION_LABELS = {
    Action.SUBMIT: _("Report received"),
    Action.VERIFY: _("Verify and classify"),
    Action.HOLD: _("Ask for completion"),
    Action.COMPLETE: _("Report completed"),
    Action.EXPIRE: _("Completion window expired"),
    Action.ARCHIVE: _("Archive with a reason"),
    Action.BLOCK: _("Block the content"),
    Action.UNBLOCK: _("Unblock the content"),
    Action.DISPOSE: _("Dispose to a unit"),
    Action.RETURN: _("Return: not our authority"),
    Action.ACCEPT: _("Accept the transfer"),
    Action.REFUSE: _("Refuse the transfer"),
    Action.ANSWER: _("Post a follow-up"),
    Action.REPLY: _("Reply by the reporter"),
    Action.CLOSE: _("Close"),
    Action.WARN: _("Time limit warning"),
    Action.LINK_DUPLICATE: _("Link as duplicate"),
    Action.CHANGE_SECRECY: _("Change secrecy"),
    Action.REOPEN: _("Reopen"),
    Action.RESTORE: _("Restore from the archive"),
    Action.WITHDRAW: _("Withdraw"),
}
STEP_LABELS = {
    LimitedStep.VERIFY: _("Verify and forward"),
    LimitedStep.FIRST_RESPONSE: _("First follow-up by the unit"),
    LimitedStep.SETTLE_INFORMATION: _("Settle an information request"),
    LimitedStep.SETTLE_NON_SUPERVISORY: _("Settle a non-supervisory complaint"),
    LimitedStep.SETTLE_SUPERVISORY: _("Settle a supervisory complaint"),
    LimitedStep.SETTLE_ASPIRATION: _("Settle an aspiration"),
    LimitedStep.REPLY_WINDOW: _("Reporter's time to reply"),
    LimitedStep.COMPLETION_WINDOW: _("Reporter's time to complete a held report"),
}
UNIT_LABELS = {Unit.WORKING_DAY: _("working days"), Unit.CALENDAR_DAY: _("calendar days")}
CLASS_LABELS = {
    "non_supervisory": _("Complaint, non-supervisory"),
    "supervisory": _("Complaint, supervisory"),
    "information": _("Information request"),
    "aspiration": _("Aspiration"),
}
CLASS_REASONS = {
    "non_supervisory": _(
        "A service or asset is bad or missing, and nobody is said to have broken a rule. "
        "An angry tone does not change that."
    ),
    "supervisory": _(
        "Somebody in office is said to have broken a rule or abused a position. It goes to the "
        "inspectorate, not to the unit concerned."
    ),
    "information": _("The reporter asks how something works; no service has failed."),
    "aspiration": _("The reporter proposes something better; nothing has been done wrong."),
}
CATEGORY_REASON = _("The category follows what the report is about, not who will deal with it.")
LEVEL_REASONS = {
    "province": _("The provincial government runs it by an agency of its own."),
    "central": _("A ministry or central body runs it, also by its technical offices (balai)."),
    "vertical": _("A local service office of a central body runs it, which citizens visit."),
    "state_owned": _("A state-owned company runs it and answers for it."),
}
LEVEL_LABELS = {
    "province": _("The province"),
    "central": _("A ministry or central body, with its technical offices (balai)"),
    "vertical": _("A local service office of the centre (land office, police, immigration, BPJS)"),
    "state_owned": _("A state-owned company"),
}
MISSING_LABELS = {
    "location": _("Where it happened"),
    "date": _("When it happened"),
    "what_happened": _("What happened"),
    "identity_of_service": _("Which office or service"),
    "evidence": _("A photo or other evidence"),
}
CHANNEL_LABELS = {
    "web": _("Website"),
    "android": _("Android app"),
    "sms": _("SMS"),
    "whatsapp": _("WhatsApp"),
    "walk_in": _("At the counter"),
}
EXPECTATION_LABELS = {
    "decision": _("First decision"),
    "unit": _("Unit"),
    "class": _("Class"),
    "category": _("Category"),
    "missing": _("What was asked for"),
    "destination": _("Proposed destination"),
    "level": _("Whose authority it is"),
    "archive_reason": _("Reason for archiving"),
}
DECISION_LABELS = {
    "dispose": _("Verify and dispose"),
    "hold": _("Ask for completion"),
    "return": _("Return: not our authority"),
    "archive": _("Archive with a reason"),
}
CRITERION_LABELS = {"routing": _("Routing"), "reasons": _("Reasons")}
PERSONAL_DATA_LABELS = {
    PersonalData.NATIONAL_ID: _("a national identity number"),
    PersonalData.PHONE: _("a phone number"),
    PersonalData.EMAIL: _("an e-mail address"),
}
CONFIDENCE_LABELS = {
    "verified": _("Read in official summaries"),
    "sources_disagree": _("Sources disagree"),
    "assumed": _("Assumed for exercises"),
}
