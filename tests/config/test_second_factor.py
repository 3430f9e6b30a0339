import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from config.accounts import InvitedOnly
from tests.config.conftest import PASSPHRASE, Make, sign_in


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def set_up(client) -> str:
    """Set up an authenticator as a person does, and return its secret."""
    client.post("/akun/konfirmasi/", {"password": PASSPHRASE})
    secret = client.get("/akun/2fa/pasang/").context["form"].secret
    response = client.post("/akun/2fa/pasang/", {"code": code_for(secret)})
    assert response.url == "/akun/2fa/kode-cadangan/"
    return secret


@pytest.fixture
def trainer(groups: None, person: Make):
    return person("tari", group="trainer")


@pytest.fixture
def trainee(groups: None, person: Make):
    return person("siti", group="trainee")


@pytest.mark.parametrize("path", ["/akun/sandi/", "/kelola/", "/en/akun/2fa/", "/"])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, trainer, settings, path):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, trainer.email)

    response = client.get(path)

    assert response.status_code == 302
    assert response.url.endswith("/akun/2fa/pasang/")


def test_staff_may_still_sign_out_and_set_it_up(client, trainer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, trainer.email)

    assert client.get("/akun/2fa/pasang/").status_code in {200, 302}
    set_up(client)
    assert client.get("/kelola/").status_code == 200
    assert client.post("/keluar/").status_code == 302


def test_programme_managers_need_it_too(client, groups, person, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, person("mela", group="programme_manager").email)

    assert client.get("/akun/sandi/").url == "/akun/2fa/pasang/"


def test_trainees_need_none(client, trainee, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client, trainee.email)

    assert client.get("/akun/sandi/").status_code == 200


def test_with_an_authenticator_the_passphrase_is_only_the_first_step(client, trainee):
    sign_in(client, trainee.email)
    secret = set_up(client)
    client.post("/keluar/")

    assert sign_in(client, trainee.email).url == "/masuk/kode/"
    assert "_auth_user_id" not in client.session
    wrong = client.post("/masuk/kode/", {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    client.post("/masuk/kode/", {"code": code_for(secret)})
    assert client.session["_auth_user_id"] == str(trainee.pk)


def test_after_twenty_wrong_codes_the_right_one_is_refused_too(client, trainee):
    """Otherwise a thief of the passphrase could try all codes."""
    sign_in(client, trainee.email)
    secret = set_up(client)
    client.post("/keluar/")
    sign_in(client, trainee.email)
    for attempt in range(20):
        response = client.post("/masuk/kode/", {"code": "000000"})
        assert response.context["form"].errors["code"], attempt
    Authenticator.objects.filter(type="totp").update(last_used_at=None)

    response = client.post("/masuk/kode/", {"code": code_for(secret)})

    assert "_auth_user_id" not in client.session
    assert response.status_code == 200
    refusal = str(InvitedOnly.error_messages["too_many_login_attempts"])
    assert refusal in response.content.decode()


def test_the_picture_can_be_read_on_a_dark_page(client, trainee):
    sign_in(client, trainee.email)
    client.post("/akun/konfirmasi/", {"password": PASSPHRASE})

    assert 'fill="white"' in client.get("/akun/2fa/pasang/").context["totp_svg"]


def test_a_recovery_code_opens_once(client, trainee):
    sign_in(client, trainee.email)
    set_up(client)
    codes = client.get("/akun/2fa/kode-cadangan/").context["unused_codes"]
    client.post("/keluar/")

    for attempt, signed_in in ((codes[0], True), (codes[0], False)):
        sign_in(client, trainee.email)
        client.post("/masuk/kode/", {"code": attempt})
        assert ("_auth_user_id" in client.session) is signed_in
        client.post("/keluar/")


def test_a_new_passphrase_does_not_skip_the_second_step(client, trainee):
    sign_in(client, trainee.email)
    set_up(client)
    client.post("/keluar/")
    trainee.set_password("pohon besar berdaun lebat")
    trainee.save()

    sign_in(client, trainee.email, "pohon besar berdaun lebat")

    assert "_auth_user_id" not in client.session


def test_staff_who_chose_a_new_passphrase_can_still_set_it_up(client, trainer, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client.post("/lupa-sandi/", {"email": trainer.email})
    sign_in(client, trainer.email)

    set_up(client)

    assert client.get("/akun/2fa/").status_code == 200
