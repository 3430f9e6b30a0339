"""Whoever has the code reads the recorded facts; whoever has none learns nothing."""

import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.utils import timezone

from certificates.access import seconds_to_wait
from certificates.domain import RevokeReason, verification_code
from certificates.models import Certificate
from certificates.services import revoke_certificate
from tests.certificates.conftest import NAME, NOW

pytestmark = pytest.mark.django_db


def shown(page):
    return page.text.replace("&#x27;", "'")


@pytest.fixture
def current(drawn):
    """A certificate that is in force whenever this test runs."""
    Certificate.objects.update(expires_on=timezone.now().date() + timedelta(days=400))
    drawn.refresh_from_db()
    return drawn


@pytest.mark.parametrize(("prefix", "duration"), [("", "2 jam 30 menit"), ("/en", "2 h 30 min")])
def test_a_stranger_reads_every_printed_fact(client, current, prefix, duration):
    page = client.get(f"{prefix}/verifikasi/{current.code}/")

    assert page.status_code == 200
    for fact in [
        NAME,
        current.course_title,
        current.course_title_en,
        "K0",
        duration,
        "21 November 2026",
        current.issuer,
        current.serial,
        current.grouped_code,
        current.file.sha256,
    ]:
        assert fact in shown(page)
    assert "verify--valid" in page.text
    assert current.holder.email not in page.text


def test_a_certificate_in_force_is_valid(client, current):
    assert (
        "This certificate is genuine and in force."
        in client.get(f"/en/verifikasi/{current.code}/").text
    )


def test_a_revoked_certificate_tells_when_and_why_but_not_the_note(client, current, learner):
    revoke_certificate(
        certificate=current,
        reason=RevokeReason.ISSUED_IN_ERROR,
        by=learner,
        now=NOW,
        note="Nilai kuis keliru.",
    )

    page = client.get(f"/en/verifikasi/{current.code}/")

    assert "verify--revoked" in page.text
    assert "revoked on 21 November 2026" in page.text
    assert "It was issued in error." in page.text
    assert "Nilai kuis keliru" not in page.text
    assert NAME in shown(page)


def test_an_expired_certificate_tells_when(client, drawn):
    Certificate.objects.update(expires_on=datetime(2020, 5, 2, tzinfo=UTC).date())

    page = client.get(f"/en/verifikasi/{drawn.code}/")

    assert "verify--expired" in page.text
    assert "its time ended on 2 May 2020" in page.text


def test_dates_are_written_in_the_readers_language(client, drawn):
    Certificate.objects.update(expires_on=datetime(2020, 5, 2, tzinfo=UTC).date())
    assert "2 Mei 2020" in client.get(f"/verifikasi/{drawn.code}/").text


def test_an_unknown_code_is_answered_like_any_other(client, drawn):
    page = client.get(f"/en/verifikasi/{verification_code(secrets.choice)}/")

    assert page.status_code == 200
    assert "Code not found" in page.text
    assert "Check the 26 letters and digits" in page.text
    assert drawn.serial not in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("known", [True, False])
def test_no_answer_is_kept_or_listed_or_passed_on(client, drawn, prefix, known):
    code = drawn.code if known else "0" * 26
    page = client.get(f"{prefix}/verifikasi/{code}/")

    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_typed_code_leads_to_the_answer(client, drawn, prefix):
    typed = drawn.grouped_code.lower().replace("0", "o").replace("1", "l")

    answer = client.get(f"{prefix}/verifikasi/", {"kode": f" {typed} "}, follow=True)

    assert answer.redirect_chain == [(f"{prefix}/verifikasi/{drawn.code}/", 302)]
    assert drawn.serial in answer.text


def test_a_code_of_the_wrong_length_is_explained_and_kept(client):
    page = client.get("/en/verifikasi/", {"kode": "XFTV-JCNM <b>"})

    assert page.status_code == 200
    assert "The code has 26 letters and digits. You typed 9." in page.text
    assert 'value="XFTV-JCNM &lt;b&gt;"' in page.text
    assert "<title>Error:" in page.text


def test_an_empty_code_is_explained(client):
    assert "Type the code from the certificate." in client.get("/en/verifikasi/?kode=").text


def test_the_first_visit_shows_no_error(client):
    assert "There is a problem" not in client.get("/en/verifikasi/").text


@pytest.mark.parametrize("known", ["RL-K0-2026-000001", NAME, "1", "siti@contoh.test"])
def test_there_is_no_search_by_number_or_name(client, drawn, known):
    for answer in [
        client.get("/verifikasi/", {"kode": known}),
        client.get(f"/verifikasi/{quote(known)}/"),
    ]:
        assert answer.status_code == 200
        assert drawn.code not in answer.text
        assert drawn.grouped_code not in answer.text


HOSTILE = [
    "' OR 1=1 --",
    '"><script>alert(1)</script>',
    "{{ 7*7 }}{% now 'Y' %}",
    "\x00" * 26,
    "%00",
    "../../etc/passwd",
    "\uff21" * 26,
    "ß" * 26,
    "\u202e" + "A" * 26,
    "0" * 10_000,
    "A\r\nSet-Cookie: x=1",
    "😀" * 26,
    "?kode=x#",
    "%ff%fe",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_answered_calmly(client, drawn, typed):
    for address in ["/verifikasi/", f"/verifikasi/{quote(typed, safe='')}/"]:
        answer = client.get(address, {"kode": typed}, follow=True)
        assert answer.status_code in {200, 404}
        assert "<script>alert" not in answer.text
        assert ">49<" not in answer.text
        assert NAME not in shown(answer)
        assert "Set-Cookie: x" not in str(answer.headers)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_asking_is_all_one_can_do(client, drawn, method):
    assert getattr(client, method)(f"/verifikasi/{drawn.code}/").status_code == 405
    assert Certificate.objects.get().revoked_at is None


def test_a_thousand_guesses_find_nothing_and_are_slowed_down(client, drawn):
    answers = [client.get(f"/verifikasi/{verification_code(secrets.choice)}/") for _ in range(40)]

    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 20  # at most 10 a minute, and the minute may have turned
    assert all(NAME not in shown(answer) for answer in answers)


def test_whoever_asks_too_often_is_asked_to_wait(client, drawn):
    for _ in range(25):
        answer = client.get(f"/en/verifikasi/{drawn.code}/")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "You can try again in 1 minute." in answer.text
    assert "Nothing is wrong with the certificate." in answer.text
    assert client.get(f"/en/verifikasi/{drawn.code}/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_pasted_address_is_as_good_as_the_code(client, drawn):
    address = f"https://latih.contoh.test/verifikasi/{drawn.code}/"

    response = client.get("/verifikasi/", {"kode": address})

    assert response.url == f"/verifikasi/{drawn.code}/"


def test_people_behind_one_proxy_of_ours_are_counted_one_by_one(client, drawn, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def look_up(number):
        forwarded = {"X-Forwarded-For": f"10.0.{number}.1"}
        return client.get(f"/verifikasi/{drawn.code}/", headers=forwarded).status_code

    assert {look_up(number) for number in range(30)} == {200}


def test_an_invented_address_before_the_proxys_own_gives_no_new_lookups(client, drawn, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def look_up(number):
        forwarded = {"X-Forwarded-For": f"10.0.{number}.1, 10.9.9.9"}
        return client.get(f"/verifikasi/{drawn.code}/", headers=forwarded).status_code

    assert [look_up(number) for number in range(40)][-1] == 429


def test_without_a_proxy_of_ours_a_forwarded_address_gives_no_new_lookups(client, drawn):
    def look_up(number):
        forwarded = {"X-Forwarded-For": f"10.0.{number}.1"}
        return client.get(f"/verifikasi/{drawn.code}/", headers=forwarded).status_code

    assert [look_up(number) for number in range(40)][-1] == 429


def test_ten_lookups_a_minute_are_answered_and_the_next_minute_begins_anew():
    minute = datetime(2026, 11, 21, 9, 0, 15, tzinfo=UTC)
    waits = [seconds_to_wait("10.0.0.1", minute) for _ in range(11)]
    assert waits == [0] * 10 + [45]
    assert seconds_to_wait("10.0.0.2", minute) == 0
    assert seconds_to_wait("10.0.0.1", minute + timedelta(minutes=1)) == 0


def test_a_hundred_lookups_a_day_are_answered():
    morning = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    times = [morning + timedelta(minutes=n) for n in range(101)]
    waits = [seconds_to_wait("10.0.0.1", at) for at in times]
    assert waits == [0] * 100 + [86_400 - 100 * 60]
    cache.clear()
