"""A run belongs to its learner: to others it does not exist, and strangers sign in first."""

import pytest
from django.test import Client

from sandbox.models import Run
from sandbox.services import finish_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.pages import (
    act_url,
    case_url,
    clock_url,
    debrief_url,
    finish_url,
    form_of,
    inbox_url,
)
from tests.sandbox.playing import snapshot

HUGE = 10**30


@pytest.fixture
def theirs(practice_room):
    return a_run(UserFactory())


def addresses(run):
    case = run.cases.get(number=1)
    return [
        inbox_url(run), case_url(case), act_url(case, "verify"), act_url(case, "archive"),
        clock_url(run), finish_url(run), debrief_url(run),
    ]  # fmt: skip


def everything(run):
    return [snapshot(case) for case in run.cases.all()]


@pytest.mark.parametrize("finished", [False, True])
def test_somebody_elses_run_does_not_exist(desk, theirs, finished):
    if finished:
        finish_run(run=theirs, now=NOW)
    assert {desk.get(address).status_code for address in addresses(theirs)} == {404}


def test_nobody_acts_in_somebody_elses_run(desk, theirs):
    case = theirs.cases.get(number=1)
    before = everything(theirs)
    sent = form_of(case, "archive") | {"confirmed": "yes"}
    assert desk.post(act_url(case, "archive"), sent).status_code == 404
    moved = {"to": "morning", "seen": theirs.clock.isoformat()}
    assert desk.post(clock_url(theirs), moved).status_code == 404
    assert desk.post(finish_url(theirs)).status_code == 404
    assert everything(theirs) == before


def test_ones_own_run_does_not_open_the_case_of_another(desk, run, theirs):
    """The number of the run and of the case belong together."""
    assert desk.get(f"/latihan/{theirs.pk}/kasus/1/").status_code == 404
    assert desk.get(f"/latihan/{run.pk}/kasus/1/").status_code == 200
    assert desk.get(f"/latihan/{run.pk}/kasus/13/").status_code == 404


def test_numbers_that_no_database_holds_do_not_exist(desk, run):
    for address in (
        f"/latihan/{HUGE}/kotak-masuk/", f"/latihan/{HUGE}/kasus/1/",
        f"/latihan/{run.pk}/kasus/{HUGE}/", f"/latihan/{HUGE}/kasus/1/verify/",
        f"/latihan/{HUGE}/jam/", f"/latihan/{HUGE}/selesai/", f"/latihan/{HUGE}/pembahasan/",
    ):  # fmt: skip
        assert desk.get(address).status_code == 404, address


def test_even_a_superuser_has_no_key_to_this_door(client, theirs):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    assert client.get(inbox_url(theirs)).status_code == 404


def test_strangers_are_asked_to_sign_in(client, theirs):
    for address in [*addresses(theirs), "/latihan/", "/latihan/l1/"]:
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/masuk/?next="), address


def test_strangers_change_nothing(client, theirs):
    before = everything(theirs)
    for address in [*addresses(theirs), "/latihan/l1/mulai/"]:
        answer = client.post(
            address, {"version": 1, "confirmed": "yes", "reason": "spam", "text": "a"}
        )
        assert answer.status_code == 302
        assert answer["Location"].startswith("/masuk/"), address
    assert everything(theirs) == before
    assert Run.objects.count() == 1


def test_looking_around_changes_nothing(desk, run):
    before = everything(run)
    for address in [*addresses(run), "/latihan/", "/latihan/l1/"]:
        assert desk.get(address).status_code in {200, 302}
        assert desk.head(address).status_code in {200, 302}
    assert desk.get("/latihan/l1/mulai/").status_code == 405
    assert everything(run) == before


def test_a_form_from_another_site_is_refused(learner, run):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(learner)
    case = run.cases.get(number=1)
    before = everything(run)
    sent = form_of(case, "archive") | {"confirmed": "yes"}
    assert strict.post(act_url(case, "archive"), sent).status_code == 403
    assert strict.post(finish_url(run)).status_code == 403
    assert everything(run) == before


def test_pages_of_a_run_are_never_kept_by_the_browser(desk, run):
    for address in addresses(run)[:6]:
        assert "no-store" in desk.get(address)["Cache-Control"], address
