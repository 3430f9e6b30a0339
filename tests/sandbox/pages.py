"""Addresses and words of the practice room's pages, as a browser meets them."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from sandbox.domain.workflow import Action, Role
from sandbox.forms import CONFIRMED_FIRST
from sandbox.models import Case, Run
from sandbox.selectors import details_left
from tests.sandbox.playing import TEXT, choices_for, snapshot

TEXTLESS = (Action.VERIFY, Action.MASK, Action.APPROVE)  # forms without a field for words
TYPED = "Yth. Pelapor, 'mohon' sebutkan <nama> jalan & patokannya."
BY_THE_FORM = ("from",)  # what a form knows by itself


def inbox_url(run: Run) -> str:
    return reverse("sandbox:inbox", args=[run.pk])


def clock_url(run: Run) -> str:
    return reverse("sandbox:advance", args=[run.pk])


def finish_url(run: Run) -> str:
    return reverse("sandbox:finish", args=[run.pk])


def debrief_url(run: Run) -> str:
    return reverse("sandbox:debrief", args=[run.pk])


def case_url(case: Case) -> str:
    return reverse("sandbox:case", args=[case.run_id, case.number])


def act_url(case: Case, action: str) -> str:
    return reverse("sandbox:act", args=[case.run_id, case.number, action])


def words(response: HttpResponse) -> str:
    """The page with `&amp;` and its kind read as a browser does."""
    return unescape(response.content.decode())


def form_of(case: Case, action: Action, **changes: Any) -> dict[str, Any]:
    """What a browser sends for a well filled-in form; None takes a field out."""
    data: dict[str, Any] = {**choices_for(action, Role(case.run.role))}
    data |= {"version": case.version, "text": TEXT}
    if action in TEXTLESS:
        del data["text"]
    if action is Action.MASK:
        data["details"] = details_left(case)[:1]
    data.update(changes)
    left_out = [*BY_THE_FORM, *(name for name, value in data.items() if value is None)]
    return {name: value for name, value in data.items() if name not in left_out}


def send(client: Client, case: Case, action: Action, *, confirmed: bool = True, **changes: Any):
    """Send a form as a browser does that has answered the question before it, if there is one."""
    data = form_of(case, action, **changes)
    if confirmed and action in CONFIRMED_FIRST:
        data["confirmed"] = "yes"
    return client.post(act_url(case, action), data)


def hand_over_url(run: Run) -> str:
    return reverse("sandbox:hand_over", args=[run.pk])


def typed_again(page: str) -> str:
    """What the text field holds when the page comes back."""
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1]


def refused(response: HttpResponse, case: Case, before: Any) -> None:
    assert response.status_code == 422
    assert _("There is a problem") in words(response)
    assert re.search(r"<title>\s*" + _("Error:"), words(response))
    assert snapshot(case) == before
