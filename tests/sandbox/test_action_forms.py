"""Forms refuse what is out of place, keep what was typed, and ask before a case leaves."""

import re
from html import unescape

import pytest
from django.utils.translation import gettext as _

from sandbox.domain.workflow import Action, Role
from sandbox.forms import CONFIRMED_FIRST
from sandbox.labels import PERSONAL_DATA_LABELS
from tests.sandbox.desk_cases import EXPLAINED, FIRST_ROLE, SOME, WITH_TEXT, case_for, chosen_by
from tests.sandbox.pages import (
    TEXTLESS,
    TYPED,
    act_url,
    case_url,
    form_of,
    inbox_url,
    refused,
    send,
    typed_again,
    words,
)
from tests.sandbox.playing import CHOICES, snapshot

ASKING = [Action.ARCHIVE, Action.RETURN, Action.ANSWER, Action.SUBMIT, Action.MASK]
LONG = [Action.ANSWER, Action.DRAFT, Action.INTERIM, Action.SUBMIT]
OPTIONAL = {"text", "title", "support", "agency", "anonymous", "secret", "evidence"}


@pytest.fixture(params=SOME, ids=str)
def action(request):
    return request.param


@pytest.fixture
def case(action, learner, practice_room):
    return case_for(action, FIRST_ROLE[action], learner)


@pytest.mark.parametrize("action", [Action.ARCHIVE, Action.NOTE, Action.VERIFY], indirect=True)
def test_what_was_done_is_said_and_leads_on(desk, case, action):
    """To the next case where this one has left the desk, and else back to it."""
    response = send(desk, case, action)
    dispose = f"{act_url(case, 'dispose')}#tindakan"
    goals = {
        Action.ARCHIVE: f"{inbox_url(case.run)}#isi",
        Action.NOTE: case_url(case),
        Action.VERIFY: f"{inbox_url(case.run)}#isi",
    }
    is_agency = case.run.role == Role.AGENCY_ADMIN and action is Action.VERIFY
    assert response["Location"] == (dispose if is_agency else goals[action])
    page = words(desk.get(response["Location"]))
    said = _("%(code)s · %(action)s: saved.") % {"code": "LTH-0001", "action": "|"}
    assert said.partition("|")[2] in page
    assert said.partition("|")[0] in page


def test_an_agencys_verified_case_goes_on_to_its_unit(desk, learner, practice_room):
    case = case_for(Action.VERIFY, Role.AGENCY_ADMIN, learner)
    response = send(desk, case, Action.VERIFY)
    assert response["Location"] == f"{act_url(case, 'dispose')}#tindakan"
    assert desk.get(response["Location"]).status_code == 200


def needed(case, action):
    """The fields of a form that may not be left out."""
    if action is Action.SUBMIT:
        return {"title", "text"}
    needless = OPTIONAL - ({"text"} if action in (*EXPLAINED, *LONG, Action.CLOSE) else set())
    if action is Action.VERIFY and case.run.role == Role.NATIONAL_ADMIN:
        needless = needless - {"agency"}
    return set(form_of(case, action)) - {"version"} - needless


def test_an_empty_form_names_every_field_that_is_missing(desk, case, action):
    before = snapshot(case)
    response = desk.post(act_url(case, action), {"version": case.version})
    refused(response, case, before)
    assert set(response.context["form"].errors) == needed(case, action)


@pytest.mark.parametrize("text", ["", "   ", "\n", "Sudah dicek ok"])
@pytest.mark.parametrize("action", EXPLAINED, indirect=True, ids=str)
def test_a_reason_is_asked_for(desk, case, action, text):
    before = snapshot(case)
    response = send(desk, case, action, text=text)
    refused(response, case, before)
    assert _("Write at least one sentence.") in words(response)


@pytest.mark.parametrize("action", LONG, indirect=True, ids=str)
def test_an_answer_may_have_three_thousand_characters_and_not_one_more(desk, case, action):
    before = snapshot(case)
    too_long = "a" * 3001
    response = send(desk, case, action, text=too_long)
    refused(response, case, before)
    assert typed_again(words(response)) == too_long
    assert send(desk, case, action, text="a" * 3000).status_code == 302


@pytest.mark.parametrize("action", LONG, indirect=True, ids=str)
def test_an_answer_with_real_peoples_data_is_refused_and_kept(desk, case, action):
    before = snapshot(case)
    text = "Kami sudah memeriksa. Hubungi 0812-3456-7890 untuk kabar."
    response = send(desk, case, action, text=text)
    refused(response, case, before)
    assert typed_again(words(response)) == text


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.VERIFY], indirect=True, ids=str)
def test_a_title_with_real_peoples_data_is_refused_and_kept(desk, case, action):
    before = snapshot(case)
    response = send(desk, case, action, title="Tolong telepon 0812-3456-7890")
    refused(response, case, before)
    assert 'value="Tolong telepon 0812-3456-7890"' in words(response)


def test_a_rating_needs_no_comment(desk, learner, practice_room):
    case = case_for(Action.CLOSE, Role.REPORTER, learner)
    assert send(desk, case, Action.CLOSE, text="").status_code == 302


def test_a_unit_does_not_support_itself(desk, learner, practice_room):
    case = case_for(Action.DISPOSE, Role.AGENCY_ADMIN, learner)
    before = snapshot(case)
    refused(send(desk, case, Action.DISPOSE, support=["DISHUB", "DLH"]), case, before)


def test_a_report_is_linked_to_an_open_one_and_never_to_itself(desk, learner, practice_room):
    case = case_for(Action.LINK_DUPLICATE, Role.AGENCY_ADMIN, learner)
    form = desk.get(act_url(case, Action.LINK_DUPLICATE)).context["form"]
    offered = {code for code, _label in form.fields["parent"].choices}
    assert str(case.number) not in offered
    assert "2" in offered
    before = snapshot(case)
    refused(send(desk, case, Action.LINK_DUPLICATE, parent="1"), case, before)
    send(desk, case, Action.LINK_DUPLICATE, parent="2")
    parent = case.run.cases.get(number=2)
    page = desk.get(case_url(parent))
    assert "LTH-0001" in words(page)
    assert act_url(parent, Action.LINK_DUPLICATE) not in words(page)
    third = case.run.cases.get(number=3)
    form = desk.get(act_url(third, Action.LINK_DUPLICATE)).context["form"]
    assert "1" not in {code for code, _label in form.fields["parent"].choices}


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
    for name in set(chosen_by(case, action)) - {"title", "anonymous", "secret"}:
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
@pytest.mark.parametrize("action", [Action.HOLD, Action.SUBMIT], indirect=True, ids=str)
def test_a_form_without_its_version_is_refused(desk, case, action, version):
    before = snapshot(case)
    response = send(desk, case, action, version=version)
    assert response.status_code == 422
    assert snapshot(case) == before


# Asking first


@pytest.mark.parametrize("action", ASKING, indirect=True, ids=str)
def test_a_case_leaves_the_desk_only_after_a_question(desk, case, action):
    assert action in CONFIRMED_FIRST
    before = snapshot(case)
    chosen = chosen_by(case, action)

    typed = {} if action in TEXTLESS else {"text": TYPED}
    question = send(desk, case, action, confirmed=False, **typed)

    assert question.status_code == 200
    assert snapshot(case) == before
    page = words(question)
    assert _("Yes, do it") in page
    assert not typed or TYPED in page

    desk.post(act_url(case, action), hidden_fields(question) | {"confirmed": "yes"})
    event = case.events.latest("number")
    assert (event.action, event.choices) == (action, chosen)
    assert event.text == typed.get("text", "")


def hidden_fields(response):
    """The fields that the question carries along, as a browser would send them."""
    tags = re.findall(r'<input type="hidden"[^>]*>', response.content.decode())
    fields = {}
    for tag in tags:
        name = re.search(r'name="([^"]*)"', tag)[1]
        value = re.search(r'value="([^"]*)"', tag, re.DOTALL)
        held = unescape(value[1]) if value else ""
        fields[name] = [*fields[name], held] if name == "details" and name in fields else held
    fields.pop("csrfmiddlewaretoken", None)
    return fields


@pytest.mark.parametrize("action", ASKING, indirect=True, ids=str)
def test_change_goes_back_to_the_form_with_everything_in_it(desk, case, action):
    before = snapshot(case)
    typed = {} if action in TEXTLESS else {"text": "Baris satu\r\nbaris dua"}
    question = send(desk, case, action, confirmed=False, **typed)
    back = desk.post(act_url(case, action), hidden_fields(question) | {"change": "yes"})
    assert back.status_code == 200
    assert snapshot(case) == before
    assert _("Yes, do it") not in words(back)
    if typed:
        assert typed_again(words(back)).splitlines() == ["Baris satu", "baris dua"]
    for name, value in chosen_by(case, action).items():
        held = back.context["form"][name].value()
        assert held in (value, str(value))


@pytest.mark.parametrize("action", ASKING, indirect=True, ids=str)
def test_a_question_does_not_let_a_faulty_form_pass(desk, case, action):
    before = snapshot(case)
    faulty = {"details": []} if action is Action.MASK else {"text": ""}
    refused(send(desk, case, action, confirmed=False, **faulty), case, before)
