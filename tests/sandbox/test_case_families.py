"""Case families in the CMS: written, reviewed, published, found, kept while needed."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from config.groups import load_groups
from sandbox.domain.library.families import ordered
from sandbox.models import CaseFamily, Scenario
from sandbox.selectors.families import latest, uses_of
from sandbox.selectors.files import shipped_families
from tests.factories import UserFactory, a_run
from tests.sandbox.families import (
    CODE,
    LIST,
    browser_of,
    data_of,
    form_class,
    text_of,
    text_of_problem,
    url,
    with_usual,
)


def a_person_in(group):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def trainer(practice_room):
    return a_person_in("trainer")


CLOSED = (302, 403, 404)


@pytest.fixture
def browser(trainer):
    return browser_of(trainer)


@pytest.fixture
def family(practice_room):
    return CaseFamily.objects.get(code=CODE)


# The form


def test_families_survive_their_form(practice_room):
    whole = [content for content in shipped_families() if "answer" in content]
    for content in whole + shipped_families()[::7]:
        family = CaseFamily.objects.get(code=content["code"])
        form = form_class()(data_of(content), instance=family)
        assert form.is_valid(), (content["code"], form.errors)
        assert form.instance.content == ordered(with_usual(content))


def test_a_draft_may_be_unfinished_and_keeps_every_word(browser, family):
    data = data_of(family.content) | {"telling-0-value-text": "Belum [jadi", "debrief_en": ""}

    response = browser.post(url("edit", family), data)

    assert response.status_code == 302
    family.refresh_from_db()
    assert family.live
    assert family.content["telling"][0]["text"] != "Belum [jadi"
    assert latest(family)["telling"][0]["text"] == "Belum [jadi"
    assert "en" not in latest(family)["key"]["debrief"]
    page = text_of(browser.get(url("inspect", family)))
    assert text_of_problem("brackets") in page


def test_an_editor_writes_a_draft_that_only_a_trainer_publishes(browser, family):
    editor = browser_of(a_person_in("editor"))
    data = data_of(family.content) | {"debrief_en": "Written by an editor."}
    old = family.content

    assert editor.get(LIST).status_code == 200
    assert 'name="action-publish"' not in editor.get(url("edit", family)).text
    assert editor.post(url("edit", family), data | {"action-publish": "1"}).status_code == 302

    family.refresh_from_db()
    assert family.content == old
    assert latest(family)["key"]["debrief"]["en"] == "Written by an editor."
    assert editor.get(reverse("exercises:index")).status_code in CLOSED
    assert editor.post(url("delete", family)).status_code in CLOSED
    browser.post(url("edit", family), data | {"action-publish": "1"})
    family.refresh_from_db()
    assert family.content["key"]["debrief"]["en"] == "Written by an editor."


def test_publishing_names_every_problem_where_it_is_and_loses_nothing(browser, family):
    data = data_of(family.content) | {
        "telling-1-value-text": "Air mati [dari [dulu|kemarin] di {entah}",
        "short": "Air mati\nair  MATI!",
        "debrief_en": "",
        "action-publish": "1",
    }

    response = browser.post(url("edit", family), data)

    assert response.status_code == 200
    form = response.context["form"]
    assert set(form.errors) == {"telling", "short", "debrief_en"}
    struct = form.errors.as_data()["telling"][0].block_errors[1]
    assert len(struct.block_errors["text"].messages) == 2
    assert "2" in form.errors["short"][0]
    for typed in ("Air mati [dari [dulu|kemarin] di {entah}", "air  MATI!"):
        assert typed in text_of(response)
    family.refresh_from_db()
    assert not family.has_unpublished_changes


def test_fewer_than_six_tellings_stay_a_draft(browser, family):
    data = data_of(family.content | {"telling": family.content["telling"][:5]})

    refused = browser.post(url("edit", family), data | {"action-publish": "1"})
    assert set(refused.context["form"].errors) == {"telling"}
    assert browser.post(url("edit", family), data).status_code == 302

    assert len(latest(family)["telling"]) == 6
    family.refresh_from_db()
    assert len(latest(family)["telling"]) == 5


def test_what_is_published_reaches_later_attempts_only(browser, family, trainer):
    Scenario.objects.filter(code="l1").update(
        families=[CODE], composition={"dispose": 1}, number=1, arrive_later=0
    )
    before = a_run(trainer)
    kept = before.cases.values_list("text", "facts")[0]
    changed = {"short": "", "extra": "", "titles": "Judul baru saja", "action-publish": "1"}

    assert browser.post(url("edit", family), data_of(family.content) | changed).status_code == 302

    family.refresh_from_db()
    assert family.content["titles"] == ["Judul baru saja"]
    assert before.cases.values_list("text", "facts")[0] == kept
    after = a_run(UserFactory())
    assert after.cases.get().facts["title"].casefold().startswith("jud")


def test_a_family_is_written_from_nothing_and_as_a_copy(browser, family):
    empty = {f"{name}-count": 0 for name in (*LISTED, "slots")}
    first = {**empty, "code": "keluarga-baru", "how_hard": 1}

    assert browser.post(reverse("case_families:add"), first).status_code == 302
    new = CaseFamily.objects.get(code="keluarga-baru")
    assert not new.live
    assert new.archetype == new.category == ""

    form = browser.get(url("copy", family)).context["form"]
    assert form.instance.code == f"{CODE}-salinan"
    copy = data_of(form.instance.content) | {"code": "salinan-saya", "action-publish": "1"}
    assert browser.post(reverse("case_families:add"), copy).status_code == 302
    made = CaseFamily.objects.get(code="salinan-saya")
    assert made.live
    assert made.content == ordered(with_usual(family.content)) | {"code": "salinan-saya"}


def test_a_name_is_given_once(browser, family):
    data = data_of(family.content) | {"code": CODE}
    response = browser.post(reverse("case_families:add"), data)
    assert "code" in response.context["form"].errors
    assert CaseFamily.objects.filter(code=CODE).count() == 1


LISTED = ("telling", "routes", "traps", "details", "findings", "evidence", "drafts")


# Finding and reading


FILTERS = [
    ({"row": 19}, lambda each: each.row == 19),
    ({"decision": "hold"}, lambda each: each.decision == "hold"),
    ({"archetype": "K5", "difficulty": 3}, lambda each: each.archetype == "K5"),
    ({"state": "draft"}, lambda each: not each.live),
    ({"category": "Kesehatan"}, lambda each: each.category == "Kesehatan"),
    ({"q": "air-pdam"}, lambda each: "air-pdam" in str((each.code, each.content))),
]


def test_families_are_found_by_what_they_are(browser, family):
    for asked, holds in FILTERS:
        found = list(browser.get(LIST, asked).context["object_list"])
        assert all(map(holds, found))
        assert bool(found) == ("state" not in asked)


def test_a_reviewer_reads_everything_and_who_uses_it(browser, family):
    Scenario.objects.filter(code="l1").update(families=[CODE], composition={"dispose": 1})
    a_run()

    response = browser.get(url("inspect", family))

    page = text_of(response)
    assert all(line in page for line in family.content["short"])
    assert family.content["key"]["debrief"]["en"] in page
    assert [use.scenario.code for use in response.context["uses"]].count("l1") == 1
    assert response.context["attempts"] == 1


def test_two_versions_are_compared_field_by_field(browser, family):
    for title in ("Satu", "Dua"):
        changed = {"titles": title, "action-publish": "1"}
        browser.post(url("edit", family), data_of(family.content) | changed)
    first, second = family.revisions.order_by("pk")
    pages = reverse("case_families:revisions_compare", args=[family.pk, first.pk, second.pk])

    page = text_of(browser.get(pages))

    assert '<span class="deletion">Satu</span> <span class="addition">Dua</span>' in page
    seen = reverse("case_families:revisions_view", args=[family.pk, first.pk])
    assert browser.get(seen).context["preview"].samples


def test_trainees_see_no_answer_keys(family):
    stranger = browser_of(UserFactory())
    for name in ("inspect", "edit", "preview", "texts"):
        assert stranger.get(url(name, family)).status_code == 404


# Staying while needed


def test_a_family_that_an_exercise_names_cannot_go(browser, family):
    Scenario.objects.filter(code="l1").update(families=[CODE], composition={"dispose": 1})

    assert CODE in text_of(browser.post(url("delete", family), follow=True))
    browser.post(url("unpublish", family), follow=True)

    family.refresh_from_db()
    assert family.live
    bulk = reverse("wagtail_bulk_action", args=["sandbox", "casefamily", "delete"])
    browser.post(f"{bulk}?id={family.pk}&next={LIST}")
    assert CaseFamily.objects.filter(code=CODE).exists()


def test_a_family_that_fills_a_group_alone_is_needed(family):
    Scenario.objects.exclude(code="l1").delete()
    Scenario.objects.filter(code="l1").update(
        families=[], filters={"row": [family.row]}, composition={"dispose": 1}
    )
    assert [use.needs_it for use in uses_of(family)] == [False]
    CaseFamily.objects.filter(row=family.row).exclude(code=CODE).update(live=False)
    assert [use.needs_it for use in uses_of(family)] == [True]


def test_a_family_that_nobody_needs_can_go(browser, family):
    Scenario.objects.all().delete()
    browser.post(url("unpublish", family))
    family.refresh_from_db()
    assert not family.live

    browser.post(url("delete", family))
    assert not CaseFamily.objects.filter(code=CODE).exists()
