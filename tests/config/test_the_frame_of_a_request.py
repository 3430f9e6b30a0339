"""What stands before every view: malformed requests end there, and nothing personal is kept."""

import gzip

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks import task_backends
from django_tasks.backends.immediate import ImmediateBackend

from certificates.tasks import draw_certificate
from content.models import ArticlePage
from learning.tasks import mail_invitation
from tests.config.conftest import PASSPHRASE


def statements(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


# Malformed requests


def is_refused(response) -> bool:
    html = response.content.decode()
    return (
        response.status_code == 400
        and "<h1>Permintaan ini tidak dapat dibaca</h1>" in html
        and "This request cannot be read" in html
        and "/static/css/site.css" in html
    )


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1", "nonsense", "idna"])
def test_a_form_in_another_alphabet_is_refused(client, db, charset):
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    assert is_refused(client.generic("POST", "/masuk/", b"login=a&password=b", kind))


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_a_form_as_browsers_send_it_is_read(client, person, charset):
    anna = person("anna")
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    form = f"login={anna.email}&password={PASSPHRASE.replace(' ', '+')}"

    assert client.post("/masuk/", form, content_type=kind).status_code == 302


@pytest.mark.parametrize("cookie", ["a\x00b", "a\x1fb", "\x7f", "a\u200bb"], ids=ascii)
def test_a_session_that_cannot_be_printed_is_refused(rf_client, cookie):
    assert is_refused(rf_client(cookie))


@pytest.fixture
def rf_client(client, db):
    def ask(cookie: str):
        header = f"{settings.SESSION_COOKIE_NAME}={cookie}".encode().decode("latin-1")
        return client.get("/masuk/", HTTP_COOKIE=header)

    return ask


def test_a_session_that_is_only_unknown_is_a_strangers(rf_client):
    assert rf_client("tidak-dikenal").status_code == 200


def test_a_malformed_request_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.post("/masuk/", "a=b", content_type="text/plain; charset=utf-16")


# Nothing personal is kept


def test_a_signed_in_persons_page_is_kept_by_no_cache(client, person, article):
    client.force_login(person("siti"))

    for path in ("/akun/sandi/", "/latihan/", "/sertifikat/", "/tidak-ada/"):
        assert client.get(path).headers["Cache-Control"] == "private, no-store", path


def test_a_page_that_says_itself_how_long_it_keeps_is_left_alone(client, person, article):
    client.force_login(person("siti"))

    assert client.get("/tentang/").headers["Cache-Control"] == "private, no-cache"
    assert "max-age=0" in client.get("/beranda-saya/").headers["Cache-Control"]


def test_a_strangers_page_may_be_kept(client, article):
    client.cookies[settings.SESSION_COOKIE_NAME] = "sudah-lama-berakhir"

    for browser in (client, Client()):
        assert "no-store" not in browser.get("/tentang/").headers.get("Cache-Control", "")


# What a person costs


def asks_for_permissions(found: list[str]) -> int:
    return sum('"codename"' in sql for sql in found)


def test_whoever_may_nothing_is_not_asked_for_permissions(client, groups, person):
    client.force_login(person("siti", group="trainee"))
    client.get("/beranda-saya/")

    found = statements(client, "/beranda-saya/")

    assert asks_for_permissions(found) == 0
    assert sum("auth_user" in sql and "learning_learner" in sql for sql in found) == 1


@pytest.mark.parametrize("group", ["trainer", "editor", "programme_manager"])
def test_staff_are_asked_once(client, groups, person, group):
    client.force_login(person("staf", group=group))

    assert asks_for_permissions(statements(client, "/beranda-saya/")) == 1


def test_a_permission_of_ones_own_counts_and_so_does_being_an_administrator(client, person):
    own, administrator = person("mela"), person("admin", is_superuser=True)
    own.user_permissions.add(Permission.objects.get(codename="view_programme"))

    for user in (own, administrator):
        client.force_login(user)
        assert client.get("/program/").status_code == 200


def test_a_permission_that_was_taken_back_ends_with_the_next_request(client, groups, person):
    manager = person("mela", group="programme_manager")
    client.force_login(manager)
    assert client.get("/program/").status_code == 200

    manager.groups.clear()

    assert client.get("/program/").status_code == 404


# Caches


def from_footer(found: list[str]) -> int:
    return sum("show_in_footer" in sql for sql in found)


def test_the_footer_is_read_once_for_all_and_each_language(client, article):
    counts = [
        from_footer(statements(client, path))
        for path in ("/masuk/", "/lupa-sandi/", "/en/masuk/", "/en/lupa-sandi/")
    ]

    assert counts == [1, 0, 1, 0]
    assert "Tentang situs ini" in client.get("/masuk/").content.decode()
    assert "Tentang situs ini" not in client.get("/en/masuk/").content.decode()


def test_a_site_without_footer_pages_does_not_ask_again_and_again(client, home):
    client.get("/masuk/")

    assert not ArticlePage.objects.exists()
    assert from_footer(statements(client, "/masuk/")) == 0


def test_whole_pages_push_no_counter_out(client, article):
    caches["default"].set("counter", 1)
    assert client.get("/tentang/").status_code == 200

    caches["pages"].clear()

    assert caches["default"].get("counter") == 1


# Compression, background work


def test_style_sheets_travel_compressed(client):
    plain = client.get("/static/css/site.css")
    packed = client.get("/static/css/site.css", headers={"Accept-Encoding": "gzip"})

    whole = b"".join(plain.streaming_content)
    sent = b"".join(packed.streaming_content)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(sent) == whole
    assert len(sent) < len(whole) / 2


def test_wagtails_small_tasks_run_at_once_and_our_slow_ones_elsewhere():
    assert isinstance(task_backends["default"], ImmediateBackend)
    assert {task.backend for task in (draw_certificate, mail_invitation)} == {"work"}
