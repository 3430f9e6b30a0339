"""Real people's data are recognised; years, prices, case numbers and our fiction are not."""

import pytest

from sandbox.domain.privacy import PersonalData, personal_data_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIK saya 3201015708900001", "national_id"),
        ("nik:3201015708900001.", "national_id"),
        ("3201 0157 0890 0001", "national_id"),
        ("3201-0157-0890-0001", "national_id"),
        ("32.01.01.570890.0001", "national_id"),
        ("hubungi 081234567890", "phone"),
        ("WA 0812-3456-7890 ya", "phone"),
        ("+62 812 3456 7890", "phone"),
        ("+6281234567890", "phone"),
        ("6281234567890", "phone"),
        ("(0812) 3456789", "phone"),
        ("telepon (021) 5550123", "phone"),
        ("kantor 0274-555012", "phone"),
        ("surel budi@kantor.go.id", "email"),
        ("Budi.Contoh+lapor@Surat.co.id,", "email"),
        ("a@contoh.test.evil.id", "email"),
        ("a@bukan-contoh.test", "email"),
    ],
)
def test_personal_data_are_recognised(text, kind):
    assert personal_data_in(text) == {PersonalData(kind)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mohon sebutkan nama jalan dan satu patokan.",
        "LTH-0007 diterima 4 Maret 2026 pukul 09.00 WITA",
        "Rp1.250.000 per bulan, sejak 2019",
        "Rp 300.000.000",
        "RT 02 RW 08, rumah nomor 112",
        "lampu tiang 0087 dan 0088 mati",
        "tagihan Rp81.234.567.890",
        "tulis ke bantuan@contoh.test",
        "Bantuan@CONTOH.TEST",
        "@kominfo sudah ditandai",
        "tiang 0087-0088 di RT 021",
    ],
)
def test_ordinary_words_and_numbers_pass(text):
    assert personal_data_in(text) == set()


def test_every_kind_in_one_text_is_named():
    text = "3201015708900001, 081234567890 atau budi@surat.id"
    assert personal_data_in(text) == set(PersonalData)
