"""Trainers change what simulated people say in the CMS; nothing that they type is lost."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.groups import load_groups
from sandbox.domain.phrases import LINES, part_of, with_part, written
from sandbox.models import PhraseBook, Scenario
from sandbox.selectors.phrase_words import PHRASE_PROBLEMS, WHEN, heading
from tests.sandbox.exercise_pages import typed
from tests.sandbox.phrase_pages import HOLDS, NEW, PEOPLE, PLAIN, change, everything, url
from tests.sandbox.region_pages import browser_of, text_of

PERSONAS, MISSING = reverse("phrases:personas"), reverse("phrases:missing")
IMPORT, STORE = reverse("phrases:add"), reverse("phrases:store")


@pytest.fixture
def book(practice_room):
    return PhraseBook.objects.get()


@pytest.fixture
def trainer(book):
    load_groups()
    return browser_of("trainer")


def form_of(browser, address, **changes):
    return typed(browser.get(address).text) | changes


# Pages


def test_the_list_names_every_occasion_and_leads_to_its_lines(trainer):
    page = text_of(trainer.get(reverse("phrases:index")))
    assert [str(words) for words in WHEN.values() if str(words) not in page] == []
    assert [place for place in LINES if url(place) not in page] == []
    assert reverse("phrases:index") in text_of(trainer.get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize("place", [PLAIN, HOLDS, "officers.lines.supervisor_sends_back.leak.lines"])
def test_lines_stand_beside_their_preview_with_filled_slots(trainer, book, place):
    page = BeautifulSoup(trainer.get(url(place)).text, "html.parser")
    stored = part_of(book.content, place)
    assert page.select_one("textarea[name=text]").text.strip().splitlines() == stored
    shown = [each.text for each in page.select(".phrase-lines li")]
    assert len(shown) == len(stored)
    assert not any("{" in each for each in shown)
    assert heading(place) in page.text


def test_a_trainer_changes_lines_sees_them_first_and_makes_an_edition(trainer, book):
    before = everything()
    data = form_of(trainer, url(), text="\r\n".join(["", *NEW, "  "]), note="Lebih pendek")

    shown = trainer.post(url(), data | {"preview": "1"})
    assert (shown.status_code, everything()) == (200, before)
    assert [line for line in NEW if f"<li>{line}</li>" not in shown.text] == []
    response = trainer.post(url(), data)

    newest = PhraseBook.objects.get(edition=2)
    assert response.url == reverse("phrases:index")
    assert part_of(newest.content, PLAIN) == NEW
    assert (newest.note, newest.made_by.first_name) == ("Lebih pendek", "Tari")
    told = text_of(trainer.get(reverse("phrases:editions")))
    assert f"<ins>{NEW[0]}</ins>" in told
    assert f"<del>{part_of(book.content, PLAIN)[0]}</del>" in told
    assert "Lebih pendek" in told


@pytest.mark.parametrize("button", [{}, {"preview": "1"}], ids=["save", "preview"])
def test_wrong_lines_come_back_with_their_numbers(trainer, button):
    before = everything()
    data = form_of(trainer, url(), text="beres 3x kak\nsip deh\nmakasih {unit}", note="Catatan")

    response = trainer.post(url(), data | button)

    assert (response.status_code, everything()) == (422, before)
    told = [wrong for _line, wrong in response.context["preview"]]
    assert told[0] == [str(PHRASE_PROBLEMS["digits"])]
    assert not told[1]
    assert "{unit}" in told[2][0]
    assert told[2][0] in text_of(response)
    assert "beres 3x kak" in response.text
    assert "Catatan" in response.text


def test_a_line_that_stands_elsewhere_is_told_with_that_place(trainer, book):
    other = part_of(book.content, HOLDS)[0]
    stored = part_of(book.content, HOLDS)
    place = "officers.lines.admin_accepts_return.lines"
    lines = [*part_of(book.content, place), stored[0]]
    response = trainer.post(url(place), form_of(trainer, url(place), text="\n".join(lines)))
    assert response.status_code == 422
    assert heading(HOLDS) in text_of(response)
    assert other in text_of(response)


def test_the_second_of_two_keeps_the_text_and_sees_what_is_stored(trainer):
    data = form_of(trainer, url(), text="\n".join(["Punya saya.", *NEW[1:]]), note="Catatan saya")
    change(NEW)
    before = everything()

    response = trainer.post(url(), data)

    assert (response.status_code, everything()) == (422, before)
    assert "Punya saya." in response.context["form"]["text"].value()
    assert "Catatan saya" in response.text
    assert f"<li>{NEW[0]}</li>" in response.text
    assert trainer.post(url(), typed(response.text)).status_code == 302
    assert part_of(PhraseBook.objects.get(edition=3).content, PLAIN)[0] == "Punya saya."


def test_words_for_what_is_missing_are_changed(trainer):
    address = MISSING
    assert trainer.post(address, form_of(trainer, address, date="hari 3")).status_code == 422
    assert trainer.post(address, form_of(trainer, address, date="")).status_code == 422
    assert trainer.post(address, form_of(trainer, address, date="kapan terjadi")).status_code == 302
    assert PhraseBook.objects.get(edition=2).content["officers"]["missing"]["date"] == (
        "kapan terjadi"
    )


# Characters

ONE_MORE = {
    "code": "guru-tegas", "tone": "polite", "name_id": "Guru yang tegas", "name_en": "Firm teacher",
    "about_id": "Menulis lengkap dan menagih janji.", "about_en": "Writes all of it down.",
    "trust": "50", "patience": "3", "outcry": "20", "forgives": "20",
}  # fmt: skip


def test_a_trainer_changes_a_character_adds_one_and_takes_one_out(trainer, book):
    number = len(part_of(book.content, PEOPLE))
    needed = {code for each in Scenario.objects.all() for code in each.personas}
    gone = next(i for i, each in enumerate(part_of(book.content, PEOPLE))
                if each["code"] not in needed and each["tone"] == "plain")  # fmt: skip
    data = form_of(trainer, PERSONAS, note="Guru") | {"form-0-patience": "9"}
    data |= {f"form-{number}-{name}": value for name, value in ONE_MORE.items()}
    data |= {f"form-{gone}-DELETE": "on"}

    assert trainer.post(PERSONAS, data).status_code == 302

    people = part_of(PhraseBook.objects.get(edition=2).content, PEOPLE)
    assert [each["code"] for each in people] == [
        *(each["code"] for i, each in enumerate(part_of(book.content, PEOPLE)) if i != gone),
        "guru-tegas",
    ]
    assert people[0]["patience"] == 9
    assert people[-1] == {
        name: int(value) if value.isdigit() else value for name, value in ONE_MORE.items()
    }


def test_a_wrong_character_is_told_at_its_field_and_nothing_is_lost(trainer):
    before = everything()
    changes = {"form-1-code": "Pak Budi", "form-2-trust": "400", "form-3-about_id": "Umur 60."}
    for wrong in (changes, {"form-1-code": "ibu-cemas"}, {"form-2-trust": "semua"}):
        response = trainer.post(PERSONAS, form_of(trainer, PERSONAS) | wrong)
        assert (response.status_code, everything()) == (422, before)
        marked = {
            f"form-{number}-{name}"
            for number, form in enumerate(response.context["people"])
            for name in form.errors
        }
        assert len(marked) == len(wrong)
        assert [value for value in wrong.values() if value not in response.text] == []


def test_characters_that_were_changed_meanwhile_come_back_as_typed(trainer, book):
    data = form_of(trainer, PERSONAS) | {"form-0-patience": "9"}
    people = [{**each, "trust": 33} for each in part_of(book.content, PEOPLE)]
    change([*people[:-1], {**people[-1], "code": "baru"}], PEOPLE)
    before = everything()

    response = trainer.post(PERSONAS, data)

    assert (response.status_code, everything()) == (422, before)
    assert typed(response.text)["form-0-patience"] == "9"
    assert trainer.post(PERSONAS, typed(response.text)).status_code == 302


# Files


def upload(browser, text):
    return browser.post(IMPORT, {"file": SimpleUploadedFile("buku.toml", text.encode())})


def test_what_is_downloaded_comes_back_equal(trainer, book):
    response = trainer.get(reverse("phrases:export", args=[book.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="buku-kalimat-1.toml"'
    seen = upload(trainer, response.content.decode())
    assert (seen.status_code, seen.context["changes"]) == (200, [])
    assert STORE not in seen.text


def test_an_import_shows_what_changes_and_stores_it_when_told(trainer, book):
    before = everything()
    seen = upload(trainer, written(with_part(book.content, PLAIN, NEW), 1))
    assert (seen.status_code, everything()) == (200, before)
    assert f"<ins>{NEW[0]}</ins>" in seen.text
    assert seen.context["made_from"] == 0

    assert trainer.post(STORE, typed(seen.text) | {"note": "Dari pusat"}).status_code == 302
    newest = PhraseBook.objects.get(edition=2)
    assert (part_of(newest.content, PLAIN), newest.note) == (NEW, "Dari pusat")


def test_a_broken_file_is_told_all_its_problems(trainer, book):
    before = everything()
    broken = with_part(book.content, PLAIN, ["tunggu 3 hari!", "beres"])
    broken = with_part(broken, HOLDS, ["Tanpa slot.", *part_of(broken, HOLDS)[1:]])
    broken = {**broken, "words": {}}

    response = upload(trainer, written(broken, 1))

    assert (response.status_code, everything()) == (422, before)
    told = dict.fromkeys(words for _place, words in response.context["problems"])
    for code in ("digits", "exclamation", "unknown"):
        assert str(PHRASE_PROBLEMS[code]) in told
    assert response.context["number"] == 5
    assert heading(HOLDS) in text_of(response)


@pytest.mark.parametrize("text", ["", "a = [", "a = 1\n" * 9, "#" * 300_000, "a." * 99 + "b = 1"])
def test_what_is_no_book_is_refused_with_words(trainer, text):
    before = everything()
    assert upload(trainer, text).status_code == 422
    for packed in ("", "x", '"'):
        assert trainer.post(STORE, {"packed": packed, "seen": "1"}).status_code in (302, 422)
    assert everything() == before


def test_an_import_beside_a_new_edition_is_shown_again_and_may_be_stored(trainer, book):
    seen = upload(trainer, written(with_part(book.content, PLAIN, NEW), 1))
    change([*part_of(book.content, HOLDS)[:3]], HOLDS)
    before = everything()

    response = trainer.post(STORE, typed(seen.text) | {"note": "Catatan saya"})

    assert (response.status_code, everything()) == (422, before)
    assert response.context["made_from"] == 1
    assert "Catatan saya" in response.text
    assert trainer.post(STORE, typed(response.text)).status_code == 302
    assert PhraseBook.objects.get(edition=3).content == with_part(book.content, PLAIN, NEW)


# Who may


ADDRESSES = [
    reverse("phrases:index"), reverse("phrases:editions"), url(), MISSING,
    PERSONAS, IMPORT,
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_trainers_reach_the_phrase_book(trainer, desk, address):
    assert trainer.get(address).status_code == 200
    editor = browser_of("editor")
    before = everything()
    for browser in (editor, desk):
        assert browser.get(address).status_code in (302, 403, 404)
        assert browser.post(address, {"text": "x", "seen": "1"}).status_code in (302, 403, 404, 405)
    assert everything() == before


def test_an_occasion_that_is_none_is_not_found(trainer):
    assert trainer.get(url("reporters.persona")).status_code == 404
    assert trainer.get(url("x")).status_code == 404
