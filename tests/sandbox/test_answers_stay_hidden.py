"""What is right is on no page, in no form and in no header until the run is finished."""

import json

import pytest

from sandbox.domain.workflow import Action
from sandbox.models import Scenario
from sandbox.services import finish_run
from tests.factories import NOW
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    form_of,
    inbox_url,
    words,
)
from tests.sandbox.playing import let_a_day_pass, take


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def secrets(run):
    """Every sentence of every key of the run: reasons, debriefs, sources and answers to come."""
    cases = run.cases.select_related("answer_key")
    keys = [case.answer_key.key for case in cases]
    choices = {key["category"] for key in keys}  # a form must offer those to everyone
    sentences = {text for key in keys for text in strings(key) if len(text.split()) > 3}
    told = "\n".join(case.facts["text"] for case in cases)  # with the details to be masked
    return {text for text in sentences if text not in told} - choices - set(run.rules.categories)


def pages(desk, run):
    yield desk.get("/latihan/")
    yield desk.get("/latihan/l1/")
    for part in ("perlu", "menunggu", "selesai"):
        yield desk.get(inbox_url(run), {"lihat": part})
    for case in run.cases.reached():
        yield desk.get(case_url(case))
        for action in ("verify", "hold", "return", "archive", "dispose"):
            yield desk.get(act_url(case, action))
            yield desk.post(act_url(case, action), {"version": case.version})
            yield desk.post(act_url(case, action), {}, headers={"HX-Request": "true"})
    yield desk.get(clock_url(run))
    yield desk.get(finish_url(run))
    yield desk.get(debrief_url(run))


def leaks(responses, kept):
    return [
        (response.request["PATH_INFO"], text)
        for response in responses
        for text in kept
        if text in words(response) + json.dumps(dict(response.headers))
    ]


def test_a_run_in_progress_gives_nothing_away(desk, run):
    kept = secrets(run)
    assert len(kept) > 30
    assert leaks(pages(desk, run), kept) == []


def test_neither_do_cases_that_were_decided_wrongly(desk, run):
    for case in run.cases.reached():
        if case.number % 2:
            take(case, Action.ARCHIVE, choices={"reason": "spam"})
        else:
            right = case.answer_key.key.get("hold", {}).get("missing")
            wrong = "date" if right == "location" else "location"
            take(case, Action.HOLD, choices={"missing": wrong})
    run = let_a_day_pass(run)
    assert leaks(pages(desk, run), secrets(run)) == []


def test_nor_a_conflict_or_an_exercise_that_was_deleted(desk, run):
    case = run.cases.get(number=1)
    form = form_of(case, Action.HOLD)
    take(case, Action.VERIFY)
    conflict = desk.post(act_url(case, "hold"), form)
    assert conflict.status_code == 409
    Scenario.objects.all().delete()
    over = [
        desk.post(act_url(case, "dispose"), form_of(case, Action.DISPOSE)),
        desk.get(inbox_url(run)),
    ]
    assert leaks([conflict, *over, desk.get(debrief_url(run))], secrets(run)) == []


def test_two_cases_of_one_desk_do_not_differ_by_their_answers(desk, run):
    """No class, order or attribute of the list betrays which report wants which decision."""
    page = words(desk.get(inbox_url(run)))
    for decision in ("dispose", "supervisory", "hold", "return", "archive"):
        assert f'"{decision}"' not in page
    for case in run.cases.all():
        assert case.family not in page


@pytest.mark.parametrize("finished", [False, True])
def test_the_debrief_tells_it_all_and_only_then(desk, run, finished):
    if finished:
        finish_run(run=run, now=NOW)
    page = words(desk.get(debrief_url(run), follow=True))
    reasons = {line for case in run.cases.all() for line in why(case.answer_key.key)}
    assert all((reason in page) is finished for reason in reasons)


def why(key):
    part = key.get(key["decision"]) or key["route"][0]
    yield part["why_id"]
