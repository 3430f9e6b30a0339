"""What is wrong with a case family, all of it at once, each with the place where it stands.

Shape comes first: what has none is not read further. A draft may lack what a family needs before
exercises can draw from it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..exchange import LONGEST_QUOTE
from ..pack_checks import problems_of_leaves
from ..privacy import personal_data_in
from ..rules import Problem, tables_of
from .families import FAMILY, Family, below
from .routing import ROUTE, rows_of
from .speaking import PLACES
from .telling import PERSONAL
from .wording import CHOICE, MAKERS, SLOT

LEAST_TELLINGS = 6  # to be published; a draft may have fewer
# What a draft cannot be stored with; everything else can wait until it is published.
BREAKING = frozenset(
    {
        "no_text", "list", "table", "unknown", "control", "too_deep", "kind", "no_whole",
        "no_share", "yes_or_no", "too_long", "long_list", "large_family", "contact",
    }
)  # fmt: skip
LARGEST_FAMILY = 200 * 1024  # characters; none that ships has a tenth of it
# A number or an address that could be somebody's; invented ones come from slots.
CONTACT = re.compile(
    r"(?<!\d)(?:\+?62|0)8\d{1,2}[ -]?\d{3,4}[ -]?\d{2,5}(?!\d)"  # a mobile phone
    r"|\(0\d{2,3}\) ?\d{5,8}"  # a phone with its area
    r"|(?<!\d)\d(?:[ -]?\d){15}(?!\d)"  # a national identity number
    r"|\d{9,}"
    r"|(?<![\w.+-])[\w.+-]+@(?!contoh\.test\b)[\w-]+\.[\w.-]+"
)
GIVES_AWAY: Mapping[str, Collection[str]] = {  # slots that say what a report to be held lacks
    "location": PLACES,
    "date": ("date", "since", "weekday", "hour", "day", "month"),
}
PEOPLE = (*PERSONAL, "other", "nickname")
LATER = ("found_on", "soon")  # drafts of answers name these days
SAID = ("titles", "short", "extra")
EXACT_COPY = re.compile(r"\W+")
OF_DECISION = ("hold", "archive")


@dataclass(frozen=True)
class Known:
    """What a family may name: all that this site has."""

    rows: Collection[int]
    duties: Collection[str]
    categories: Collection[str]
    reasons: Collection[str]
    regions: Collection[str]
    assets: Collection[str]


def check_family(family: Family, known: Known) -> list[Problem]:
    """Return everything that keeps a family from being told in an exercise."""
    if oversized := problem_of_size(family):
        return [oversized]
    unsafe = [each for each in problems_of_leaves(family) if each.code in ("too_deep", "control")]
    if any(problem.code == "too_deep" for problem in unsafe):
        return unsafe
    shapeless = list(FAMILY.problems(family, ""))
    if any(problem.code in BREAKING - {"unknown", "control"} for problem in shapeless):
        return shapeless
    return [*shapeless, *problems_of_sense(family, known)]


def problem_of_size(family: Family) -> Problem | None:
    """Return what makes a family too large to be looked at any closer."""
    waiting: list[Any] = [family]
    size = 0
    while waiting:
        value = waiting.pop()
        size += len(value) if isinstance(value, str | list | Mapping) else 1
        if size > LARGEST_FAMILY:
            return Problem("", "large_family", {"most": LARGEST_FAMILY // 1024})
        if isinstance(value, Mapping):
            for name in value:
                if len(name) > LONGEST_QUOTE:  # it would stand in the place of all below it
                    return Problem(name[:LONGEST_QUOTE], "unknown")
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return None


def breaks(problem: Problem) -> bool:
    """Tell whether even a draft cannot be stored with this."""
    return problem.code in BREAKING


def problems_of_sense(family: Family, known: Known) -> Iterator[Problem]:
    yield from problems_of_names(family, known)
    yield from problems_of_decision(family)
    yield from problems_of_number(family)
    for place, text in texts_of(family):
        yield from problems_of_text(place, text)
    yield from problems_of_slots(family, known)
    yield from problems_of_repeats(family)
    yield from problems_of_hold(family, known)
    yield from problems_of_languages(family)


# Names


def problems_of_names(family: Family, known: Known) -> Iterator[Problem]:
    """Yield rows, duties, categories, reasons and regions that nobody knows."""
    key = table_of(family, "key")
    reason = table_of(key, "archive").get("reason", "")
    duties = [
        (f"key.{part}[{number}].duty", table.get("duty", ""))
        for part in ("route", "trap")
        for number, table in enumerate(tables_of(key, part), start=1)
    ]
    duties += every("key.support.duties", table_of(key, "support").get("duties", ()))
    named = [("key.category", key.get("category", ""))]
    named += every("key.also_categories", key.get("also_categories", ()))
    for code, names, there in (
        ("unknown_row", every("row", rows_of(family)), known.rows),
        ("unknown_duty", duties, known.duties),
        ("unknown_category", named, known.categories),
        ("unknown_reason", [("key.archive.reason", reason)], known.reasons),
        ("unknown_region", every("regions", family.get("regions", ())), known.regions),
    ):
        for place, name in names:
            if name and name not in there:
                yield Problem(place, code, {"name": name})


def every(place: str, names: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(place, name) for name in names]


# What must be there


def problems_of_decision(family: Family) -> Iterator[Problem]:
    """Yield what the first decision needs, or contradicts."""
    key, decision = table_of(family, "key"), family.get("decision")
    if not rows_of(family) and not tables_of(key, "route"):
        if decision in (None, "", ROUTE):  # all at once: the decision may be missing, too
            yield Problem("row", "no_route")
        elif decision == "hold":
            yield Problem("row", "no_route_for_hold")
    for name in OF_DECISION:
        if decision == name and name not in key:
            yield Problem(f"key.{name}", "needed_for")
        elif name in key and decision and decision != name:
            yield Problem(f"key.{name}", "only_for")
    if key.get("category") in key.get("also_categories", ()):
        yield Problem("key.also_categories", "twice", {"name": key["category"]})
    yield from problems_of_duties(key)


def problems_of_duties(key: Family) -> Iterator[Problem]:
    routes = tables_of(key, "route")
    if routes and routes[0].get("share") != 1:
        yield Problem("key.route[1].share", "first_share")
    named = Counter(str(table.get("duty", "")) for table in (*routes, *tables_of(key, "trap")))
    for duty, times in named.items():
        if duty and times > 1:
            yield Problem("key.trap", "duty_twice", {"name": duty})


def problems_of_number(family: Family) -> Iterator[Problem]:
    """Yield what there is too little of."""
    tellings = tables_of(family, "telling")
    least = max(LEAST_TELLINGS, family.get("copies", 1))
    if len(tellings) < least:
        yield Problem("telling", "few_tellings", {"least": least, "there": len(tellings)})
    if not family.get("titles") and not all(telling.get("title") for telling in tellings):
        yield Problem("titles", "no_titles")
    for number, telling in enumerate(tellings, start=1):
        if ("anonymous" in telling) != ("secret" in telling):
            yield Problem(f"telling[{number}]", "half_hidden")


def is_thin(family: Family) -> bool:
    """Tell whether a family that can be told would read alike too soon."""
    return len(tables_of(family, "telling")) < LEAST_TELLINGS


# Texts


def texts_of(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a family with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from texts_of(each, below(place, name))
    elif isinstance(value, list):
        for number, each in enumerate(value, start=1):
            yield from texts_of(each, f"{place}[{number}]")


def problems_of_text(place: str, text: str) -> Iterator[Problem]:
    if found := CONTACT.search(text):
        yield Problem(place, "contact", {"found": found[0]})
    elif personal_data_in(text):
        yield Problem(place, "contact", {"found": text[:LONGEST_QUOTE]})
    if code := problem_of_brackets(text):
        yield Problem(place, code)
    if re.search(r"[{}]", SLOT.sub("", text)):
        yield Problem(place, "braces")


def problem_of_brackets(text: str) -> str:
    depth = 0
    for mark in re.findall(r"[\[\]]", text):
        depth += 1 if mark == "[" else -1
        if depth > 1:
            return "nested"
        if depth < 0:
            return "brackets"
    if depth:
        return "brackets"
    return "one_choice" if any("|" not in found for found in CHOICE.findall(text)) else ""


def problems_of_slots(family: Family, known: Known) -> Iterator[Problem]:
    """Yield slots that nothing fills, and words of the family's own that nothing uses."""
    own = table_of(family, "slots")
    filled = {*MAKERS, *PEOPLE, *own, *known.assets}
    used: set[str] = set()
    for place, text in texts_of(family):
        names = set(SLOT.findall(text))
        used |= names
        later = LATER if place.startswith("draft") else ()
        for name in sorted(names - filled - set(later)):
            yield Problem(place, "unknown_slot", {"name": name})
    for name in own:
        for number, words in enumerate(own[name], start=1):
            for other in sorted({*own} & set(SLOT.findall(words))):
                yield Problem(f"slots.{name}[{number}]", "own_slot", {"name": other})
        if name not in used:
            yield Problem(f"slots.{name}", "unused_slot", {"name": name})
        if name in MAKERS or name in PEOPLE or name in known.assets:
            yield Problem(f"slots.{name}", "slot_taken", {"name": name})


def problems_of_repeats(family: Family) -> Iterator[Problem]:
    """Yield texts that stand in their list more than once."""
    lists: dict[str, Sequence[str]] = {part: family.get(part, ()) for part in SAID}
    lists["telling"] = [str(telling.get("text", "")) for telling in tables_of(family, "telling")]
    for part, texts in lists.items():
        seen: dict[str, int] = {}
        for number, text in enumerate(texts, start=1):
            words = EXACT_COPY.sub(" ", text.casefold()).strip()
            first = seen.setdefault(words, number)
            if words and first != number:
                yield Problem(f"{part}[{number}]", "repeats", {"first": first})


def problems_of_hold(family: Family, known: Known) -> Iterator[Problem]:
    """Yield where a report that is held for something says it all the same."""
    missing = str(table_of(table_of(family, "key"), "hold").get("missing", ""))
    if family.get("decision") != "hold" or missing not in GIVES_AWAY:
        return
    telling = {*GIVES_AWAY[missing]}
    if missing == "location":
        telling |= {*known.assets}
    own = table_of(family, "slots")
    telling |= {name for name, words in own.items() if telling & set(SLOT.findall(" ".join(words)))}
    said = {part: family.get(part, []) for part in SAID} | {"telling": family.get("telling", [])}
    for place, text in texts_of(said):
        if found := sorted(telling & set(SLOT.findall(text))):
            yield Problem(place, "gives_away", {"name": found[0]})


def problems_of_languages(family: Family) -> Iterator[Problem]:
    """Yield lists whose sentences are not all there in both languages."""
    facts = table_of(family, "facts")
    if len(facts.get("id", ())) != len(facts.get("en", ())):
        yield Problem("facts.en", "not_in_both")


def table_of(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = table.get(name, {})
    return value if isinstance(value, Mapping) else {}
