"""Whether what case families name exists: duties, rows, reasons, classes, people, slots."""

from collections.abc import Iterator, Mapping
from typing import Any

from ..cases import LANGUAGES, Family
from ..folders import Cast
from ..library.region_cells import ASSET_KINDS
from ..library.routing import ROUTE, rows_of
from ..library.speaking import PLACES
from ..library.telling import PERSONAL, fits, slots_of
from ..library.wording import MAKERS, SLOT
from ..pack_checks import check_pack, needs
from ..rules import names_in
from .material import Material, leaves
from .reports import Finding
from .values import readable

TOLD = ("detail", "draft", "answer", "reporter", "situation", "key", "facts")  # beside the tellings
GIVEN = ("other", "nickname")
LATER = {"draft": ("soon", "found_on"), "situation": ("told",)}  # filled when they are said
WHAT_A_HOLD_LACKS: Mapping[str, frozenset[str]] = {
    "location": frozenset(PLACES),
    "date": frozenset({"since", "date", "weekday", "hour"}),
}
SHORTEST_DRAFT, LONGEST_DRAFT = 20, 140  # words
SHORTEST_KEY, LONGEST_KEY = 3, 90


def rules(material: Material) -> Iterator[Finding]:
    """The rule pack can be judged by."""
    for problem in check_pack(material.rules):
        yield Finding(f"rules.{problem.place}", f"pack_{problem.code}", problem.gaps)


def people(cast: Cast) -> Iterator[Finding]:
    """Every character of a reporter has lines for every occasion."""
    if not cast.personas:
        yield Finding("people.persona", "no_personas")
    for persona in cast.personas:
        for occasion, lines in cast.reporter_lines.items():
            if not lines.get(persona.tone):
                gaps = {"tone": persona.tone, "occasion": occasion}
                yield Finding(f"people.persona.{persona.code}", "persona_without_lines", gaps)


def references(material: Material) -> Iterator[Finding]:
    """Whatever a family names by code is there."""
    for family in material.families:
        place = f"families.{family['code']}"
        yield from routes(material, family, place)
        for part, name in needs(family["key"]):
            if name not in names_in(material.rules, part):
                yield Finding(place, f"unknown_{part}", {"value": name})
        missing = family["key"].get("hold", {}).get("missing")
        if family["decision"] == "hold" and missing not in material.cast.missing:
            yield Finding(f"{place}.key.hold", "unknown_missing", {"value": missing or ""})
        if family["decision"] == "archive" and not family["key"].get("archive", {}).get("reason"):
            yield Finding(f"{place}.key.archive", "no_reason")
        if family.get("copies", 1) > len(family["telling"]):
            gaps = {"copies": family["copies"], "tellings": len(family["telling"])}
            yield Finding(f"{place}.copies", "copies_without_tellings", gaps)


def routes(material: Material, family: Family, place: str) -> Iterator[Finding]:
    """Rows and duties exist, a route leads somewhere, and someone carries it in this region."""
    routing, key = material.routing, family["key"]
    numbers = rows_of(family)
    for number in numbers:
        if number not in routing.rows:
            yield Finding(f"{place}.row", "unknown_row", {"value": number})
    named = [(each["duty"], part) for part in ("route", "trap") for each in key.get(part, ())]
    named += [(duty, "support") for duty in key.get("support", {}).get("duties", ())]
    unknown = [(duty, part) for duty, part in named if duty not in routing.duties]
    for duty, part in unknown:
        yield Finding(f"{place}.key.{part}", "unknown_duty", {"value": duty})
    if unknown or any(number not in routing.rows for number in numbers):
        return
    if family["decision"] == ROUTE and not numbers and not key.get("route"):
        yield Finding(f"{place}.key.route", "no_route")
    elif family["decision"] == ROUTE and fits(family, material.place):
        yield from carried(material, family, place)


def carried(material: Material, family: Family, place: str) -> Iterator[Finding]:
    duty = material.library.reading(family).routes[0]["duty"]
    for site in material.place.sites:
        if material.place.responsible(duty, site) is None:
            gaps = {"duty": duty, "district": site.names["district"]}
            yield Finding(place, "nobody_carries", gaps)
            return


def slots(material: Material) -> Iterator[Finding]:
    """Every slot is one that somebody fills, and a hold leaves out what it lacks."""
    asked = set(material.scenario.get("families") or ())
    kinds = material.place.sites[0].assets.keys() if material.place.sites else set()
    for family in material.families:
        place = f"families.{family['code']}"
        known = {*MAKERS, *PERSONAL, *GIVEN, *kinds, *family.get("slots", {})}
        strange = slots_of(family) - known
        if family["code"] in asked:
            unknown = strange - set(ASSET_KINDS)
            for place_of, slot in where(family, unknown, place):
                yield Finding(place_of, "open_slot", {"slot": slot})
            if not unknown and not fits(family, material.place):
                yield Finding(place, "not_in_region", {"slots": ", ".join(sorted(strange)) or "–"})
        if not strange:
            yield from open_slots(family, known, place)
        yield from given_away(family, place)


def where(family: Family, strange: set[str], place: str) -> Iterator[tuple[str, str]]:
    for at, text in leaves(family):
        for slot in sorted(strange & set(SLOT.findall(text))):
            yield f"{place}.{at}", slot


def open_slots(family: Family, known: set[str], place: str) -> Iterator[Finding]:
    """Yield slots beside the tellings that nobody fills: they would be read as they stand."""
    for part in TOLD:
        allowed = known | set(LATER.get(part, ()))
        for at, text in leaves(family.get(part, {}), part):
            for slot in SLOT.findall(text):
                if slot not in allowed:
                    yield Finding(f"{place}.{at}", "open_slot", {"slot": slot})


def given_away(family: Family, place: str) -> Iterator[Finding]:
    """Yield where a report says the very thing for which it must be held."""
    if family["decision"] != "hold":
        return
    lacks = WHAT_A_HOLD_LACKS.get(family["key"].get("hold", {}).get("missing", ""), frozenset())
    for part in ("titles", "short", "extra", "telling"):
        for at, text in leaves(family.get(part, []), part):
            for slot in sorted(lacks & set(SLOT.findall(text))):
                yield Finding(f"{place}.{at}", "hold_says_it", {"slot": slot})


def languages(material: Material) -> Iterator[Finding]:
    """What trainees read of a key stands in both languages."""
    for family in material.families:
        for part in ("key", "facts", "answer", "situation"):
            place = f"families.{family['code']}.{part}"
            yield from pairs(family.get(part, {}), place)


def pairs(value: Any, place: str) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            stem, other = name.removesuffix("id"), name.removesuffix("id") + "en"
            is_pair = name in LANGUAGES or name.endswith(("_id", "_en"))
            if name.endswith("id") and is_pair and name != "completion_id":
                yield from pair(item, value.get(other), f"{place}.{stem}".rstrip("."), place)
            elif not is_pair:
                yield from pairs(item, f"{place}.{name}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value, start=1):
            yield from pairs(item, f"{place}[{number}]")


def pair(own: Any, english: Any, name: str, place: str) -> Iterator[Finding]:
    at = place if name == place else name.rstrip("_")
    for language, text in (("id", own), ("en", english)):
        if not text or (isinstance(text, str) and not text.strip()):
            yield Finding(f"{at}.{language}", "language_missing", {"language": language})
    if isinstance(own, list) and isinstance(english, list) and len(own) != len(english):
        yield Finding(at, "languages_differ", {"id": len(own), "en": len(english)})


def reading(material: Material) -> Iterator[Finding]:
    """What trainees read of a key is plain; reports may be written in any way."""
    for family in material.families:
        place = f"families.{family['code']}"
        for at, text in leaves(family["key"], "key"):
            language = "en" if at.endswith("en") else "id" if at.endswith("id") else ""
            if language and not at.endswith("completion_id") and text.strip():
                least = 1 if "why" in at else SHORTEST_KEY
                yield from readable(f"{place}.{at}", text, language, least, LONGEST_KEY)
        for number, draft in enumerate(family.get("draft", ()), start=1):
            if draft["flaw"] == "none":
                at = f"{place}.draft[{number}]"
                yield from readable(at, draft["text"], "id", SHORTEST_DRAFT, LONGEST_DRAFT)
