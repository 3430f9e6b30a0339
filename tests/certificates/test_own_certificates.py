"""People see, read and download their own certificates, and nobody else's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from certificates.domain import RevokeReason
from certificates.models import Certificate, CertificateFile
from certificates.services import revoke_certificate
from tests.certificates.conftest import NAME, NOW, make_person

pytestmark = pytest.mark.django_db


def shown(page):
    return page.text.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("prefix", "title", "month"),
    [
        ("", "Dasar pengelolaan pengaduan", "21 November 2026"),
        ("/en", "Complaint handling basics", "21 November 2026"),
    ],
    ids=["Indonesian", "English"],
)
def test_the_list_names_each_certificate_with_its_file_and_address(
    siti, drawn, prefix, title, month, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page = siti.get(f"{prefix}/sertifikat/")

    assert title in page.text
    assert month in page.text
    assert drawn.serial in page.text
    assert drawn.verify_url in page.text
    assert f'href="{prefix}/sertifikat/{drawn.pk}.pdf"' in page.text


def test_without_a_certificate_the_list_says_what_is_missing(siti, enrolment):
    page = siti.get("/en/sertifikat/")

    assert "No certificate yet" in page.text
    assert "Complaint handling basics" in page.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_carries_every_fact_and_the_qr_code(siti, drawn, prefix):
    page = siti.get(f"{prefix}/sertifikat/{drawn.pk}/")

    for fact in [
        f'">{NAME}</p>',
        drawn.course_title,
        drawn.course_title_en,
        "21 November 2026",
        "21 November 2028",
        "2 jam 30 menit",
        drawn.serial,
        drawn.grouped_code,
        drawn.verify_url,
    ]:
        assert fact in shown(page)
    assert 'src="data:image/svg+xml' in page.text


def test_the_download_is_the_stored_file(siti, drawn):
    answer = siti.get(f"/sertifikat/{drawn.pk}.pdf")

    assert answer.content == bytes(drawn.file.pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="sertifikat-RL-K0-2026-000001-siti-nuraini-sarkany.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{drawn.file.sha256}"'
    assert "private" in answer.headers["Cache-Control"]


def test_a_file_that_is_already_there_is_not_sent_again(siti, drawn):
    etag = f'"{drawn.file.sha256}"'
    assert (
        siti.get(f"/sertifikat/{drawn.pk}.pdf", headers={"If-None-Match": etag}).status_code == 304
    )


def test_a_file_that_is_not_drawn_yet_is_announced_and_not_drawn_by_looking(siti, certificate):
    page = siti.get(f"/en/sertifikat/{certificate.pk}.pdf")

    assert page.status_code == 202
    assert "Being made" in page.text
    assert not CertificateFile.objects.exists()


def test_the_button_draws_it_again(siti, certificate):
    answer = siti.post(f"/en/sertifikat/{certificate.pk}/gambar/", follow=True)

    assert "The PDF is being made again." in answer.text
    assert CertificateFile.objects.get().certificate == certificate


def test_drawing_needs_the_button(siti, certificate):
    assert siti.get(f"/sertifikat/{certificate.pk}/gambar/").status_code == 405
    assert not CertificateFile.objects.exists()


PRIVATE = ["/sertifikat/{pk}/", "/sertifikat/{pk}.pdf", "/en/sertifikat/{pk}/"]


@pytest.mark.parametrize("address", PRIVATE)
def test_other_peoples_certificates_do_not_exist(drawn, address):
    other = Client()
    other.force_login(make_person("lain"))

    assert other.get(address.format(pk=drawn.pk)).status_code == 404
    assert drawn.serial not in other.get("/sertifikat/").text


def test_other_peoples_certificates_cannot_be_drawn(certificate):
    other = Client()
    other.force_login(make_person("lain"))

    assert other.post(f"/sertifikat/{certificate.pk}/gambar/").status_code == 404
    assert not CertificateFile.objects.exists()


@pytest.mark.parametrize("address", ["/sertifikat/", *PRIVATE])
def test_strangers_are_sent_to_sign_in(client, drawn, address):
    answer = client.get(address.format(pk=drawn.pk))
    assert answer.status_code == 302
    assert "/masuk/" in answer.headers["Location"]


def test_certificates_of_deleted_people_belong_to_no_stranger(drawn, learner):
    learner.delete()
    assert Certificate.objects.filter(holder=None).exists()
    assert not Certificate.objects.visible_to(AnonymousUser()).exists()


def test_a_revoked_certificate_says_so_to_its_holder(siti, drawn, learner):
    revoke_certificate(
        certificate=drawn, reason=RevokeReason.REPLACED, by=learner, now=NOW, note="Salah nama."
    )

    for address in ["/en/sertifikat/", f"/en/sertifikat/{drawn.pk}/"]:
        page = siti.get(address)
        assert "It was replaced by a corrected certificate." in page.text
        assert "Salah nama" not in page.text


def test_an_expired_certificate_says_so_to_its_holder(siti, drawn):
    Certificate.objects.update(expires_on=timezone.now().date() - timedelta(days=3))

    assert "Expired" in siti.get("/en/sertifikat/").text
    assert "This certificate has expired" in siti.get(f"/en/sertifikat/{drawn.pk}/").text
