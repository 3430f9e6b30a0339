"""What the cases cover: every row and kind, what is thin, what waits for an expert."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from config.groups import load_groups
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


def test_rows_are_found_by_what_they_say(browser):
    found = shown(browser, q="air-pdam-berhari-hari")
    assert [row.number for row in found] == [19]
    assert shown(browser, q="tidak ada yang begini") == []


def test_what_at_most_one_family_stands_for_is_thin(practice_room):
    kept = CaseFamily.objects.filter(row=19).first()
    CaseFamily.objects.exclude(pk=kept.pk).update(live=False)

    found = coverage(NOW.date())

    assert found.number == 1
    assert [row.number for row in found.topics if row.families] == [19]
    assert all(row.is_thin for row in found.topics)
    tables = {name: {each.name: each for each in counted} for name, _by, counted in found.tables}
    assert sum(each.number for each in tables["archetypes"].values()) == 1
    assert len(tables["archetypes"]) == 22
    assert len(tables["regions"]) == RegionPack.objects.values("code").distinct().count()


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
