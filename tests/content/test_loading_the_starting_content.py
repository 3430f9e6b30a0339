"""The starting content arrives once; afterwards the site belongs to its editors."""

import shutil
from pathlib import Path

import pytest
from django.utils import translation
from wagtail.models import Locale, Page, Site

from content.domain import LibraryError
from content.models import OfficialChannel, RegionPage, Regulation
from content.selectors import FOLDER, reference_library, section, site_library
from content.services import load_references, load_site, stream_value
from tests.content.conftest import page_at


def rows() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Page, Site, Locale, Regulation, OfficialChannel)
    )


def load() -> int:
    return load_references(library=reference_library()) + load_site(library=site_library())


def test_the_site_opens_with_the_home_page_in_both_languages(site):
    assert Site.objects.get().root_page.specific == site
    assert site.url == "/"
    assert page_at("beranda-en", "en").url == "/en/"
    assert site.get_translation(Locale.objects.get(language_code="en")).title == site.title


def test_every_page_is_live_and_has_its_english_translation(site):
    english = set(
        Page.objects.live().filter(locale__language_code="en").values_list("translation_key")
    )
    indonesian = Page.objects.live().filter(locale__language_code="id", depth__gt=1)

    assert set(indonesian.values_list("translation_key")) == english
    assert len(english) == 17
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_a_second_load_creates_nothing_and_asks_little(site, django_assert_max_num_queries):
    before = rows()

    with django_assert_max_num_queries(150):
        assert load() == 0

    assert rows() == before


def test_what_editors_changed_survives_the_next_load(site, campaign):
    campaign.title, campaign.slug = "Judul dari editor", "alamat-baru"
    campaign.save_revision().publish()
    Regulation.objects.filter(key="uu_25_2009").update(number="Nomor dari editor")

    assert load() == 0

    campaign.refresh_from_db()
    assert (campaign.title, campaign.slug) == ("Judul dari editor", "alamat-baru")
    assert Regulation.objects.get(key="uu_25_2009").number == "Nomor dari editor"


def test_only_the_missing_page_comes_back(site, campaign):
    campaign.get_translation(Locale.objects.get(language_code="en")).delete()

    assert load() == 1

    english = campaign.get_translation(Locale.objects.get(language_code="en"))
    assert english.title == "Report safely"
    assert english.live


def test_facts_of_a_region_come_with_their_sources(site):
    badung = RegionPage.objects.get(slug="kabupaten-badung", locale__language_code="en")

    assert (badung.code, badung.kind, badung.time_zone) == ("51.03", "regency", "Asia/Makassar")
    assert badung.title == "Badung Regency"
    assert len(badung.sources) >= 5


def test_reference_data_speak_the_readers_language_and_know_their_successor(site):
    former = Regulation.objects.get(key="permenpanrb_62_2018")

    assert former.status == Regulation.Status.REVOKED
    assert former.replaced_by.key == "permenpanrb_5_2025"
    assert former.localized_title.startswith("Peraturan Menteri")
    with translation.override("en"):
        assert former.localized_title.startswith("Ministerial Regulation")


def test_help_that_is_no_complaint_channel_is_told_apart(site):
    kinds = dict(OfficialChannel.objects.values_list("key", "is_referral"))

    assert (kinds["web"], kinds["sapa-129"]) == (False, True)


def test_a_section_is_found_by_its_indonesian_slug_in_either_language(site):
    assert section("kampanye").url == "/kampanye/"
    with translation.override("en"):
        assert section("kampanye").url == "/en/kampanye/"
    assert section("tidak-ada") is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER / "site_library", tmp_path / "site_library")
    return tmp_path / "site_library"


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("home.toml", "lead =", "leed =", "home.toml, id: unknown key “leed”"),
        ("region-bali.toml", 'code = "51"\n', "", "region-bali.toml: key “code” is missing"),
        (
            "campaign-aman-melapor.toml",
            "opens_on =",
            "open_on =",
            "campaign-aman-melapor.toml: unknown key “open_on”",
        ),
        ("lists.toml", "[regions]", "[regions", "lists.toml: "),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(folder, file, old, new, complaint):
    path = folder / file
    path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(LibraryError, match=complaint):
        site_library(folder)


@pytest.mark.parametrize(
    ("block", "complaint"),
    [
        ({"type": "video"}, "body, block 1: unknown block type “video”"),
        (
            {"type": "callout", "title": "A", "txt": "B"},
            "body, block 1 .callout.: unknown key “txt”",
        ),
        ({"type": "callout", "title": "A"}, "key “text” is missing"),
        ({"type": "regulations", "keys": ["uu_0_0000"]}, "no regulation with the key “uu_0_0000”"),
        ({"type": "steps", "items": [{"title": "A"}]}, "key “text” is missing"),
    ],
)
def test_a_wrong_block_is_refused_rather_than_lost(db, block, complaint):
    with pytest.raises(LibraryError, match=complaint):
        stream_value([block])


def test_time_limits_pass_through_for_lessons():
    [block] = stream_value([{"type": "time_limits", "steps": ["verify", "reply_window"]}])

    assert (block["type"], block["value"]) == ("time_limits", ["verify", "reply_window"])
