"""A start makes a run of one's own; starting again goes on with it, and a retry brings others."""

import json
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from sandbox.models import AnswerKey, Case, Holiday, LogEntry, RulePack, Run, Scenario, TimeLimit
from sandbox.services import finish_run, start_run
from sandbox.services.runs import families_met
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.playing import next_morning


def told(run):
    return json.dumps(list(run.cases.values_list("family", "facts")))


def test_a_run_keeps_what_its_exercise_says(run, learner):
    scenario = Scenario.objects.get(code="l1")
    assert (run.learner, run.scenario, run.attempt) == (learner, scenario, 1)
    assert (run.title, run.title_en, run.role) == (
        scenario.title,
        scenario.title_en,
        "agency_admin",
    )
    assert run.started_at == run.clock == scenario.starts_at
    assert (run.rules, run.pass_percent) == (scenario.rules, 75)
    assert run.is_open


def test_ten_reports_are_there_at_the_start_and_two_come_next_morning(run):
    assert [case.number for case in run.cases.all()] == list(range(1, 13))
    assert run.cases.reached().count() == 10
    late = run.cases.filter(reached=False)
    assert {case.received_at for case in late} == {next_morning(run)}
    assert {case.number for case in late} == {11, 12}
    assert {case.version for case in late} == {0}


def test_every_case_that_came_in_begins_with_the_reporters_own_words(run):
    for case in run.cases.reached():
        event = case.events.order_by("number").first()
        assert (event.role, event.action, event.is_own) == ("reporter", "submit", False)
        assert (event.source, event.target, event.actor) == ("", "unverified", None)
        assert event.at == case.received_at
        assert (case.state, case.version) == ("unverified", event.number)
        assert case.due_at > case.received_at


def test_every_case_has_its_key_and_the_log_counts_from_one(run):
    assert all(case.answer_key.key["decision"] for case in run.cases.all())
    numbers = [entry.number for entry in run.log.all()]
    assert numbers == list(range(1, run.length + 1))


def test_a_liaison_officer_begins_where_others_have_left_off(practice_room, learner):
    run = a_run(learner, "meja-penghubung")
    assert run.log.filter(at__lt=run.started_at, is_own=False).exists()
    assert not run.log.filter(is_own=True).exists()
    assert run.cases.reached().filter(unit="DLH").exists()


def test_starting_twice_goes_on_with_the_same_run(run, learner):
    length = run.log.count()
    assert start_run(learner=learner, scenario=run.scenario, now=NOW) == run
    assert Run.objects.count() == 1
    assert Case.objects.everyone().count() == AnswerKey.objects.everyone().count() == 12
    assert run.log.count() == length


def test_a_retry_is_attempt_two_with_other_reports(run, learner):
    finish_run(run=run, now=NOW)
    second = start_run(learner=learner, scenario=run.scenario, now=NOW)
    assert (second.attempt, second.pk != run.pk) == (2, True)
    assert second.seed != run.seed
    assert told(second) != told(run)
    assert second.clock == second.started_at


def families(run):
    return set(run.cases.values_list("family", flat=True))


def test_a_retry_brings_families_that_were_not_met_before(run, learner):
    finish_run(run=run, now=NOW)
    second = start_run(learner=learner, scenario=run.scenario, now=NOW)
    assert len(families(run)) == len(families(second)) == 12
    assert families(run) & families(second) == set()


def test_whoever_tries_often_always_gets_twelve_reports(run, learner):
    for attempt in range(2, 6):
        finish_run(run=run, now=NOW)
        run = start_run(learner=learner, scenario=run.scenario, now=NOW)
        assert (run.attempt, len(families(run))) == (attempt, 12)


def test_what_others_have_met_does_not_matter(run, learner):
    finish_run(run=run, now=NOW)
    other = a_run(UserFactory())
    assert families_met(other) == families(other)
    assert families_met(run) == families(run)


def test_two_learners_get_other_reports(run):
    assert told(a_run(UserFactory())) != told(run)


def test_the_database_itself_allows_one_open_run_per_exercise(run):
    fields = Run.objects.filter(pk=run.pk).values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(**{**fields, "id": None, "attempt": 2})


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_the_same_moment_make_one_run(practice_room, at_once):
    scenario, learner = Scenario.objects.get(code="l1"), UserFactory()
    runs = at_once([partial(start_run, learner=learner, scenario=scenario, now=NOW)] * 4)
    assert len({run.pk for run in runs}) == 1
    counts = [Run.objects.count, Case.objects.everyone().count, LogEntry.objects.everyone().count]
    assert [at_once([count])[0] for count in counts] == [1, 12, runs[0].length]


def test_loading_the_practice_room_again_changes_nothing(practice_room):
    before = [model.objects.count() for model in (Holiday, RulePack, TimeLimit, Scenario)]
    Scenario.objects.update(title="Judul dari pelatih")
    call_command("load_practice_room", stdout=StringIO())
    after = [model.objects.count() for model in (Holiday, RulePack, TimeLimit, Scenario)]
    assert before == after
    assert set(Scenario.objects.values_list("title", flat=True)) == {"Judul dari pelatih"}


def test_an_exercise_that_starts_without_holidays_says_what_to_load(practice_room):
    Holiday.objects.all().delete()
    with pytest.raises(LookupError, match="load_practice_room"):
        a_run()
    assert not Run.objects.exists()
