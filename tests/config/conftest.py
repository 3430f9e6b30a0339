"""People and pages for the tests of the site shell."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Locale, Page, Site

from config.groups import load_groups
from content.models import ArticlePage, HomePage
from learning.models import CourseIndexPage, Learner

PASSPHRASE = "awan biru di atas bukit"

Make = Callable[..., User]


@pytest.fixture
def groups(home: HomePage, course_index: CourseIndexPage) -> None:
    load_groups()


@pytest.fixture
def person(db: None) -> Make:
    """Make a person; `group` names their group, `zone` their learner's time zone."""

    def make(name: str, group: str = "", zone: str = "", **fields: Any) -> User:
        user = get_user_model().objects.create_user(
            username=f"{name}@contoh.test",
            email=f"{name}@contoh.test",
            password=PASSPHRASE,
            first_name=name.title(),
            **fields,
        )
        if group:
            user.groups.add(Group.objects.get(name=group))
        if zone:
            Learner.objects.create(user=user, time_zone=zone)
        return user

    return make


@pytest.fixture
def home(db: None) -> HomePage:
    page = HomePage(
        title="Beranda",
        slug="beranda",
        locale=Locale.objects.get(language_code="id"),
        lead="Tempat berlatih.",
        not_channel="Bukan kanal pengaduan.",
        officer_title="Pegawai",
        officer_text="Untuk pegawai.",
        citizen_title="Warga",
        citizen_text="Untuk warga.",
    )
    Page.objects.get(depth=1).add_child(instance=page)
    Site.objects.update(root_page=page)
    Site.clear_site_root_paths_cache()
    return page


@pytest.fixture
def course_index(home: HomePage) -> CourseIndexPage:
    page = CourseIndexPage(title="Kursus", slug="kursus")
    home.add_child(instance=page)
    return page


@pytest.fixture
def article(home: HomePage) -> ArticlePage:
    page = ArticlePage(
        title="Tentang situs ini",
        slug="tentang",
        intro="Siapa yang membuatnya.",
        show_in_footer=True,
        body=[("paragraph", "<p>Isi halaman.</p>")],
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def sign_in(client: Client, email: str, passphrase: str = PASSPHRASE, **extra: Any) -> Any:
    data = {"login": email, "password": passphrase} | extra
    return client.post("/masuk/", data)
