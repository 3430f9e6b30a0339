"""The practice room with JavaScript: forms arrive in place, and refusals are seen."""

import re

import pytest
from django.utils.translation import gettext as _
from playwright.sync_api import expect

from sandbox.domain.workflow import Action, Role
from sandbox.services import finish_run
from tests.factories import NOW
from tests.sandbox.desk_cases import case_for
from tests.sandbox.pages import act_url, case_url, inbox_url
from tests.sandbox.playing import take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDEST = (
    (Action.SUBMIT, Role.REPORTER),
    (Action.VERIFY, Role.NATIONAL_ADMIN),
    (Action.RETURN, Role.AGENCY_ADMIN),
    (Action.DRAFT, Role.LIAISON_OFFICER),
    (Action.SEND_BACK, Role.SUPERVISOR),
)
SENDS = "#tindakan .govuk-button-group button[type=submit]"
QUESTION = "Mohon sebutkan nama jalan & satu patokan."


@pytest.fixture
def case(run):
    return run.cases.get(number=1)


@pytest.fixture
def tab(desk, live_server, page, case):
    """The page of a case, with the form for asking the reporter opened in place."""
    session = desk.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(live_server.url + case_url(case))
    page.get_by_role("link", name=_("Ask for completion")).click()
    expect(page.locator("textarea")).to_be_visible()
    return page


def ask(tab, text=QUESTION, missing="location"):
    if missing:
        tab.locator(f'input[name="missing"][value="{missing}"]').check()
    tab.locator("textarea").fill(text)
    tab.locator(SENDS).click()


def test_an_action_is_taken_without_leaving_the_page_first(tab, case):
    assert "govuk-" in tab.content()
    ask(tab)
    tab.wait_for_url(re.compile("kotak-masuk"))
    case.refresh_from_db()
    assert (case.state, case.events.latest("number").text) == ("awaiting_completion", QUESTION)


def test_a_refusal_is_seen_and_what_was_typed_stays(tab, case):
    ask(tab, missing="")
    missing = _("Choose the one thing that is missing.")
    expect(tab.locator(".govuk-error-message")).to_contain_text(missing)
    summary = tab.locator("[data-error-summary]")
    expect(summary).to_contain_text(_("There is a problem"))
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    assert tab.title().startswith(_("Error:"))
    assert tab.locator("textarea").input_value() == QUESTION
    summary.get_by_role("link", name=missing).click()
    expect(tab.locator('input[name="missing"]').first).to_be_focused()
    assert case.events.count() == 1


def test_a_refused_form_can_be_mended_and_sent(tab, case):
    ask(tab, missing="")
    expect(tab.locator("[data-error-summary]")).to_be_visible()
    ask(tab)
    tab.wait_for_url(re.compile("kotak-masuk"))
    case.refresh_from_db()
    assert case.state == "awaiting_completion"


def test_the_form_that_arrives_is_where_the_reader_is(tab, case):
    expect(tab.get_by_role("heading", name=_("Ask for completion"))).to_be_focused()


def test_a_verified_case_goes_on_to_its_unit(tab, case):
    tab.get_by_role("link", name=_("Choose something else")).click()
    tab.get_by_role("link", name=_("Verify and classify")).click()
    tab.locator('input[name="class"][value="non_supervisory"]').check()
    tab.locator('select[name="category"]').select_option("Perhubungan")
    tab.locator(SENDS).click()
    tab.wait_for_url(re.compile("dispose/#tindakan"))
    expect(tab.locator('[name="unit"]')).to_be_visible()
    case.refresh_from_db()
    assert case.state == "verified"


def test_a_conflict_is_seen_and_what_was_typed_stays(tab, case):
    take(case, Action.VERIFY)
    ask(tab)
    expect(tab.get_by_role("heading", name=_("The case has moved on"))).to_be_visible()
    assert tab.locator("textarea").input_value() == QUESTION
    assert tab.locator(".sim").count() == 1, "the frame of the page came twice"


def test_a_run_finished_in_another_tab_is_seen_and_what_was_typed_stays(tab, case):
    finish_run(run=case.run, now=NOW)
    ask(tab)
    heading = tab.get_by_role("heading", name=_("This attempt can only be read"))
    expect(heading).to_be_visible()
    assert tab.locator("textarea").input_value() == QUESTION
    assert tab.locator(".sim").count() == 1, "the frame of the page came twice"


def test_the_question_before_a_case_leaves_and_the_way_back(tab, case):
    tab.get_by_role("link", name=_("Choose something else")).click()
    tab.get_by_role("link", name=_("Archive with a reason")).click()
    tab.locator('input[name="reason"][value="spam"]').check()
    tab.locator("textarea").fill(QUESTION)
    tab.get_by_role("button", name=_("Go on to the final check")).click()
    expect(tab.get_by_role("button", name=_("Yes, do it"))).to_be_visible()
    tab.get_by_role("button", name=_("Change"), exact=True).click()
    assert tab.locator("textarea").input_value() == QUESTION
    expect(tab.locator('input[name="reason"][value="spam"]')).to_be_checked()
    assert case.events.count() == 1
    tab.get_by_role("button", name=_("Go on to the final check")).click()
    tab.get_by_role("button", name=_("Yes, do it")).click()
    tab.wait_for_url(re.compile("kotak-masuk"))
    case.refresh_from_db()
    assert case.state == "archived"


def test_what_is_folded_away_is_reached_by_the_keyboard(tab, case):
    tab.get_by_role("link", name=_("Choose something else")).click()
    tab.locator(".more-actions > summary").focus()
    tab.keyboard.press("Enter")
    link = tab.get_by_role("link", name=_("Internal note"))
    expect(link).to_be_visible()
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name=_("Internal note"))).to_be_focused()
    tab.locator("textarea").fill(QUESTION)
    tab.locator(SENDS).click()
    tab.wait_for_url(re.compile(r"kasus/1/(#\w+)?$"))
    assert case.events.filter(action=Action.NOTE).count() == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_no_desk_is_wider_than_its_screen(desk, live_server, page, practice_room, learner, width):
    session = desk.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": width, "height": 800})
    for action, role in WIDEST:
        case = case_for(action, role, learner, number=4)
        for address in (inbox_url(case.run), case_url(case), act_url(case, action)):
            page.goto(live_server.url + address)
            over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(over) <= 0, (role, address)
        case.run.delete()
