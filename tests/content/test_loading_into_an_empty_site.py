"""A new site: nothing but what Wagtail's own migrations leave."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from wagtail.models import Page, Site

from content.domain import LibraryError
from content.models import CampaignPage, HomePage
from content.selectors import FOLDER, site_library
from content.services import load_site, stream_value
from tests.content.test_blocks import shown

pytestmark = pytest.mark.django_db


def test_the_page_that_wagtail_made_is_gone():
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.update(root_page=welcome)

    load_site(library=site_library())

    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific_class is HomePage


def test_a_line_that_is_too_long_is_refused_and_nothing_is_created(tmp_path):
    folder = Path(shutil.copytree(FOLDER / "site_library", tmp_path / "site_library"))
    path = folder / "campaign-aman-melapor.toml"
    path.write_text(path.read_text().replace("Sedang dalam bahaya?", "x" * 81, 1))
    before = Page.objects.count()

    with pytest.raises(LibraryError, match=r"campaign-aman-melapor\.toml, id, body"):
        load_site(library=site_library(folder))

    assert Page.objects.count() == before
    assert not CampaignPage.objects.exists()


def test_the_command_says_what_it_did(capsys):
    call_command("load_site")
    call_command("load_site")

    assert capsys.readouterr().out.splitlines() == [
        "18 reference entries, 34 pages created",
        "0 reference entries, 0 pages created",
    ]


def test_without_channels_the_page_says_that_they_are_being_checked():
    with translation.override("en"):
        assert "being checked" in shown(stream_value([{"type": "channels"}]))
