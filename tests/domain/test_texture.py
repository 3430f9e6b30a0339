"""How people write: one habit at a time, and the shares of all habits in a large set."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from random import Random
from types import SimpleNamespace

import pytest

from sandbox.domain.cases import identity_of
from sandbox.domain.library.samples import Samples
from sandbox.domain.library.styles import Style
from sandbox.domain.library.texture import PLACE_WORDS, Texture
from sandbox.domain.library.wording import SLOT
from tests.domain.desks import FAMILIES, ROUTING, START, STYLE
from tests.domain.regions import PACKS, PEOPLE, there

PROFILES = ("portal", "chat", "clerk")
HABITS = sorted(
    name for name, share in STYLE.tables["portal"].items() if not isinstance(share, dict)
)
KEPT = ("Jalan Kenanga Dalam", "Wayan Contoh", "0810-0000-0000-123", "9912343913120000")
TEXT = (
    "Tolong diperbaiki jalan di depan Jalan Kenanga Dalam, yang sudah berlubang-lubang dan tidak "
    "pernah ditambal sejak tahun lalu. Saya Wayan Contoh, nomor 0810-0000-0000-123, sudah melapor "
    "dengan NIK 9912343913120000 tetapi belum juga ditanggapi. Apakah karena jalannya kecil? "
    "Anak-anak lewat di samping lubang itu tiap hari, dan izin perbaikan katanya masih dibuat."
)
IS = SimpleNamespace(on=1.0, off=0.0)


def alone(*habits: str, text: str = TEXT, seed: int = 1, **more) -> str:
    """Return a text as somebody types it who has these habits and no other."""
    profile = dict.fromkeys(HABITS, IS.off) | dict.fromkeys(habits, IS.on)
    return Texture(profile, STYLE.slang, Random(seed), **more).shape(text)


def words_in(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text)


# What stays as it is


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_kept_survives_every_writer(profile):
    for seed in range(200):
        texture = Texture(STYLE.tables[profile], STYLE.slang, Random(seed), kept=KEPT)
        shaped = texture.shape(TEXT, is_chat=seed % 2 == 0)
        assert [words for words in KEPT if words not in shaped] == []


@pytest.mark.parametrize("habit", HABITS)
def test_what_is_kept_survives_each_habit(habit):
    for seed in range(20):
        shaped = alone(habit, seed=seed, kept=KEPT, emoji=("🙏",), regional={"tidak": "ndak"})
        assert [words for words in KEPT if words not in shaped] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_dice_type_the_same_text(profile):
    def typed(seed):
        return Texture(STYLE.tables[profile], STYLE.slang, Random(seed)).shape(TEXT)

    assert [typed(seed) for seed in range(50)] == [typed(seed) for seed in range(50)]
    assert len({typed(seed) for seed in range(50)}) > 25


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_that_is_typed_opens_a_slot_or_shows_a_mark(profile):
    regional = {"tidak": "ndak", "jalan": "dalan"}
    for seed in range(200):
        texture = Texture(STYLE.tables[profile], STYLE.slang, Random(seed), regional, ("🙏",), KEPT)
        shaped = texture.shape(TEXT)
        assert SLOT.search(shaped) is None
        assert not set("{}[]|\x00\x01") & set(shaped)


# Each habit alone


def test_whoever_has_no_habit_types_what_was_said():
    typed = {alone(seed=seed) for seed in range(30)}
    assert typed == {TEXT, TEXT.rstrip(".")}, "but for the full stop, which many leave out"


def test_slang_writes_a_word_in_another_way_every_time_that_it_occurs():
    forms = {row["form"]: row["standard"] for row in STYLE.slang.rows if row["kind"] != "spelling"}
    for seed in range(20):
        new = set(words_in(alone("slang", seed=seed))) - set(words_in(TEXT))
        assert 1 <= len(new) <= 2
        assert new <= set(forms)
        assert all(forms[word] in TEXT for word in new)
    many = [len(set(words_in(alone("slang", "slang_more", seed=seed))) - set(words_in(TEXT)))
            for seed in range(20)]  # fmt: skip
    assert max(many) >= 4


def test_what_is_chat_already_gets_no_more_slang():
    profile = dict.fromkeys(HABITS, IS.off) | {"slang": IS.on}
    shaped = Texture(profile, STYLE.slang, Random(1)).shape(TEXT, is_chat=True)
    assert shaped.rstrip(".") == TEXT.rstrip(".")


def test_a_street_is_abbreviated_and_a_way_of_going_is_not():
    text = "Motor jalan, jalan Wayan Contoh."
    typed = [alone("slang", "slang_more", text=text, seed=seed, kept=KEPT) for seed in range(60)]
    assert all(text.startswith("Motor jalan") for text in typed)
    assert any("jl" in text for text in typed)


def test_dots_do_not_tear_an_abbreviation_from_its_name():
    text = "Lokasi Jl. Melati, Kec. Lembah, Kel. Teduh."
    typed = {alone("dots", text=text, seed=seed) for seed in range(20)}
    assert all("Jl. Melati" in each and "Kec. Lembah" in each for each in typed)


def test_who_asks_for_help_does_not_ask_to_please():
    assert alone("tolong_mohon", text="minta tolong, tolong saya, tolong dicek").startswith(
        "minta tolong, tolong saya, mohon dicek"
    )


def test_spelling_writes_as_many_spell():
    forms = {row["form"] for row in STYLE.slang.rows if row["kind"] == "spelling"}
    for seed in range(20):
        typed = alone("spelling", seed=seed)
        assert typed.rstrip(".") != TEXT.rstrip(".")
        assert any(re.search(rf"\b{re.escape(form)}\b", typed) for form in forms)


def test_written_out_is_the_way_back():
    typed = alone("written_out", text="yg blm di jln tsb")
    assert typed == "yang belum di jalan tersebut"


def test_split_passive_and_joined_preposition():
    split = alone("split_passive")
    assert re.search(r"\bdi (perbaiki|tambal|tanggapi|buat)\b", split)
    assert re.search(rf"\b(di|ke)({'|'.join(PLACE_WORDS)})\b", alone("joined_preposition"))


def test_words_that_only_look_passive_stay_whole():
    text = "Dinas mendukung disiplin dirinya, distribusi dan diskusi di sini."
    assert alone("split_passive", text=text).rstrip(".") == text.rstrip(".")


def test_doubled_words_get_a_two():
    typed = alone("doubled", text="Gorong-gorong itu, anak-anak dan gorong-gorong mampet")
    assert typed == "Gorong-gorong itu, anak2 dan gorong2 mampet"


def test_a_typo_changes_one_letter_of_a_longer_word():
    typed = [words_in(alone("typo", seed=seed)) for seed in range(50)]
    mistyped = [Counter(words) - Counter(words_in(TEXT)) for words in typed]
    assert {words.total() for words in mistyped} <= {0, 1, 2, 3}, "two equal letters may swap"
    assert sum(words.total() > 0 for words in mistyped) > 45
    assert all(len(word) >= 4 for words in mistyped for word in words)


def test_a_regional_word_slips_in():
    typed = alone("regional", regional={"tidak": "ndak", "belum": "durung"})
    assert {"ndak", "durung"} & set(words_in(typed))


def test_punctuation_habits():
    assert re.search(r"\.\.|,,|!!", alone("dots"))
    assert alone("exclamation").endswith("!")
    assert "?" not in alone("no_question")
    assert "?" in alone("question_mark", text="Lampu mati. Kapan diperbaiki")
    assert "?" not in alone("question_mark", text="Kapan ya. Mohon diperbaiki")
    assert alone("emoji", emoji=("🙏",)).rstrip(".").endswith("🙏")


def test_case_habits():
    assert alone("all_caps") == alone("all_caps").upper()
    assert alone("no_capitals") == alone("no_capitals").lower()
    assert alone("lower_start")[0] == "t"
    assert alone("capital_start", text="lampu mati")[0] == "L"
    assert re.search(r"\b[A-Z]{5,}\b", alone("shout"))


def test_lines_are_broken_between_sentences_of_longer_texts_only():
    broken = [alone("line_breaks", seed=seed) for seed in range(20)]
    assert any("\n" in text for text in broken)
    assert {re.sub(r"\s+", " ", text).rstrip(".") for text in broken} == {TEXT.rstrip(".")}
    short = "Lampu mati. Gelap sekali."
    assert "\n" not in alone("line_breaks", text=short)


# All habits together, in a large set

# Shares of reports in percent as measured on public complaints: national website, city apps.
MEASURED = {
    "abbreviation": (40.7, 50.1),
    "spelling": (35.7, 28.8),
    "split passive": (10.8, 8.9),
    "joined preposition": (11.4, 10.1),
    "doubled": (8.4, 8.7),
    "dots": (12.2, 16.7),
    "greeting": (30.7, 22.5),
    "thanks": (31.3, 28.6),
    "all caps": (0.7, 1.0),
    "no capitals": (3.3, 23.9),
    "line breaks": (27.0, 30.0),
    "three abbreviations": (15.1, 21.6),
    "begins small": (8.8, 57.7),
    "shouted": (22.7, 10.4),
    "sir or madam": (17.4, 19.4),
    "follow-up": (13.7, 8.8),
    "street": (35.0, 29.0),
    "lane number": (16.0, 12.0),
    "village or district": (40.0, 17.0),
    "estate": (12.0, 5.0),
    "landmark": (37.9, 32.7),
    "since when": (14.0, 8.0),
    "digit": (58.9, 54.9),
}
WORDS = {
    0.05: (10, 7), 0.25: (29, 16), 0.50: (50, 30), 0.75: (89, 57), 0.95: (203, 142),
    0.99: (341, 277),
}  # fmt: skip
NEAR, NEAR_WORDS = 5, 0.2  # points; of the number of words, or five words
NUMBER = 4_000
CHANNELS = ("web", "whatsapp")
FORMS = {
    kind: {row["form"] for row in STYLE.slang.rows if row["kind"] == kind}
    for kind in ("short", "spelling")
}
ABBREVIATION = re.compile(rf"\b(?:{'|'.join(map(re.escape, FORMS['short']))})\b")
GREETING = re.compile(
    r"ass?alam|selamat (?:pagi|siang|sore|malam)|(?:pagi|siang|sore|malam),? (?:pak|bu|min|admin)"
    r"|(?:kepada )?yth|kepada|dengan hormat|salam|hall?o|permisi|perkenalkan|punten|(?:kulo )?nuwun"
    r"|(?:mohon |minta )?(?:izin|ijin)|mohon maaf|om swastiastu|pak\b|bu\b|bapak|ibu\b|min\b|admin"
)
JOINED = re.compile(rf"\b(?:di|ke)(?:{'|'.join(PLACE_WORDS)})\b")
STREET = re.compile(r"\b(?:jl|jln|gg)\b|\b(?:jalan|gang) (?-i:[A-Z])", re.IGNORECASE)
AREA = re.compile(
    r"\b(?:kel|kec|ds|br|desa|kelurahan|kecamatan|kapanewon|kalurahan|kemantren|nagari|banjar)\b"
)
LANDMARK = re.compile(
    r"depan|\b(?:de[ke][ka]t|dkt|dpn|arah|se(?:belah|berang)|belakang|simpang|per(?:tig|empat)an)\b"
    r"|samping"
)
SINCE = re.compile(
    r"\b(?:sudah|sdh|udah|dah|hampir|selama) .{0,12}(?:hari|minggu|bulan|bln|tahun|thn|mgg)\b"
)
THANKS = re.compile(r"te?rima ?kasih|makasih|mksh|trims|suwun|nuhun|thanks|thx|wassalam")


def holds(forms: Sequence[str], text: str) -> bool:
    plain = {form for form in forms if " " not in form}
    return bool(plain & set(re.findall(r"[\w'-]+", text))) or any(
        f" {form} " in text for form in set(forms) - plain
    )


FOUND = {
    "abbreviation": lambda text: holds(FORMS["short"], text.lower()),
    "spelling": lambda text: holds(FORMS["spelling"], text.lower()),
    "split passive": lambda text: re.search(r"\bdi [a-z]{4,}(?:kan|i)\b", text.lower()),
    "joined preposition": lambda text: JOINED.search(text.lower()),
    "doubled": lambda text: re.search(r"\b[a-z]{2,}2\b", text.lower()),
    "dots": lambda text: re.search(r"\.\.|,,|!!", text),
    "greeting": lambda text: GREETING.match(text.lower()),
    "thanks": lambda text: THANKS.search(text.lower()),
    "all caps": lambda text: text == text.upper(),
    "no capitals": lambda text: text == text.lower(),
    "line breaks": lambda text: "\n" in text,
    "three abbreviations": lambda text: len(ABBREVIATION.findall(text.lower())) >= 3,
    "begins small": lambda text: text[0].islower(),
    "shouted": lambda text: re.search(r"\b[A-Z]{5,}\b", text),
    "sir or madam": lambda text: re.search(r"\b(?:pak|bu|mas|mbak|bapak|ibu)\b", text.lower()),
    "follow-up": lambda text: re.search(r"tindak ?lanjut", text.lower()),
    "street": STREET.search,
    "lane number": lambda text: re.search(r"\br[tw]\b", text.lower()),
    "village or district": lambda text: AREA.search(text.lower()),
    "estate": lambda text: re.search(r"\b(?:perum(?:ahan)?|kompleks?)\b", text.lower()),
    "landmark": lambda text: LANDMARK.search(text.lower()),
    "since when": lambda text: SINCE.search(text.lower()),
    "digit": lambda text: re.search(r"\d", text),
}


@cache
def texts(channel: str) -> list[str]:
    """Return many reports that came in by one channel."""
    style = Style({**STYLE.tables, "channels": {channel: 1.0}}, STYLE.slang)
    people = [
        {**identity_of(name, Random(name)), "other": "Tono Umpama", "nickname": name.split()[0]}
        for name in PEOPLE
    ]
    regions = [there(pack) for pack in PACKS]
    drawn = Samples(tuple(FAMILIES.values()), regions, ROUTING, style, people, START.date())
    return [row["text"] for row in drawn.draw(1, NUMBER)]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("habit", MEASURED)
def test_a_habit_is_as_frequent_as_it_was_measured(habit, channel):
    found = sum(bool(FOUND[habit](text)) for text in texts(channel))
    measured = MEASURED[habit][CHANNELS.index(channel)]
    assert 100 * found / NUMBER == pytest.approx(measured, abs=NEAR)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("percentile", WORDS)
def test_reports_are_as_long_as_they_were_measured(percentile, channel):
    lengths = sorted(len(text.split()) for text in texts(channel))
    measured = WORDS[percentile][CHANNELS.index(channel)]
    found = lengths[int(NUMBER * percentile)]
    assert found == pytest.approx(measured, rel=NEAR_WORDS, abs=NEAR)
