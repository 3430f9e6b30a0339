"""One office corrected in the CMS: the next edition, for attempts that begin from then on."""

import pytest
from django.test import Client
from django.urls import reverse

from config.groups import load_groups
from sandbox.domain.workflow import Action
from sandbox.models import RegionPack
from sandbox.services import RegionRefused, correct_office
from tests.factories import a_run
from tests.regions import TODAY, a_region, office
from tests.sandbox.pages import act_url
from tests.sandbox.region_pages import DISHUB, browser_of, corrected, everything, text_of


@pytest.fixture
def tirta(practice_room):
    return RegionPack.objects.get(code="tirta_asri")


@pytest.fixture
def trainer(db):
    """The browser of a trainer as `load_groups` makes one."""
    load_groups()
    return browser_of("trainer")


def test_a_corrected_name_shows_in_a_new_attempt_and_not_in_a_running_one(trainer, tirta):
    running = a_run()

    response = trainer.post(DISHUB, corrected(name="Dinas Perhubungan dan Parkir"), follow=True)

    assert response.status_code == 200
    newest = RegionPack.objects.get(code="tirta_asri", edition=2)
    assert office(newest.content, "DISHUB")["name"] == "Dinas Perhubungan dan Parkir"
    assert newest.note == "Dinas Perhubungan → Dinas Perhubungan dan Parkir"
    assert newest.made_by.first_name == "Tari"
    assert RegionPack.objects.get(pk=tirta.pk).content == a_region()
    running.refresh_from_db()
    assert [name_in_form(each) for each in (running, a_run())] == [
        "Dinas Perhubungan",
        "Dinas Perhubungan dan Parkir",
    ]


def name_in_form(run):
    """Return what the form for disposing calls the transport office."""
    browser = Client()
    browser.force_login(run.learner)
    case = run.cases.get(number=1)
    version = {"class": "non_supervisory", "category": "Perhubungan", "version": case.version}
    browser.post(act_url(case, Action.VERIFY), version)
    page = text_of(browser.get(act_url(case, Action.DISPOSE)))
    names = ("Dinas Perhubungan dan Parkir", "Dinas Perhubungan")
    return next(name for name in names if name in page)


def test_what_is_the_same_makes_no_edition(trainer, tirta):
    row = office(tirta.content, "DISHUB")
    same = corrected(does=row["does"], does_en=row["does_en"])
    assert trainer.post(DISHUB, same).status_code == 302
    assert RegionPack.objects.filter(code="tirta_asri").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "=Dinas"}, "name"),
        ({"name": "Dinas Kesehatan"}, "name"),
        ({"name": "D" * 121}, "name"),
        ({"does": "Hubungi 0812 3456 7890"}, "does"),
        ({"source": ""}, "source"),
        ({"valid_from": "kemarin"}, "valid_from"),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "valid_to"),
        ({"valid_to": "2026-01-31"}, "__all__"),
        ({"seen": "x"}, "seen"),
        ({"seen": "77"}, "__all__"),
    ],
)
def test_a_refused_correction_keeps_what_was_typed_and_stores_nothing(
    trainer, tirta, changes, field
):
    before = everything()
    typed = corrected(does_en="Lights & signs, “as typed”", **changes)

    response = trainer.post(DISHUB, typed)

    assert response.status_code == 422
    assert response.context["form"].errors[field]
    form = response.context["form"]
    kept = {name: form[name].value() for name in typed if name != "seen"}
    assert kept == {name: cell for name, cell in typed.items() if name != "seen"}
    assert "Lights & signs, “as typed”" in text_of(response)
    assert everything() == before


def test_two_who_correct_the_same_office_do_not_overwrite_one_another(trainer, tirta):
    trainer.post(DISHUB, corrected(name="Dishub Satu"))
    before = everything()

    response = trainer.post(DISHUB, corrected(name="Dishub Dua"))

    assert response.status_code == 422
    assert "Dishub Satu" in text_of(response)
    assert response.context["form"]["name"].value() == "Dishub Dua"
    assert everything() == before
    again = corrected(name="Dishub Dua", seen=response.context["form"]["seen"].value())
    assert trainer.post(DISHUB, again).status_code == 302
    assert office(RegionPack.objects.get(edition=3).content, "DISHUB")["name"] == "Dishub Dua"


def test_two_who_correct_different_offices_both_succeed(trainer, tirta):
    trainer.post(DISHUB, corrected(name="Dishub Satu"))
    url = reverse("region_packs:correct", args=["tirta_asri", "DLH"])
    row = office(tirta.content, "DLH")
    trainer.post(url, {**row, "name": "Dinas Lingkungan", "seen": "1"})

    newest = RegionPack.objects.get(edition=3).content
    assert [office(newest, code)["name"] for code in ("DISHUB", "DLH")] == [
        "Dishub Satu",
        "Dinas Lingkungan",
    ]


def test_what_was_wrong_before_keeps_nobody_from_correcting(tirta):
    content = a_region()
    content["offices"].append({**office(content, "SATPOLPP"), "code": "kecil", "duties": ""})
    RegionPack.objects.filter(pk=tirta.pk).update(content=content)
    values = {key: value for key, value in corrected().items() if key != "seen"}

    stored = correct_office(code="tirta_asri", office="DISHUB", values=values, seen=1, today=TODAY)
    assert stored.edition == 2
    with pytest.raises(RegionRefused) as refused:
        correct_office(
            code="tirta_asri",
            office="DISHUB",
            values=values | {"source": ""},
            seen=2,
            today=TODAY,
        )
    assert [each.code for each in refused.value.problems] == ["no_source"]


def test_an_office_or_region_that_does_not_exist_has_no_page(trainer, tirta):
    for args in (["tirta_asri", "TIDAK_ADA"], ["tidak_ada", "DISHUB"]):
        assert trainer.get(reverse("region_packs:correct", args=args)).status_code == 404
    assert trainer.get(reverse("region_packs:editions", args=["tidak_ada"])).status_code == 404
    assert trainer.get(reverse("region_packs:export", args=[9999])).status_code == 404
