"""Translatable names of states, actions, roles and choices. No logic."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..domain.answers import Element, Flaw
from ..domain.answers.hints import Plainness
from ..domain.deadlines import Clock, LimitedStep, Unit
from ..domain.modes import Mode
from ..domain.privacy import PersonalData
from ..domain.reporters import Cue
from ..domain.workflow import Action, Role, State
from .attachments import ATTACHMENT_LABELS as ATTACHMENT_LABELS

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
PLAYED_ROLE_LABELS = {role: label for role, label in ROLE_LABELS.items() if role is not Role.SYSTEM}
MODE_LABELS = {
    Mode.GUIDED: _("Guided: with hints, undo and explanations at once"),
    Mode.PRACTICE: _("Practice: the score comes at the end"),
    Mode.EXAM: _("Exam: timed, without hints"),
}
ZONE_LABELS = {
    "Asia/Jakarta": _("Western Indonesian Time (WIB)"),
    "Asia/Makassar": _("Central Indonesian Time (WITA)"),
    "Asia/Jayapura": _("Eastern Indonesian Time (WIT)"),
}
ACTION_LABELS = {
    Action.SUBMIT: _("Send the report"),
    Action.VERIFY: _("Verify and classify"),
    Action.HOLD: _("Ask for completion"),
    Action.COMPLETE: _("Complete the report"),
    Action.EXPIRE: _("Completion window expired"),
    Action.ARCHIVE: _("Archive with a reason"),
    Action.BLOCK: _("Block the content"),
    Action.UNBLOCK: _("Unblock the content"),
    Action.DISPOSE: _("Dispose to a unit"),
    Action.DECLINE: _("Give back: not this unit's task"),
    Action.RETURN: _("Return: not our authority"),
    Action.ACCEPT: _("Accept the transfer"),
    Action.REFUSE: _("Refuse the transfer"),
    Action.ANSWER: _("Post a follow-up"),
    Action.INTERIM: _("Post an interim answer"),
    Action.DRAFT: _("Submit a draft for approval"),
    Action.APPROVE: _("Approve and send"),
    Action.SEND_BACK: _("Send the draft back"),
    Action.REPLY: _("Reply to the agency"),
    Action.CLOSE: _("Close"),
    Action.WARN: _("Reminder: the limit is near"),
    Action.BREACH: _("The time limit has passed"),
    Action.LINK_DUPLICATE: _("Link as duplicate"),
    Action.UNLINK_DUPLICATE: _("Unlink the duplicate"),
    Action.ANSWER_TOGETHER: _("Answered together with its parent"),
    Action.CHANGE_SECRECY: _("Change secrecy"),
    Action.OPEN_IDENTITY: _("Open the reporter's identity"),
    Action.REOPEN: _("Reopen"),
    Action.RESTORE: _("Restore from the archive"),
    Action.WITHDRAW: _("Withdraw"),
    Action.MASK: _("Mask personal data"),
    Action.MARK_URGENT: _("Mark as urgent"),
    Action.NOTE: _("Internal note"),
    Action.INVITE: _("Invite a supporting unit"),
    Action.CONTRIBUTE: _("Contribute to the answer"),
    Action.REMIND: _("Remind the holder"),
    Action.HAND_OVER: _("Hand over to another officer"),
    Action.WRITE: _("Write a message"),
    Action.ESCALATE: _("Go to the Ombudsman"),
    Action.UNDO: _("Take back the last step"),
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
CLOCK_LABELS = {
    Clock.STEP: _("The holder's step"),
    Clock.SETTLEMENT: _("Settling the case"),
    Clock.REPORTER: _("The reporter's window"),
}
ELEMENT_LABELS = {
    Element.FINDING: _("What was found, where and when"),
    Element.ACTION: _("What is done, by whom and by when"),
    Element.EVIDENCE: _("Evidence, or why there is none"),
    Element.NEXT_STEP: _("Next step and how to respond"),
    Element.COURTESY: _("Polite and plain, without blame"),
}
FLAW_LABELS = {
    Flaw.EMPTY: _("Only a promise to coordinate"),
    Flaw.NO_DATE: _("A promise without a date"),
    Flaw.NO_FINDING: _("Nothing about what was found"),
    Flaw.LEAK: _("Personal data of somebody in the report"),
    Flaw.BLAME: _("Blames somebody"),
    Flaw.BESIDE: _("Does not address the point"),
    Flaw.NO_DESTINATION: _("Says “not ours” without saying whose"),
}
UNIT_LABELS = {Unit.WORKING_DAY: _("working days"), Unit.CALENDAR_DAY: _("calendar days")}
CLASS_LABELS = {
    "non_supervisory": _("Complaint, non-supervisory"),
    "supervisory": _("Complaint, supervisory"),
    "information": _("Information request"),
    "aspiration": _("Aspiration"),
}
LEVEL_LABELS = {
    "regency": _("The regency or town"),
    "village": _("The village"),
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
    "hotline": _("Telephone hotline"),
    "instagram": _("Instagram"),
    "sms": _("SMS"),
    "whatsapp": _("WhatsApp"),
    "walk_in": _("At the counter"),
}
SERIES_LABELS = {  # in the order in which trainees see them
    "path": _("Nine exercises, one after another"),
    "desk": _("One desk at a time"),
    "region": _("In the pilot regions"),
    "exam": _("Exams"),
    "own": _("More exercises"),
}
EXPECTATION_LABELS = {
    "decision": _("First decision"),
    "unit": _("Unit"),
    "agency": _("Agency"),
    "class": _("Class"),
    "category": _("Category"),
    "missing": _("What was asked for"),
    "destination": _("Proposed destination"),
    "level": _("Whose authority it is"),
    "archive_reason": _("Reason for archiving"),
    "urgent": _("Marked as urgent in time"),
    "false_alarm": _("Marked as urgent without need"),
    "secrecy": _("Made secret in time"),
    "masking": _("Personal data masked"),
    "exposed": _("Personal data passed on"),
    "duplicate": _("Linked to the first report"),
    "false_duplicate": _("Linked to another incident"),
    "support": _("Supporting units"),
    "in_time": _("In time"),
    "remind": _("Late unit reminded"),
    "reopen": _("Reopened on new information"),
    "restore": _("Restored from the archive"),
    "closed_unanswered": _("Closed without an answer"),
    "transfer": _("Transfer settled"),
    "blocked_complaint": _("Complaint blocked"),
    "decline": _("Given back to the right unit"),
    "own_task_declined": _("Own task given away"),
    "approval": _("Approved before it was sent"),
    "no_leak": _("Answer without personal data"),
    "no_empty_promise": _("Answer with more than a promise"),
    "no_dead_end": _("Answer that says whose task it is"),
    "no_blame": _("Answer that blames nobody"),
    "to_the_point": _("Answer to what was asked"),
    "evidence_choice": _("Evidence attached"),
    "unsafe_evidence": _("Evidence that shows people"),
    "answered_reply": _("Reply of the reporter answered"),
    "needless_identity": _("Identity opened without need"),
    "withdrawn": _("Withdrawn although it still stood"),
    "review": _("Draft reviewed"),
    "approved_leak": _("Personal data approved"),
    "remind_before_breach": _("Reminded before the limit"),
    "hand_over": _("Handed over with a note"),
    "names_place": _("Report names the place"),
    "names_time": _("Report names the time"),
    "names_service": _("Report says what is asked for"),
    "other_people": _("Other people’s data in a report"),
    "own_name": _("Own name in an anonymous report"),
    "asked_secret": _("Report sent as secret"),
    "completes": _("Question of the officer answered"),
    "objects": _("Objected to a flawed answer"),
    "closes": _("Closed after a sound answer"),
    **{str(element): words for element, words in ELEMENT_LABELS.items()},
}
DECISION_LABELS = {
    "dispose": _("Verify and dispose"),
    "verify": _("Verify and address"),
    "hold": _("Ask for completion"),
    "return": _("Return: not our authority"),
    "archive": _("Archive with a reason"),
    "block": _("Block the content"),
}
CRITERION_LABELS = {
    "routing": _("Routing"),
    "reasons": _("Reasons"),
    "time": _("Time"),
    "privacy": _("Privacy"),
    "duplicates": _("Duplicates"),
    "quality": _("Quality of the work"),
}
CHOICE_LABELS = {  # names of an event's choices
    "agency": _("Agency"),
    "anonymous": _("Anonymous"),
    "category": _("Category"),
    "class": _("Class"),
    "destination": _("Proposed destination"),
    "details": _("Masked"),
    "evidence": _("Evidence"),
    "flaw": _("Flaw"),
    "from": _("From"),
    "level": _("Whose authority it is"),
    "missing": _("What was asked for"),
    "officer": _("Officer"),
    "parent": _("Hangs on"),
    "rating": _("Rating"),
    "reason": _("Reason"),
    "secrecy": _("Secrecy"),
    "secret": _("Secret"),
    "support": _("Supporting units"),
    "title": _("Title"),
    "to": _("To"),
    "unit": _("Unit"),
    "urgency": _("Urgency"),
}
VALUE_LABELS = {  # what was chosen, where no other table names it
    "urgent": _("Urgent"),
    "ordinary": _("Ordinary"),
    "open": _("Open"),
    "in_time": _("In time"),
    "late": _("Too late"),
    "await_draft": _("Wait for the draft, and remind the unit"),
    "none": _("Nothing of the kind"),
    "True": _("yes"),
    "False": _("no"),
    "trainee": _("trainee"),
    "clock": _("the clock is moved"),
    "name": _("a name"),
    "national_id": _("a national identity number"),
    "phone": _("a phone number"),
    "address": _("an address"),
    "health": _("something about health"),
    "child": _("something about a child"),
    "workplace": _("a workplace"),
    "insult": _("an insult"),
    "names_place": _("A village, a street or a landmark"),
    "names_time": _("A day or an hour"),
    "names_service": _("The service, or what should be done"),
    "names_destination": _("The name of the office"),
    "says": _("Words to that effect"),
    "names_date": _("A day that is still to come"),
}
CUE_LABELS = {  # what a reporter notices
    Cue.ASKED_RIGHTLY: _("Was asked for what was missing"),
    Cue.ASKED_NEEDLESSLY: _("Was asked for something needless"),
    Cue.NO_REASON: _("Got no reason"),
    Cue.ARCHIVED_WRONGLY: _("The report was archived wrongly"),
    Cue.LIMIT_PASSED: _("A time limit passed"),
    Cue.KEPT_INFORMED: _("Was kept informed"),
    Cue.PROTECTED: _("The name was protected"),
    Cue.REAL_ANSWER: _("Got a real answer"),
    Cue.EMPTY: _("Got only a promise to coordinate"),
    Cue.BESIDE: _("The answer missed the point"),
    Cue.NO_FINDING: _("The answer said nothing about what was found"),
    Cue.NO_DATE: _("Was promised something without a date"),
    Cue.BLAME: _("Was blamed"),
    Cue.LEAK: _("Personal data was spread"),
    Cue.NO_DESTINATION: _("Was sent away without being told where to"),
    Cue.HARD_WORDS: _("Read words that only offices use"),
    Cue.NEWS: _("Read the news"),
    Cue.POST: _("Read a post that went round"),
}
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
# What a mode allows, by the fields of domain.modes.Allowance; attempts are counted.
ALLOWANCE_WORDS = {
    "hints": {
        True: _("While you write you may ask for hints on your draft. Hints change no points."),
        False: _("There are no hints while you write."),
    },
    "undo": {
        True: _("You may take back your last step, until time moves on or somebody else acts."),
        False: _("A step that you have taken stays; it cannot be taken back."),
    },
    "explains_at_once": {
        True: _("After each decision you read at once what was right or wrong, and why."),
        False: _("What was right or wrong, and why, is explained after the end."),
    },
    "reset": {
        True: _(
            "You may stop and begin again with other reports. The attempt that you stop stays "
            "readable, with its score."
        ),
        False: _("You cannot stop and begin again."),
    },
    "is_timed": {
        True: _(
            "The time is limited. The server counts it, also while the page is closed. When it is "
            "over the exam is handed in as it stands."
        ),
        False: _("Your time is not limited; the exercise waits for you."),
    },
    "waits_for_release": {
        True: _("You read the result when your trainer has released it."),
        False: _("You read your score as soon as you finish."),
    },
}
ATTEMPTS_WORDS = ngettext_lazy(
    "You have %(n)d attempt, unless a trainer grants you another.",
    "You have %(n)d attempts, unless a trainer grants you another.",
    "n",
)
ANY_ATTEMPTS = _("You may try as often as you like, each time with other reports as hard as these.")
PLAINNESS_LABELS = {
    Plainness.EASY: _("Easy to read"),
    Plainness.EFFORT: _("Takes some effort to read"),
    Plainness.HARD: _("Hard to read: shorter sentences and plainer words help"),
}
MISSING_ELEMENT_WORDS = {
    Element.FINDING: _("For example: what an officer saw, at which spot, on which day."),
    Element.ACTION: _("For example: which work is done, by which unit, until which date."),
    Element.EVIDENCE: _("For example: a photo without faces, or the reason why there is none yet."),
    Element.NEXT_STEP: _("For example: what happens next, and how the reporter can object."),
    Element.COURTESY: _("For example: a word of thanks or regret, and nobody blamed."),
}
RATING_LABELS = {
    "5": _("5 of 5: very satisfied"),
    "4": _("4 of 5: satisfied"),
    "3": _("3 of 5: so-so"),
    "2": _("2 of 5: dissatisfied"),
    "1": _("1 of 5: very dissatisfied"),
}
SECRECY_LABELS = {"secret": _("Secret"), "open": _("Open")}
URGENCY_LABELS = {"urgent": _("Urgent"), "ordinary": _("No longer urgent")}
TOLD_TO_REPORTERS = {  # how a reporter reads what officers did
    Action.SUBMIT: _("Report sent"),
    Action.VERIFY: _("Checked and accepted"),
    Action.HOLD: _("An officer asks you something"),
    Action.EXPIRE: _("The time to complete the report has passed"),
    Action.ARCHIVE: _("The report was archived"),
    Action.BLOCK: _("The content was blocked"),
    Action.UNBLOCK: _("The content can be read again"),
    Action.DISPOSE: _("Passed on to the unit that has to act"),
    Action.RETURN: _("The agency says that it is not its task"),
    Action.ACCEPT: _("Passed on to another agency"),
    Action.REFUSE: _("The report stays with the agency"),
    Action.ANSWER: _("Answer from the agency"),
    Action.APPROVE: _("Answer from the agency"),
    Action.ANSWER_TOGETHER: _("Answer from the agency"),
    Action.INTERIM: _("Word from the agency: it is being worked on"),
    Action.BREACH: _("The agency has let its time limit pass"),
    Action.CHANGE_SECRECY: _("An officer changed who may read the report"),
    Action.REOPEN: _("The report was opened again"),
    Action.RESTORE: _("The report was taken up again"),
}
