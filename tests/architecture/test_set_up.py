"""The ground that other tests stand on: seeds, and a network that ends at this machine."""

import socket

import pytest
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site


def assert_seeded():
    assert set(Locale.objects.values_list("language_code", flat=True)) == {"id", "en"}
    assert Site.objects.get(is_default_site=True).root_page == Page.objects.get(depth=1)
    assert Collection.objects.get(depth=1).name == "Root"


@pytest.mark.django_db
def test_a_test_finds_the_rows_that_wagtail_expects():
    assert_seeded()


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_they_are_there_again_after_a_test_that_commits(turn):
    assert_seeded()
    with transaction.atomic():
        Locale.objects.exclude(language_code="id").delete()


def test_another_machine_cannot_be_reached():
    with socket.socket() as visitor, pytest.raises(Exception, match="another machine"):
        visitor.connect(("192.0.2.1", 80))


@pytest.mark.browser
def test_the_browser_cannot_leave_this_machine_either(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")
