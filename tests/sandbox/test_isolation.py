"""Runs are worlds of their own: no query, no step and no address leads from one into another."""

from unittest.mock import patch

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from sandbox import urls
from sandbox.domain.workflow import Action
from sandbox.models import AnswerKey, Case, CrossesRuns, LogEntry, Run
from sandbox.selectors.rooms import log_of
from sandbox.services import advance_clock, finish_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.playing import next_morning, snapshot, take

SEED = 20260304
DESKS = ("l1", "meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas")


@pytest.mark.parametrize("model", [Case, AnswerKey, LogEntry], ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "query",
    [
        lambda cases: cases.all(),
        lambda cases: cases.get(pk=1),
        lambda cases: cases.filter(number=1),
        lambda cases: cases.filter(pk__in=[1, 2]).update(pk=3),
        lambda cases: cases.count(),
        lambda cases: cases.first(),
        lambda cases: cases.create(number=1),
        lambda cases: cases.values_list("pk"),
        lambda cases: cases.exclude(number=1).delete(),
        lambda cases: cases.aggregate(),
        lambda cases: cases.in_bulk([1]),
    ],
)
def test_no_query_for_cases_keys_or_the_log_starts_from_nowhere(query, model):
    with pytest.raises(CrossesRuns):
        query(model.objects)


def test_queries_that_start_from_a_run_or_a_person_stay_there(run):
    theirs = a_run(UserFactory(), code="meja-instansi")
    assert {case.run_id for case in run.cases.all()} == {run.pk}
    assert {case.run_id for case in Case.objects.of(theirs)} == {theirs.pk}
    mine = Case.objects.visible_to(run.learner)
    assert {case.run_id for case in mine} == {run.pk}
    for rows in (LogEntry.objects.of(run), LogEntry.objects.visible_to(run.learner)):
        assert {entry.run_id for entry in rows} == {run.pk}
    for rows in (AnswerKey.objects.of(run), AnswerKey.objects.visible_to(run.learner)):
        assert {key.case.run_id for key in rows.select_related("case")} == {run.pk}


def test_finding_a_case_from_its_log_or_key_needs_no_leave(run):
    """Django follows keys by the base manager; the gate is for those who ask."""
    case = run.cases.first()
    assert case.events.first().case == case
    assert case.answer_key.case == case
    case.refresh_from_db()


# The log


@pytest.mark.parametrize(
    "change",
    [
        lambda log: log.update(text="Lain"),
        lambda log: log.filter(number=1).update(actor=None, text="Lain"),
        lambda log: log.filter(number=1).delete(),
        lambda log: log.all().delete(),
        lambda log: log.bulk_update([log.first()], ["text"]),
        lambda log: log.first().delete(),
        lambda log: log.first().save(),
    ],
)
def test_the_log_is_only_ever_added_to(run, change):
    before = list(run.log.values())
    for log in (run.log, LogEntry.objects.of(run), LogEntry.everywhere):
        with pytest.raises(TypeError), transaction.atomic():
            change(log)
    assert list(run.log.values()) == before


def test_with_its_run_a_log_goes(run):
    theirs = a_run(UserFactory(), code="meja-instansi")
    kept = theirs.log.count()
    run.delete()
    assert LogEntry.objects.everyone().count() == kept == theirs.log.count()
    theirs.learner.delete()
    assert not LogEntry.objects.everyone().exists()
    assert not AnswerKey.objects.everyone().exists()


def test_when_an_actor_is_deleted_what_they_did_stays(run):
    entry, actor = run.log.first(), UserFactory()
    values = {**vars(entry), "pk": None, "id": None, "number": 9999, "actor_id": actor.pk}
    values.pop("_state")
    LogEntry.objects.everyone().bulk_create([LogEntry(**values)])
    actor.delete()
    assert run.log.get(number=9999).actor is None


# Steps


def started(code):
    with patch("secrets.randbits", return_value=SEED):
        return a_run(UserFactory(), code=code)


def moments(run):
    """Play a run in six moments; between them another run may be played."""
    for day in range(6):
        for case in run.cases.reached().select_related("run__learner")[day : day + 2]:
            try_something(case)
        run.refresh_from_db()
        advance_clock(run=run, seen=run.clock, to=next_morning(run), now=NOW)
        yield


def try_something(case):
    from sandbox.selectors import offered  # noqa: PLC0415 – the name is a word of this test

    chosen = [action for action in offered(case) if action is not Action.LINK_DUPLICATE]
    if chosen:
        take(case, chosen[case.number % len(chosen)])


def play_out(*runs):
    stories = [moments(run) for run in runs]
    for _ in range(6):
        for story in stories:
            next(story)


def story_of(run):
    rows = Case.objects.of(run).order_by("number").values()
    return log_of(run), [
        {name: value for name, value in row.items() if name not in ("id", "run_id")} for row in rows
    ]


@pytest.mark.parametrize("code", DESKS)
def test_two_runs_played_in_turns_end_as_if_each_had_been_alone(practice_room, code):
    alone = started(code)
    play_out(alone)
    one, other = started(code), started(code)
    play_out(one, other)
    assert story_of(one) == story_of(other) == story_of(alone)
    assert len(story_of(alone)[0]) > 10


def test_whatever_happens_in_one_run_every_row_of_another_stays(practice_room):
    quiet = [a_run(UserFactory(), code=code) for code in DESKS]
    before = [[snapshot(case) for case in run.cases.all()] for run in quiet]
    for code in DESKS:
        run = a_run(UserFactory(), code=code)
        play_out(run)
        finish_run(run=run, now=NOW)
    assert [[snapshot(case) for case in run.cases.all()] for run in quiet] == before


# Addresses


def addresses(run):
    """Every address of the practice room that names a run, whatever else it names."""
    fillings = {
        "run_id": [run.pk],
        "number": [run.cases.first().number],
        "action": [*Action],
        "event": [1],
        "entry": [1],
    }
    found = set()
    for pattern in urls.urlpatterns:
        names = list(pattern.pattern.converters)
        if "run_id" not in names:
            continue
        choices = [{}]
        for name in names:
            choices = [{**one, name: value} for one in choices for value in fillings[name]]
        for kwargs in choices:
            try:
                found.add(reverse(f"sandbox:{pattern.name}", kwargs=kwargs))
            except NoReverseMatch:  # pragma: no cover
                raise AssertionError(f"{pattern.name} {kwargs}") from None
    return sorted(found)


@pytest.mark.parametrize("finished", [False, True])
def test_no_address_shows_somebody_elses_run(desk, practice_room, finished):
    theirs = a_run(UserFactory())
    if finished:
        finish_run(run=theirs, now=NOW)
    before = [snapshot(case) for case in theirs.cases.all()]
    found = addresses(theirs)
    assert len(found) > 40
    for address in found:
        got, posted = desk.get(address), desk.post(address, {"version": "1", "confirmed": "yes"})
        assert got.status_code in (404, 405), address  # a page for POST only refuses everyone
        assert posted.status_code in (404, 405), address
        assert 404 in (got.status_code, posted.status_code), address
    assert [snapshot(case) for case in theirs.cases.all()] == before
    assert Run.objects.count() == 1


def test_no_address_shows_a_case_to_a_stranger(client, practice_room):
    """Secret or not: what is practised is on no public page at all."""
    run = a_run(UserFactory())
    run.cases.update(secret=True)
    for address in addresses(run):
        answer = client.get(address)
        assert answer.status_code in (302, 405), address
        if answer.status_code == 302:
            assert answer["Location"].startswith("/masuk/?next="), address


def test_a_case_that_has_not_come_in_does_not_exist_yet(desk, run):
    hidden = run.cases.filter(reached=False)
    assert hidden.exists()
    for case in hidden:
        assert desk.get(reverse("sandbox:case", args=[run.pk, case.number])).status_code == 404
