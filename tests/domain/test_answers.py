"""An officer's answer is read as a fair supervisor would read it, whatever its spelling."""

import pytest

from sandbox.domain.answers import Element, Flaw, automatic_fails, flaws
from sandbox.domain.answers.plainness import syllables
from tests.domain.readings import read

GOOD = """Yth. Pelapor,
terima kasih atas laporan Anda. Petugas Dinas Perhubungan memeriksa lampu di Jalan Kenanga pada
Rabu, 11 Maret 2026 dan menemukan kabel yang putus. Kabel akan kami ganti paling lambat Jumat,
13 Maret 2026. Foto kabel kami lampirkan. Bila lampu masih padam, silakan balas laporan ini."""


def test_a_good_answer_has_all_five_elements_and_no_flaw():
    reading = read(GOOD)
    assert reading.elements == set(Element)
    assert flaws(reading) == automatic_fails(reading) == ()
    assert reading.long_sentences == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\u200b ",
        "Terima kasih.",
        "Baik, akan kami koordinasikan.",
        "SUDAH KAMI TERUSKAN KE DINAS PERHUBUNGAN. TERIMA KASIH.",
        "trm ksh lap. sdh kmi teruskan ke dinas terkait utk ditindaklanjuti",
        "Laporan Anda tanggal 9 Maret 2026 akan kami tindak lanjuti.",
        "Yth. Pelapor, laporan Anda sedang kami proses sesuai ketentuan. Harap maklum.",
        "Sudah kami koordinasikan. Kami berkomitmen memberi pelayanan terbaik.",
    ],
)
def test_passing_on_and_courtesy_alone_are_empty(text):
    assert read(text).is_empty_promise
    assert Flaw.EMPTY in automatic_fails(read(text))


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "Akan kami koordinasikan dengan PLN paling lambat Jumat.",
        "Lampu sudah kami ganti.",
        "Petugas akan mengecek lampu.",
        "Jadwal pencairan tertempel di kantor desa setiap Senin. Bawalah KTP asli.",
    ],
)
def test_an_answer_with_a_day_or_with_work_is_not_empty(text):
    assert not read(text).is_empty_promise


@pytest.mark.parametrize(
    "day",
    [
        "Jumat, 13 Maret 2026",
        "13 Maret",
        "13/3/2026",
        "13-03-2026",
        "13.3.2026",
        "hari Jumat",
        "hari Jum'at",
        "hari Jum’at",
        "hr jmt",
        "besok",
        "bsk",
        "LUSA",
        "hari Minggu",
        "\U0001d409\U0001d42e\U0001d426\U0001d41a\U0001d42d",
        "paling lambat akhir pekan ini",
        "plg lmbt tgl 13",
        "dalam dua hari kerja",
        "2x24 jam",
        "pada\nJumat",
    ],
)
def test_a_promise_with_a_day_is_kept_to(day):
    assert read(f"Lampu akan kami ganti {day}.").promises_without_date == ()


@pytest.mark.parametrize(
    "promise",
    [
        "Lampu akan kami ganti.",
        "Lampu segera kami ganti.",
        "lampu akn kmi ganti sgr",
        "Dalam waktu dekat lampu kami ganti.",
        "Lampu akan kami ganti dalam beberapa minggu.",
        "Apabila anggaran tersedia, lampu akan kami ganti.",
        "Lampu yang padam sejak Senin akan segera kami perbaiki.",
        "Setelah kami tinjau pada Rabu, 11 Maret 2026, lampu akan segera kami ganti.",
    ],
)
def test_a_promise_without_a_day_is_returned_as_typed(promise):
    assert read(f"Terima kasih. {promise}").promises_without_date == (promise,)


@pytest.mark.parametrize(
    "text",
    [
        "Kami akan mengganti lampu. Pekerjaan selesai paling lambat Jumat, 13 Maret 2026.",
        "Jumat, 13 Maret 2026 petugas akan mengganti lampu.",
        "Apabila lampu masih padam, laporan akan kami buka kembali.",
        "Identitas Anda akan kami rahasiakan.",
        "Bila Anda melihat percikan, segera hubungi kami.",
    ],
)
def test_what_needs_no_day_of_its_own_is_no_flaw(text):
    assert read(text).promises_without_date == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Petugas menemukan kabel yang putus pada Rabu, 11 Maret 2026.",
        "Petugas meninjau lokasi pada Rabu. Kabel di panel putus.",
        "sdh kmi cek td hari rabu, lampu mati krn kabel putus.",
        "Setelah kami periksa, kabelnya putus.",
        "Tim tidak menemukan kebocoran di panel.",
        "Tim Bina Marga sudah ke lokasi kemarin. Ada tiga lubang di depan balai desa.",
        "Berdasarkan peninjauan tanggal 10 Maret 2026, saluran tersumbat lumpur.",
        "Gangguan berasal dari sekring panel.",
        "Jalan itu bukan jalan kabupaten, melainkan jalan provinsi.",
    ],
)
def test_what_was_found_is_a_finding(sentence):
    assert Element.FINDING in read(sentence).elements


@pytest.mark.parametrize(
    "sentence",
    [
        "Petugas akan memeriksa lokasi pada Rabu. Kami kabari hasilnya.",
        "Petugas akan ke lokasi pada Kamis. Hasilnya kami sampaikan pada hari yang sama.",
        "Petugas belum menemukan sebabnya.",
        "Petugas sudah meninjau lokasi pada Rabu.",
        "Petugas memasang lampu paling lambat Jumat. Foto kami lampirkan.",
    ],
)
def test_having_looked_or_meaning_to_look_is_no_finding(sentence):
    assert Flaw.NO_FINDING in flaws(read(sentence))


@pytest.mark.parametrize(
    ("text", "leak"),
    [
        ("Yth. SARI  WULANDARI, terima kasih.", "Sari Wulandari"),
        ("Yth. sari\nwulandari, terima kasih.", "Sari Wulandari"),
        ("Sári Wulan\u00addari", "Sari Wulandari"),
        ("Lampu di rumah sari sudah menyala.", "Sari"),
        ("Bu Sari, lampu sudah menyala.", "Sari"),
        ("Ibu Wulandari, lampu sudah menyala.", "Wulandari"),
        ("rumah di gg. melati no. 12 dusun krajan", "Gang Melati Nomor 12, Dusun Krajan"),
        ("Kami menelepon +62 812 0000.0000 tadi.", "0812-0000-0000"),
        ("NIK 9999 0000-0000 0001.", "9999000000000001"),
    ],
)
def test_the_reporters_data_are_found_however_written(text, leak):
    assert leak in read(text).leaks
    assert flaws(read(text))[0] is Flaw.LEAK
    assert Element.COURTESY not in read(text).elements


@pytest.mark.parametrize(
    ("identity", "text"),
    [
        ("Sari Wulandari", "Sarinya kesari, lampu Wulandari Indah."),
        ("Ani Santoso", "Lampu ani-ani."),
        ("Hari Santoso", "Lampu menyala pada hari Jumat."),
        ("Melati Pertiwi", "Lampu UPT Puskesmas Melati."),
        ("Dusun Krajan", "Lampu dusun lain."),
        ("9999000000000001", "99990000000000012"),
        ("", "Lampu."),
    ],
)
def test_other_words_and_offices_are_no_leak(identity, text):
    assert read(text, identity=(identity,)).leaks == ()


def test_a_name_that_is_also_a_word_is_a_leak_after_a_form_of_address():
    assert read("Bapak Hari, lampu menyala.", identity=("Hari Santoso",)).leaks == ("Hari",)


@pytest.mark.parametrize(
    "text",
    [
        "Lampu padam akibat ulah warga.",
        "Anda seharusnya membaca pengumuman.",
        "Lampu padam karena PLN tidak merawat kabelnya.",
        "Warga sekitar membuang sampah semaunya.",
        "Lain kali laporkan ke ketua RT dahulu.",
        "Ini bukan kesalahan kami.",
    ],
)
def test_blame_is_found_on_the_reporter_and_on_others(text):
    assert read(text).blames
    assert Flaw.BLAME in flaws(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ini bukan kesalahan Anda. Kami mohon maaf atas kelalaian kami.",
        "Dinas Perhubungan mengganti lampu paling lambat Jumat.",
        "Bila petugas atau pihak sekolah tidak mau melayani, silakan balas laporan ini.",
        "Anda dapat memilih salah satu loket. Warga tidak perlu membayar.",
        "Kami mengimbau warga tidak membuang sampah sembarangan.",
        "Bantuan yang seharusnya Anda terima pada Senin sudah kami kirim.",
        "Lampu padam karena kabelnya tidak kuat.",
    ],
)
def test_causes_and_advice_are_no_blame(text):
    assert read(text).blames == ()


@pytest.mark.parametrize(
    ("text", "is_without"),
    [
        ("Lampu itu bukan kewenangan kami.", True),
        ("Lampu itu bukan wewenang Dinas Perhubungan.", True),
        ("BKN KEWENANGAN KAMI, SILAKAN KE INSTANSI LAIN.", True),
        ("Lampu itu bukan kewenangan kami. Laporan kami teruskan ke PLN.", False),
        ("Di luar kewenangan kami. Dinas Perhubungan Provinsi Nusa Lestari merawatnya.", False),
        ("Lampu itu kewenangan kami.", False),
    ],
)
def test_what_is_not_ours_needs_a_destination(text, is_without):
    assert read(text).not_ours_without_destination is is_without
    assert (Flaw.NO_DESTINATION in automatic_fails(read(text))) is is_without


@pytest.mark.parametrize(
    ("stem", "text", "is_met"),
    [
        ("nyala", "Sudah dinyalakan.", True),
        ("kirim", "Kami mengirim truk.", True),
        ("pasang", "PEMASANGAN besok.", True),
        ("truk", "Struktur baru.", False),
        ("lampu jalan", "Lampu jalannya menyala.", True),
        ("ktp", "e-KTP Anda siap.", True),
    ],
)
def test_the_point_is_met_by_its_words_with_any_affix(stem, text, is_met):
    reading = read(text, point_words=(stem,))
    assert reading.addresses_point is is_met
    assert (Flaw.BESIDE in automatic_fails(reading)) is not is_met


def test_evidence_is_an_attachment_or_the_reason_for_none():
    assert Element.EVIDENCE in read("Lampu.").elements
    assert Element.EVIDENCE not in read("Foto terlampir.", evidence_chosen=False).elements
    reason = "Belum ada foto karena lokasi masih tergenang."
    assert Element.EVIDENCE in read(reason, evidence_chosen=False).elements


def test_officialese_comes_with_a_plainer_word():
    jargon = dict(read("Hal dimaksud kami cek dalam rangka perbaikan.").jargon)
    assert jargon == {"dimaksud": "itu", "dalam rangka": "untuk"}


def test_abbreviations_and_numbered_lists_end_no_sentence():
    long = "Yth. Bpk. Ketua RT. 02 di Jl. Kenanga, " + "lampu " * 20 + "padam."
    text = f"Terima kasih.\n1. Lampu diganti.\n2. Tiang dicat.\n{long}"
    assert read(text).long_sentences == (" ".join(long.split()),)


@pytest.mark.parametrize(
    ("word", "number"),
    [("saat", 2), ("pulau", 2), ("pulaunya", 3), ("laut", 2), ("ditindaklanjuti", 6), ("pln", 0)],
)
def test_syllables_are_counted_as_indonesian_speaks_them(word, number):
    assert syllables(word) == number


def test_plain_words_are_easier_than_officialese():
    plain = read("Petugas kami datang hari Rabu. Kabel lampu putus. Besok kami ganti.")
    official = read(
        "Menindaklanjuti pengaduan dimaksud, Dinas Pekerjaan Umum telah melaksanakan peninjauan "
        "lapangan guna menginventarisasi permasalahan, adapun penanganannya diprioritaskan "
        "berdasarkan ketersediaan anggaran."
    )
    assert official.readability < 50
    assert plain.readability > 90
    assert official.long_sentences == ()
    assert read("").readability == 0
