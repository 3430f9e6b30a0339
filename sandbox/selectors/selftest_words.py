"""What a self-test found, in the reader's words: what was asked, and what to mend where."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.rules import Problem
from ..domain.selftest import CHECKS
from ..labels import EXPECTATION_LABELS, PERSONAL_DATA_LABELS, STATE_LABELS
from ..models import CaseFamily
from .family_words import place_words as family_place
from .pack_words import problem_words

OF_PAGES = "keyboard"
ALL_CHECKS = (*CHECKS, OF_PAGES)
CHECK_NAMES: Mapping[str, Any] = {
    "material": _("Everything the exercise is made of is there"),
    "desk": _("Role, unit, mode and zone go together"),
    "rules": _("The rule pack can be judged by"),
    "start": _("The start and every limit lie within working time"),
    "families": _("The case families that are named exist"),
    "declared": _("Injects, characters, expectations and weights can be used"),
    "references": _("Everything that case families name exists"),
    "people": _("Simulated people have lines"),
    "groups": _("The composition can be drawn"),
    "names": _("Title and goal are complete and plain"),
    "languages": _("Explanations stand in both languages"),
    "reading": _("Explanations and good answers are easy to read"),
    "slots": _("Every gap in a text is filled by somebody"),
    "passing": _("The pass mark is sensible"),
    "privacy": _("No text carries data of a possible person"),
    "expert": _("Who knows the answers gets at least %(least)s"),
    "minimal": _("Who does the least gets at most %(most)s"),
    "random": _("Luck is worth at most %(most)s on average"),
    "branches": _("Every case family can be decided to the end"),
    "retry": _("A second attempt brings other cases"),
    "expectations": _("All that is scored can be met, and not by doing nothing"),
    "deadlines": _("Every limit and reminder falls on a working day"),
    "time": _("The time is enough"),
    "generated": _("The finished texts are complete and safe"),
    OF_PAGES: _("The exercise can be played by keyboard alone"),
}
SCORES = _("%(attempts)s attempts: from %(lowest)s to %(highest)s, %(average)s on average.")
FIGURE_WORDS: Mapping[str, Any] = {
    "privacy": _("%(texts)s texts were read."),
    "expert": SCORES,
    "minimal": SCORES,
    "random": SCORES,
    "branches": _("%(families)s case families in %(groups)s groups were played."),
    "retry": _("%(again)s of %(families)s case families would come again."),
    "expectations": _("%(expectations)s expectations were asked."),
    "deadlines": _("%(days)s days were looked up in the calendar."),
    "time": _("An experienced person needs about %(needed)s of %(minutes)s minutes."),
    "generated": _("%(texts)s texts were read."),
    OF_PAGES: _("%(pages)s pages were opened and %(steps)s steps taken."),
}
FINDING_WORDS: Mapping[str, Any] = {
    "no_material": _("The exercise cannot be put together: %(error)s."),
    "broke_off": _(
        "The test stopped here because something does not fit together: %(error)s. "
        "Mend the other points first, then test again."
    ),
    "language_missing": _("The text in this language is missing: %(language)s. Write it."),
    "languages_differ": _(
        "Indonesian has %(id)s sentences here and English %(en)s. Both need the same."
    ),
    "too_long": _("The text is longer than %(most)s characters. Shorten it."),
    "length": _("The text has %(words)s words. Write between %(least)s and %(most)s."),
    "long_sentence": _("A sentence has %(words)s words. Split it: at most %(most)s are easy."),
    "hard": _(
        "The text is hard to read (%(grade)s of 100, at least %(least)s is wanted). "
        "Use shorter sentences and words."
    ),
    "unknown_value": _("“%(value)s” is not known here. Choose one of the values offered."),
    "nothing_to_mark": _(
        "A trainer marks only answers of liaison officers. Take this tick away, or change the role."
    ),
    "no_home": _("On the day of the start the region has no government. Choose another day."),
    "no_such_unit": _("The region has no unit with the code “%(value)s”. Choose one that it has."),
    "unit_not_then": _(
        "The unit “%(value)s” does not exist on %(day)s. Choose another unit or start."
    ),
    "needless_unit": _("Only a liaison officer has a unit. Take “%(value)s” away."),
    "too_few_officers": _("A supervisor hands over reports: the region needs two officers."),
    "not_a_working_day": _("%(day)s is no working day. Let the exercise start on another day."),
    "outside_calendar": _(
        "Holidays are known from %(first)s to %(last)s only. Start within these days."
    ),
    "outside_hours": _(
        "Offices are closed at %(hour)s. Let the exercise start between %(opens)s and %(closes)s."
    ),
    "limits_outside_calendar": _(
        "A time limit would end after %(last)s, the last day whose holidays are known. "
        "Start earlier, or load the holidays of the next year."
    ),
    "no_composition": _("Give each group of cases a whole number above zero."),
    "none_at_start": _("All cases arrive later. At least one must be there at the start."),
    "absent_group": _("There is no case family in this group. These groups have some: %(groups)s."),
    "too_few_families": _(
        "%(cases)s cases are asked for, but there are only %(families)s case families. "
        "Ask for fewer, or add case families."
    ),
    "uneven": _(
        "%(number)s cases cannot be shared by these weights without a rest. "
        "Choose weights that add up to %(number)s; now they add up to %(total)s."
    ),
    "pass_out_of_range": _(
        "The exercise is passed at %(percent)s percent. Choose from %(least)s to %(most)s."
    ),
    "no_such_family": _("There is no published case family of this name."),
    "named_twice": _("This case family is named more than once."),
    "no_families": _("No published case family fits. Change the list or the filters."),
    "wrong_field": _("This part of the inject is missing or cannot be used."),
    "unknown_persona": _("There is no such character. These exist: %(known)s."),
    "no_personas": _("There are no characters of reporters."),
    "persona_without_lines": _("A person in the tone “%(tone)s” has nothing to say: %(occasion)s."),
    "weights_sum": _("The weights add up to %(sum)s percent. They must add up to 100."),
    "unknown_class": _("The rule pack has no class “%(value)s”."),
    "unknown_categories": _("The rule pack has no category “%(value)s”."),
    "unknown_archive_reason": _("The rule pack has no reason for archiving “%(value)s”."),
    "unknown_missing": _("Nobody knows how to ask for “%(value)s”."),
    "no_reason": _("The reason for archiving is missing."),
    "copies_without_tellings": _(
        "%(copies)s people are to report this, but it is told in %(tellings)s ways only. "
        "Write more ways of telling it, or let fewer people report it."
    ),
    "unknown_row": _("The routing knowledge has no row %(value)s."),
    "unknown_duty": _("The routing knowledge has no duty “%(value)s”."),
    "no_route": _("Nothing says who is competent: give a routing row or a route."),
    "nobody_carries": _(
        "In this region nobody carries the duty “%(duty)s” in %(district)s. "
        "Add it to an office of the region, or leave this case family out."
    ),
    "open_slot": _("Nobody fills the gap {%(slot)s}. Correct its name, or take it away."),
    "open_choice": _("A choice in square brackets was left open."),
    "not_in_region": _(
        "This case cannot happen in the region, which has no %(slots)s. Leave the case family out."
    ),
    "hold_says_it": _(
        "The report must be held because this is missing, yet {%(slot)s} says it. Take it away."
    ),
    "personal_data": _("This could be the data of a real person: %(kind)s. Use the slots instead."),
    "nothing_scored": _("Nothing was scored at this desk. No report got there."),
    "expert_low": _(
        "With the right answers only %(percent)s percent were reached. It must be at least "
        "%(least)s. The points that were lost are named below."
    ),
    "expert_loses": _("Even the right answers lose points here: %(expectation)s."),
    "expert_slips": _("Even the right answers break the protection of data: %(expectation)s."),
    "minimal_high": _(
        "With the least effort %(percent)s percent were reached. At most %(most)s are wanted. "
        "Most of it came from: %(expectations)s."
    ),
    "minimal_passes": _(
        "The least effort reaches %(percent)s percent and passes at %(pass)s. Raise the pass mark."
    ),
    "random_high": _(
        "Luck is worth %(percent)s percent on average. At most %(most)s are wanted. Ask for more."
    ),
    "dead_end": _("The report stays on the desk past its limit, in the state “%(state)s”."),
    "duplicate_without_parent": _("A duplicate has no first report on which it could hang."),
    "comes_again": _(
        "Whoever tries again meets %(again)s of %(families)s case families of this group again. "
        "Over the whole exercise at most %(most)s percent should be known. Let it draw from twice "
        "as many families as it asks for, at every level of difficulty, or ask for fewer cases."
    ),
    "never_met": _("Nobody can meet this expectation, not even with the right answers: %(rule)s"),
    "met_by_nothing": _("Whoever does nothing gets points for this: %(rule)s"),
    "limit_on_a_free_day": _("A limit falls on %(day)s, which is no working day."),
    "too_little_time": _(
        "%(minutes)s minutes are given, but an experienced person needs about %(needed)s. "
        "Give more time, or fewer cases."
    ),
    "no_label": _("A field has no name that can be read aloud: %(name)s."),
    "no_button": _("A form has no button to send it."),
    "scripted": _("A part of the page works only with a mouse or a script: %(name)s."),
    "no_form": _("The form of this step was not offered."),
    "not_offered": _("The right choice is not offered in the form."),
    "form_refuses": _("The form refuses the right answer."),
}
PLACE_NAMES: Mapping[str, Any] = {
    "title": _("Title"),
    "title_en": _("Title in English"),
    "goal": _("Goal"),
    "goal_en": _("Goal in English"),
    "role": _("Role"),
    "office": _("Unit"),
    "mode": _("Mode"),
    "zone": _("Time zone"),
    "region": _("Region"),
    "starts_at": _("Virtual start"),
    "composition": _("Composition"),
    "number": _("Number of cases"),
    "arrive_later": _("Arriving later"),
    "minutes": _("Minutes"),
    "pass_percent": _("Passes at percent"),
    "needs_marking": _("Marked by a trainer"),
    "families": _("Case family"),
    "rules": _("Rule pack"),
    "stock": _("Shared texts"),
    "people": _("Simulated people"),
    "personas": _("Character"),
    "injects": _("Inject"),
    "weights": _("Weights"),
    "expectations": _("Further expectations"),
    "expert": _("Expert robot"),
    "page": _("Page"),
}
Families = Mapping[str, CaseFamily]
NO_FAMILIES: Families = {}
OF_FAMILY = re.compile(r"families\.([\w-]+)(.*)", re.DOTALL)
PLACE = re.compile(r"(\w+?)(?=\W|$)(.*)", re.DOTALL)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Row:
    """A check as people read it."""

    name: str
    passed: bool
    skipped: bool
    figures: str
    findings: Sequence[tuple[str, str]]


def rows_of(report: Mapping[str, Any], families: Families = NO_FAMILIES) -> list[Row]:
    """Return the checks of a stored report, what failed first; `families` become links."""
    rows = [row_of(check, families) for check in report["checks"]]
    return sorted(rows, key=lambda row: (row.passed, row.skipped))


def row_of(check: Mapping[str, Any], families: Families = NO_FAMILIES) -> Row:
    figures, words = check["figures"], FIGURE_WORDS.get(check["code"])
    return Row(
        name=name_of(check["code"], figures),
        passed=check["passed"],
        skipped=check["skipped"],
        figures=str(words) % figures if words and figures else "",
        findings=[
            (place_shown(each["place"], families), finding_words(each))
            for each in check["findings"]
        ],
    )


def families_in(report: Mapping[str, Any]) -> dict[str, CaseFamily]:
    """Return the case families in which a report found something, by their codes."""
    places = [each["place"] for check in report["checks"] for each in check["findings"]]
    codes = {found[1] for place in places if (found := OF_FAMILY.match(place))}
    return {family.code: family for family in CaseFamily.objects.filter(code__in=codes)}


def place_shown(place: str, families: Families) -> str:
    """Name a place; a case family by title and code, as a link to its form, and the field."""
    found = OF_FAMILY.match(place)
    if not found:
        return place_words(place)
    code, field = found[1], family_place(found[2])
    family = families.get(code)
    if family is None:
        name = f"{PLACE_NAMES['families']}: {code}"
        return f"{name}: {field}" if field else name
    url = reverse("case_families:edit", args=[family.pk])
    name = f"{family.title} ({code})" if family.title else code
    link = format_html('<a href="{}">{}</a>', url, name)
    return format_html("{}: {}", link, field) if field else link


def name_of(code: str, figures: Mapping[str, Any]) -> str:
    limits = {"least": 95, "most": MOST.get(code, 0)} | dict(figures)
    return str(CHECK_NAMES[code]) % limits if "%(" in str(CHECK_NAMES[code]) else CHECK_NAMES[code]


MOST = {"minimal": 40, "random": 25}


def finding_words(finding: Mapping[str, Any]) -> str:
    """Say what to mend."""
    code, gaps = finding["code"], dict(finding["gaps"])
    if code.startswith("pack_"):
        return problem_words(Problem(finding["place"], code.removeprefix("pack_"), gaps))
    named = {name: value_words(name, value) for name, value in gaps.items()}
    return str(FINDING_WORDS[code]) % named if named else str(FINDING_WORDS[code])


def value_words(name: str, value: Any) -> Any:
    """Return a value by its name where people know it by one."""
    if name in ("expectation", "expectations"):
        return ", ".join(str(EXPECTATION_LABELS.get(each, each)) for each in value.split(", "))
    tables: Mapping[str, Mapping[Any, Any]] = {"state": STATE_LABELS, "kind": PERSONAL_DATA_LABELS}
    if name in tables:
        return tables[name].get(value, value)
    if name == "language":
        return LANGUAGE_NAMES[value]
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        return date_format(date.fromisoformat(value))
    return value


LANGUAGE_NAMES = {"id": _("Indonesian"), "en": _("English")}


def place_words(place: str) -> str:
    """Name a place by what editors call it, and the rest of it as it stands."""
    found = PLACE.match(place)
    if not found or found[1] not in PLACE_NAMES:
        return place
    rest = found[2].strip(" .")
    name = PLACE_NAMES[found[1]]
    return str(format_lazy("{}: {}", name, rest)) if rest else str(name)


def tested_at(report: Mapping[str, Any]) -> datetime | None:
    return parse_datetime(report["at"])
