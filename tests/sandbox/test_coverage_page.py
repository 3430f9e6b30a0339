"""What the cases cover: every row and kind, what is thin, what waits for an expert."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.groups import load_groups
from sandbox.labels import CLASS_LABELS
from sandbox.models import CaseFamily, RegionPack
from sandbox.selectors.coverage import coverage
from sandbox.selectors.files import routing
from tests.factories import NOW, UserFactory

PAGE = reverse("coverage:index")


@pytest.fixture
def browser(practice_room):
    load_groups()
    trainer = UserFactory()
    trainer.groups.add(Group.objects.get(name="trainer"))
    client = Client()
    client.force_login(trainer)
    return client


def shown(browser, **asked):
    return browser.get(PAGE, asked).context["topics"]


def test_every_row_stands_there_with_the_families_that_are_about_it(browser):
    rows = shown(browser)
    assert [row.number for row in rows] == list(routing().rows)
    by_number = {row.number: row.families for row in rows}
    families = CaseFamily.objects.filter(live=True, row__isnull=False)
    assert all(family.code in by_number[family.row] for family in families)


def test_rows_that_nobody_is_sure_of_wait_for_an_expert(browser):
    unsure = shown(browser, only="unsure")
    assert {row.number for row in unsure} == {
        number for number, row in routing().rows.items() if row["confidence"] != "A"
    }
    assert unsure


def test_families_that_chose_their_office_themselves_wait_for_an_expert(browser):
    page = browser.get(PAGE)
    chosen = {each.family: each for each in page.context["coverage"].choices}
    assert chosen.keys() >= {"tiket-pungutan-wisata", "anjing-liar-gigit"}
    assert "balap-liar-knalpot" not in chosen, "its row names the police, too"
    assert "air-pdam-berhari-hari" not in chosen, "its row decides"
    assert all(each.competent and each.source in unescape(page.text) for each in chosen.values())


def test_rows_are_found_by_what_they_say(browser):
    found = shown(browser, q="air-pdam-berhari-hari")
    assert [row.number for row in found] == [19]
    assert shown(browser, q="tidak ada yang begini") == []


def test_what_one_or_two_families_stand_for_is_thin(practice_room):
    kept = CaseFamily.objects.filter(row=19).first()
    CaseFamily.objects.exclude(pk=kept.pk).update(live=False)

    found = coverage(NOW.date())

    assert found.number == 1
    assert [row.number for row in found.topics if row.families] == [19]
    assert all(row.is_thin for row in found.topics)
    tables = {name: {each.name: each for each in counted} for name, _by, counted in found.tables}
    assert sum(each.number for each in tables["archetypes"].values()) == 1
    assert len(tables["archetypes"]) == 22
    thin = dict(found.thin_kinds)["archetypes"]
    assert [(each.name, each.number) for each in thin] == [
        (each.name, 1) for each in tables["archetypes"].values() if each.number
    ]
    assert len(tables["regions"]) == RegionPack.objects.values("code").distinct().count()


def test_the_second_look_counts_nothing_anew(practice_room, django_assert_max_num_queries):
    first = coverage(NOW.date())
    with django_assert_max_num_queries(3):
        assert coverage(NOW.date()) is first


def test_an_edit_is_counted_at_once_and_so_is_what_is_taken_back(practice_room):
    before = coverage(NOW.date())
    family = CaseFamily.objects.get(code="air-pdam-berhari-hari")
    family.content["key"]["class"] = "aspiration"
    family.save_revision().publish()

    after = coverage(NOW.date())
    assert number_of(after, "classes", CLASS_LABELS["aspiration"]) == 1 + number_of(
        before, "classes", CLASS_LABELS["aspiration"]
    )
    family.unpublish()
    assert coverage(NOW.date()).number == before.number - 1


def test_a_region_that_changed_is_counted_anew(practice_room):
    pack = RegionPack.objects.filter(code="tirta_asri").first()
    before = number_of(coverage(NOW.date()), "regions", pack.name)
    content = {**pack.content, "assets": []}
    RegionPack.objects.create(code=pack.code, edition=pack.edition + 1, content=content)

    assert number_of(coverage(NOW.date()), "regions", pack.name) < before


def test_every_reader_gets_their_own_language(practice_room):
    found = {}
    for language in ("id", "en"):
        with translation.override(language):
            found[language] = coverage(NOW.date()).topics[0].name
    assert found["id"] != found["en"]


def test_families_that_answer_from_stock_are_counted(browser):
    own = sum("answer" in each.content for each in CaseFamily.objects.filter(live=True))
    found = browser.get(PAGE).context["coverage"]
    assert (found.own_answers, found.from_stock) == (own, found.number - own)
    assert own


def number_of(found, table, name):
    tables = {code: {each.name: each for each in counted} for code, _by, counted in found.tables}
    return tables[table][str(name)].number


def test_counts_lead_to_the_families_that_they_count(browser):
    tables = {name: counted for name, _by, counted in browser.get(PAGE).context["coverage"].tables}
    lists = reverse("case_families:list")
    for each in (*tables["categories"][:3], *tables["classes"]):
        found = browser.get(f"{lists}?{each.query}").context["paginator"]
        assert found.count == each.number


def test_only_trainers_see_the_page(practice_room):
    stranger = Client()
    stranger.force_login(UserFactory())
    assert stranger.get(PAGE).status_code == 404
