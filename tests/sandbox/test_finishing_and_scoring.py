"""A score is made once, of receipts that add up, and nothing changes it afterwards."""

import pytest

from sandbox import selectors
from sandbox.domain.workflow import Action, Role
from sandbox.models import LogEntry, RulePack, Run
from sandbox.selectors.debriefs import share_by
from sandbox.selectors.regions import library_for
from sandbox.services import finish_run, score
from sandbox.services.runs import add_cases
from sandbox.signals import run_finished
from tests.factories import NOW, UserFactory, a_run, let
from tests.sandbox.playing import let_a_day_pass, play_perfectly, play_the_desk, take, unwrite


def test_a_perfect_run_earns_one_hundred_and_twenty_of_one_hundred_and_twenty(run):
    finished = finish_run(run=play_perfectly(run), now=NOW)
    assert {name: finished.score[name] for name in ("points", "out_of", "percent")} == {
        "points": 120,
        "out_of": 120,
        "percent": 100,
    }
    assert finished.is_passed
    assert {line["verdict"] for line in finished.score["lines"]} == {"right"}


@pytest.mark.parametrize("attempt", range(3))
def test_every_attempt_can_be_played_perfectly(practice_room, attempt):
    """Other learners have other seeds, hence other cases."""
    run = a_run(UserFactory())
    assert finish_run(run=play_perfectly(run), now=NOW).score["points"] == 120


def test_a_run_of_one_hundred_and_twenty_cases_can_be_played_perfectly_too(practice_room):
    run = a_run(number=120)
    assert finish_run(run=play_perfectly(run), now=NOW).score["points"] == 1200


def test_nothing_done_earns_nothing(run):
    finished = finish_run(run=run, now=NOW)
    assert (finished.score["points"], finished.score["out_of"]) == (0, 120)
    assert (finished.score["percent"], finished.is_passed) == (0, False)


def test_receipts_add_up_to_the_score(run):
    play_the_desk(run)
    for case in run.cases.filter(number__in=(1, 2)):
        unwrite(case.events.filter(action__in=["dispose", "return", "archive"]))
    made = finish_run(run=run, now=NOW).score
    assert 0 < made["points"] < made["out_of"] == 120
    assert sum(line["points"] for line in made["lines"]) == made["points"]
    assert sum(line["out_of"] for line in made["lines"]) == made["out_of"]
    assert made["percent"] == made["points"] * 100 // made["out_of"]
    per_criterion = selectors.debrief(Run.objects.get(pk=run.pk)).criteria
    assert sum(row["points"] for row in per_criterion) == made["points"]


def test_leaving_out_any_step_that_counts_lowers_the_score(run):
    run = play_perfectly(run)
    full = score(run)["points"]
    counted = ["verify", "hold", "return", "archive", "dispose"]
    for case in run.cases.all():
        for event in case.events.filter(is_own=True, action__in=counted):
            fields = {**vars(event)}
            fields.pop("_state")
            unwrite(case.events.filter(pk=event.pk))
            assert score(run)["points"] < full, (case, event)
            LogEntry.objects.everyone().bulk_create([LogEntry(**fields)])
    assert score(run)["points"] == full


def test_the_order_in_which_independent_cases_are_decided_changes_nothing(run):
    other = a_run(UserFactory())
    Run.objects.filter(pk=other.pk).update(seed=run.seed)
    other.cases.all().delete()
    unwrite(other.log.all())
    other.refresh_from_db()
    add_cases(run=other, library=library_for(other.scenario), scenario=other.scenario)
    for each, order in ((run, "number"), (other, "-number")):
        for case in each.cases.reached().select_related("run__learner").order_by(order):
            take(case, Action.VERIFY)
    assert without_steps(score(run)) == without_steps(score(other))
    assert 0 < score(run)["points"] < 120


def without_steps(made):
    """The score but for the places of its steps in the log."""
    return made | {"lines": [{**line, "event": None} for line in made["lines"]]}


def test_steps_of_others_earn_the_learner_nothing(run):
    assert score(run)["points"] == 0
    case = run.cases.get(number=1)
    let(case, Role.NATIONAL_ADMIN, Action.ARCHIVE, {"reason": "spam"})
    assert score(run)["points"] == 0


def test_finishing_twice_freezes_one_score_and_tells_once(run):
    told = []

    def listen(sender, run, now, **kwargs):
        told.append((run.pk, now))

    run_finished.connect(listen)
    try:
        first = finish_run(run=run, now=NOW)
        again = finish_run(run=run, now=NOW.replace(hour=9))
    finally:
        run_finished.disconnect(listen)
    assert again.score == first.score
    assert again.finished_at == first.finished_at == run.clock
    assert told == [(run.pk, NOW)]


def test_whoever_listens_and_fails_takes_the_finish_back(run):
    """News is told inside the transaction: either all of it happened or nothing."""

    def fail(sender, **kwargs):
        raise ZeroDivisionError

    run_finished.connect(fail)
    try:
        with pytest.raises(ZeroDivisionError):
            finish_run(run=run, now=NOW)
    finally:
        run_finished.disconnect(fail)
    stored = Run.objects.get(pk=run.pk)
    assert (stored.finished_at, stored.score) == (None, None)


def place(line):
    """Order lines alike on every database: one of them returns keys in an order of its own."""
    return (line["expectation"], line["event"] or 0, line["chosen"])


def test_a_frozen_score_survives_new_words_in_rules(run):
    play_the_desk(run)
    frozen = finish_run(run=run, now=NOW).score

    RulePack.objects.update(title="Judul baru", content={**run.rules.content, "expectation": []})
    run = Run.objects.select_related("rules").get(pk=run.pk)

    assert run.score == frozen
    for judged in selectors.debrief(run).cases:
        number = judged.case.number
        own = [line for line in frozen["lines"] if line["case"] == number]
        shown = [{name: line[name] for name in line if name != "step"} for line in judged.lines]
        assert sorted(shown, key=place) == sorted(own, key=place)
        assert judged.takeaway == frozen["takeaways"][str(number)]
    assert finish_run(run=run, now=NOW).score == frozen


def test_a_score_names_the_rules_by_which_it_was_made(run):
    assert finish_run(run=run, now=NOW).score["rules"] == run.rules.version == 1


def test_the_debrief_names_what_to_practise_next(run):
    play_the_desk(run)
    run = let_a_day_pass(run)
    finished = finish_run(run=run, now=NOW)
    debrief = selectors.debrief(finished)
    assert {judged.case.number for judged in debrief.cases} == set(range(1, 13))
    shares = share_by(finished.score["lines"], "expectation")
    lowest = min(share["percent"] for share in shares)
    named = next(share for share in shares if share["expectation"] == debrief.weakest)
    assert named["percent"] == lowest < 100


def test_cases_on_which_points_were_lost_come_first(run):
    play_the_desk(run)
    finished = finish_run(run=run, now=NOW)
    cases = selectors.debrief(finished).cases
    right = [judged.is_right for judged in cases]
    assert right == sorted(right)
    assert {True, False} == set(right)
    for group in (True, False):
        numbers = [judged.case.number for judged in cases if judged.is_right is group]
        assert numbers == sorted(numbers)
    assert sum(judged.points for judged in cases) == finished.score["points"]
    assert {judged.out_of for judged in cases} == {10}
    assert all((judged.points == 10) is judged.is_right for judged in cases)


def test_every_case_leaves_something_to_remember_in_both_languages(run):
    finished = finish_run(run=run, now=NOW)
    keys = {case.number: case.answer_key.key for case in run.cases.select_related("answer_key")}
    for judged in selectors.debrief(finished).cases:
        assert judged.takeaway == keys[judged.case.number]["debrief"]
        assert all(judged.takeaway[language] for language in ("id", "en"))


def test_guessing_what_had_to_be_asked_for_earns_nothing(run):
    cases = run.cases.select_related("answer_key")
    case = next(case for case in cases if case.answer_key.key["decision"] == "hold")
    key = case.answer_key.key
    choices = {"class": key["class"], "category": key["category"]}
    verified = take(case, Action.VERIFY, choices=choices)
    take(verified, Action.DISPOSE, choices={"unit": key["route"][0]["unit"]})
    finished = finish_run(run=run, now=NOW)
    assert finished.score["points"] == 0


def test_after_a_perfect_run_there_is_nothing_to_practise(run):
    assert selectors.debrief(finish_run(run=play_perfectly(run), now=NOW)).weakest is None
