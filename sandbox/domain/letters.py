"""What a good officer writes where no draft says it. Slots are named like the step's choices."""

from collections.abc import Mapping
from typing import Any

from .workflow import Action

LETTERS: Mapping[Action, str] = {
    Action.HOLD: (
        "Yth. Pelapor, terima kasih atas laporan Anda. Supaya sampai kepada petugas yang tepat, "
        "mohon lengkapi satu hal: {missing}. Cukup balas laporan ini; "
        "yang sudah Anda tulis tidak perlu diulang."
    ),
    Action.RETURN: (
        "Yth. Pelapor, terima kasih atas laporan Anda. Menurut pembagian urusan, hal ini menjadi "
        "wewenang {destination}. Kami mengusulkan laporan Anda dialihkan ke sana. "
        "Anda tidak perlu menulis ulang."
    ),
    Action.ACCEPT: (
        "Yth. Pelapor, laporan Anda kami teruskan kepada {agency}, yang berwenang menanganinya. "
        "Anda tidak perlu menulis ulang."
    ),
    Action.REFUSE: "Pokok laporan ini wewenang instansi Anda; mohon tetap ditangani di sana.",
    Action.DECLINE: (
        "Pokok laporan ini tugas {unit}. Mohon disposisinya dialihkan ke sana, "
        "supaya pelapor tidak menunggu kami."
    ),
    Action.REMIND: (
        "Mohon perhatikan batas waktunya. Jawablah, atau beri pelapor kabar sementara."
    ),
    Action.REOPEN: "Ada keterangan baru dari pelapor; mohon diperiksa dan dijawab lagi.",
    Action.RESTORE: "Keterangan pelapor menunjukkan ada yang perlu ditangani.",
    Action.SEND_BACK: "Mohon naskah ini diperbaiki pada bagian yang ditandai.",
    Action.HAND_OVER: (
        "Yang sudah dan belum dikerjakan tercatat di riwayat; mohon dilanjutkan dari sana."
    ),
    Action.INTERIM: "Yth. Pelapor, terima kasih atas laporan Anda. Inilah kabar sementara kami.",
    Action.NOTE: "Catatan untuk rekan yang melanjutkan.",
    Action.CLOSE: "Terima kasih, jawabannya jelas.",
    Action.COMPLETE: "Keterangan yang diminta sudah saya tulis.",
}


def letter(action: Action, choices: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the words for a step, with its choices called by their names."""
    text = LETTERS.get(action, "")
    for name, code in choices.items():
        text = text.replace(f"{{{name}}}", names.get(str(code), str(code)))
    return text


def archived(key: Mapping[str, Any]) -> str:
    """Return the words with which a report is archived; runs from before have only the reason."""
    return str(key["archive"].get("letter") or key["archive"]["why_id"])
