import re

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from config.accounts import InvitedOnly
from tests.config.conftest import PASSPHRASE, Make, sign_in

WRONG = "bukan frasa sandi saya"


@pytest.fixture
def anna(person: Make):
    return person("anna")


def test_a_person_signs_in_with_e_mail_and_passphrase(client, anna):
    response = sign_in(client, "Anna@Contoh.test ")

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_the_session_gets_a_new_id_at_sign_in(client, anna):
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody-else"
    session = client.session
    session["seen"] = True
    session.save()
    before = session.session_key

    sign_in(client, anna.email)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in {
        before,
        "planted-by-somebody-else",
    }


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_sign_in_page_is_public_and_helps_browsers_fill_it_in(client, db, prefix):
    html = client.get(f"{prefix}/masuk/").content.decode()

    assert re.search(r'<input[^>]*type="email"[^>]*autocomplete="username"', html)
    assert re.search(r'<input[^>]*type="password"[^>]*autocomplete="current-password"', html)
    assert "data-show-password" in html
    assert f'href="{prefix}/lupa-sandi/"' in html


@pytest.mark.parametrize("email", ["anna@contoh.test", "nobody@contoh.test"])
def test_a_wrong_name_and_a_wrong_passphrase_get_the_same_message(client, anna, email):
    response = sign_in(client, email, WRONG)

    html = response.content.decode()
    assert response.status_code == 200
    assert f'value="{email}"' in html
    assert WRONG not in html
    assert "data-error-summary" in html
    assert response.context["form"].errors["__all__"] == [
        InvitedOnly.error_messages["email_password_mismatch"]
    ]
    assert "_auth_user_id" not in client.session


def test_an_empty_form_names_both_fields(client, db):
    response = sign_in(client, "", "")

    assert set(response.context["form"].errors) == {"login", "password"}
    html = response.content.decode()
    assert 'href="#id_login"' in html
    for message in ("Write your e-mail address.", "Write your passphrase."):
        assert html.count(gettext(message)) == 2, message  # in the summary, and at the field


def test_an_address_longer_than_any_is_an_error_of_the_form(client, db):
    longest = f"{'a' * 64}@{'b' * 176}.contoh.test"
    assert len(longest) == 253

    response = sign_in(client, "a" * 20 + longest)

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"login"}
    assert not AccessAttempt.objects.exists()


def test_the_fifth_failure_locks_and_the_right_passphrase_does_not_open(client, anna):
    for attempt in range(4):
        assert sign_in(client, anna.email, WRONG).status_code == 200, attempt
    fifth = sign_in(client, anna.email, WRONG)
    right = sign_in(client, anna.email)

    for response in (fifth, right):
        assert response.status_code == 429
        assert 0 < int(response["Retry-After"]) <= 900
        assert "15" in response.content.decode()
        assert "<h1>" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_spelling_and_browser_do_not_give_new_attempts(client, anna):
    for email in ("ANNA@contoh.test", " anna@contoh.test", "Anna@Contoh.Test", anna.email):
        sign_in(client, email, WRONG)
    client.defaults["HTTP_USER_AGENT"] = "another browser"

    assert sign_in(client, anna.email, WRONG).status_code == 429


def test_a_lock_holds_for_one_account_from_one_address(client, anna, person):
    budi = person("budi")
    for _ in range(6):
        sign_in(client, anna.email, WRONG)

    assert sign_in(Client(), budi.email).status_code == 302
    assert sign_in(Client(REMOTE_ADDR="127.0.0.9"), anna.email).status_code == 302


def test_a_forwarded_address_is_not_believed_without_a_proxy_of_ours(client, anna):
    for number in range(5):
        client.defaults["HTTP_X_FORWARDED_FOR"] = f"10.0.0.{number}"
        response = sign_in(client, anna.email, WRONG)

    assert response.status_code == 429


def test_signing_in_forgets_earlier_failures(client, anna):
    sign_in(client, anna.email, WRONG)
    sign_in(client, anna.email)

    assert not AccessAttempt.objects.exists()


def test_the_log_of_failures_holds_no_passphrase(client, anna):
    sign_in(client, anna.email, WRONG)

    assert WRONG not in AccessAttempt.objects.get().post_data


def test_a_closed_account_cannot_sign_in(client, person):
    response = sign_in(client, person("tutup", is_active=False).email)

    assert response.url == "/masuk/tidak-aktif/"
    assert "_auth_user_id" not in client.session
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize(
    "target",
    ["//jahat.test/", r"/\jahat.test", "https://jahat.test/", "https:jahat.test",
     "javascript:alert(1)", "\t//jahat.test", "http://localhost@jahat.test/", "///jahat.test"],
)  # fmt: skip
def test_after_sign_in_nobody_is_sent_to_another_site(client, anna, target):
    response = sign_in(client, anna.email, next=target)

    assert response.status_code == 302
    assert "jahat" not in response.url
    assert not response.url.startswith("javascript")


def test_after_sign_in_one_returns_to_the_page_one_wanted(client, anna):
    assert sign_in(client, anna.email, next="/akun/sandi/").url == "/akun/sandi/"


def test_the_page_one_wanted_survives_a_wrong_passphrase(client, anna):
    html = sign_in(client, anna.email, WRONG, next="/akun/sandi/").content.decode()

    assert 'name="next" value="/akun/sandi/"' in html


def test_signing_out_takes_a_button(client, anna, home):
    client.force_login(anna)

    assert client.get("/keluar/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/keluar/").url == "/"
    assert "_auth_user_id" not in client.session


def test_signing_out_in_english_stays_in_english(client, anna):
    client.force_login(anna)

    assert client.post("/en/keluar/").url == "/en/"


@pytest.mark.parametrize("path", ["/daftar/", "/signup/", "/accounts/signup/", "/masuk/signup/"])
def test_nobody_can_sign_up(client, home, path):
    assert client.get(path).status_code == 404


def test_asking_for_a_link_answers_the_same_for_known_and_unknown(client, anna):
    pages = []
    for email in (anna.email, "nobody@contoh.test"):
        response = client.post("/lupa-sandi/", {"email": email}, follow=True)
        pages.append(response.content)
        assert response.redirect_chain == [("/lupa-sandi/terkirim/", 302)]

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[anna.email]]


def reset_link(client, email: str) -> str:
    client.post("/lupa-sandi/", {"email": email})
    return re.search(rf"{settings.SITE_URL}(/\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("host", ["testserver", "localhost", "127.0.0.1:8123"])
def test_the_link_leads_to_this_site_whatever_host_was_asked(client, anna, settings, host):
    settings.SITE_URL = "https://latih.contoh.test"

    client.post("/lupa-sandi/", {"email": anna.email}, headers={"Host": host})

    [message] = mail.outbox
    addresses = re.findall(r"https?://\S+", message.body)
    assert addresses
    assert [url for url in addresses if not url.startswith("https://latih.contoh.test/")] == []
    path = addresses[0].removeprefix("https://latih.contoh.test")
    assert client.get(path, follow=True).redirect_chain[-1][0].endswith("-set-password/")


def test_the_link_changes_the_passphrase_once(client, anna):
    link = reset_link(client, anna.email)
    form_page = client.get(link, follow=True)
    address = form_page.redirect_chain[-1][0]

    assert form_page.content.decode().count('autocomplete="new-password"') == 1
    response = client.post(address, {"password1": "gunung tinggi sekali"}, follow=True)

    anna.refresh_from_db()
    assert response.redirect_chain[-1][0] == "/lupa-sandi/selesai/"
    assert anna.check_password("gunung tinggi sekali")
    assert "_auth_user_id" not in client.session
    assert 'href="/lupa-sandi/"' in Client().get(link).content.decode()


def test_a_weak_passphrase_is_refused_and_changes_nothing(client, anna):
    address = client.get(reset_link(client, anna.email), follow=True).redirect_chain[-1][0]

    response = client.post(address, {"password1": "12345678"})

    anna.refresh_from_db()
    assert response.context["form"].errors["password1"]
    assert anna.check_password(PASSPHRASE)


def test_an_expired_link_says_so_and_offers_another(client, anna, settings):
    link = reset_link(client, anna.email)
    settings.PASSWORD_RESET_TIMEOUT = -1

    response = client.get(link)

    html = response.content.decode()
    assert response.status_code == 200
    assert "<form" not in html.split("<main")[1].split("</main>")[0]
    assert 'href="/lupa-sandi/"' in html


@pytest.mark.parametrize("key", ["1-abc", "zzz-set-password", "9999999-a-b-c"])
def test_an_invented_link_is_answered_like_an_expired_one(client, db, key):
    response = client.get(f"/lupa-sandi/{key}/")

    assert response.status_code == 200
    assert 'href="/lupa-sandi/"' in response.content.decode()


def test_changing_the_passphrase_asks_for_the_present_one(client, anna):
    client.force_login(anna)
    new = "sungai panjang berkelok"

    client.post("/akun/sandi/", {"oldpassword": WRONG, "password1": new})
    anna.refresh_from_db()
    assert anna.check_password(PASSPHRASE)

    client.post("/akun/sandi/", {"oldpassword": PASSPHRASE, "password1": new})
    anna.refresh_from_db()
    assert anna.check_password(new)
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_logout", "account_inactive", "account_reauthenticate",
     "account_change_password", "account_set_password", "account_reset_password",
     "account_reset_password_done", "account_reset_password_from_key_done", "mfa_index",
     "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
     "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"],
)  # fmt: skip
def test_every_name_that_allauth_reverses_leads_somewhere(client, anna, name):
    client.force_login(anna)

    assert client.get(reverse(name)).status_code in {200, 302, 403, 404}
