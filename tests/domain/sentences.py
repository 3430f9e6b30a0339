"""Sentences about which each rule of words in the exercises that ship has to be right.

For a rule of what must be said the right ones say it; for one of what must not be said the wrong
ones do. All are as an officer might write them.
"""

from typing import NamedTuple


class Sentences(NamedTuple):
    right: tuple[str, ...]
    wrong: tuple[str, ...]


STOPPED = (
    "Akses belum ditutup.",
    "Akun itu akan ditutup besok.",
    "Mohon akses akun itu segera ditutup.",
    "Akses perlu dicabut agar penyebarannya berhenti.",
    "Sudah saya telusuri arsipnya.",
    "Penyebarannya tidak dapat dihentikan.",
)
GOT_OUT = (
    "Data yang keluar adalah nama dan nomor telepon.",
    "Nama Anda beredar di luar kantor.",
    "Kami mohon maaf nama dan nomor telepon Anda telah tersebar.",
    "Yang bocor hanya nama, bukan isi laporan.",
)
NOT_TOLD = (
    "Data yang keluar belum diketahui.",
    "Kami mohon maaf atas kejadian ini.",
    "Nama dan nomor tidak ikut keluar.",
    "Data Anda kami lindungi.",
)
SENTENCES = {
    # L3
    ("bukan-wewenang", "says_basis"): Sentences(
        (
            "Jalan itu jalan nasional, yang dikelola Balai Besar Pelaksanaan Jalan.",
            "Bukan wewenang kami, melainkan kewenangan pemerintah provinsi.",
            "Listrik diurus PLN, dan laporan Anda kami teruskan ke sana.",
            "SMA menjadi tanggung jawab provinsi.",
            "Ruas ini berstatus jalan provinsi.",
            "The road belongs to the province.",
        ),
        (
            "Ini bukan wewenang kami.",
            "Laporan ini di luar kewenangan pemerintah kabupaten.",
            "Laporan Anda kami teruskan ke kantor itu untuk ditangani.",
            "Karena itu laporan Anda akan diurus di sana.",
            "Tugas kami bukan itu.",
        ),
    ),
    ("bukan-wewenang", "sends_away"): Sentences(
        (
            "Anda tidak perlu melapor sendiri; laporan ini kami teruskan ke PLN.",
            "Laporan Anda tidak salah alamat, dan kami teruskan ke Dinas Pendidikan Provinsi.",
            "Silakan balas laporan ini bila ada yang kurang.",
            "Tanpa harus melapor sendiri ke sana, Anda menerima kabarnya di sini.",
        ),
        (
            "Ini bukan urusan kami.",
            "Silakan lapor sendiri ke PLN.",
            "Anda dapat mengurus sendiri ke kantor itu.",
            "Laporan Anda salah alamat.",
            "Silakan langsung ke kantor provinsi.",
            "Silakan menyampaikannya dengan datang ke Balai.",
        ),
    ),
    # L5
    ("tenggat-mendekat", "interim_dated"): Sentences(
        (
            "Kabar berikutnya kami kirim paling lambat Jumat, 20 Maret 2026.",
            "Kabar berikutnya 20/3/2026.",
            "Hasil uji kami sampaikan 20-03-2026.",
            "Contoh air sudah kami ambil, hasilnya kami kabarkan Jumat.",
            "Besok kami beri tahu lagi.",
            "Hasil laboratorium keluar lusa.",
            "Kami menulis lagi tidak lewat dari 12 Maret.",
            "Dalam tiga hari Anda menerima kabar.",
            "The next word comes by 20 March 2026.",
        ),
        (
            "Keadaannya sejak Januari begitu.",
            "Air berbau sejak 3 Januari 2026.",
            "Pada Selasa, 3 Maret 2026, petugas mengambil contoh air.",
            "Petugas sudah ke lokasi pada hari Senin.",
            "Jumat lalu contoh air dikirim ke laboratorium.",
            "Hasilnya kami kabarkan secepatnya.",
            "Hari ini petugas mengambil contoh air.",
            "Kami belum dapat menyebut hari Jumat.",
            "Kabar berikutnya 31/2/2026.",
        ),
    ),
    # L6
    ("ibu-di-kursi-roda", "other_form"): Sentences(
        (
            "Bila Ibu tidak dapat naik tangga, kami layani di rumah.",
            "Petugas kami datang ke rumah pada hari yang Ibu pilih.",
            "Loket di lantai dasar sudah dibuka.",
            "Anda dapat dilayani dengan juru bahasa isyarat atau lewat tulisan.",
            "Perekaman kami lakukan dengan jemput bola.",
        ),
        (
            "Kami tidak dapat melayani di rumah.",
            "Juru bahasa isyarat belum tersedia.",
            "Mohon telepon kantor pada jam kerja.",
            "Silakan datang ke loket seperti warga lain.",
            "Kami belum bisa mengunjungi Ibu.",
        ),
    ),
    ("ibu-di-kursi-roda", "no_pity"): Sentences(
        (
            "Layanan bagi pengguna kursi roda dan warga Tuli kini dibuka.",
            "Kami mohon maaf atas kekurangan layanan kami.",
            "Penyandang disabilitas dapat memilih cara dilayani.",
        ),
        (
            "Kami kasihan kepada Ibu.",
            "Warga cacat kami dahulukan.",
            "Dengan segala keterbatasannya Ibu tetap semangat.",
            "Loket ini untuk orang normal.",
            "Penderita seperti Ibu kami bantu.",
        ),
    ),
    ("ibu-di-kursi-roda", "asked_to_phone"): Sentences(
        (
            "Ibu tidak harus datang sendiri.",
            "Anda tidak perlu menelepon kami; cukup balas laporan ini.",
            "Kami layani tanpa Ibu harus datang ke kantor.",
            "Petugas kami datang sendiri ke rumah Ibu.",
        ),
        (
            "Mohon telepon kantor pada jam kerja.",
            "Silakan menelepon bagian pelayanan.",
            "Ibu harus datang ke loket.",
            "Pemohon wajib hadir.",
            "Silakan naik ke lantai dua.",
            "Mohon Ibu datang sendiri untuk difoto.",
        ),
    ),
    # L7
    ("rapat-senin", "plan_cause"): Sentences(
        (
            "Laporan tertua tertahan di Dinas Sosial.",
            "Sebabnya pejabat penghubung Dinsos pindah.",
            "Dinas Sosial berhenti menjawab sejak pejabatnya pindah.",
        ),
        (
            "Sudah saya telusuri arsipnya.",
            "Sebabnya bukan di Dinas Sosial.",
            "Dinas Kependudukan lambat menjawab.",
        ),
    ),
    ("rapat-senin", "plan_who"): Sentences(
        (
            "Kepala Dinas Sosial menunjuk pengganti pejabat penghubung.",
            "Minta Sekretaris Daerah segera menunjuk pejabat penghubung baru.",
            "Pengganti sementara ditunjuk oleh kepala dinas.",
            "Sekretaris dinas menjadi Plt. pejabat penghubung.",
            "The head of the office appoints a successor.",
        ),
        (
            "Penggantinya belum ditunjuk.",
            "Tidak perlu menunjuk pengganti.",
            "Pengganti masih ditunggu.",
            "Semua unit diingatkan kembali.",
        ),
    ),
    ("rapat-senin", "plan_date"): Sentences(
        (
            "Target Jumat, 13 Maret 2026.",
            "Selesai 13/3/2026.",
            "Paling lambat hari ini.",
            "Hari ini juga surat dikirim.",
            "Besok pagi rapat dengan kepala dinas.",
            "Sebelum Kamis sudah ada penggantinya.",
            "Selesai Senin depan.",
            "Done by Friday.",
        ),
        (
            "Bahan rapat Senin: satu unit berhenti menjawab.",
            "Laporan tertua masuk 16 Februari 2026.",
            "Hari ini banyak laporan tertahan.",
            "Unit itu tidak menjawab sejak 2 Maret.",
            "Segera ditindaklanjuti.",
            "Setiap Jumat diperiksa kembali.",
        ),
    ),
    # L8
    ("identitas-bocor", "recorded"): Sentences(
        (
            "Akses akun itu ditutup Kominfo pukul 10.15.",
            "Kominfo sudah menutup akun yang membuka daftar.",
            "Akun pembuka daftar telah dinonaktifkan oleh Kominfo.",
            "Penyebaran daftar di grup sudah dihentikan.",
            "Kami blokir akun tersebut tadi pagi.",
        ),
        STOPPED,
    ),
    ("identitas-bocor", "recorded_data"): Sentences(GOT_OUT, NOT_TOLD),
    ("identitas-bocor", "recorded_evidence"): Sentences(
        (
            "Catatan sistem sudah kami simpan untuk Inspektorat.",
            "Log akses telah diamankan.",
            "Kami menyimpan tangkapan layar grup itu sebagai bukti.",
        ),
        (
            "Catatan sistem belum disimpan.",
            "Mohon bukti disimpan.",
            "Log akses akan diamankan besok.",
            "Tidak ada bukti yang disimpan.",
        ),
    ),
    ("identitas-bocor", "recorded_told"): Sentences(
        (
            "Kejadian ini sudah dilaporkan kepada Sekretaris Daerah.",
            "Saya melapor kepada pimpinan pukul sembilan.",
            "Pimpinan sudah diberi tahu.",
        ),
        (
            "Pimpinan belum diberi tahu.",
            "Perlu dilaporkan kepada pimpinan.",
            "Kejadian ini tidak kami laporkan kepada bupati.",
            "Laporan masih dipelajari.",
        ),
    ),
    ("identitas-bocor", "informed"): Sentences(GOT_OUT, NOT_TOLD),
    ("identitas-bocor", "informed_stopped"): Sentences(
        (
            "Penyebarannya sudah kami hentikan.",
            "Akses akun itu ditutup hari ini.",
            "Akun yang membuka daftar telah diblokir.",
        ),
        STOPPED,
    ),
    # L9
    ("suara-yang-tak-sampai", "referral"): Sentences(
        (
            "Korban dirujuk ke unit pelindungan perempuan.",
            "Layanan darurat sudah dihubungi.",
            "Petugas menjemput dan mengantar ke rumah aman.",
            "Pekerja sosial mendampingi anak itu hari ini.",
        ),
        (
            "Korban tidak dirujuk ke mana pun.",
            "Laporan diteruskan sesuai prosedur.",
            "Pekerja sosial belum tersedia.",
            "Unitnya diminta memperhatikan batas waktu.",
        ),
    ),
    ("suara-yang-tak-sampai", "channel"): Sentences(
        (
            "Pelapor dihubungi lewat pesan tertulis.",
            "Petugas desa berkunjung bersama pendamping.",
            "Jawaban disiapkan dalam huruf besar.",
            "Rapatnya disertai juru bahasa isyarat.",
        ),
        (
            "Pelapor ditelepon besok.",
            "Juru bahasa isyarat tidak tersedia.",
            "Tidak ada kunjungan.",
            "Laporan diteruskan ke dinas.",
        ),
    ),
}
