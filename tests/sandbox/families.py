"""Case families for tests: what a browser sends for one, and files of several."""

from html import unescape

import tomli_w
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sandbox.models import CaseFamily
from sandbox.selectors.family_words import FAMILY_PROBLEMS
from sandbox.viewsets.families import FamilyViewSet
from tests.factories import NOW

LIST = reverse("case_families:list")
IMPORT = reverse("case_families:import")
STORE = reverse("case_families:store")
CODE = "air-pdam-berhari-hari"
TODAY = NOW.date()


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def url(name, family):
    return reverse(f"case_families:{name}", args=[family.pk])


def form_class():
    return FamilyViewSet()._edit_handler.get_form_class()


def data_of(content):
    """Return what a browser would send for a family."""
    form = form_class()(instance=CaseFamily(code=content["code"], content=content))
    data = {}
    for name, field in form.fields.items():
        value = form.initial.get(name)
        if hasattr(field, "block"):
            data |= stream(name, value)
        elif isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif value is not None:
            data[name] = sent(value)
    return data


def sent(value):
    """Return a value as browsers send it: with two characters at the end of each line."""
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def stream(name, value):
    data = {f"{name}-count": len(value)}
    for number, item in enumerate(value):
        start = f"{name}-{number}"
        data |= {f"{start}-type": "item", f"{start}-order": number, f"{start}-deleted": ""}
        for part, each in item.value.items():
            if each not in (None, False, ""):
                data[f"{start}-value-{part}"] = sent(each)
    return data


def upload(browser, content):
    raw = content if isinstance(content, bytes) else tomli_w.dumps(content).encode()
    return browser.post(IMPORT, {"file": SimpleUploadedFile("keluarga.toml", raw)})


def a_file(*families):
    return {"format": 1, "family": list(families)}


def text_of_problem(code):
    return str(FAMILY_PROBLEMS[code])


def text_of(response):
    return unescape(response.text)


def with_usual(content):
    usual = {"secret": False, "urgent": False, "also_categories": []}
    content = {name: value for name, value in content.items() if value != {}}
    return content | {"key": usual | content["key"]}
