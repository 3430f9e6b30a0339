"""An editor's day: change, preview, translate, keep reference data fresh."""

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from content.models import (
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    OfficialChannel,
    Regulation,
)
from content.selectors import pages_without_english, stale_references
from tests.content.conftest import page_at


def campaign_form(**changes) -> dict:
    """Return what the editor's browser sends for a small campaign."""
    line = streamfield([("item", "Jalan yang rusak")])
    form = {
        "title": "Jaga layanan",
        "slug": "jaga-layanan",
        "audience": "Anak muda",
        "message": "Dari unggahan marah ke laporan yang berguna.",
        "summary": line,
        "can_report": line,
        "cannot_report": line,
        "body": streamfield([("callout", {"title": "Ingat", "text": "Simpan nomornya."})]),
        "easy_read": rich_text("<p>Tulis pendek.</p>"),
        "call_to_action": "Lihat cara melapor",
        "opens_on": "2026-11-01",
        "closes_on": "",
        "sources": streamfield([]),
        "reviewed_on": "2026-11-20",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
    }
    return nested_form_data(form | changes)


def test_an_editor_publishes_a_new_campaign_and_strangers_read_it(desk, stranger, site):
    parent = page_at("kampanye")
    address = reverse("wagtailadmin_pages:add", args=["content", "campaignpage", parent.pk])

    response = desk.post(address, campaign_form() | {"action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    page = stranger.get("/kampanye/jaga-layanan/").content.decode()
    assert "Simpan nomornya." in page
    assert "Dari unggahan marah" in page


def test_an_editors_change_is_a_draft_until_it_is_published(desk, stranger, campaign):
    address = reverse("wagtailadmin_pages:edit", args=[campaign.pk])
    form = campaign_form(title="Aman melapor", slug="aman-melapor", message="Pesan yang baru.")

    desk.post(address, form)
    assert "Pesan yang baru." not in stranger.get("/kampanye/aman-melapor/").content.decode()

    response = desk.post(address, form | {"action-publish": "1"})
    assert response.status_code == 302
    assert "Pesan yang baru." in stranger.get("/kampanye/aman-melapor/").content.decode()
    campaign.refresh_from_db()
    assert campaign.message == "Pesan yang baru."


def test_a_form_without_a_message_is_refused_and_changes_nothing(desk, campaign):
    address = reverse("wagtailadmin_pages:edit", args=[campaign.pk])

    response = desk.post(address, campaign_form(message="") | {"action-publish": "1"})

    assert response.status_code == 200
    assert response.context["form"].has_error("message")
    message = campaign.message
    campaign.refresh_from_db()
    assert campaign.message == message


def test_the_editor_of_a_campaign_is_told_for_whom_to_write(desk, campaign):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).content.decode()

    assert "800" in page


@pytest.mark.parametrize(
    ("slug", "mode"),
    [
        ("beranda", ""),
        ("tentang", ""),
        ("kampanye", ""),
        ("aman-melapor", ""),
        ("aman-melapor", "mudah"),
        ("aman-melapor", "poster"),
        ("wilayah", ""),
        ("bali", ""),
    ],
)
def test_every_page_type_can_be_previewed(desk, site, slug, mode):
    page = page_at(slug).specific
    page.title = "Judul dalam pratinjau"
    page.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])

    response = desk.get(address, {"mode": mode} if mode else {})

    assert response.status_code == 200
    assert "Judul dalam pratinjau" in response.content.decode()


def test_a_campaign_sent_for_translation_becomes_an_english_draft_and_then_a_page(
    desk, stranger, site, django_capture_on_commit_callbacks
):
    page_at("kampanye").add_child(
        instance=CampaignPage(
            title="Jaga layanan",
            slug="jaga-layanan",
            audience="Anak muda",
            message="Pesan",
            call_to_action="Lihat",
            opens_on=date(2026, 11, 1),
            reviewed_on=date(2026, 11, 1),
            locale=Locale.objects.get(language_code="id"),
            summary=[("item", "Baris")],
            body=[("callout", {"title": "Ingat", "text": "Simpan nomornya."})],
        )
    )
    campaign = page_at("jaga-layanan").specific
    english = Locale.objects.get(language_code="en")

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            reverse("wagtail_localize:submit_page_translation", args=[campaign.pk]),
            {"locales": [english.pk]},
        )

    translation = Translation.objects.get(target_locale=english)
    texts = StringSegment.objects.filter(source=translation.source).values_list(
        "string__data", flat=True
    )
    assert {"Jaga layanan", "Anak muda", "Pesan", "Simpan nomornya."} <= set(texts)
    draft = campaign.get_translation(english)
    assert campaign.live
    assert not draft.live
    assert stranger.get(f"/en/kampanye/{draft.slug}/").status_code == 404
    assert draft.get_parent().specific == page_at("kampanye", "en").specific

    translate(translation, "Simpan nomornya.", "Keep its number.")
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)

    assert "Keep its number." in stranger.get(f"/en/kampanye/{draft.slug}/").content.decode()


def translate(translation: Translation, text: str, english: str) -> None:
    segment = StringSegment.objects.get(source=translation.source, string__data=text)
    segment.string.translations.create(
        locale=translation.target_locale, context=segment.context, data=english
    )


def test_dates_of_a_campaign_follow_the_original_and_cannot_drift(site):
    fields = {field.field_name: field for field in CampaignPage.override_translatable_fields}

    assert not fields["opens_on"].is_overridable(CampaignPage())
    assert TranslationSource.objects.count() == 0


@pytest.mark.parametrize("model", [Regulation, OfficialChannel])
def test_reference_data_can_be_listed_filtered_edited_and_traced(desk, site, model):
    views = model.snippet_viewset
    entry = model.objects.first()

    listing = desk.get(reverse(views.get_url_name("list")), {"checked_on_from": "2026-01-01"})
    assert str(entry.checked_on.year) in listing.content.decode()
    for view in ("edit", "history", "usage", "inspect"):
        assert desk.get(reverse(views.get_url_name(view), args=[entry.pk])).status_code == 200


def test_an_editors_check_of_a_channel_shows_on_the_page_and_in_the_history(desk, stranger, site):
    channel = OfficialChannel.objects.get(key="sms")
    views = OfficialChannel.snippet_viewset
    names = ("key", "name", "name_en", "kind", "address", "note", "note_en", "source")
    form = {name: getattr(channel, name) for name in names}

    desk.post(
        reverse(views.get_url_name("edit"), args=[channel.pk]),
        form | {"address": "1710", "checked_on": "2026-12-01"},
    )

    assert channel.history.count() == 2
    page = stranger.get("/cara-melapor/").content.decode()
    assert "1710" in page
    assert "1 Desember 2026" in page


def test_the_admins_home_lists_what_wants_attention(desk, site):
    assert "uu_25_2009" not in desk.get(reverse("wagtailadmin_home")).content.decode()
    Regulation.objects.filter(key="uu_25_2009").update(checked_on=date(2020, 1, 1))
    page_at("tentang", "en").unpublish()

    page = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "Undang-Undang Nomor 25 Tahun 2009" in page
    assert "Tentang situs ini" in page


def test_what_is_stale_and_what_is_untranslated(site):
    Regulation.objects.filter(key="uu_25_2009").update(checked_on=date(2026, 1, 1))

    assert [entry.key for entry in stale_references(date(2026, 4, 1))] == []
    assert [entry.key for entry in stale_references(date(2026, 4, 2))] == ["uu_25_2009"]
    assert not pages_without_english().exists()
    page_at("tentang", "en").delete()
    assert [page.slug for page in pages_without_english()] == ["tentang"]


def test_pages_stand_only_where_they_belong():
    assert CampaignPage.allowed_parent_page_models() == [CampaignIndexPage]
    assert ArticlePage.allowed_subpage_models() == []
    assert Page not in CampaignIndexPage.allowed_subpage_models()
