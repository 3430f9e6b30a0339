"""Every block shows what its editor wrote, and data where data belong."""

import pytest
from django.template import Context, Template
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from content.blocks import ReadingBody, SourceBlock
from content.models import OfficialChannel, Regulation
from content.services import stream_value

BLOCKS = [
    ({"type": "paragraph", "value": "<h2>Judul</h2><p>Isi</p>"}, ["<h2", "Judul", "<p", "Isi"]),
    (
        {"type": "callout", "title": "Ada bahaya?", "text": "Cari tempat aman."},
        ['class="callout callout--warn"', "Ada bahaya?", "<p>Cari tempat aman.</p>"],
    ),
    (
        {"type": "do_dont", "do": ["Sebut tempatnya"], "dont": ["Menyebut nama"]},
        ["do-dont__do", "<li>Sebut tempatnya</li>", "do-dont__dont", "<li>Menyebut nama</li>"],
    ),
    (
        {
            "type": "steps",
            "items": [{"title": "Satu", "text": "Baca"}, {"title": "Dua", "text": "Pilih"}],
        },
        ['<ol class="steps">', "<h3>Satu</h3>", "<p>Pilih</p>"],
    ),
    (
        {"type": "example", "title": "Lampu", "report": "Lampu mati.", "explanation": "Jelas."},
        ['<figure class="example">', "Lampu", "<p>Lampu mati.</p>", "Jelas."],
    ),
    (
        {"type": "self_check", "question": "Apa dulu?", "answer": "Baca dulu."},
        ['<details class="self-check"><summary>', "Apa dulu?", "Baca dulu."],
    ),
    (
        {"type": "term", "term": "Disposisi", "meaning": "Penerusan ke unit."},
        ["<dt>Disposisi</dt>", "Penerusan ke unit."],
    ),
]


def shown(blocks: list) -> str:
    value = ReadingBody().to_python(blocks)
    template = Template("{% load wagtailcore_tags %}{% include_block body %}")
    return template.render(Context({"body": value}))


@pytest.mark.parametrize(("block", "parts"), BLOCKS, ids=[block["type"] for block, _ in BLOCKS])
def test_each_block_shows_its_words(db, block, parts):
    html = shown(stream_value([block]))

    assert [part for part in parts if part not in html] == []


def test_regulations_show_number_status_and_day_of_the_check(site):
    html = shown(
        stream_value([{"type": "regulations", "keys": ["permenpanrb_62_2018", "uu_25_2009"]}])
    )

    former = Regulation.objects.get(key="permenpanrb_62_2018")
    assert former.number in html
    assert former.replaced_by.number in html
    assert former.get_status_display() in html
    assert "20 November 2026" in html
    assert html.index(former.number) < html.index("Undang-Undang Nomor 25 Tahun 2009")


def test_a_regulation_that_was_deleted_leaves_no_hole(site):
    blocks = stream_value([{"type": "regulations", "keys": ["uu_25_2009", "uu_37_2008"]}])
    Regulation.objects.get(key="uu_25_2009").delete()

    html = shown(blocks)

    assert "Undang-Undang Nomor 37 Tahun 2008" in html
    assert html.count('role="rowheader"') == 1


def test_channels_are_read_when_the_page_is_shown(site):
    blocks = stream_value([{"type": "channels"}])
    OfficialChannel.objects.filter(key="sms").update(address="999")

    with translation.override("en"):
        html = shown(blocks)

    assert "999" in html
    assert "1708" not in html.replace("@LAPOR1708", "")
    assert "Text message (SMS)" in html
    assert "21 November 2026" in html


# Wagtail leaves the closing of a rendition's temporary file to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_picture_has_its_alternative_text_and_caption(db):
    image = get_image_model().objects.create(title="Papan", file=get_test_image_file())
    value = {"image": image.pk, "alt_text": "Papan informasi", "decorative": False}

    html = shown([{"type": "picture", "value": {"image": value, "caption": "Di loket"}}])

    assert 'alt="Papan informasi"' in html
    assert "<figcaption>Di loket</figcaption>" in html


def test_a_source_says_when_it_was_read_by_its_label():
    with translation.override("en"):
        assert str(SourceBlock().child_blocks["read_on"].label) == "Date read"
