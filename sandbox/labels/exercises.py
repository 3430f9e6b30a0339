"""Names of what an exercise asks for and expects, as trainers choose them. No logic."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.scoring.expectations import Distance, Kind, Look

GROUP_WORDS = {
    "dispose": _("Dispose: one of our own units is competent"),
    "return": _("Return: another government or body is competent"),
    "hold": _("Hold: something is missing, the reporter is asked"),
    "archive": _("Archive: no office can decide it"),
    "block": _("Block: the content must not be seen"),
    "supervisory": _("Supervisory: a complaint about staff or a decision"),
    "urgent": _("Urgent: danger to life or safety now"),
    "duplicate": _("Duplicate: several people tell of one incident"),
    "ours": _("Ours: the unit that is played can answer now"),
    "waiting": _("Waiting: ours, but the answer has to wait for something"),
    "misrouted": _("Misrouted: came to the unit by mistake"),
}
EXPECTATION_KIND_LABELS = {
    Kind.MUST: _("Must: a step is taken"),
    Kind.MUST_NOT: _("Must not: something never happens"),
    Kind.BEFORE: _("Before: one step comes before another"),
    Kind.WITHIN: _("Within: a step comes before its limit has passed"),
    Kind.IF_THEN: _("If … then: a step follows what others do"),
    Kind.ANY_OF: _("Any of these: one of several choices is right"),
}
ACTIONS_ASKED = {
    Kind.MUST: _("Step that has to be taken"),
    Kind.MUST_NOT: _("Step that is looked at"),
    Kind.BEFORE: _("Step that has to come first"),
    Kind.WITHIN: _("Step that has to come in time"),
    Kind.IF_THEN: _("Step that has to follow"),
    Kind.ANY_OF: _("Step with the choice"),
}
LOOK_LABELS = {
    Look.SUPPORT: _("The supporting units that were named"),
    Look.MASKED: _("What was masked before the report was passed on"),
    Look.APPROVED: _("Whether a supervisor read the draft before it was sent"),
    Look.TRANSFER: _("Where a report went that an agency gave back"),
    Look.LINK: _("To which report a duplicate was linked"),
    Look.EVIDENCE: _("The evidence attached to the answer"),
    Look.REVIEW: _("What was decided about each draft"),
    Look.HAND_OVER: _("Whether the report was handed over, with a note"),
    Look.NAMES_PLACE: _("Whether the text names the place"),
    Look.NAMES_TIME: _("Whether the text names the time"),
    Look.NAMES_SERVICE: _("Whether the text says what is asked for"),
    Look.NAMES_DESTINATION: _("Whether the text names the right office"),
    Look.ANSWER_FLAWS: _("An answer with one of the flaws below"),
    Look.UNSAFE_EVIDENCE: _("Evidence that shows people"),
    Look.EXPOSED: _("Personal data that was passed on unmasked"),
    Look.APPROVED_FLAWS: _("A draft approved with one of the flaws below"),
    Look.FALSE_LINK: _("A link to another incident"),
    Look.OTHER_PEOPLE: _("Other people’s data in a reporter’s text"),
    Look.OWN_NAME: _("The reporter’s own name in an anonymous report"),
    Look.CLOSED_UNSOUND: _("A case closed after an answer that does not answer"),
    Look.SAYS: _("Whether the text says one of the phrases below"),
    Look.NAMES_DATE: _("Whether the text names a day to come, or says one of the phrases below"),
}
DISTANCE_LABELS = {
    Distance.NEAR: _("A desk that would pass the report on"),
    Distance.SAME_LEVEL: _("The right level of government, another office"),
    Distance.AFTER_RETURN: _("Right in the end, after a detour"),
    Distance.MENDED: _("Put right by a later answer"),
    Distance.LATE: _("Right, but after the report was passed on"),
    Distance.OTHER_FLAW: _("Unsound indeed, but for another flaw"),
    Distance.WITHOUT_NOTE: _("Handed over without a note"),
    Distance.OTHER_COPY: _("Linked to a later report of the same incident"),
}
CONDITION_LABELS = {
    "desk": _("The whole procedure is scored"),
    "urgent": _("The report tells of danger to life or safety now"),
    "secret": _("The report has to be made secret"),
    "reported_secret": _("The reporter asked for secrecy"),
    "duplicate": _("The report has to be linked to an earlier one"),
    "support": _("Other units have to support"),
    "personal": _("The report holds personal data to be masked"),
    "sensitive": _("The report is supervisory, urgent or secret"),
    "intake": _("The desk is the first to decide about the report"),
    "addressed": _("The report came addressed to an agency"),
    "returned": _("An agency gave the report back, or has reason to"),
    "mine": _("The unit that is played is competent"),
    "astray": _("The report came to the unit by mistake"),
    "leaver": _("The report lies with the officer who leaves"),
    "drafts": _("The unit writes drafts about the report"),
    "waits": _("The answer has to wait for something"),
    "warned": _("A reminder came, or a limit passed"),
    "stalled": _("The report missed a limit at an office where nobody acts"),
    "oldest": _("Of such reports it has lain the longest"),
}
NOT_SO = {
    name: format_lazy("{} {}", _("Not so:"), words) for name, words in CONDITION_LABELS.items()
}
# What the answer key holds, by its place there.
KEY_LABELS = {
    "decision": _("The first decision"),
    "class": _("The class"),
    "category": _("The category"),
    "agency.code": _("The agency"),
    "hold.missing": _("What is missing"),
    "archive.reason": _("The reason for archiving"),
    "return.destination": _("The destination"),
    "return.level": _("The level of government"),
}
ALSO_LABELS = {"also_categories": _("Categories that would do as well")}
NEAR_LABELS = {
    "agency.near": _("Agencies that would pass the report on"),
    "return.near": _("Destinations that would pass the report on"),
}
ROUTE_LABELS = {"route": _("Any competent unit, each with its share of the points")}
WHY_LABELS = {
    "decision": _("Why the first decision is right"),
    "class": _("Why the class is right"),
    "agency": _("Why the agency is right"),
}
SOUND_LABELS = {
    "yes": _("Only texts without a flaw"),
    "no": _("Only texts with a flaw"),
}
