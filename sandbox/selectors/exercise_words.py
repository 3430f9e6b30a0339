"""What is expected in the exercises that ship, beside what rule packs expect."""

from django.utils.translation import gettext_lazy as _

OWN_EXPECTATIONS = {
    "says_destination": _("Return names the office"),
    "says_basis": _("Return gives the basis"),
    "sends_away": _("Reporter sent away"),
    "interim_given": _("Interim word while a test is awaited"),
    "interim_dated": _("Interim word with a date"),
    "premature": _("Final answer before the test"),
    "warning_heeded": _("Warning heeded"),
    "other_form": _("Another form of the service offered"),
    "no_pity": _("Respectful words"),
    "asked_to_phone": _("Asked for what the reporter cannot use"),
    "stalled_reminded": _("Stuck report reminded"),
    "needless_reminder": _("Reminded without need"),
    "plan_cause": _("Plan names the cause"),
    "plan_who": _("Plan says who does what"),
    "plan_date": _("Plan has a date"),
    "recorded": _("Incident recorded"),
    "informed": _("Reporter told of the leak"),
    "informed_in_time": _("Reporter told in time"),
    "told_safely": _("Told without leaking again"),
}
