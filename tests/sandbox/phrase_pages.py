"""Trainers change the phrase book: what its pages and files are sent and say."""

from typing import Any

from django.urls import reverse

from sandbox.models import PhraseBook, Run
from sandbox.services import change_phrases

PLAIN = "reporters.lines.thanks.plain"
HOLDS = "officers.lines.admin_holds.lines"
PEOPLE = "reporters.persona"
NEW = ["Sudah kami cek, terima kasih.", "Beres kak, trims.", "Mantap, sudah nyala lagi."]


def everything() -> tuple[list[Any], list[Any]]:
    return list(PhraseBook.objects.values()), list(Run.objects.values())


def change(part: Any, place: str = PLAIN, seen: int = 1, **more: Any) -> PhraseBook:
    return change_phrases(place=place, part=part, seen=seen, **more)


def url(place: str = PLAIN) -> str:
    return reverse("phrases:lines", args=[place])
