"""An exercise is shown to trainees only when robots could play it; each break of it is named."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from faker import Faker

from sandbox.domain.selftest import CHECKS, report
from sandbox.domain.selftest.material import COLUMNS
from sandbox.models import CaseFamily, Run, Scenario
from sandbox.selectors.regions import library_for
from sandbox.selectors.selftest_words import rows_of
from sandbox.selectors.selftests import is_tested
from sandbox.services import publishing, start_run
from sandbox.services.runs import NAMES_PER_RUN
from sandbox.views.publishing import LOOKS
from tests.factories import NOW, UserFactory
from tests.sandbox.breaks import BREAKS
from tests.sandbox.parts import SHIPPED, good

SMALL = "meja-penghubung"


@pytest.fixture
def scenario(practice_room):
    return Scenario.objects.select_related("rules").get(code=SMALL)


@pytest.fixture
def editor(client, db):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def draft(scenario):
    publishing.unpublish(scenario=scenario)
    return scenario


def url_of(scenario, name="test"):
    return reverse(f"exercises:{name}", args=[scenario.pk])


def streamed(response):
    return b"".join(response.streaming_content).decode()


# What the test says


@pytest.mark.parametrize("code", SHIPPED)
def test_a_good_exercise_passes_every_check(code):
    found = report(good(code).material)
    assert [check.code for check in found.checks] == list(CHECKS)
    assert found.findings == []
    assert found.passed


@pytest.mark.parametrize(
    ("code", "breaks", "place", "finding"), BREAKS, ids=lambda each: getattr(each, "__name__", "")
)
def test_a_break_is_found_at_its_place(code, breaks, place, finding):
    parts = good(code)
    breaks(parts)
    found = report(parts.material)
    assert not found.passed
    named = [(each.place, each.code) for each in found.findings]
    assert [each for each in named if each[0].startswith(place) and each[1] == finding], named


def test_there_are_at_least_thirty_different_breaks():
    assert len({breaks for _code, breaks, _place, _finding in BREAKS}) >= 30


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_finding_is_said_in_a_sentence(language):
    with override(language):
        for code, breaks, _place, _finding in BREAKS[:12]:  # what stops robots is quickly said
            parts = good(code)
            breaks(parts)
            for row in rows_of(report(parts.material).as_json()):
                assert row.name
                for _where, words in row.findings:
                    assert words.strip().endswith((".", "?"))
                    assert "%(" not in words


def test_the_same_exercise_is_judged_alike_every_time():
    first, second = (report(good(SMALL).material).as_json() for _ in range(2))
    assert first == second


def test_the_columns_are_those_of_the_database():
    for name, longest in COLUMNS.items():
        assert Scenario._meta.get_field(name).max_length == longest


# The robots meet what trainees meet


@pytest.mark.parametrize("code", SHIPPED)
def test_robots_play_in_the_room_that_trainees_get(code, practice_room):
    scenario = Scenario.objects.get(code=code)
    run = start_run(learner=UserFactory(), scenario=scenario, now=NOW)
    people = Faker("id_ID")
    people.seed_instance(run.seed)
    names = [f"{people.first_name()} {people.last_name()}" for _ in range(NAMES_PER_RUN)]
    made, room = replace(good(code).material, names=names).opened(run.seed)
    stored = {case.number: case for case in run.cases.all()}
    assert library_for(scenario).families
    assert [case.family for case in made] == [stored[number].family for number in sorted(stored)]
    for number, folder in room.folders.items():
        assert folder.received_at == stored[number].received_at
        assert folder.position.state == stored[number].state


# Publishing


def test_an_exercise_that_was_never_tested_is_not_published(draft):
    with pytest.raises(publishing.NotProven):
        publishing.publish(scenario=draft)
    draft.refresh_from_db()
    assert not draft.is_published


def test_an_exercise_that_passed_is_published(draft):
    found = publishing.test_scenario(scenario=draft, now=NOW, looks=LOOKS)
    assert found.findings == []
    assert [check.code for check in found.checks] == [*CHECKS, "keyboard"]
    publishing.publish(scenario=draft)
    draft.refresh_from_db()
    assert draft.is_published
    assert draft.report["passed"]


def test_testing_leaves_no_attempt_behind(draft):
    publishing.test_scenario(scenario=draft, now=NOW, looks=LOOKS)
    assert not Run.objects.exists()


def test_an_exercise_that_failed_is_not_published_and_its_report_is_kept(draft):
    draft.minutes = 1
    draft.save()
    publishing.test_scenario(scenario=draft, now=NOW, looks=())
    with pytest.raises(publishing.NotProven):
        publishing.publish(scenario=draft)
    draft.refresh_from_db()
    assert not draft.is_published
    assert [each["place"] for check in draft.report["checks"] for each in check["findings"]] == [
        "minutes"
    ]


def change_a_value(scenario):
    scenario.minutes += 1
    scenario.save()


def change_a_family(scenario):
    family = CaseFamily.objects.get(code="tps-meluap")
    family.content["titles"] = ["Sampah"]
    family.save()


def change_the_rules(scenario):
    scenario.rules.content["categories"]["main"].append("Antariksa")
    scenario.rules.save()


@pytest.mark.parametrize("change", [change_a_value, change_a_family, change_the_rules])
def test_a_change_makes_the_test_a_thing_of_the_past(draft, change):
    publishing.test_scenario(scenario=draft, now=NOW, looks=())
    assert is_tested(draft)
    change(draft)
    fresh = Scenario.objects.select_related("rules").get(pk=draft.pk)
    assert not is_tested(fresh)
    with pytest.raises(publishing.NotProven):
        publishing.publish(scenario=fresh)


def test_without_its_region_an_exercise_is_reported_and_not_published(draft):
    draft.region = "atlantis"
    draft.save()
    found = publishing.test_scenario(scenario=draft, now=NOW, looks=LOOKS)
    assert [finding.code for finding in found.findings] == ["no_material"]


# The pages of the CMS


def test_the_page_tests_step_by_step_and_shows_the_report(editor, draft):
    body = streamed(editor.post(url_of(draft)))
    assert f"({len(CHECKS) + 1}/{len(CHECKS) + 1})" in body
    assert _("Robots have played this exercise and found nothing to mend.") in body
    assert url_of(draft, "publish") in body
    draft.refresh_from_db()
    assert draft.report["passed"]


def test_the_report_says_what_to_mend_where(editor, draft):
    draft.minutes = 1
    draft.save()
    body = streamed(editor.post(url_of(draft)))
    assert (
        _("This exercise cannot be published yet. Mend what is named below, then test it again.")
        in body
    )
    assert _("Minutes") in body
    assert url_of(draft, "publish") not in body
    assert _("to be mended") in editor.get(url_of(draft)).content.decode()


def test_the_button_publishes_what_has_passed(editor, draft):
    streamed(editor.post(url_of(draft)))
    editor.post(url_of(draft, "publish"))
    draft.refresh_from_db()
    assert draft.is_published


def test_the_button_refuses_what_has_not_been_tested(editor, draft):
    answer = editor.post(url_of(draft, "publish"), follow=True)
    draft.refresh_from_db()
    assert not draft.is_published
    assert _("Test the exercise") in answer.content.decode()


def test_only_who_may_change_exercises_tests_them(client, learner, draft):
    client.force_login(learner)
    for name in ("test", "publish", "unpublish"):
        assert client.post(url_of(draft, name)).status_code in (302, 403, 404)
    draft.refresh_from_db()
    assert draft.report is None
    assert not draft.is_published


# What trainees see


def test_trainees_do_not_see_a_draft(desk, draft):
    listed = desk.get(reverse("sandbox:exercises")).content.decode()
    assert draft.title not in listed
    assert desk.get(reverse("sandbox:briefing", args=[draft.code])).status_code == 404
    assert desk.post(reverse("sandbox:start", args=[draft.code])).status_code == 404
    assert not Run.objects.exists()


def test_an_attempt_goes_on_when_its_exercise_is_a_draft_again(desk, learner, scenario):
    run = start_run(learner=learner, scenario=scenario, now=NOW)
    publishing.unpublish(scenario=scenario)
    assert desk.get(run.get_absolute_url()).status_code == 200
    assert desk.get(reverse("sandbox:briefing", args=[scenario.code])).status_code == 200
    assert desk.post(reverse("sandbox:start", args=[scenario.code])).status_code == 302
    assert Run.objects.count() == 1


def test_editors_may_try_a_draft(editor, draft):
    assert editor.get(reverse("sandbox:briefing", args=[draft.code])).status_code == 200
    assert editor.post(reverse("sandbox:start", args=[draft.code])).status_code == 302


# The command


def test_the_command_names_what_is_to_be_mended_and_fails(scenario):
    Scenario.objects.exclude(pk=scenario.pk).delete()
    scenario.minutes = 1
    scenario.save()
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("test_scenarios", SMALL, stdout=said)
    assert _("Minutes") in said.getvalue()


def test_the_command_knows_its_exercises(practice_room):
    with pytest.raises(CommandError, match="tidak-ada"):
        call_command("test_scenarios", "tidak-ada", stdout=StringIO())
