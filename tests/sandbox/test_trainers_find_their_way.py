"""What a trainer looks for in the CMS: who uses a family, where files go, what a test means."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext, override

from config.groups import load_groups
from sandbox.domain.library.region_files import read_region, write_region
from sandbox.models import CaseFamily, RegionPack, Scenario
from sandbox.selectors.family_previews import slots
from sandbox.services.regions import store_region
from tests.factories import UserFactory
from tests.regions import office
from tests.sandbox.families import IMPORT, LIST, TODAY, browser_of, text_of, url
from tests.sandbox.test_case_families import LISTED
from tests.sandbox.test_region_packs import renamed, upload

NAMED = "air-pdam-keruh-bau"
HIDDEN = (
    "This exercise has never been tested. Trainees do not see it before it has passed its test."
)
SHIPPED = (
    "This exercise shipped with the site and was tested before. "
    "It has not been tested here yet: you may test it again."
)


@pytest.fixture
def browser(practice_room):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="trainer"))
    return browser_of(user)


@pytest.fixture
def family(practice_room):
    return CaseFamily.objects.get(code=NAMED)


def test_the_page_of_uses_names_the_exercises_that_name_a_family(browser, family):
    naming = [each for each in Scenario.objects.all() if NAMED in each.families]
    assert naming

    page = text_of(browser.get(url("usage", family)))

    for scenario in naming:
        assert scenario.localized_title in page
    assert url("usage", family) in text_of(browser.get(url("edit", family)))


def test_the_refusal_to_delete_names_the_exercises(browser, family):
    naming = [each for each in Scenario.objects.all() if NAMED in each.families]

    page = text_of(browser.post(url("delete", family), follow=True))

    assert all(str(scenario) in page for scenario in naming)
    assert CaseFamily.objects.filter(pk=family.pk).exists()


def test_what_can_be_deleted_is_confirmed_beside_its_uses(browser, family):
    Scenario.objects.all().delete()
    response = browser.get(url("delete", family))
    assert response.status_code == 200
    assert response.context["uses"] == []


def test_the_list_leads_to_import_and_download(browser):
    page = browser.get(LIST)
    labels = {str(button.url) for button in page.context["header_buttons"]}
    assert {IMPORT, reverse("case_families:export")} <= labels


def test_a_new_family_is_first_saved_by_its_button_because_its_code_stays(browser, family):
    for address in (reverse("case_families:add"), url("copy", family)):
        response = browser.get(address)
        assert not response.context["autosave_enabled"]
        assert "w-autosave#save" not in response.text
    assert browser.get(url("edit", family)).context["autosave_enabled"]


def test_everything_that_is_missing_is_said_at_once(browser):
    empty = {f"{name}-count": 0 for name in (*LISTED, "slots")}
    data = {**empty, "code": "dengan spasi", "how_hard": 1, "action-publish": "1"}

    errors = browser.post(reverse("case_families:add"), data).context["form"].errors

    assert errors.keys() >= {"code", "main_row", "first_decision", "telling", "source"}
    assert len(errors["code"]) == 1


def test_every_slot_has_an_example(browser, family):
    shown = {slot.written: slot.example for slot in slots(TODAY)}
    assert {"{where}", "{beach}", "{estate}", "{name}"} <= shown.keys()
    assert all(shown.values())
    assert not any("{" in example for example in shown.values())
    page = text_of(browser.get(url("edit", family)))
    assert shown["{beach}"] in page


def test_an_exercise_that_shipped_is_not_said_to_be_hidden(browser):
    scenario = Scenario.objects.filter(is_published=True).first()
    assert not scenario.report
    address = reverse("exercises:test", args=[scenario.pk])

    shipped = text_of(browser.get(address))
    Scenario.objects.filter(pk=scenario.pk).update(is_published=False)
    draft = text_of(browser.get(address))

    with override("id"):
        hidden, before = (gettext(words) for words in (HIDDEN, SHIPPED))
    assert (hidden in shipped, hidden in draft) == (False, True)
    assert (before in shipped, before in draft) == (True, False)


def test_a_report_leads_to_the_family_and_names_the_field(browser, family):
    finding = {"place": f"families.{NAMED}.key.debrief.en", "code": "no_reason", "gaps": {}}
    draft = finding | {"place": f"families.{NAMED}.draft[1]"}
    check = {
        "code": "languages",
        "passed": False,
        "skipped": False,
        "figures": {},
        "findings": [finding, draft],
    }
    scenario = Scenario.objects.first()
    scenario.report = {
        "checks": [check],
        "passed": False,
        "digest": "",
        "at": "2026-01-02T08:00:00+07:00",
    }
    scenario.save(update_fields=["report"])

    page = text_of(browser.get(reverse("exercises:test", args=[scenario.pk])))

    assert url("edit", family) in page
    assert family.title in page
    assert "key.debrief" not in page
    assert "draft[1]" not in page


def test_an_old_file_says_which_corrections_it_takes_back(browser):
    first = RegionPack.objects.get(code="tirta_asri")
    raw = write_region(first.content, first.edition)
    assert read_region(raw).content == first.content
    content = read_region(raw).content
    store_region(content=renamed("Dinas Perhubungan Baru", content))

    response = upload(browser, raw)

    seen = response.context["preview"]
    assert seen.made_from == first.edition
    assert [each.code for each in seen.going_back] == ["DISHUB"]
    assert office(read_region(raw).content, "DISHUB")["name"] in text_of(response)

    unsaid = upload(browser, write_region(first.content)).context["preview"]
    assert not unsaid.made_from
    assert unsaid.changes == seen.changes


def test_lists_say_yes_and_not_true(browser):
    page = text_of(browser.get(reverse("exercises:index")))
    assert "True" not in page


def test_coverage_says_none_where_nothing_is(browser):
    CaseFamily.objects.update(live=False)
    page = browser.get(reverse("coverage:index"))
    assert not any(
        each.number for _heading, _name, counted in page.context["tables"] for each in counted
    )
    assert "<b>A</b>" in page.text
