"""A debrief says what was right, what was better and why, slips first, and what comes next."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from learning.services import enrol
from sandbox import selectors
from sandbox.domain.workflow import Action
from sandbox.models import Run
from sandbox.services import finish_run, mark_answers
from tests.factories import NOW, UserFactory, a_cohort, a_course, a_run
from tests.sandbox.looking_back import WRONG_UNIT, a_finished_run, everything, misrouted
from tests.sandbox.pages import debrief_url, words
from tests.sandbox.playing import let_a_day_pass, play_the_desk, take
from tests.sandbox.test_simulation_marks import assert_marked

ELEMENTS = ("finding", "action", "evidence", "next_step", "courtesy")


def text_of(response):
    return text_of_markup(words(response))


def text_of_markup(markup):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


def in_english(desk, run):
    with translation.override("en"):
        return desk.get(debrief_url(run))


@pytest.fixture
def finished(practice_room, learner):
    return a_finished_run(learner)


def test_a_debrief_shows_the_score_in_number_and_words(desk, finished):
    page = text_of(in_english(desk, finished))
    assert f"{finished.score['percent']} of 100" in page
    assert f"{finished.score['points']} of {finished.score['out_of']} points" in page
    assert ("Passed" if finished.is_passed else "Not passed yet") in page


def test_every_lost_point_says_what_was_done_what_is_better_why_and_by_which_source(desk, finished):
    response = in_english(desk, finished)
    page = text_of(response)
    number = misrouted(finished)
    lost = [line for line in finished.score["lines"] if line["verdict"] != "right"]
    assert any(line["case"] == number and line["expectation"] == "unit" for line in lost)
    for line in lost:
        assert line["why"]["en"] in page
        assert re.sub(r"\s+", " ", line["source"]) in page
    assert "{expected}" not in page
    assert "None" not in page


def test_every_case_stands_beside_a_sound_route(desk, finished):
    debrief = selectors.debrief(finished)
    number = misrouted(finished)
    judged = next(each for each in debrief.cases if each.case.number == number)
    sent = [e.choices["unit"] for e in judged.route if e.action is Action.DISPOSE and e.is_own]
    model = [e.choices["unit"] for e in judged.model if e.action is Action.DISPOSE and e.is_own]
    assert sent[0] == WRONG_UNIT
    assert model[0] != WRONG_UNIT
    page = text_of(in_english(desk, finished))
    assert "A sound route" in page
    assert "the expert" in page


def route_of(page, code):
    """Return the sound route of one case as the page tells it."""
    return page.split(f'id="{code}"')[1].split("A sound route")[1].split("</details>")[0]


def test_a_sound_route_shows_what_to_write_and_to_whom(desk, practice_room, learner):
    run = a_finished_run(learner, days=5, astray=0)
    page = words(in_english(desk, run))
    seen = set()
    for judged in selectors.debrief(run).cases:
        route = text_of_markup(route_of(page, judged.case.code))
        for event in (event for event in judged.model if event.is_own and event.text):
            seen.add(event.action)
            assert " ".join(event.text.split()) in route
            assert "An example of what to write" in route
    assert {Action.HOLD, Action.RETURN} <= seen
    assert "mohon lengkapi satu hal: tempat kejadian." in text_of_markup(page)


def test_a_sound_route_at_an_admins_desk_says_why_it_is_right(desk, practice_room, learner):
    run = a_finished_run(learner, days=2, astray=0)
    page = words(in_english(desk, run))
    for judged in selectors.debrief(run).cases:
        assert judged.why["en"]
        assert f"Why so: {judged.why['en']}" in text_of_markup(route_of(page, judged.case.code))


def test_the_answer_of_a_sound_route_is_the_flawless_draft_with_its_days(
    desk, practice_room, learner
):
    run = a_finished_run(learner, "meja-penghubung", days=2, astray=0)
    page = words(in_english(desk, run))
    drafts = {case.number: case.answer_key.key["draft"] for case in run.cases.all()}
    answers = 0
    for judged in selectors.debrief(run).cases:
        own = [event for event in judged.model if event.is_own]
        for event in (event for event in own if event.action in (Action.ANSWER, Action.DRAFT)):
            good = next(each["text"] for each in drafts[event.case] if each["flaw"] == "none")
            assert event.text.startswith(good.split("{")[0])
            assert "{" not in event.text
            route = text_of_markup(route_of(page, judged.case.code))
            assert "An example of what to write to the reporter:" in route
            answers += 1
    assert answers


def test_the_model_routes_of_a_run_are_worth_full_marks(practice_room, learner):
    run = a_finished_run(learner, days=2, astray=0)
    debrief = selectors.debrief(run)
    for judged in debrief.cases:
        own = [event for event in judged.model if event.is_own]
        assert own, judged.case


def test_trust_is_told_with_the_event_that_moved_it(desk, finished):
    debrief = selectors.debrief(finished)
    moved = [each for each in debrief.cases if each.felt and each.trust != each.trust_now]
    assert moved
    for judged in moved:
        assert judged.felt[0].before == judged.trust
        assert judged.felt[-1].after == judged.trust_now
        for felt, following in zip(judged.felt, judged.felt[1:], strict=False):
            assert following.before == felt.after
    page = text_of(in_english(desk, finished))
    assert f"from {moved[0].trust} to {moved[0].trust_now} of 100" in page
    assert "Trust since" in page


def test_the_matrix_counts_right_ways_on_its_diagonal_and_wrong_ones_beside_it(desk, finished):
    matrix = selectors.debrief(finished).matrix
    assert matrix.total == sum(cell.times for _right, cells in matrix.rows for cell in cells)
    assert matrix.right == sum(c.times for _r, cells in matrix.rows for c in cells if c.is_right)
    assert [cell.chosen for _right, cell in matrix.detours] == [WRONG_UNIT]
    assert matrix.worst is None  # once is not often
    assert 0 < matrix.percent < 100
    response = in_english(desk, finished)
    page, html = text_of(response), words(response)
    assert f"{matrix.right} were right ({matrix.percent} %)" in page
    assert "chosen: Regency Inspectorate, once" in page
    assert '<table class="matrix">' in html
    assert html.count('class="is-diag"') == len(matrix.rows)
    assert "✓ " in html


def test_a_right_way_after_a_wrong_one_leaves_the_wrong_one_counted(practice_room, learner):
    """The matrix counts decisions, not only where a case ended."""
    finished = a_finished_run(learner, days=5)
    matrix = selectors.debrief(finished).matrix
    number = misrouted(finished)
    own = finished.log.filter(case__number=number, action=Action.DISPOSE, is_own=True)
    assert own.count() == 2
    assert matrix.total == matrix.right + 1


def test_one_thing_to_practise_is_named_with_its_rule_and_a_way_to_do_it(desk, finished):
    debrief = selectors.debrief(finished)
    line = next(e for e in finished.score["lines"] if e["expectation"] == debrief.weakest)
    page = in_english(desk, finished)
    assert line["rule"]["en"] in text_of(page)
    with translation.override("en"):
        assert reverse("sandbox:briefing", args=["meja-instansi"]) in words(page)


def test_privacy_slips_stand_before_the_score(desk, practice_room, learner):
    run = a_run(learner, "meja-instansi")
    room = selectors.room_of(run)
    kinds = {"national_id", "phone", "child", "health"}
    number = next(
        number
        for number, folder in room.folders.items()
        if folder.key["decision"] == "dispose"
        and not folder.key["duplicate_of"]
        and kinds & {d["kind"] for d in folder.key["details"] if d["personal"]}
        and folder.is_submitted
    )
    key = room.folders[number].key
    case = run.cases.select_related("run__learner").get(number=number)
    case = take(case, Action.VERIFY, choices={"class": key["class"], "category": key["category"]})
    take(case, Action.DISPOSE, choices={"unit": key["route"][0]["unit"]})
    run = finish_run(run=Run.objects.get(pk=run.pk), now=NOW)
    assert run.score["slips"] == 1
    assert not run.is_passed
    page = text_of(in_english(desk, run))
    assert "1 privacy slip" in page
    assert page.index("1 privacy slip") < page.index("of 100")
    assert f"LTH-{number:04}" in page.split("of 100")[0]


@pytest.mark.parametrize(
    "code", ["l1", "meja-pelapor", "meja-nasional", "meja-penghubung", "meja-pengawas"]
)
def test_every_role_has_a_debrief(desk, practice_room, learner, code):
    run = a_finished_run(learner, code, days=2, astray=0)
    response = in_english(desk, run)
    page = text_of(response)
    assert response.status_code == 200
    assert f"{run.score['percent']} of 100" in page
    assert "{" not in page.split("Decision by decision")[1]
    assert ("The reporter’s trust" in page) is (code != "meja-pelapor")


def test_a_run_in_which_nothing_was_done_has_a_debrief_too(desk, practice_room, learner):
    run = finish_run(run=a_run(learner, "meja-instansi"), now=NOW)
    page = text_of(in_english(desk, run))
    assert "0 of 100" in page
    assert "Nothing was done" in page
    assert "Not sent anywhere" in page


def test_an_exam_shows_nothing_until_its_release(desk, practice_room, learner):
    run = a_finished_run(learner, "ujian-penghubung", astray=0, needs_marking=False)
    page = text_of(in_english(desk, run))
    assert "Waiting for the release of results" in page
    assert "of 100" not in page
    assert "LTH-" not in page.split("</header>")[-1]
    Run.objects.filter(pk=run.pk).update(released_at=NOW)
    assert "of 100" in text_of(in_english(desk, run))


def test_unmarked_answers_wait_for_the_trainer(desk, practice_room, learner):
    run = a_finished_run(learner, "meja-penghubung", astray=0, needs_marking=True)
    assert run.score["pending"]
    page = text_of(in_english(desk, run))
    assert "Waiting for the trainer" in page
    assert "Passed" not in page
    assert f"{run.score['percent']} of 100" not in page
    cases = {line["case"] for line in run.score["lines"] if line["pending"]}
    marks = {number: dict.fromkeys(ELEMENTS, 3) for number in cases}
    comments = dict.fromkeys(cases, "Sebut hari kerjanya.")
    run = mark_answers(run=run, marks=marks, comments=comments, marker=UserFactory(), now=NOW)
    page = text_of(in_english(desk, run))
    assert f"{run.score['percent']} of 100" in page
    assert "Level 3 of 4" in page
    assert "Your trainer writes: Sebut hari kerjanya." in page


def test_reading_a_debrief_writes_nothing(desk, finished):
    before = everything(finished)
    assert desk.get(debrief_url(finished)).status_code == 200
    assert everything(finished) == before


def test_a_debrief_bears_every_mark_of_a_simulation(desk, finished):
    assert_marked(desk.get(debrief_url(finished)))


def test_nobody_reads_the_debrief_of_another(client, finished):
    client.force_login(UserFactory())
    assert client.get(debrief_url(finished)).status_code == 404


def test_an_open_run_leads_back_to_its_desk(desk, practice_room, learner):
    run = a_run(learner)
    assert desk.get(debrief_url(run)).url == run.get_absolute_url()


def test_a_trainer_reads_debrief_and_replay_of_their_participant_only(
    client, practice_room, learner
):
    run = a_run(learner)
    play_the_desk(run)
    run = finish_run(run=let_a_day_pass(run), now=NOW)
    course = a_course(scenario=run.scenario)
    trainer, stranger = UserFactory(), UserFactory()
    for user in (trainer, stranger):
        user.user_permissions.add(Permission.objects.get(codename="view_progress"))
    cohort = a_cohort(course, trainer)
    enrolment = enrol(user=learner, course=course, now=NOW, cohort=cohort)
    where = [cohort.pk, enrolment.pk, run.pk]
    addresses = [
        reverse(f"learning:{name}", args=where)
        for name in ("participant_run", "participant_replay")
    ]
    client.force_login(trainer)
    debrief, replay = (client.get(address) for address in addresses)
    assert (debrief.status_code, replay.status_code) == (200, 200)
    assert f"{addresses[1]}?langkah=" in words(debrief)
    assert reverse("sandbox:what_if", args=[run.pk]) not in words(debrief) + words(replay)
    assert run.learner.get_full_name() in words(replay)
    assert_marked(replay)
    client.force_login(stranger)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
