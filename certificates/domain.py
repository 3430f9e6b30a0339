"""What a certificate is called and how it is looked up. No Django."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: nothing looks alike
CODE_LENGTH = 26  # × 5 bits = 130 bits: cannot be guessed
GROUP = 4
LOOKALIKES = str.maketrans("OIL", "011")
ISSUING_ZONE = ZoneInfo("Asia/Jakarta")  # one date for everybody, whatever clock they live by


class Standing(StrEnum):
    """What a stranger is told about a code."""

    VALID = "valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class RevokeReason(StrEnum):
    """Why a certificate was withdrawn, in words that a stranger may read."""

    ISSUED_IN_ERROR = "issued_in_error"
    REPLACED = "replaced"
    HOLDER_REQUEST = "holder_request"
    CONDITIONS_NOT_MET = "conditions_not_met"


def serial_number(course_code: str, year: int, sequence: int) -> str:
    """Return a number people can read to each other: RL-K0-2026-000042."""
    return f"RL-{course_code}-{year}-{sequence:06}"


def verification_code(choose: Callable[[str], str]) -> str:
    """Return a new code; `choose` picks one character unpredictably (`secrets.choice`)."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))


def normalized_code(typed: str) -> str:
    """Read a typed code or the address that holds it: any case, spaces or dashes, O, I and L."""
    typed = typed.rsplit("/verifikasi/", maxsplit=1)[-1]
    kept = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return kept.translate(LOOKALIKES)


def grouped(code: str) -> str:
    """Return the code as printed: XFTV-JCNM-DJ13-…"""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def issue_date(now: datetime) -> date:
    """Return the date printed on a certificate issued at `now`."""
    return now.astimezone(ISSUING_ZONE).date()


def standing(*, revoked: bool, expires_on: date | None, today: date) -> Standing:
    """Return what a certificate is worth on `today`; it is still valid on its last day."""
    if revoked:
        return Standing.REVOKED
    if expires_on is not None and today > expires_on:
        return Standing.EXPIRED
    return Standing.VALID


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
