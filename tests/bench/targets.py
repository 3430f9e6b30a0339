"""What we hold ourselves to. CPU in ms as measured on a quiet machine, together with its floors;
a ratio to the floor is what carries over to other machines."""

from typing import NamedTuple

FLOOR_MS = {"hello": 0.82, "one": 2.36, "me": 4.35}
NGINX_MS = 0.4  # stood before them all, and does not here
TOLERATED = 1.5  # times the recorded ratio, twice in a row
PDF_BYTES = 24_000  # one face more is embedded where a name has rare letters
VERY_GOOD_PDF_BYTES = 16_000


class Target(NamedTuple):
    """“Very good”; None where nobody has set one."""

    cpu_ms: float | None = None
    statements: int | None = None


class Budget(NamedTuple):
    """Of a first visit with nothing cached, everything counted."""

    kilobytes: int
    requests: int


VERY_GOOD = {
    "anon-front": Target(2.5, 1),
    "anon-catalogue": Target(2.5, 1),
    "dashboard": Target(11, 8),
    "course-view": Target(9, 6),
    "lesson-view": Target(8, 5),
    "quiz-flow": Target(48, 30),
    "quiz-flow-100-old-attempts": Target(48, 30),
    "cert-issue": Target(60),
    "cert-download": Target(5),
    "cert-verify-anon": Target(5),
    "case-open": Target(6),
    "inbox-first": Target(10),
    "case-transition": Target(14),
}
P95_MS = {"course-view": (20, 70)}  # alone, and with eight at once
PAGES = {
    "home": Budget(90, 8),
    "campaign": Budget(90, 8),
    "catalogue": Budget(70, 6),
    "course": Budget(70, 6),
    "lesson": Budget(70, 6),
    "dashboard": Budget(70, 6),
    "quiz step": Budget(60, 6),
    "inbox": Budget(60, 6),
    "case": Budget(60, 6),
    "verify": Budget(40, 5),
    "sign-in": Budget(40, 5),
}
HTML_KILOBYTES = 14  # compressed: what fits the first TCP window


def wanted_ratio(name: str, floor: str) -> float | None:
    """Return “very good” as a ratio to the floor, both without nginx."""
    target = VERY_GOOD[name].cpu_ms if name in VERY_GOOD else None
    return target and (target - NGINX_MS) / (FLOOR_MS[floor] - NGINX_MS)
