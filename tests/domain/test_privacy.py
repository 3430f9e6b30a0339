"""Real people's data are recognised however they are typed; what nobody can have is not."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.domain.privacy import PersonalData, personal_data_in

ASCII = "0123456789"
WIDE = str.maketrans(ASCII, "".join(chr(0xFF10 + digit) for digit in range(10)))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIK saya 3201015708900001", "national_id"),
        ("nik:3201015708900001.", "national_id"),
        ("NIK3201015708900001", "national_id"),
        ("NIK 32010157089000012", "national_id"),
        ("3201 0157 0890 0001", "national_id"),
        ("3201  0157  0890  0001", "national_id"),
        ("3201-0157-0890-0001", "national_id"),
        ("3201 - 0157 - 0890 - 0001", "national_id"),
        ("3201/0157/0890/0001", "national_id"),
        ("3201_0157_0890_0001", "national_id"),
        ("32.01.01.570890.0001", "national_id"),
        ("32 01 01 57 08 90 00 01", "national_id"),
        ("umur 45 3201 0157 0890 0001", "national_id"),
        ("3201015708900001".translate(WIDE), "national_id"),
        ("hubungi 081234567890", "phone"),
        ("WA 0812-3456-7890 ya", "phone"),
        ("0812–3456–7890", "phone"),
        ("0812—3456—7890", "phone"),
        ("0812_3456_7890", "phone"),
        ("0812:3456:7890", "phone"),
        ("0812\u00a03456\u00a07890", "phone"),
        ("0812\u200b3456\u200b7890", "phone"),
        ("0812\u200d3456\u20607890", "phone"),
        ("08\u00ad1234567890", "phone"),
        ("081234567890".translate(WIDE), "phone"),
        ("٠٨١٢٣٤٥٦٧٨٩٠", "phone"),
        ("0\ufe0f\u20e38\ufe0f\u20e3 1234567890", "phone"),
        ("+62 812 3456 7890", "phone"),
        ("+6281234567890", "phone"),
        ("6281234567890", "phone"),
        ("0062 812 3456 7890", "phone"),
        ("+62 (812) 3456 7890", "phone"),
        ("+62 (0) 812-3456-7890", "phone"),
        ("(0812) 3456789", "phone"),
        ("812 3456 7890", "phone"),
        ("O812 3456 7890", "phone"),
        ("o8l2-3456-789O", "phone"),
        ("telepon (021) 5550123", "phone"),
        ("kantor 0274-555012", "phone"),
        ("0274/555012", "phone"),
        ("0215551234", "phone"),
        ("021 555 1234", "phone"),
        ("+62 21 555 1234", "phone"),
        ("nol delapan satu dua tiga empat lima enam tujuh", "phone"),
        ("Kosong-Delapan-Satu-Dua-Tiga-Empat-Lima-Enam-Tujuh", "phone"),
        ("zero eight one two three four five six seven", "phone"),
        ("nol 8 satu 2 tiga empat 5678", "phone"),
        ("surel budi@kantor.go.id", "email"),
        ("Budi.Contoh+lapor@Surat.co.id,", "email"),
        ("budi @ surat.com", "email"),
        ("budi(at)surat.com", "email"),
        ("budi [at] surat [dot] com", "email"),
        ("budi\uff20surat\uff0ecom", "email"),
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
        "Rp 3.000.000.000.000.000",
        "Rp3.201.015.708.900.001,00",
        "anggaran IDR 12.500.000.000",
        "tagihan Rp81.234.567.890",
        "sebesar 850.000.000",
        "8.500.000.000 rupiah",
        "1.081.234.567.890",
        "RT 02 RW 08, rumah nomor 112",
        "RT/RW 021/005",
        "RT 021/RW 005 55123",
        "lampu tiang 0087 dan 0088 mati",
        "tiang 0087-0088 di RT 021",
        "tiang 0812, 0813, 0814",
        "buka 08.00-16.00",
        "buka 08.15-12.00 13.00-16.00",
        "08.00–12.00, lalu 13.00–16.00",
        "20-11-2026 08.00-16.00",
        "2026-11-20 08:00-16:00",
        "diterima 02/11/2026 08.00",
        "tahun 2019 2020 2021 2022",
        "surat 005/1234/DISDIK/2026",
        "surat 045/1234/2026",
        "LP/B/123/XI/2026",
        "hubungi 112 atau 1500-771",
        "telepon bebas pulsa 0800-1-500-123",
        "NIK 9912343213450000",
        "0810-0000-0000-123",
        "KTP hilang, hubungi 0810-0000-0000-007",
        "pasal 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "satu dua tiga empat lima enam tujuh delapan",
        "-6.2088, 106.8456",
        "tulis ke bantuan@contoh.test",
        "Bantuan@CONTOH.TEST",
        "@kominfo sudah ditandai. Lalu diam",
    ],
)
def test_ordinary_words_and_numbers_and_our_fiction_pass(text):
    assert personal_data_in(text) == set()


def test_every_kind_in_one_text_is_named():
    text = "3201015708900001, 081234567890 atau budi@surat.id"
    assert personal_data_in(text) == set(PersonalData)


GAPS = ("", "", " ", "  ", ".", "-", " - ", "–", "—", "/", "\\", "_", "(", ")", ") ", "\n")
UNSEEN_GAPS = ("\u00a0", "\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff")


@st.composite
def typed(draw: st.DrawFn, digits: st.SearchStrategy[str]) -> str:
    """A number with anything between its digits, in either form of digits."""
    form = draw(st.sampled_from(({}, WIDE)))
    gap = st.sampled_from(GAPS + UNSEEN_GAPS)
    first, *rest = draw(digits).translate(form)
    return first + "".join(draw(gap) + digit for digit in rest)


def number(least: int, most: int, width: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(lambda value: f"{value:0{width}}")


birthdays = st.one_of(number(1, 31, 2), number(41, 71, 2))
identities = st.tuples(
    number(11, 97, 2), number(0, 9999, 4), birthdays, number(1, 12, 2), number(0, 999_999, 6)
).map("".join)
mobiles = st.tuples(
    st.sampled_from(("08", "628", "00628")), st.integers(1, 9).map(str), st.text(ASCII, min_size=6,
    max_size=10),
).map("".join)  # fmt: skip


@given(typed(identities))
def test_a_possible_identity_number_is_refused_however_it_is_typed(text):
    assert PersonalData.NATIONAL_ID in personal_data_in(f"Warga dengan {text}, mohon dibantu")


@given(typed(mobiles), st.sampled_from(("", "+", "WA")))
def test_a_mobile_number_is_refused_however_it_is_typed(text, before):
    assert PersonalData.PHONE in personal_data_in(f"Hubungi {before}{text} ya")


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "1o", "@", "a@", "@a.", " ", "1.", "nol ", "(", "Rp 1.000", "nik ", "08.00-",
     "3.000", "[at", "é", "01-"],
)  # fmt: skip
def test_no_text_is_slow_to_read(piece):
    text = piece * (100_000 // len(piece)) + "x"
    start = perf_counter()
    personal_data_in(text)
    assert perf_counter() - start < 5
