"""Whose words are whose: no language of elsewhere, and places called as their people call them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

import pytest

from sandbox.domain.cases import identity_of
from sandbox.domain.library.styles import PLAIN, Names, Speech, Style
from sandbox.domain.library.telling import Report, Teller, fits, spoken
from sandbox.domain.library.wording import Draws, Scene, choose_all
from tests.domain.desks import FAMILIES, START, STYLE
from tests.domain.regions import PACKS, PEOPLE, there

LEAST_TELLINGS = 4
SEEDS = 3
PEOPLES = {
    pack: there(pack).about["culture"] for pack in PACKS if not there(pack).about["fictional"]
}
SURE_HAND = {name: {**STYLE.tables[name], "typo": 0.0} for name in ("portal", "chat", "clerk")}
UNTYPED = Style({**STYLE.tables, **SURE_HAND}, STYLE.slang)
NAMES = (
    "street", "village", "district", "landmark", "regency", "estate", "hamlet", "lane", "name",
    "other",
)  # fmt: skip
EVERY_LANGUAGE = STYLE.strange[""]
TALK = {  # some of each language, in one sentence
    "jawa": "Kulo nyuwun tulung, dalan growong kabeh.",
    "sunda_banten": "Punten, cai teu aya, kumaha ieu?",
    "minang": "Ambo indak tau, aia lah lamo mati.",
    "bali": "Titiang nenten polih, suksma.",
}


def whole(code: str) -> str:
    """Return all that a family may say."""
    family = FAMILIES[code]
    parts = [*family.get("short", ()), *family.get("extra", ()), *family.get("titles", ())]
    parts += [each["text"] for each in family["telling"]]
    parts += [word for words in family.get("slots", {}).values() for word in words]
    return " ".join(parts).lower()


REGIONAL = [code for code in FAMILIES if set(re.findall("[a-z]+", whole(code))) & EVERY_LANGUAGE]
OFFICES = re.compile(r"kantor (?:desa|camat)|kades|kadus|{district}")
OFFICIAL = [code for code in FAMILIES if OFFICES.search(whole(code))]


class Told(NamedTuple):
    report: Report
    draws: Draws

    @property
    def own_words(self) -> set[str]:
        """What the person says, without the names of places and people."""
        values = self.draws.values
        names = [values[name] for name in NAMES if name in values]
        names += [row["name"] for row in self.draws.assets.values()]
        said = f"{self.report.title} {self.report.text}".lower()
        return words_in(said) - {word for name in names for word in words_in(name.lower())}


def words_in(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text))


def draws_in(pack: str, seed: str, family: Mapping[str, Any], site: str = "") -> Draws:
    random, region = Random(seed), there(pack)
    sites = [each for each in region.sites if each.code.startswith(site)]
    person = {**identity_of(PEOPLE[0], random), "other": PEOPLE[1], "nickname": "Wayan"}
    scene = Scene(region, random.choice(sites), UNTYPED, START.date())
    return Draws(random, scene, family.get("slots", {}), person)


def told_in(
    pack: str, codes: Sequence[str] = REGIONAL, seeds: int = SEEDS, site: str = ""
) -> Iterator[Told]:
    """Yield reports of the families that fit a region, those of a labelled set too."""
    for code in codes:
        family = FAMILIES[code]
        for seed in range(seeds) if fits(family, there(pack)) else ():
            drawn = draws_in(pack, f"{code}/{pack}/{seed}", family, site)
            teller = Teller(family, drawn, UNTYPED, drawn.random, complete=seed % 2 == 0)
            yield Told(teller.tell(), drawn)


def speech_of(culture: str) -> Speech:
    return Speech(STYLE.strange[culture])


# Languages


@pytest.mark.parametrize("pack", PEOPLES)
def test_nobody_writes_in_a_language_of_elsewhere(pack):
    strange = STYLE.strange[PEOPLES[pack]]
    assert [told.report.text for told in told_in(pack) if told.own_words & strange] == []


@pytest.mark.parametrize("culture", TALK)
def test_each_people_knows_its_own_language_and_no_other(culture):
    assert [name for name, talk in TALK.items() if speech_of(culture).knows(talk)] == [culture]


@pytest.mark.parametrize("culture", TALK)
def test_a_language_is_still_written_where_it_is_spoken(culture):
    packs = [pack for pack, people in PEOPLES.items() if people == culture]
    own = EVERY_LANGUAGE - STYLE.strange[culture]
    assert any(told.own_words & own for pack in packs for told in told_in(pack))


@pytest.mark.parametrize("culture", TALK)
def test_every_family_keeps_enough_tellings_everywhere(culture):
    packs = [pack for pack, people in PEOPLES.items() if people == culture]
    few = [
        code
        for code, family in FAMILIES.items()
        if any(fits(family, there(pack)) for pack in packs)
        and len(spoken(family["telling"], speech_of(culture), LEAST_TELLINGS)) < LEAST_TELLINGS
    ]
    foreign = [
        code
        for code, family in FAMILIES.items()
        if any(fits(family, there(pack)) for pack in packs)
        and sum(speech_of(culture).knows(each["text"]) for each in family["telling"])
        < LEAST_TELLINGS
    ]
    assert few == foreign == []


def test_where_many_peoples_live_every_language_is_heard_but_rarely():
    heard = [bool(told.own_words & EVERY_LANGUAGE) for told in told_in("tirta_asri", seeds=8)]
    assert 0.002 < sum(heard) / len(heard) < 0.1, "of families where it can be heard at all"


def test_where_all_is_in_a_language_of_elsewhere_it_is_said_nevertheless():
    talk = [TALK["bali"], TALK["minang"]]
    assert speech_of("jawa").at_home(talk) == talk
    tellings = [{"text": TALK["bali"]}, {"text": "Lampu mati."}]
    assert spoken(tellings, speech_of("jawa")) == tellings[1:]
    assert spoken(tellings, speech_of("jawa"), least=2) == tellings


def test_an_alternative_of_elsewhere_is_not_chosen():
    text = "[Piye iki|Kumaha ieu|Bagaimana ini] pak"
    said = {choose_all(text, Random(seed), speech_of("bali")) for seed in range(20)}
    assert said == {"Bagaimana ini pak"}
    assert len({choose_all(text, Random(seed)) for seed in range(20)}) == 3


# Names of places


def test_names_are_replaced_whole_and_keep_their_capital():
    names = Names(
        {"desa {village}": "kalurahan {village}", "camat": "panewu", "pak camat": "pak X"}
    )
    text = "Desa {village}, desa kami, Pak Camat dan camat, kecamatan"
    assert names.used_in(text) == "Kalurahan {village}, desa kami, Pak X dan panewu, kecamatan"


def said_in(pack: str, site: str = "") -> Counter:
    """Count the reports that hold a word, in the places whose code begins with `site`."""
    return Counter(word for told in told_in(pack, OFFICIAL, site=site) for word in told.own_words)


def test_in_the_regencies_of_yogyakarta_most_say_what_is_official():
    said = said_in("sleman")
    assert said["kapanewon"] > said["kecamatan"] > 0
    assert said["kalurahan"] > said["kelurahan"]
    assert said["panewu"] > 0
    assert said["kemantren"] == 0


def test_the_town_of_yogyakarta_has_words_of_its_own():
    said = said_in("yogyakarta", site="34.71")
    assert said["kemantren"] > said["kecamatan"]
    assert said["kapanewon"] == said["kalurahan"] == 0


def test_in_bali_a_village_has_a_perbekel():
    said = said_in("badung")
    assert said["perbekel"] > said["kades"]
    assert said["kapanewon"] == said["nagari"] == 0


def test_nagari_are_outside_the_towns_of_west_sumatra():
    outside, town = said_in("sumatera_barat", "13.0"), said_in("sumatera_barat", "13.71")
    assert outside["nagari"] > outside["desa"] / 2
    assert town["kelurahan"] > 0
    assert town["nagari"] < 0.05 * outside["nagari"], "but for a family about nagari"


@pytest.mark.parametrize("pack", ["tangerang", "tirta_asri", "nusa_lestari"])
def test_where_nothing_else_is_declared_words_stay(pack):
    said = said_in(pack)
    assert said["kecamatan"] > 0
    assert {"kapanewon", "perbekel", "kemantren"}.isdisjoint(said)


def test_a_name_that_holds_such_a_word_is_kept():
    drawn = draws_in("yogyakarta", "1", {})
    drawn.values["landmark"] = "balai desa Bulaklirih"
    drawn.speech = Speech(names=Names({"balai desa": "balai kalurahan"}))
    assert drawn.say("Depan {landmark}") == "Depan balai desa Bulaklirih"


# Times of day


@pytest.mark.parametrize("text", ["{date} jam {hour}", "jam {hour}, {date}"])
def test_an_hour_fits_the_part_of_day(text):
    for seed in range(200):
        said = draws_in("bali", f"{text}/{seed}", {}).say(text)
        hour = int(re.search(r"(\d\d)\.\d\d", said)[1])
        assert hour >= 19 if "malam" in said else hour <= 10 if "pagi" in said else True, said


# Manners


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Kecewa sekali, petugasnya kurang ajar. Terima kasih.", "angry"),
        ("Dengan hormat, mohon petugas berkenan meninjau.", "polite"),
        ("Lampu di gang kami mati sejak kemarin.", PLAIN),
    ],
)
def test_a_reader_hears_how_somebody_speaks(text, manner):
    assert STYLE.manner(text) == manner


def test_a_report_says_in_which_manner_it_was_told():
    told = list(told_in("sleman", list(FAMILIES), 1))
    manners = Counter(each.report.manner for each in told)
    assert set(manners) == {"angry", "polite", PLAIN}
    assert min(manners.values()) > 0.08 * len(told)


def test_speech_of_nobody_in_particular_changes_nothing():
    assert Speech().at_home(list(TALK.values())) == list(TALK.values())
    assert replace(Speech(), names=None).local("Kantor desa") == "Kantor desa"
