"""The site as the starting content makes it, and an editor who may change it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from content.models import CampaignPage, HomePage
from content.selectors import reference_library, site_library
from content.services import load_references, load_site


@pytest.fixture(scope="module")
def starting_content(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the files once for all tests of a module, each of which undoes its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_references(library=reference_library())
        load_site(library=site_library())
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def site(starting_content: None, db: None) -> HomePage:
    return HomePage.objects.get(locale__language_code="id")


@pytest.fixture
def campaign(site: HomePage) -> CampaignPage:
    return CampaignPage.objects.get(slug="aman-melapor", locale__language_code="id")


@pytest.fixture
def editor(db: None) -> User:
    return get_user_model().objects.create_superuser(
        username="editor@contoh.test", email="editor@contoh.test", password="awan di atas bukit"
    )


@pytest.fixture
def desk(editor: User, settings) -> Client:
    """The browser of a signed-in editor."""
    settings.REQUIRE_SECOND_FACTOR = False
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def stranger() -> Client:
    return Client()


def page_at(slug: str, language: str = "id") -> Page:
    return Page.objects.get(slug=slug, locale__language_code=language)
