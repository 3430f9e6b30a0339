"""The register in the admin: read by those who may, and revoked with a reason."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from certificates.domain import RevokeReason
from certificates.models import Certificate
from certificates.services import AlreadyRevoked, revoke_certificate
from tests.certificates.conftest import NOW, make_person

pytestmark = pytest.mark.django_db
REGISTER = "/kelola/certificate/"


@pytest.fixture
def officer(client):
    """Sign in a member of staff with the permissions named."""

    def sign_in(*names):
        person = make_person("pengelola", "Rina Pengelola")
        wanted = ["access_admin", *names]
        person.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        client.force_login(person)
        return client

    return sign_in


def test_the_register_lists_certificates(officer, drawn):
    page = officer("view_certificate").get(REGISTER)
    assert f'href="{REGISTER}inspect/{drawn.pk}/"' in page.text
    assert drawn.serial in page.text
    assert drawn.course_title in page.text


def test_the_register_finds_by_number_and_name(officer, drawn):
    register = officer("view_certificate")
    assert drawn.serial in register.get(REGISTER, {"q": drawn.serial}).text
    assert drawn.serial in register.get(REGISTER, {"q": "Siti"}).text
    assert drawn.course_title not in register.get(REGISTER, {"q": "Bukan siapa-siapa"}).text


def test_the_register_is_closed_to_other_staff(officer, drawn):
    staff = officer()
    for address in [REGISTER, f"{REGISTER}inspect/{drawn.pk}/", f"{REGISTER}revoke/{drawn.pk}/"]:
        assert staff.get(address).status_code == 302
        assert drawn.serial not in staff.get(address, follow=True).text


def test_readers_of_the_register_cannot_revoke(officer, drawn):
    reader = officer("view_certificate")
    assert f"revoke/{drawn.pk}" not in reader.get(f"{REGISTER}inspect/{drawn.pk}/").text

    reader.post(f"{REGISTER}revoke/{drawn.pk}/", {"reason": "replaced", "note": "Salah."})

    assert Certificate.objects.get().revoked_at is None


@pytest.mark.parametrize("action", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_adds_edits_or_deletes_by_form(officer, drawn, action):
    keeper = officer(
        "view_certificate", "add_certificate", "change_certificate", "delete_certificate"
    )
    before = Certificate.objects.values().get()

    for send in [keeper.get, keeper.post]:
        assert send(REGISTER + action.format(pk=drawn.pk)).status_code in {302, 403}

    assert Certificate.objects.values().get() == before


def test_revoking_records_when_why_and_by_whom(officer, drawn):
    keeper = officer("view_certificate", "change_certificate")
    assert f"revoke/{drawn.pk}/" in keeper.get(f"{REGISTER}inspect/{drawn.pk}/").text
    assert drawn.serial in keeper.get(f"{REGISTER}revoke/{drawn.pk}/").text

    answer = keeper.post(
        f"{REGISTER}revoke/{drawn.pk}/",
        {"reason": "replaced", "note": "Salah tulis nama; diputuskan ketua program."},
        follow=True,
    )

    revoked = Certificate.objects.get()
    assert revoked.revoked_at is not None
    assert revoked.revoke_reason == RevokeReason.REPLACED
    change = revoked.history.first()
    assert change.history_user.username == "pengelola"
    assert "Salah tulis nama" in change.history_change_reason
    assert "Rina Pengelola" in answer.text
    assert "Salah tulis nama" in answer.text


@pytest.mark.parametrize(
    "typed",
    [{}, {"reason": "replaced"}, {"note": "x"}, {"reason": "because", "note": "x"}],
    ids=["nothing", "no note", "no reason", "a reason of one's own"],
)
def test_revoking_needs_a_reason_and_a_note(officer, drawn, typed):
    keeper = officer("view_certificate", "change_certificate")

    assert keeper.post(f"{REGISTER}revoke/{drawn.pk}/", typed).status_code == 200
    assert Certificate.objects.get().revoked_at is None


def test_a_certificate_is_revoked_once(officer, drawn, learner):
    revoke_certificate(certificate=drawn, reason=RevokeReason.REPLACED, by=learner, now=NOW)
    keeper = officer("view_certificate", "change_certificate")

    with pytest.raises(AlreadyRevoked):
        revoke_certificate(
            certificate=drawn, reason=RevokeReason.HOLDER_REQUEST, by=learner, now=NOW
        )
    keeper.post(f"{REGISTER}revoke/{drawn.pk}/", {"reason": "holder_request", "note": "Lagi."})

    kept = Certificate.objects.get()
    assert (kept.revoked_at, kept.revoke_reason) == (NOW, RevokeReason.REPLACED)
    assert kept.history.count() == 2


@pytest.mark.parametrize("fields", [{"revoked_at": NOW}, {"revoke_reason": "replaced"}])
def test_the_database_knows_no_half_revocation(drawn, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(**fields)
