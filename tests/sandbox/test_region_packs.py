"""Regions in the CMS: read, corrected, refused as a whole or stored as a whole, compared."""

from base64 import b85encode
from random import Random
from string import ascii_letters

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from config.groups import load_groups
from sandbox.domain.library.region_checks import check_region
from sandbox.domain.library.region_files import Problem, read_region, write_region
from sandbox.domain.workflow import Role
from sandbox.models import RegionPack, Scenario
from sandbox.selectors.files import routing
from sandbox.selectors.region_packs import problems_with
from sandbox.selectors.region_words import problem_lines, problem_words
from sandbox.services import RegionChanged, RegionRefused, import_region
from tests.factories import a_run
from tests.regions import SHIPPED, TODAY, a_region, files_of, office, row_of, zipped
from tests.sandbox.region_pages import DISHUB, browser_of, corrected, everything, text_of

NEW = reverse("region_packs:add")
STORE = reverse("region_packs:store")


@pytest.fixture
def tirta(practice_room):
    return RegionPack.objects.get(code="tirta_asri")


@pytest.fixture
def trainer(db):
    """The browser of a trainer as `load_groups` makes one."""
    load_groups()
    return browser_of("trainer")


def upload(browser, raw):
    return browser.post(NEW, {"file": SimpleUploadedFile("wilayah.zip", raw)})


def store(browser, content, seen=1, note=""):
    pack = b85encode(write_region(content)).decode()
    return browser.post(STORE, {"pack": pack, "seen": seen, "note": note})


def renamed(name, content=None):
    """Return the region with the transport office called otherwise."""
    content = content or a_region()
    office(content, "DISHUB")["name"] = name
    return content


# Reading


def test_every_region_that_ships_is_listed_once_with_its_newest_edition(trainer, tirta):
    import_region(content=renamed("Dishub"), seen=1, note="Nama baru", today=TODAY)

    response = trainer.get(reverse("region_packs:index"))

    text = text_of(response)
    assert [pack.code for pack in response.context["packs"]] == list(SHIPPED)
    assert "Nama baru" in text
    assert f"inspect/{RegionPack.objects.get(edition=2).pk}/" in text
    assert f"inspect/{tirta.pk}/" not in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({}, ["Dinas Perhubungan", "Kementerian Perhubungan"], []),
        ({"q": "bptd terminal"}, ["BPTD"], ["Dinas Perhubungan", "Inspektorat Daerah"]),
        ({"q": "<script>"}, [], ["<script>", "Dinas Perhubungan"]),
        ({"part": "places"}, ["Tegal Ayun", "99.01.01.2001"], ["Dinas Perhubungan"]),
        ({"part": "places", "q": "sukamaju"}, ["Sukamaju Asri"], ["Tegal Ayun"]),
        ({"part": "assets"}, ["Kenanga Dalam", "Bina Marga"], []),
        ({"part": "assets", "page": "2"}, [], ["Kenanga Dalam"]),
        ({"part": "assets", "page": "x"}, ["Kenanga Dalam"], []),
        ({"part": "assets", "q": "sd negeri"}, [], ["Kenanga Dalam"]),
        ({"part": "exercises"}, [], ["Kenanga Dalam"]),
        ({"part": "apa"}, ["Dinas Perhubungan"], []),
    ],
)
def test_a_region_can_be_read_and_searched(trainer, tirta, query, there, gone):
    response = trainer.get(reverse("region_packs:inspect", args=[tirta.pk]), query)

    assert response.status_code == 200
    assert [words for words in there if words not in text_of(response)] == []
    assert [words for words in gone if words in response.text] == []


def test_a_region_names_the_exercises_and_attempts_that_use_it(trainer, tirta):
    a_run()
    response = trainer.get(reverse("region_packs:inspect", args=[tirta.pk]), {"part": "exercises"})

    told = {each.code: each.running for each in response.context["exercises"]}
    assert told.keys() == {each.code for each in Scenario.objects.filter(region="tirta_asri")}
    assert (told["l1"], sum(told.values())) == (1, 1)
    assert response.context["attempts"] == 1


# Out and in again


@pytest.mark.parametrize("code", SHIPPED)
def test_what_is_exported_comes_back_equal_and_makes_no_edition(trainer, practice_room, code):
    pack = RegionPack.objects.get(code=code)
    before = everything()

    response = trainer.get(reverse("region_packs:export", args=[pack.pk]))
    name = f'attachment; filename="wilayah-{code}-1.zip"'
    assert response["Content-Disposition"] == name
    assert read_region(response.content).content == pack.content

    seen = upload(trainer, response.content)
    assert seen.status_code == 200
    assert seen.context["preview"].is_same
    assert STORE not in seen.text
    assert store(trainer, pack.content).status_code == 302
    assert everything() == before


def test_the_preview_shows_what_changes_and_for_whom_and_stores_nothing(trainer, tirta):
    a_run()
    before = everything()
    content = renamed("Dinas Perhubungan dan Parkir")
    content["places"].pop()

    response = upload(trainer, zipped(files_of(content)))

    text = text_of(response)
    assert response.status_code == 200
    assert "<del>Dinas Perhubungan</del>" in text
    assert "<ins>Dinas Perhubungan dan Parkir</ins>" in text
    assert a_region()["places"][-1]["name"] in text
    for scenario in Scenario.objects.filter(region="tirta_asri"):
        assert scenario.title in text
    assert everything() == before


def test_storing_makes_the_next_edition_with_a_note_and_who(trainer, tirta):
    running = a_run()
    content = renamed("Dinas Perhubungan dan Parkir")
    seen = upload(trainer, zipped(files_of(content)))
    form = seen.context["form"]
    data = {"pack": form["pack"].value(), "seen": form["seen"].value(), "note": "Reorganisasi"}

    response = trainer.post(STORE, data, follow=True)

    newest = RegionPack.objects.get(code="tirta_asri", edition=2)
    assert (newest.content, newest.note) == (content, "Reorganisasi")
    assert newest.made_by.first_name == "Tari"
    assert response.redirect_chain[-1][0] == reverse("region_packs:inspect", args=[newest.pk])
    running.refresh_from_db()
    assert (running.region, a_run().region) == (tirta, newest)

    pages = [
        trainer.get(reverse("region_packs:editions", args=["tirta_asri"])),
        trainer.get(reverse("region_packs:inspect", args=[tirta.pk])),
    ]
    assert "<ins>Dinas Perhubungan dan Parkir</ins>" in pages[0].text
    assert [each.attempts for each in pages[0].context["editions"]] == [1, 1]
    assert not pages[1].context["is_newest"]
    assert DISHUB not in pages[1].text


def test_a_region_that_is_new_begins_with_edition_one(trainer, tirta):
    content = a_region()
    content["region"]["code"] = "tirta_baru"

    seen = upload(trainer, zipped(files_of(content)))
    assert seen.context["preview"].old is None
    store(trainer, content, seen=0)

    assert RegionPack.objects.get(code="tirta_baru").edition == 1


def test_an_import_beside_an_edition_that_was_replaced_is_shown_again(trainer, tirta):
    import_region(content=renamed("Dishub Satu"), seen=1, today=TODAY)
    before = everything()

    response = store(trainer, renamed("Dishub Dua"), seen=1, note="Catatan saya")

    assert response.status_code == 422
    assert "<del>Dishub Satu</del>" in response.text
    assert "Catatan saya" in response.text
    assert everything() == before
    with pytest.raises(RegionChanged):
        import_region(content=renamed("Dishub Dua"), seen=1, today=TODAY)
    assert store(trainer, renamed("Dishub Dua"), response.context["form"]["seen"].value())
    assert RegionPack.objects.filter(code="tirta_asri").count() == 3


# Refused as a whole


def without(content, table, code):
    content[table] = [row for row in content[table] if row["code"] != code]
    return content


def broken():
    """Yield regions with something wrong, and the places that have to be named."""
    yield "column", {"offices.csv": b"kode,kind\nA,b\n"}, [("offices.csv", "1", "kode")]
    content = a_region()
    content["assets"][4]["owner"], content["assets"][5]["place"] = "SIAPA", "99.88"
    row_there = [("assets.csv", "6", "owner"), ("assets.csv", "7", "place")]
    yield "unknown codes", content, row_there
    content = a_region()
    office(content, "DINKES")["parent"], office(content, "DLH")["parent"] = "DLH", "DINKES"
    rows = sorted(row_of(content, code) for code in ("DINKES", "DLH"))
    yield "circle", content, [("offices.csv", str(row), "parent") for row in rows]
    content = renamed("dinas kesehatan")
    yield "same name", content, [("offices.csv", str(row_of(content, "DINKES")), "name")]
    content = renamed("=cmd|' /C calc'!A0")
    yield "formula", content, [("offices.csv", str(row_of(content, "DISHUB")), "name")]
    yield "duty", without(a_region(), "offices", "INSPEKTORAT"), [("offices.csv", "–", "duties")]
    yield "toml", {"region.toml": b'a = 1\na = "x"\n'}, [("region.toml", "2", "–")]
    yield "large toml", {"region.toml": b"#" * 300_000}, [("region.toml", "–", "–")]
    yield "member", {"makro.xlsm": b""}, [("makro.xlsm", "–", "–")]


@pytest.mark.parametrize(("change", "places"), [each[1:] for each in broken()], ids=lambda each: "")
def test_a_bad_file_is_refused_as_a_whole_with_every_problem_by_row(trainer, tirta, change, places):
    before = everything()
    is_region = "region" in change
    files = files_of(change) if is_region else files_of(a_region()) | change

    response = upload(trainer, zipped(files))

    assert response.status_code == 422
    lines = response.context["problems"].shown
    told = [(line.file or "–", line.rows or "–", line.column or "–") for line in lines]
    assert [place for place in places if place not in told] == []
    for line in lines:
        assert line.words in text_of(response)
    assert everything() == before
    if is_region:
        assert store(trainer, change).status_code == 422
        with pytest.raises(RegionRefused):
            import_region(content=change, seen=1, today=TODAY)
        assert everything() == before


@pytest.mark.parametrize("raw", [b"", b"PK", b"\x00" * 999, b"x" * 2_000_001], ids=range(4))
def test_what_is_no_zip_is_refused_with_words(trainer, tirta, raw):
    before = everything()
    response = upload(trainer, raw)
    assert response.status_code == 422
    assert response.context["problems"].number or response.context["form"].errors["file"]
    assert everything() == before


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(trainer, tirta):
    response = upload(trainer, b"#" * 50_000_000)
    assert response.status_code == 422
    assert "2 MB" in text_of(response)


def test_a_form_without_a_file_or_with_a_broken_one_stores_nothing(trainer, tirta):
    before = everything()
    assert trainer.get(NEW).status_code == 200
    assert trainer.post(NEW, {"file": ""}).status_code == 422
    for data in (
        {},
        {"pack": "", "seen": "1"},
        {"pack": '"\\', "seen": "1"},
        {"pack": "0", "seen": "x"},
    ):
        assert trainer.post(STORE, data).status_code == 302
    assert trainer.post(STORE, {"pack": b85encode(b"x").decode(), "seen": "1"}).status_code == 422
    assert everything() == before


def test_a_note_that_is_too_long_comes_back(trainer, tirta):
    before = everything()
    response = store(trainer, renamed("Dishub"), note="x" * 201)
    assert response.status_code == 422
    assert "x" * 201 in response.text
    assert everything() == before


def test_what_an_exercise_needs_stays(tirta):
    desk = Scenario.objects.filter(role=Role.LIAISON_OFFICER, region="tirta_asri").first()
    content = a_region()
    unit = office(content, desk.office)
    unit["code"] = "UNIT_BARU"
    for asset in content["assets"]:
        asset["owner"] = "UNIT_BARU" if asset["owner"] == desk.office else asset["owner"]
    assert check_region(content, routing=routing(), days=[TODAY]) == []

    problems = problems_with(content, TODAY)

    assert {each.code for each in problems} == {"exercise_unit"}
    assert {each.gaps["name"] for each in problems} == {desk.office}


def test_what_an_exercise_lacked_before_is_not_the_fault_of_a_region(tirta):
    Scenario.objects.filter(code="l1").update(composition={"dispose": 1, "no_such_group": 1})
    assert problems_with(renamed("Dishub"), TODAY) == []

    new = a_region()
    new["region"]["code"] = "tirta_baru"
    Scenario.objects.filter(code="l1").update(region="tirta_baru")
    assert [each.code for each in problems_with(new, TODAY)] == ["exercise_groups"]


def test_a_pack_almost_as_large_as_allowed_comes_through_the_preview(trainer, tirta):
    content, random = a_region(), Random(1)
    content["places"] += [
        {
            "code": f"99.01.01.{number}",
            "kind": "village",
            "parent": "99.01.01",
            "name": f"Dusun {number}",
            "source": "".join(random.choices(ascii_letters, k=270)),
        }
        for number in range(3000, 9999)
    ]
    raw = zipped(files_of(content))
    assert 1_300_000 < len(raw) < 2_000_000

    form = upload(trainer, raw).context["form"]
    data = {"pack": form["pack"].value(), "seen": form["seen"].value()}
    assert trainer.post(STORE, data).status_code == 302
    assert RegionPack.objects.get(edition=2).content == content


def test_the_same_problem_in_many_rows_is_said_once_with_all_its_rows():
    problems = [Problem("offices.csv", row, "source", "no_source") for row in (2, 3, 4, 9, 11, 12)]
    lines = problem_lines(problems)
    assert [(line.rows, lines.number, lines.left) for line in lines.shown] == [
        ("2–4, 9, 11–12", 6, 0)
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_problem_can_be_said(language):
    content = a_region()
    for number, row in enumerate(content["offices"]):
        row.update(
            {"level": "x", "valid_from": "x", "duties": f"X{number}"}
            if number % 2
            else {"code": "x-"}
        )
    content["places"][2].update(code="1", parent="2")
    content["region"].update(timezone="x", address=["{x} ["], officer=[{}], code="X", warna=1)
    with translation.override(language):
        words = [
            problem_words(each) for each in check_region(content, routing=routing(), days=[TODAY])
        ]
    assert len(words) > 100
    assert [each for each in words if "%(" in each or not each] == []


# Who may


@pytest.mark.parametrize("group", ["editor", "programme_manager", "trainee"])
def test_others_than_trainers_neither_read_nor_change_regions(trainer, tirta, group):
    browser, before = browser_of(group), everything()
    pages = [
        reverse("region_packs:index"),
        reverse("region_packs:inspect", args=[tirta.pk]),
        reverse("region_packs:editions", args=["tirta_asri"]),
        reverse("region_packs:export", args=[tirta.pk]),
        NEW,
        DISHUB,
    ]
    assert {browser.get(page).status_code for page in pages} <= {302, 404}
    assert browser.post(DISHUB, corrected(name="Lain")).status_code in (302, 404)
    assert store(browser, renamed("Lain")).status_code in (302, 404)
    assert everything() == before


def test_no_edition_is_changed_or_deleted(trainer, tirta):
    for action in ("edit", "delete", "copy"):
        assert trainer.get(f"/kelola/region_packs/{action}/{tirta.pk}/").status_code == 404
