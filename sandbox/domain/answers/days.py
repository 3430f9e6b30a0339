"""Whether a text names a day that is still to come, in any form in which people write one."""

import re
from datetime import date
from functools import lru_cache

from .sayings import clauses_in
from .words import Words, pattern, words_before

BEFORE, AFTER = 4, 2  # words about a day that tell whether it is denied, gone by, or a limit
WEEK = 7
CENTURY, LONGEST_DAY = 100, 31
MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb peb", "mar", "apr", "mei may", "jun", "jul", "agu ags aug", "sep", "okt oct",
         "nov nop", "des dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


@lru_cache(maxsize=8)
def in_a_calendar(words: Words) -> re.Pattern[str]:
    """Match 13 Maret 2026, 13/3/2026, 13-3, 13.3.2026 or 2026-03-13, with its weekday if any."""
    weekdays, months = "|".join(words.weekdays), "|".join(words.months)
    digits = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,2}\.\d{1,2}\.\d{2,4}"
    named = rf"(?P<day>\d{{1,2}}) (?P<month>{months})(?: (?P<year>\d{{4}}))?"
    return re.compile(
        rf"(?<!\S)(?<!rt )(?<!rw )(?:(?:{weekdays}) )?(?:{named}|(?P<digits>{digits}))(?!\S)"
    )


def coming_day(text: str, today: date, words: Words) -> str:
    """Return the first day that a text names as one to come, as it stands there, or nothing."""
    for clause in clauses_in(text, words):
        calendar = in_a_calendar(words)
        for found in calendar.finditer(clause):
            day = day_of(found, today)
            if day and (day > today or (day == today and is_limit(found, words))):
                return found[0]
        rest = calendar.sub("·", clause)
        for found in pattern(words.weekdays + words.coming + words.today).finditer(rest):
            if is_coming(found, today, words):
                return found[0]
    return ""


def day_of(found: re.Match[str], today: date) -> date | None:
    """Return the day that was written; without its year the one nearest to today."""
    if found["digits"]:
        parts = list(map(int, re.split(r"\D", found["digits"])))
        parts = parts if parts[0] <= LONGEST_DAY else parts[::-1]
    else:
        parts = [int(found["day"]), MONTHS[found["month"][:3]], int(found["year"] or 0)]
    day, month, year = [*parts, 0][:3]
    full = year + (year < CENTURY) * (today.year - today.year % CENTURY)
    years = (full,) if year else (today.year - 1, today.year, today.year + 1)
    days = [each for number in years if (each := day_in(number, month, day))]
    return min(days, key=lambda each: abs(each - today), default=None)


def day_in(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # no calendar has it
        return None


def is_limit(found: re.Match[str], words: Words) -> bool:
    return bool(pattern(words.limit).search(words_before(found, BEFORE)))


def is_coming(found: re.Match[str], today: date, words: Words) -> bool:
    """Tell whether a weekday, or a word for a day, means one that is still to come."""
    clause, day = found.string, found[0]
    near = pattern(words.not_later).sub("·", words_before(found, BEFORE))
    after = " ".join(clause[found.end() :].split()[:AFTER])
    is_past = pattern(words.bygone).search(after) or (
        pattern(words.already).search(clause)
        and not pattern(words.promise + words.limit + words.not_later).search(clause)
    )
    if is_past or pattern(words.negation + words.each + words.since).search(near):
        return False
    is_today = day in words.today or (
        day in words.weekdays and words.weekdays.index(day) % WEEK == today.weekday()
    )
    return not is_today or is_limit(found, words) or after.startswith(("depan", "juga"))
