"""Whatever the practice room answers is marked: pages, parts, refusals, redirects and files."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from config.views import server_error
from sandbox import urls
from sandbox.domain.simulation import COMMENT, WARNING
from sandbox.models import Case, CaseFamily, PhraseBook, RegionPack, RulePack
from sandbox.services import finish_run
from tests.factories import NOW, UserFactory
from tests.sandbox.marks import assert_marked_for_its_kind, marks
from tests.sandbox.pages import words

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NAMES = [pattern.name for pattern in urls.urlpatterns]
UNKNOWN = (
    "/latihan",
    "/latihan/a/b/c/",
    "/latihan/1/kasus/",
    "/latihan/x.html",
    "/en/latihan/a/b/",
)


@pytest.fixture
def room(run):
    """A run whose first report brings a paper, so that each address can lead somewhere."""
    case = run.cases.get(number=1)
    facts = {**case.facts, "attachment": "document"}
    Case.objects.of(run).filter(number=1).update(facts=facts)
    return run


def addresses(run):
    """Yield every address of the practice room; a new one comes by itself."""
    known = {"run_id": run.pk, "number": 1, "action": "hold", "code": "l1"}
    for pattern in urls.urlpatterns:
        kwargs = {name: known[name] for name in pattern.pattern.converters}
        yield reverse(f"sandbox:{pattern.name}", kwargs=kwargs)


def ask(browser, method, address, **headers):
    """Send a request, and let nothing of it last."""
    with transaction.atomic():
        response = browser.generic(method, address, headers=headers)
        transaction.set_rollback(True)
    return response


def check_all(browser, run, *, methods=METHODS, **headers):
    for address in addresses(run):
        for method in methods:
            response = ask(browser, method, address, **headers)
            assert response.status_code < 500, (method, address)
            assert_marked_for_its_kind(response, is_part=bool(headers))


def test_there_are_addresses_of_every_kind(room):
    assert len(list(addresses(room))) == len(set(NAMES)) > 15


@pytest.mark.parametrize("method", METHODS)
def test_whatever_a_learner_sends_comes_back_marked(desk, room, method):
    check_all(desk, room, methods=[method])


def test_after_the_end_it_is_marked_too(desk, room):
    finish_run(run=room, now=NOW)
    check_all(desk, room, methods=["GET", "POST"])


def test_in_english_it_is_marked_too(desk, room):
    with translation.override("en"):
        check_all(desk, room, methods=["GET", "POST"])


def test_what_comes_in_parts_is_marked(desk, room):
    check_all(desk, room, methods=["GET", "POST"], **{"HX-Request": "true"})


def test_strangers_are_sent_away_with_the_marks(client, room):
    check_all(client, room, methods=["GET", "POST"])
    client.force_login(UserFactory())
    check_all(client, room, methods=["GET", "POST"])


@pytest.mark.parametrize("address", UNKNOWN)
def test_where_nothing_is_the_marks_are(client, desk, room, address):
    for browser in (desk, Client()):
        for method in METHODS:
            assert_marked_for_its_kind(ask(browser, method, address))


def test_next_to_the_practice_room_there_are_no_marks(desk):
    response = desk.get("/latihan-lain/")
    assert "X-Simulasi" not in response.headers
    assert not any(marks(words(response)).values())


def test_a_form_without_its_token_is_refused_with_the_marks(learner, room):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(learner)
    response = browser.post(reverse("sandbox:act", args=[room.pk, 1, "hold"]), {"text": "a b"})
    assert response.status_code == 403
    assert_marked_for_its_kind(response)


def test_what_cannot_be_read_is_refused_with_the_marks(client, db):
    response = client.post("/latihan/", "a", content_type="text/plain; charset=latin-1")
    assert response.status_code == 400
    assert_marked_for_its_kind(response)


def test_even_a_fault_of_ours_is_marked(rf):
    page = server_error(rf.get("/latihan/1/kotak-masuk/")).content.decode()
    assert [name for name, there in marks(page).items() if not there] == []
    elsewhere = server_error(rf.get("/kursus/")).content.decode()
    assert not any(marks(elsewhere).values())


@pytest.mark.parametrize("model", [CaseFamily, RulePack, PhraseBook, RegionPack])
def test_a_file_to_take_along_says_first_what_it_is(client, practice_room, model):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    row = model._base_manager.first()
    address = {
        CaseFamily: f"{reverse('case_families:export')}?id={row.pk}",
        RulePack: reverse("rule_packs:export", args=[row.pk]),
        PhraseBook: reverse("phrases:export", args=[row.pk]),
        RegionPack: reverse("region_packs:export", args=[row.pk]),
    }[model]
    content = client.get(address).content
    if model is RegionPack:
        with ZipFile(BytesIO(content)) as archive:
            assert archive.comment == WARNING.encode()
            content = archive.read("region.toml")
    assert content.decode().startswith(COMMENT)


def test_every_report_of_a_labelled_set_is_called_a_simulation(practice_room, tmp_path):
    file = tmp_path / "cases.jsonl"
    call_command("export_cases", seed=1, count=3, out=file, region=["tirta_asri"])
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["simulation"] for row in rows] == [True] * 3
