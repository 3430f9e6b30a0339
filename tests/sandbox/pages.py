"""Addresses and words of the practice room's pages, as a browser meets them."""

from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sandbox.domain.workflow import Action
from sandbox.models import Case, Run
from tests.sandbox.playing import CHOICES, TEXT


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
    data = {**CHOICES[action], "version": case.version, "text": TEXT}
    if action is Action.VERIFY:
        del data["text"]
    data.update(changes)
    return {name: value for name, value in data.items() if value is not None}


def send(client: Client, case: Case, action: Action, *, confirmed: bool = True, **changes: Any):
    data = form_of(case, action, **changes)
    if confirmed:
        data["confirmed"] = "yes"
    return client.post(act_url(case, action), data)
