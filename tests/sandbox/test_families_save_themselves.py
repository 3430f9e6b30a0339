"""A case family saves itself while it is written, and never takes its author for somebody else."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from config.groups import load_groups
from sandbox.models import CaseFamily
from sandbox.selectors.families import latest
from tests.factories import UserFactory
from tests.sandbox.families import CODE, browser_of, url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SETTLED = 3000  # milliseconds; Wagtail looks at a form two seconds after it was drawn
SENT = 1000


@pytest.fixture
def family(practice_room):
    return CaseFamily.objects.get(code=CODE)


@pytest.fixture
def tab(live_server, page, family):
    """The form of a family, before its author."""
    load_groups()
    author = UserFactory()
    author.groups.add(Group.objects.get(name="trainer"))
    session = browser_of(author).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + url("edit", family))
    page.wait_for_timeout(SETTLED)
    return page


def saved(tab, words):
    """Write, wait, and return what the server said to it."""
    with tab.expect_response(lambda answer: words in (answer.request.post_data or "")) as found:
        tab.locator("[name=source]").fill(words)
    answer = found.value.json()
    expect(tab.locator("#w-autosave-indicator")).to_have_attribute(
        "data-w-autosave-state-value", "saved" if answer["success"] else "paused"
    )
    return answer


def stored(tab, family):
    """Return a family as it is stored, once nobody is at its form any more."""
    tab.goto("about:blank")
    tab.wait_for_timeout(SENT)
    return CaseFamily.objects.get(pk=family.pk)


def test_what_is_written_is_saved_again_and_again(tab, family):
    told = family.content["telling"]
    assert any("\n" in telling["text"] for telling in told)

    for words in ("Satu.", "Satu, dua.", "Satu, dua, tiga."):
        assert saved(tab, words)["success"]

    after = stored(tab, family)
    assert latest(after)["source"] == "Satu, dua, tiga."
    assert latest(after)["telling"] == told
    assert after.revisions.count() == 1
    assert after.content == family.content, "what is published waits for a button"


@pytest.mark.parametrize("pause", [300, 900, 1300])
def test_whoever_publishes_while_it_saves_meets_no_newer_version(tab, family, pause):
    tab.locator("[name=source]").fill("Sebelum terbit.")
    tab.locator("[name=main_row]").select_option("")
    tab.wait_for_timeout(pause)

    with tab.expect_navigation():
        tab.evaluate("document.querySelector('[name=action-publish]').click()")
    tab.wait_for_timeout(SETTLED)
    expect(tab.locator("[name=source]")).to_have_value("Sebelum terbit.")

    assert saved(tab, "Sesudah ditolak.")["success"]
    after = stored(tab, family)
    assert latest(after)["source"] == "Sesudah ditolak."
    assert after.content == family.content
