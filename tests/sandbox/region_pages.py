"""What pages of regions are sent and say, and all rows on which attempts in them stand."""

from html import unescape

from django.contrib.auth.models import Group
from django.core import serializers
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sandbox.models import RegionPack, Run, Scenario
from tests.factories import UserFactory

DISHUB = reverse("region_packs:correct", args=["tirta_asri", "DISHUB"])


def browser_of(group: str) -> Client:
    """Return the browser of somebody in a group; `load_groups` has made it."""
    user = UserFactory(first_name="Tari", last_name="Contoh")
    user.groups.add(Group.objects.get(name=group))
    browser = Client()
    browser.force_login(user)
    return browser


def everything() -> list[str]:
    return [
        serializers.serialize("json", model.objects.order_by("pk"))
        for model in (RegionPack, Scenario, Run)
    ]


def text_of(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def corrected(**changes: str) -> dict[str, str]:
    """Return what the form for the transport office sends."""
    return {
        "name": "Dinas Perhubungan",
        "name_en": "Transport Office",
        "acronym": "",
        "does": "Lampu jalan dan rambu.",
        "does_en": "",
        "valid_from": "",
        "valid_to": "",
        "source": "Rekaan untuk latihan",
        "seen": "1",
        **changes,
    }
