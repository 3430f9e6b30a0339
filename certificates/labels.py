"""Names of standings and reasons, for people."""

from django.utils.translation import gettext_lazy as _

from .domain import RevokeReason, Standing

STANDING_LABELS = {
    Standing.VALID: _("Valid"),
    Standing.REVOKED: _("Revoked"),
    Standing.EXPIRED: _("Expired"),
    Standing.UNKNOWN: _("Code not found"),
}
REASON_LABELS = {
    RevokeReason.ISSUED_IN_ERROR: _("It was issued in error."),
    RevokeReason.REPLACED: _("It was replaced by a corrected certificate."),
    RevokeReason.HOLDER_REQUEST: _("The holder asked for it to be withdrawn."),
    RevokeReason.CONDITIONS_NOT_MET: _("A review found that its conditions were not met."),
}
