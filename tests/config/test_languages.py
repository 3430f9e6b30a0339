"""Both languages are complete, for readers and for those who edit."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
import pytest
import wagtail
import wagtail_localize
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from wagtail.users.models import UserProfile

from content.models import ArticlePage

from .conftest import Make

ENOUGH = 0.95
# Where editors and trainers work: sources as upstream's own catalogues name them.
SCREENS = {
    Path(wagtail.__file__).parent / "admin": (
        "forms/pages.py", "localization.py", "panels/", "ui/", "userbar.py", "views/generic/",
        "views/pages/", "views/home.py", "views/account.py", "wagtail_hooks.py",
        "templatetags/wagtailadmin_tags.py", "templates/wagtailadmin/account/",
        "templates/wagtailadmin/base.html", "templates/wagtailadmin/bulk_actions/",
        "templates/wagtailadmin/chooser/", "templates/wagtailadmin/generic/",
        "templates/wagtailadmin/home/", "templates/wagtailadmin/home.html",
        "templates/wagtailadmin/pages/", "templates/wagtailadmin/panels/",
        "templates/wagtailadmin/shared/", "templates/wagtailadmin/tables/",
        "templates/wagtailadmin/userbar/", "src/",
    ),
    Path(wagtail.__file__).parent: ("blocks/", "locks.py", "models/", "wagtail_hooks.py"),
    Path(wagtail.__file__).parent / "snippets": ("",),
    Path(wagtail.__file__).parent / "images": ("",),
    Path(wagtail.__file__).parent / "documents": ("",),
    Path(wagtail.__file__).parent / "users": ("models.py", "templatetags/"),
    Path(wagtail_localize.__file__).parent: ("",),
}  # fmt: skip
ENGLISH = re.compile(
    r"\b(Publish|Unpublish|Save draft|Preview|Delete|Edit|Add child page|Actions|History|Search|"
    r"Toggle|Comments?|Privacy|Usage|Settings|More options|Status|Live|Draft)\b"
)
SAME_IN_BOTH = {"Status"}


def test_every_word_of_ours_is_translated_and_compiled() -> None:
    check = subprocess.run(
        [settings.BASE_DIR / ".ci" / "messages", "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert check.returncode == 0, check.stdout + check.stderr


@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize("app", SCREENS, ids=lambda app: app.name)
def test_the_screens_of_an_editor_are_in_indonesian(app: Path, domain: str) -> None:
    source = app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if not source.exists():
        pytest.skip("this app has no such catalogue")
    known = trans_real.DjangoTranslation("id", domain=domain)._catalog
    keys = list(_keys(source, SCREENS[app]))
    assert keys
    missing = [key for key in keys if key not in known]
    assert len(missing) <= (1 - ENOUGH) * len(keys), missing


def _keys(source: Path, screens: tuple[str, ...]) -> Iterator[Any]:
    for entry in polib.pofile(str(source)):
        if any(place.startswith(screens) or "/src/" in place for place, _ in entry.occurrences):
            key = f"{entry.msgctxt}\x04{entry.msgid}" if entry.msgctxt else entry.msgid
            yield (key, 0) if entry.msgid_plural else key


@pytest.fixture
def editor(person: Make, groups: None, client: Client) -> Client:
    client.force_login(person("sari", group="editor"), backend="config.accounts.People")
    return client


def test_the_page_explorer_shows_no_english_button(editor: Client, article: ArticlePage) -> None:
    url = reverse("wagtailadmin_explore", args=[article.get_parent().pk])
    assert _english(editor.get(url, HTTP_ACCEPT_LANGUAGE="en")) == set()


def test_the_page_editor_shows_no_english_button(editor: Client, article: ArticlePage) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[article.pk])
    answer = editor.get(url, HTTP_ACCEPT_LANGUAGE="en")
    assert "Simpan draf" in answer.content.decode()
    assert _english(answer) == set()


def test_someone_who_chose_english_in_their_account_edits_in_english(
    editor: Client, article: ArticlePage
) -> None:
    UserProfile.objects.create(user_id=editor.session["_auth_user_id"], preferred_language="en")
    page = editor.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    assert "Save draft" in page
    assert "Simpan draf" not in page


def test_times_are_written_as_each_language_writes_them() -> None:
    with translation.override("id"):
        assert translation.gettext("H:i") == "H.i"
    with translation.override("en"):
        assert translation.gettext("H:i") == "H:i"


def _english(answer: Any) -> set[str]:
    assert answer.status_code == 200
    assert answer["Content-Language"] == "id"
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return set(ENGLISH.findall(re.sub(r"<[^>]*>", " ", page))) - SAME_IN_BOTH
