"""Region packs in words: what is wrong with one, and what its columns and kinds are called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..domain.library.region_files import Problem
from ..domain.privacy import PersonalData
from ..labels import PERSONAL_DATA_LABELS
from .pack_words import PACK_PROBLEMS

FROM_RULE_PACKS = (
    "toml", "toml_at", "missing", "no_source", "text", "too_long", "control", "formula",
    "yes_or_no", "names", "table", "tables", "kind", "twice", "encoding",
)  # fmt: skip
REGION_PROBLEMS: Mapping[str, Any] = {
    **{code: PACK_PROBLEMS[code] for code in FROM_RULE_PACKS},
    # The zip and its files
    "too_large": _("The file is larger than %(most)s MB. No region pack is as large as that."),
    "large": _("This file is larger than %(most)s KB. No region has as much to say."),
    "unpacks": _("The zip unpacks to more than %(most)s MB. No region pack is as large as that."),
    "zip": _("This is no zip file that can be read. Download a pack to see what it looks like."),
    "members": _("The zip holds many more files than a region pack has."),
    "member": _("A region pack has no file of this name. Take it out of the zip."),
    "member_twice": _("The zip holds this file more than once."),
    "locked": _("This file is locked by a password or packed in a way that is not read here."),
    "file_missing": _("This file is missing from the zip."),
    "empty_file": _("This file is empty: not even the names of its columns are there."),
    "too_deep": _("Tables lie in one another more deeply than in any region pack."),
    "csv": _("The table cannot be read from this row on. Is a quotation mark missing?"),
    "long_line": _("This line has more than %(most)s characters. No row is as long as that."),
    "many_columns": _("The table has more than %(most)s columns. No table has as many."),
    "rows": _("The table has more than %(most)s rows. No region has as many."),
    "cells": _("This row has %(number)s cells, but the table has %(wanted)s columns."),
    "blank": _("This row is empty. Take it out."),
    "no_rows": _("The table has no rows."),
    "column": _("The table has no column of this name. Is it misspelt?"),
    "column_twice": _("This column stands here more than once."),
    "column_missing": _("This column is missing."),
    # Single cells
    "unknown": _("A region pack has nothing of this name. Is it misspelt?"),
    "empty": _("This cell may not be empty."),
    "personal": _("This looks like real personal data: %(kinds)s. Write something invented."),
    "one_of": _("“%(name)s” is not known here. Write one of these: %(known)s."),
    "one_of_these": _("Write one of these: %(known)s."),
    "day": _("“%(name)s” is no date. Write it as year, month and day, such as 2026-11-21."),
    "office_code": _(
        "“%(name)s” is no code of an office: capital letters, digits and underscores, 20 at most."
    ),
    "no_duty": _("There is no duty “%(name)s”."),
    "listed_twice": _("“%(name)s” stands in this cell twice."),
    # Rows that have to fit together
    "code_twice": _("The code “%(name)s” stands in row %(row)s already."),
    "same_name": _("“%(name)s” is the name of another of its kind beside it, in row %(row)s."),
    "no_office": _("There is no office with the code “%(name)s”."),
    "no_place": _("There is no place with the code “%(name)s”."),
    "circle": _("“%(name)s” lies, by its parents, in itself."),
    "parent_outside": _("A unit is part of the home government, not of an agency outside it."),
    "ends_early": _("It ends before it begins."),
    "no_agency": _("No office is of the kind “agency”: whose desks are played?"),
    "no_agency_then": _("On %(day)s there is no agency whose desks could be played."),
    "agencies": _("There is one home government at a time: row %(row)s is one at the same time."),
    "nobody": _("Nobody carries the duty %(name)s on %(day)s: reports about it could not be sent."),
    "nobody_there": _("Nobody carries the duty %(name)s in %(place)s on %(day)s."),
    "rivals": _(
        "Row %(row)s carries the duty “%(name)s” in the same area at the same time. Take it from "
        "one of them, or give one an area or dates of its own."
    ),
    "place_code": _("“%(name)s” is no official code of this kind. It looks like %(example)s."),
    "outside": _("“%(name)s” does not lie in this region, whose code is %(region)s."),
    "not_above": _("By its own code this does not lie in “%(name)s”."),
    "no_districts": _("There is no district: exercises play in districts."),
    "districts": _("There are more than %(most)s districts. No region has as many."),
    "no_owner": _("Who owns this? It decides where reports about it go."),
    "owner_gone": _("Its owner, the office “%(name)s”, does not exist any more, or not yet."),
    "no_streets": _("There is no street: reports could not name where they come from."),
    # region.toml
    "region_code": _("Write a code of small letters, digits and underscores."),
    "official_code": _("Write the official code in quotation marks, such as “34” or “34.04”."),
    "words": _("This has to be a table of texts."),
    "officers": _("Name %(least)s officers at least, or none: one hands over to another."),
    "slot": _("Addresses cannot be filled: there is no {%(name)s}."),
    "no_list": _("{%(name)s} is drawn from the list “%(list)s”, which is empty or missing."),
    "brackets": _("A bracket is left open, or is one that addresses do not have."),
    # Exercises that play in the region
    "exercise_unit": _("The exercise “%(exercise)s” is played at the unit %(name)s: it must stay."),
    "exercise_groups": _(
        "The exercise “%(exercise)s” would find no cases here for these groups: %(groups)s."
    ),
}
FILE_LABELS = {
    "region.toml": _("About the region"),
    "offices.csv": _("Offices"),
    "places.csv": _("Places"),
    "assets.csv": _("Roads, schools and other things with an owner"),
}
COLUMN_LABELS = {
    "code": _("code"),
    "kind": _("kind"),
    "parent": _("part of"),
    "name": _("name"),
    "name_en": _("name in English"),
    "acronym": _("short name"),
    "level": _("level"),
    "function": _("function"),
    "duties": _("duties"),
    "area": _("area"),
    "does": _("what it does"),
    "does_en": _("what it does, in English"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "confidence": _("confidence"),
    "source": _("source"),
    "owner": _("owner"),
    "place": _("place"),
    "note": _("note"),
    "note_en": _("note in English"),
}
REGION_KIND_LABELS = {"regency": _("Regency or town"), "province": _("Province")}
OFFICE_KIND_LABELS = {
    "agency": _("Home government"),
    "unit": _("Unit"),
    "destination": _("Other agency"),
}
PLACE_KIND_LABELS = {
    "regency": _("Regency or town"),
    "district": _("District"),
    "village": _("Village"),
}
OFFICE_CONFIDENCE_LABELS = {
    "high": _("certain"),
    "medium": _("likely"),
    "low": _("to be checked"),
}
DIFFERENCE_LABELS = {"added": _("New"), "changed": _("Changed"), "removed": _("Removed")}
ASSET_KIND_LABELS = {
    "street": _("Street"),
    "village_road": _("Village road"),
    "province_road": _("Provincial road"),
    "national_road": _("National road"),
    "toll_road": _("Toll road"),
    "river": _("River across regencies"),
    "small_river": _("Small river"),
    "canal": _("Main canal"),
    "small_canal": _("Small canal"),
    "beach": _("Beach"),
    "preschool": _("Preschool"),
    "primary_school": _("Primary school"),
    "junior_school": _("Junior secondary school"),
    "senior_school": _("Senior secondary school"),
    "vocational_school": _("Vocational school"),
    "special_school": _("Special school"),
    "madrasah": _("Madrasah"),
    "university": _("University"),
    "health_centre": _("Community health centre"),
    "hospital": _("Regency hospital"),
    "province_hospital": _("Provincial hospital"),
    "private_hospital": _("Private hospital"),
    "clinic": _("Clinic"),
    "pharmacy": _("Pharmacy"),
    "market": _("Market"),
    "terminal_a": _("Bus terminal, type A"),
    "terminal_b": _("Bus terminal, type B"),
    "terminal_c": _("Bus terminal, type C"),
    "station": _("Railway station"),
    "airport": _("Airport"),
    "port": _("Port"),
    "landfill": _("Landfill"),
    "waste_site": _("Waste site"),
    "park": _("Park"),
    "cemetery": _("Cemetery"),
    "customary_land": _("Customary land"),
    "landmark": _("Landmark"),
    "housing_estate": _("Housing estate"),
    "factory": _("Factory"),
    "company": _("Company"),
    "mall": _("Shopping centre"),
}
PLACE_EXAMPLES = {"regency": "34.04", "district": "34.04.01", "village": "34.04.01.2001"}
MOST_LINES = 1000  # of problems on a page


def problem_words(problem: Problem) -> str:
    """Return what is wrong in the reader's language."""
    gaps = {name: gap_words(value) for name, value in problem.gaps.items()}
    code = problem.code
    if code == "one_of" and "name" not in gaps:
        code = "one_of_these"
    if code == "place_code":
        gaps["example"] = PLACE_EXAMPLES[gaps["kind"]]
    sentence = str(REGION_PROBLEMS[code])
    return sentence % gaps if gaps else sentence


def gap_words(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, PersonalData):
        return str(PERSONAL_DATA_LABELS[value])
    if isinstance(value, list | tuple):
        return ", ".join(map(gap_words, value))
    return str(value)


@dataclass(frozen=True)
class Line:
    """A problem as a row of a table; the same in several rows of a file is said once."""

    file: str
    rows: str
    column: str
    words: str


@dataclass(frozen=True)
class Lines:
    """Problems for a page: all of them, unless they are thousands."""

    shown: list[Line]
    number: int  # of problems
    left: int  # of lines that are not shown


def problem_lines(problems: Sequence[Problem]) -> Lines:
    rows: dict[tuple[str, str, str], list[int]] = {}
    for problem in problems:
        place = (problem.file, problem.column, problem_words(problem))
        rows.setdefault(place, []).append(problem.row)
    lines = [
        Line(file, ranges(numbers), column, words)
        for (file, column, words), numbers in rows.items()
    ]
    return Lines(lines[:MOST_LINES], len(problems), max(0, len(lines) - MOST_LINES))


def ranges(rows: Sequence[int]) -> str:
    """Return the numbers of rows as people write them: 2–41, 50."""
    spans: list[list[int]] = []
    for row in sorted({row for row in rows if row}):
        if spans and spans[-1][1] == row - 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
