"""A learner, a course in two languages, and certificates that were earned the real way."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Locale, Page

from certificates.models import Certificate
from certificates.services import draw_certificate, issue_certificate
from learning.models import CoursePage, Enrolment

# 18.30 in London, so already the next day in Jakarta
NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
NAME = "Siti Nur'aini Šárkány"


def make_person(username: str, full_name: str = NAME, **fields: Any) -> User:
    first, _, last = full_name.partition(" ")
    return get_user_model().objects.create_user(
        username=username,
        email=f"{username}@contoh.test",
        first_name=first,
        last_name=last,
        **fields,
    )


def make_course(title: str = "Dasar pengelolaan pengaduan", language: str = "id", **fields: Any):
    facts = {"code": "K0", "minutes": 150, "edition": 2, "valid_months": 24}
    slug = f"{fields.get('code', 'K0')}-{language}".lower()
    course = CoursePage(
        title=title,
        slug=slug,
        locale=Locale.objects.get(language_code=language),
        summary="Langkah pertama.",
        audience="Semua pegawai.",
        objectives=[("item", "memilah laporan")],
        **(facts | fields),
    )
    Page.objects.get(depth=1).add_child(instance=course)
    return course


@pytest.fixture
def learner(db: None) -> User:
    return make_person("siti")


@pytest.fixture
def course(db: None) -> CoursePage:
    course = make_course()
    make_course("Complaint handling basics", "en", translation_key=course.translation_key)
    return course


@pytest.fixture
def enrolment(learner: User, course: CoursePage) -> Enrolment:
    return Enrolment.objects.create(user=learner, course=course, enrolled_at=NOW)


@pytest.fixture
def certificate(enrolment: Enrolment) -> Certificate:
    return issue_certificate(enrolment=enrolment, now=NOW)


@pytest.fixture
def drawn(certificate: Certificate) -> Certificate:
    draw_certificate(certificate=certificate, now=NOW)
    return certificate


@pytest.fixture
def siti(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client
