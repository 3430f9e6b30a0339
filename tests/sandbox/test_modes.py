"""Pages say in words what a mode allows, and only the table of modes decides it."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sandbox.domain.modes import MODES, Allowance, Mode
from sandbox.labels import ALLOWANCE_WORDS, ANY_ATTEMPTS, ATTEMPTS_WORDS
from sandbox.models import Grant, Run, Scenario
from sandbox.selectors import briefing, exercises_of
from sandbox.services import finish_run, reset_run, start_run
from sandbox.views.news import NEWS_WORDS
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.pages import debrief_url, words

EXAM = "ujian-penghubung"
SANDBOX = Path(__file__).resolve().parents[2] / "sandbox"
MAY_NAME_A_MODE = {
    "domain/modes.py",
    "labels/__init__.py",
    "models/scenarios.py",
    "services/families.py",
}


def page_of(desk, code):
    return words(desk.get(reverse("sandbox:briefing", args=[code])))


def grant(learner, **granted):
    scenario = Scenario.objects.get(code=EXAM)
    return Grant.objects.create(scenario=scenario, learner=learner, reason="Cuti", **granted)


def names_a_mode(file):
    tree = ast.parse(file.read_text())
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Mode"
        for node in ast.walk(tree)
    )


def test_nothing_but_the_table_asks_which_mode_it_is():
    asking = {
        str(file.relative_to(SANDBOX))
        for file in SANDBOX.rglob("*.py")
        if "migrations" not in file.parts and names_a_mode(file)
    }
    assert asking <= MAY_NAME_A_MODE


def test_every_column_of_the_table_has_its_words():
    for name in Allowance._fields:
        if name != "attempts":
            assert set(ALLOWANCE_WORDS[name]) == {True, False}


@pytest.mark.parametrize(
    ("code", "mode"),
    [("meja-penghubung", Mode.GUIDED), ("l1", Mode.PRACTICE), (EXAM, Mode.EXAM)],
)
def test_the_briefing_says_what_the_mode_allows(practice_room, desk, code, mode):
    page = page_of(desk, code)
    allows = MODES[mode]
    for name, value in allows._asdict().items():
        if name == "attempts":
            expected = ANY_ATTEMPTS if value is None else ATTEMPTS_WORDS % {"n": value}
        else:
            expected = ALLOWANCE_WORDS[name][value]
        assert str(expected) in page


def test_the_briefing_names_the_desk_the_reports_and_the_virtual_start(practice_room, desk):
    page = page_of(desk, "meja-penghubung")
    assert "Dinas Lingkungan Hidup" in page
    assert "Rabu, 4 Maret 2026" in page
    assert "09.00 WITA" in page
    assert ngettext("%(n)s report", "%(n)s reports", 5) % {"n": 5} in page


def test_the_briefing_quotes_the_limits_of_the_exercises_own_pack(practice_room, desk):
    scenario = Scenario.objects.get(code="l1")
    scenario.rules.time_limits.filter(step="verify").update(amount=77)
    assert "77" in page_of(desk, "l1")


def test_the_briefing_says_which_rules_are_scored_at_this_desk(practice_room, learner):
    at_the_unit = briefing(Scenario.objects.get(code="meja-penghubung"), learner)["criteria"]
    at_the_agency = briefing(Scenario.objects.get(code="l1"), learner)["criteria"]
    assert at_the_unit
    assert at_the_agency
    assert at_the_unit != at_the_agency


def test_the_briefing_counts_minutes_with_what_this_person_was_granted(
    practice_room, desk, learner
):
    plain = ngettext("%(n)s minute", "%(n)s minutes", 40) % {"n": 40}
    assert plain in page_of(desk, EXAM)
    grant(learner, extra_percent=50)
    page = page_of(desk, EXAM)
    assert ngettext("%(n)s minute", "%(n)s minutes", 60) % {"n": 60} in page
    assert "50%" in page


def test_somebody_elses_grant_changes_nothing_for_me(practice_room, desk):
    grant(UserFactory(), extra_percent=50, attempts=3)
    assert ngettext("%(n)s minute", "%(n)s minutes", 40) % {"n": 40} in page_of(desk, EXAM)


def test_an_exam_that_was_taken_has_no_button_and_says_who_can_help(practice_room, desk, learner):
    finish_run(run=a_run(learner, EXAM), now=NOW)
    page = page_of(desk, EXAM)
    assert _("No attempt left") in page
    assert reverse("sandbox:start", args=[EXAM]) not in page


def test_starting_an_exam_again_is_refused_with_words(practice_room, desk, learner):
    finish_run(run=a_run(learner, EXAM), now=NOW)
    answer = desk.post(reverse("sandbox:start", args=[EXAM]), follow=True)
    assert _("You have taken this exam. A trainer can grant another try.") in words(answer)
    assert Run.objects.filter(learner=learner).count() == 1


def test_a_granted_attempt_can_be_started(practice_room, desk, learner):
    finish_run(run=a_run(learner, EXAM), now=NOW)
    grant(learner, attempts=1)
    assert reverse("sandbox:start", args=[EXAM]) in page_of(desk, EXAM)
    desk.post(reverse("sandbox:start", args=[EXAM]))
    assert Run.objects.filter(learner=learner, attempt=2, finished_at=None).exists()


def test_a_retry_brings_other_reports_that_are_as_hard(practice_room, learner):
    first = a_run(learner)
    second = reset_run(run=first, now=NOW)

    def decisions(run):
        return sorted(case.answer_key.key["decision"] for case in run.cases.all())

    assert decisions(first) == decisions(second)
    families = [set(run.cases.values_list("family", flat=True)) for run in (first, second)]
    assert families[0] & families[1] == set()


def test_an_attempt_that_was_stopped_is_called_so_and_stays_readable(practice_room, desk, learner):
    run = a_run(learner)
    reset_run(run=run, now=NOW)
    for page in (page_of(desk, "l1"), words(desk.get(reverse("sandbox:exercises")))):
        assert _("stopped") in page
    assert debrief_url(run) in page_of(desk, "l1")
    assert desk.get(debrief_url(run)).status_code == 200


def test_an_exams_score_is_on_no_list_before_it_is_released(practice_room, desk, learner):
    run = finish_run(run=a_run(learner, EXAM, needs_marking=False), now=NOW)
    hidden = _("handed in; the result is not released yet")
    shown = f"{run.result['percent']} %"
    for page in (page_of(desk, EXAM), words(desk.get(reverse("sandbox:exercises")))):
        assert hidden in page
        assert f'<span class="nums">{shown}</span>' not in page
    Run.objects.filter(pk=run.pk).update(released_at=NOW)
    assert f'<span class="nums">{shown}</span>' in page_of(desk, EXAM)


def test_the_best_result_counts_only_what_may_be_seen(practice_room, learner):
    finish_run(run=a_run(learner, EXAM, needs_marking=False), now=NOW)
    row = next(row for row in exercises_of(learner) if row.scenario.code == EXAM)
    assert row.best is None


def test_the_list_shows_every_exercise_and_an_empty_room_says_so(practice_room, desk):
    page = words(desk.get(reverse("sandbox:exercises")))
    for scenario in Scenario.objects.all():
        assert scenario.title in page
    Scenario.objects.all().delete()
    empty = words(desk.get(reverse("sandbox:exercises")))
    assert _("No exercises have been published yet.") in empty


def test_an_exercise_near_the_end_of_the_calendar_says_so_and_starts_nothing(
    practice_room, desk, learner
):
    late = timezone.now().replace(year=2027, month=12, day=30, hour=1)
    Scenario.objects.filter(code="l1").update(starts_at=late)
    assert desk.get(reverse("sandbox:briefing", args=["l1"])).status_code == 200
    answer = desk.post(reverse("sandbox:start", args=["l1"]))
    assert answer.status_code == 422
    assert _("The calendar ends here") in words(answer)
    assert not Run.objects.exists()


@pytest.mark.parametrize("code", ["l1", "meja-pelapor", "meja-nasional", "meja-pengawas", EXAM])
def test_the_briefing_can_be_read_in_english(practice_room, desk, code):
    with override("en"):
        page = words(desk.get(reverse("sandbox:briefing", args=[code])))
        assert str(MODES and Scenario.objects.get(code=code).localized_title) in page


def test_every_kind_of_news_says_one_and_many():
    for sentence in NEWS_WORDS.values():
        assert "3" in sentence % {"n": 3}


def test_a_person_has_one_open_attempt_at_a_time(practice_room, learner):
    scenario = Scenario.objects.get(code=EXAM)
    first = start_run(learner=learner, scenario=scenario, now=NOW)
    assert start_run(learner=learner, scenario=scenario, now=NOW) == first
