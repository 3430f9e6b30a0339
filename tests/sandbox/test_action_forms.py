"""Forms refuse what is out of place, keep what was typed, and ask before a case leaves."""

import re
from html import unescape

import pytest
from django.utils.translation import gettext as _

from sandbox.domain.workflow import Action, State
from sandbox.forms import CONFIRMED_FIRST, FORMS
from sandbox.labels import ACTION_LABELS, PERSONAL_DATA_LABELS
from sandbox.models import Scenario
from sandbox.services import finish_run
from tests.factories import NOW, case_in
from tests.sandbox.pages import act_url, case_url, form_of, inbox_url, send, words
from tests.sandbox.playing import CHOICES, TEXT, let_a_day_pass, snapshot, take

EXPLAINED = [Action.HOLD, Action.RETURN, Action.ARCHIVE]
WITH_TEXT = [*EXPLAINED, Action.DISPOSE]
TYPED = "Yth. Pelapor, 'mohon' sebutkan <nama> jalan & patokannya."


@pytest.fixture(params=list(FORMS), ids=str)
def action(request):
    return request.param


@pytest.fixture
def case(run, action):
    return case_in(State.VERIFIED if action is Action.DISPOSE else State.UNVERIFIED, run)


def typed_again(page):
    """What the text field holds when the page comes back."""
    return re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", page, re.DOTALL)[1]


def following(case, action):
    """Where a step leads: a verified case still waits for its unit."""
    if action is Action.VERIFY:
        return f"{act_url(case, 'dispose')}#tindakan"
    return f"{inbox_url(case.run)}#isi"


def refused(response, case, before):
    assert response.status_code == 422
    assert _("There is a problem") in words(response)
    assert re.search(r"<title>\s*" + _("Error:"), words(response))
    assert snapshot(case) == before


def test_a_good_form_is_saved_and_said_so(desk, case, action):
    response = send(desk, case, action)

    assert response.status_code == 302
    case.refresh_from_db()
    event = case.events.latest("number")
    assert (event.action, event.choices) == (action, CHOICES[action])
    assert event.text == ("" if action is Action.VERIFY else TEXT)
    assert response["Location"] == following(case, action)
    said = _("%(code)s · %(action)s: saved.") % {
        "code": "LTH-0001",
        "action": ACTION_LABELS[action],
    }
    assert said in words(desk.get(following(case, action)))


def test_an_empty_form_names_every_field_that_is_missing(desk, case, action):
    before = snapshot(case)
    response = desk.post(act_url(case, action), {"version": case.version})
    refused(response, case, before)
    missing = set(response.context["form"].errors)
    optional = {"text"} if action is Action.DISPOSE else set()
    wanted = set(form_of(case, action)) - {"version"} - optional
    assert missing == wanted


@pytest.mark.parametrize("text", ["", "   ", "\n", "Sudah dicek ok"])
@pytest.mark.parametrize("action", EXPLAINED, indirect=True, ids=str)
def test_a_reason_is_asked_for(desk, case, action, text):
    before = snapshot(case)
    response = send(desk, case, action, text=text)
    refused(response, case, before)
    assert _("Write at least one sentence.") in words(response)


@pytest.mark.parametrize("action", [Action.DISPOSE], indirect=True, ids=str)
def test_a_note_to_the_unit_is_optional(desk, case, action):
    assert send(desk, case, action, text="").status_code == 302


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_a_reason_of_five_hundred_characters_fits_and_one_more_does_not(desk, case, action):
    before = snapshot(case)
    too_long = "a" * 501
    response = send(desk, case, action, text=too_long)
    refused(response, case, before)
    assert typed_again(words(response)) == too_long
    assert "length" not in re.search(r"<textarea[^>]*>", words(response))[0]  # no silent cut
    assert send(desk, case, action, text="a" * 500).status_code == 302


def test_a_choice_that_is_not_on_the_list_is_refused(desk, case, action):
    before = snapshot(case)
    for name in CHOICES[action]:
        response = send(desk, case, action, **{name: "di_luar_daftar"})
        refused(response, case, before)
        assert name in response.context["form"].errors


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("3201015708900001", "national_id"),
        ("3201 0157 0890 0001", "national_id"),
        ("0812-3456-7890", "phone"),
        ("+6281234567890", "phone"),
        ("budi@surat.co.id", "email"),
    ],
)
@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_personal_data_are_refused_at_the_door(desk, case, action, data, kind):
    before = snapshot(case)
    text = f"Sudah dicek, data pelapor {data}, mohon dilanjutkan."
    response = send(desk, case, action, text=text)
    refused(response, case, before)
    assert str(PERSONAL_DATA_LABELS[kind]) in words(response)
    assert typed_again(words(response)) == text


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_addresses_of_the_fiction_may_be_written(desk, case, action):
    assert send(desk, case, action, text="Tulis ke loket@contoh.test").status_code == 302


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_what_was_typed_is_still_there_when_something_else_is_wrong(desk, case, action):
    name = next(iter(CHOICES[action]))
    response = send(desk, case, action, text=TYPED, **{name: "di_luar_daftar"})
    assert response.status_code == 422
    assert typed_again(words(response)) == TYPED
    others = {n: v for n, v in CHOICES[action].items() if n != name}
    for other, value in others.items():
        assert response.context["form"][other].value() == value


@pytest.mark.parametrize("version", [None, "", "x", "1.5"])
def test_a_form_without_its_version_is_refused(desk, case, action, version):
    before = snapshot(case)
    response = send(desk, case, action, version=version)
    assert response.status_code == 422
    assert snapshot(case) == before


# Asking first


@pytest.mark.parametrize("action", CONFIRMED_FIRST, indirect=True, ids=str)
def test_a_case_leaves_the_desk_only_after_a_question(desk, case, action):
    before = snapshot(case)

    question = send(desk, case, action, confirmed=False, text=TYPED)

    assert question.status_code == 200
    assert snapshot(case) == before
    page = words(question)
    assert _("Yes, do it") in page
    assert TYPED in page
    form = question.context["form"]
    for name in CHOICES[action]:
        assert f'<dd class="govuk-summary-list__value">{chosen_label(form, name)}</dd>' in page

    assert desk.post(act_url(case, action), hidden_fields(question) | {"confirmed": "yes"})
    case.refresh_from_db()
    event = case.events.latest("number")
    assert (event.action, event.choices, event.text) == (action, CHOICES[action], TYPED)


def chosen_label(form, name):
    return dict(form.fields[name].choices)[form[name].value()]


def hidden_fields(response):
    """The fields that the question carries along, as a browser would send them."""
    tags = re.findall(r'<input type="hidden"[^>]*>', response.content.decode())
    fields = {}
    for tag in tags:
        name = re.search(r'name="([^"]*)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag, re.DOTALL)
        fields[name] = unescape(value[1]) if value else ""
    fields.pop("csrfmiddlewaretoken", None)
    return fields


@pytest.mark.parametrize("action", CONFIRMED_FIRST, indirect=True, ids=str)
def test_change_goes_back_to_the_form_with_everything_in_it(desk, case, action):
    before = snapshot(case)
    question = send(desk, case, action, confirmed=False, text="Baris satu\r\nbaris dua")
    back = desk.post(act_url(case, action), hidden_fields(question) | {"change": "yes"})
    assert back.status_code == 200
    assert snapshot(case) == before
    assert _("Yes, do it") not in words(back)
    assert typed_again(words(back)).splitlines() == ["Baris satu", "baris dua"]
    for name, value in CHOICES[action].items():
        assert back.context["form"][name].value() == value


@pytest.mark.parametrize("action", CONFIRMED_FIRST, indirect=True, ids=str)
def test_a_question_does_not_let_a_faulty_form_pass(desk, case, action):
    before = snapshot(case)
    refused(send(desk, case, action, confirmed=False, text=""), case, before)


# Two tabs, and runs that are over


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_a_case_that_changed_in_another_tab_gives_back_what_was_typed(desk, case, action):
    old = form_of(case, action, text=TYPED) | {"confirmed": "yes"}
    take(case, Action.HOLD, text="Dari tab lain.")
    before = snapshot(case)

    response = desk.post(act_url(case, action), old)

    assert response.status_code == 409
    assert snapshot(case) == before
    page = words(response)
    assert _("The case has moved on") in page
    assert typed_again(page) == TYPED
    assert case_url(case) in page
    assert _("Awaiting completion") in page


def test_a_double_click_is_one_step_and_looks_like_success(desk, case, action):
    form = form_of(case, action) | {"confirmed": "yes"}
    answers = [desk.post(act_url(case, action), form) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert case.events.filter(action=action).count() == 1


def test_a_form_that_is_no_longer_possible_leads_to_the_case(desk, case, action):
    """Such as after the browser's “back”."""
    take(case, Action.ARCHIVE)
    before = snapshot(case)
    response = desk.get(act_url(case, action))
    assert (response.status_code, response["Location"]) == (302, case_url(case))
    said = _("This step has been taken. The case is shown as it is now.")
    assert said in words(desk.get(case_url(case)))
    assert snapshot(case) == before


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_a_finished_run_gives_back_what_was_typed(desk, case, action):
    finish_run(run=case.run, now=NOW)
    before = snapshot(case)
    response = send(desk, case, action, text=TYPED)
    assert response.status_code == 410
    assert typed_again(words(response)) == TYPED
    assert _("You have finished it. Nothing was changed.") in words(response)
    assert snapshot(case) == before


@pytest.mark.parametrize("action", WITH_TEXT, indirect=True, ids=str)
def test_an_exercise_deleted_meanwhile_gives_back_what_was_typed(desk, case, action):
    Scenario.objects.all().delete()
    before = snapshot(case)
    response = send(desk, case, action, text=TYPED)
    assert response.status_code == 410
    assert typed_again(words(response)) == TYPED
    assert snapshot(case) == before
    assert desk.get(case_url(case)).status_code == 200


def test_a_run_that_is_over_offers_no_form(desk, case, action):
    finish_run(run=case.run, now=NOW)
    response = desk.get(act_url(case, action))
    assert response.status_code == 410
    assert "<textarea" not in words(response)


# What is no action, and what changes nothing


@pytest.mark.parametrize("name", ["submit", "close", "block", "expire", "complete", "tutup", "x"])
def test_what_people_cannot_do_by_a_form_has_no_page(desk, run, name):
    case = run.cases.get(number=1)
    before = snapshot(case)
    assert desk.get(act_url(case, name)).status_code == 404
    assert desk.post(act_url(case, name), {"version": 1, "confirmed": "yes"}).status_code == 404
    assert snapshot(case) == before


def test_looking_at_a_form_changes_nothing(desk, case, action):
    before = snapshot(case)
    page = desk.get(act_url(case, action), CHOICES[action] | {"text": TEXT, "confirmed": "yes"})
    assert page.status_code == 200
    assert desk.head(act_url(case, action)).status_code == 200
    assert snapshot(case) == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(desk, run, method):
    case = run.cases.get(number=1)
    before = snapshot(case)
    assert getattr(desk, method)(act_url(case, "archive")).status_code == 405
    assert snapshot(case) == before


# htmx


def test_htmx_gets_the_form_alone(desk, case, action):
    response = desk.get(act_url(case, action), headers={"HX-Request": "true"})
    page = words(response)
    assert response.status_code == 200
    assert page.lstrip().startswith('<section class="actions"')
    assert "<html" not in page
    assert f'<h2 tabindex="-1" data-focus>{ACTION_LABELS[action]}</h2>' in page


def test_the_form_that_htmx_brings_is_sent_plainly(desk, case, action):
    page = words(desk.get(act_url(case, action), headers={"HX-Request": "true"}))
    assert f'<form method="post" action="{act_url(case, action)}#tindakan" novalidate>' in page
    assert "hx-post" not in page


def test_a_step_sent_by_htmx_is_answered_like_any_other(desk, case, action):
    data = form_of(case, action) | {"confirmed": "yes"}
    response = desk.post(act_url(case, action), data, headers={"HX-Request": "true"})
    assert response.status_code == 302
    assert response["Location"] == following(case, action)
    assert "HX-Redirect" not in response
    assert case.events.filter(action=action).exists()


def test_a_refusal_is_a_whole_page_for_htmx_too(desk, case, action):
    before = snapshot(case)
    response = desk.post(
        act_url(case, action), {"version": case.version}, headers={"HX-Request": "true"}
    )
    refused(response, case, before)
    page = words(response)
    assert "govuk-error-message" in page
    assert "<html" in page
    assert page.index('id="tindakan"') < page.index("data-error-summary")
    assert page.count("data-error-summary") == 1


def test_the_days_that_were_moved_do_not_matter_to_a_form_that_was_open(desk, run):
    """Only the case's own version counts: letting a day pass in another tab loses nothing."""
    case = run.cases.get(number=1)
    form = form_of(case, Action.HOLD)
    let_a_day_pass(run)
    assert desk.post(act_url(case, Action.HOLD), form).status_code == 302
