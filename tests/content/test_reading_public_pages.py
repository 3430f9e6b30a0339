"""Strangers read what is declared public, in both languages, without leaving a trace."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from wagtail.models import Page

from content.models import CampaignPage
from content.services import stream_value

PAGES = {
    "/": ["Di sini petugas SP4N-LAPOR! belajar", "Saya warga", "Aman melapor"],
    "/kampanye/": ["Kampanye", "Suaramu sampai"],
    "/kampanye/aman-melapor/": ["Keselamatan Anda lebih dulu", "Siapkan cara yang aman"],
    "/kampanye/aman-melapor/?versi=mudah": ["Ini bukan salah Anda"],
    "/kampanye/aman-melapor/?versi=poster": ["/kampanye/aman-melapor/", "<svg"],
    "/wilayah/": ["Provinsi Bali", "WITA"],
    "/wilayah/kabupaten-badung/": ["51.03", "WITA", "desa adat", "Limawaktu.id"],
    "/cara-melapor/": ["lapor.go.id", "1708", "112", "21 November 2026"],
    "/tentang/": ["Ruang praktik bukan SP4N-LAPOR!"],
    "/en/": ["Here SP4N-LAPOR! officers learn", "I am a citizen"],
    "/en/kampanye/": ["Campaigns", "Report safely"],
    "/en/kampanye/aman-melapor/": ["Your safety comes first", "Prepare a safe way"],
    "/en/kampanye/aman-melapor/?versi=mudah": ["It is not your fault"],
    "/en/wilayah/bali/": ["Bali Province", "one hour ahead of WIB"],
    "/en/cara-melapor/": ["How to report", "SP4N-LAPOR! website"],
}


@pytest.mark.parametrize(("address", "words"), PAGES.items(), ids=list(PAGES))
def test_strangers_read_the_public_pages_in_both_languages(stranger, site, address, words):
    response = stranger.get(address)

    assert response.status_code == 200
    page = response.content.decode()
    assert [word for word in words if word not in page] == []
    assert page.count("<h1") == 1
    assert f'<html lang="{"en" if address.startswith("/en/") else "id"}"' in page


@pytest.mark.parametrize("address", ["/", "/kampanye/suaramu-sampai/", "/wilayah/bali/"])
def test_public_pages_may_be_kept_for_five_minutes_and_start_no_session(stranger, site, address):
    response = stranger.get(address)

    assert response["Cache-Control"] == "public, max-age=300"
    assert not response.cookies
    assert not Session.objects.exists()


def test_what_a_signed_in_person_sees_is_nobody_elses(desk, site):
    assert "public" not in desk.get("/")["Cache-Control"]


def test_a_page_with_a_quick_exit_is_not_kept(stranger, campaign):
    response = stranger.get("/kampanye/aman-melapor/")

    assert "no-store" in response["Cache-Control"]
    assert "data-quick-exit" in response.content.decode()
    assert "data-quick-exit" not in stranger.get("/kampanye/suaramu-sampai/").content.decode()


def test_the_quick_exit_leads_to_a_page_that_says_nothing(stranger, campaign):
    response = stranger.get("/kalender/")

    page = response.content.decode().lower()
    assert response.status_code == 200
    assert [
        word for word in ("lapor", "pengaduan", "kampanye") if word in page.split("<body")[1]
    ] == []


def test_the_head_describes_the_page_and_names_its_address(stranger, site, settings):
    page = stranger.get("/kampanye/suaramu-sampai/").content.decode()

    assert '<meta name="description" content="Tulis apa, di mana, kapan.' in page
    address = f"{settings.SITE_URL}/kampanye/suaramu-sampai/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert 'hreflang="id"' in page
    assert 'hreflang="en"' in page


def test_a_page_type_that_declares_nothing_is_not_for_strangers(stranger, site):
    secret = Page(title="Rahasia dapur", slug="rahasia")
    site.add_child(instance=secret)

    response = stranger.get("/rahasia/")

    assert response.status_code == 302
    assert response.url == "/masuk/?next=/rahasia/"


def test_the_way_to_the_official_channel_names_its_host_before_it_leads_there(stranger, site):
    page = stranger.get("/cara-melapor/").content.decode()

    assert page.index('<dd lang="id">lapor.go.id</dd>') < page.index('href="https://lapor.go.id/"')
    assert 'href="sms:1708"' in page
    assert 'href="tel:112"' in page
    assert 'href="https://lapor.go.id/"' not in stranger.get("/kampanye/suaramu-sampai/").text


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "words", "is_readable"),
    [
        (date(2999, 1, 1), None, "1 Januari 2999", False),
        (date(2020, 1, 1), date(2020, 2, 1), "1 Februari 2020", True),
    ],
)
def test_a_campaign_that_is_not_open_says_so_kindly(
    stranger, campaign, opens_on, closes_on, words, is_readable
):
    CampaignPage.objects.filter(pk=campaign.pk).update(opens_on=opens_on, closes_on=closes_on)

    page = stranger.get("/kampanye/aman-melapor/").content.decode()

    assert words in page
    assert ("Siapkan cara yang aman" in page) is is_readable
    assert "Aman melapor" in stranger.get("/kampanye/").content.decode()
    assert "Aman melapor" not in stranger.get("/").content.decode()


def test_an_unknown_version_and_a_missing_easy_one_show_the_campaign_itself(stranger, campaign):
    CampaignPage.objects.filter(pk=campaign.pk).update(easy_read="")

    for address in ("?versi=mudah", "?versi=apa-saja"):
        page = stranger.get(f"/kampanye/aman-melapor/{address}").content.decode()
        assert "Siapkan cara yang aman" in page
    assert 'href="?versi=mudah"' not in page


def test_hostile_text_stays_text(stranger, site, campaign):
    attack = '<script>alert("x")</script>'
    lines = [attack]
    campaign.message = attack
    campaign.summary = [("item", attack)]
    campaign.body = stream_value(
        [
            {"type": "callout", "title": attack, "text": attack},
            {"type": "do_dont", "do": lines, "dont": lines},
            {"type": "steps", "items": [{"title": attack, "text": attack}]},
            {"type": "example", "title": attack, "report": attack, "explanation": attack},
            {"type": "self_check", "question": attack, "answer": attack},
            {"type": "term", "term": attack, "meaning": attack},
        ]
    )
    campaign.save_revision().publish()

    for version in ("", "?versi=poster"):
        page = stranger.get(f"/kampanye/aman-melapor/{version}").content.decode()
        assert "alert(" in page
        assert "<script>alert" not in page


def test_a_campaign_costs_few_queries(stranger, campaign, django_assert_max_num_queries):
    stranger.get("/kampanye/suaramu-sampai/")

    with django_assert_max_num_queries(CAMPAIGN_QUERIES):
        stranger.get("/kampanye/suaramu-sampai/?versi=")


CAMPAIGN_QUERIES = 14  # measured; a longer text must not add to it


def test_search_engines_get_the_map_of_public_pages_alone(stranger, site, settings):
    site.add_child(instance=Page(title="Rahasia dapur", slug="rahasia"))

    sitemap = stranger.get("/sitemap.xml").content.decode()

    assert f"<loc>{settings.SITE_URL}/en/wilayah/bali/</loc>" in sitemap
    assert "rahasia" not in sitemap
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in stranger.get("/robots.txt").text
