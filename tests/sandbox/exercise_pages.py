"""What a browser sends for the form of an exercise: fields of the page, and blocks that scripts
build from its data.
"""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from sandbox.forms.expectation_blocks import expectation_stream
from sandbox.forms.inject_blocks import inject_stream
from sandbox.models import Scenario

STREAMS = {"injects": inject_stream((), ()), "expectations": expectation_stream()}


def edit(scenario: Scenario) -> str:
    return reverse("exercises:edit", args=[scenario.pk])


def typed(text: str) -> dict[str, Any]:
    """Return what the browser would send for the form of a page, as it is shown."""
    data: dict[str, Any] = {}
    for field in BeautifulSoup(text, "html.parser").select("form [name]"):
        name, kind = field["name"], field.get("type", "")
        if field.name == "select":
            data[name] = [one["value"] for one in field.select("option[selected]")]
        elif field.name == "textarea":
            data[name] = field.text.removeprefix("\n")
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        elif kind not in ("submit", "file"):
            data[name] = field.get("value", "")
    return data


def form_of(editor: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what the browser of an editor sends who changes some fields."""
    response = editor.get(address)
    return shown(response) | changes


def shown(response: Any) -> dict[str, Any]:
    form = response.context["form"]
    blocks = [sent(name, form[name].value()) for name in STREAMS]
    return typed(response.text) | {key: value for each in blocks for key, value in each.items()}


def sent(name: str, value: Any) -> dict[str, Any]:
    """Return the fields of a block, and of all in it."""
    if isinstance(value, StreamValue):
        parts = [(each.block_type, each.value) for each in value]
    elif isinstance(value, ListValue):
        parts = [("", each) for each in value]
    elif isinstance(value, StructValue):
        return {
            key: part for each in value for key, part in sent(f"{name}-{each}", value[each]).items()
        }
    else:
        return {} if value in (None, False, []) else {name: "on" if value is True else value}
    data: dict[str, Any] = {f"{name}-count": len(parts)}
    for number, (kind, part) in enumerate(parts):
        start = f"{name}-{number}"
        data |= {f"{start}-deleted": "", f"{start}-order": number, f"{start}-type": kind}
        data |= sent(f"{start}-value", part)
    return data


def added(form: dict[str, Any], name: str, kind: str, **fields: Any) -> dict[str, Any]:
    """Return a form with one block more at the end of a list; lists of choices may be given."""
    number = int(form[f"{name}-count"])
    start = f"{name}-{number}"
    data = {f"{name}-count": number + 1, f"{start}-type": kind, f"{start}-order": number}
    data[f"{start}-deleted"] = ""
    data |= sent(f"{start}-value", STREAMS[name].child_blocks[kind].get_default())
    for field, value in fields.items():
        data |= (
            sent_list(f"{start}-value-{field}", value)
            if isinstance(value, tuple)
            else {f"{start}-value-{field}": value}
        )
    return form | data


def sent_list(name: str, values: tuple[Any, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {f"{name}-count": len(values)}
    for number, value in enumerate(values):
        start = f"{name}-{number}"
        data |= {f"{start}-deleted": "", f"{start}-order": number, f"{start}-value": value}
    return data
