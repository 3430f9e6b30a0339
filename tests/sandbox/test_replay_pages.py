"""Any moment of a finished run can be looked at again, without script and without writing."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from sandbox.domain.workflow import Action
from sandbox.models import Run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.looking_back import a_finished_run, everything, misrouted
from tests.sandbox.pages import words
from tests.sandbox.test_simulation_marks import assert_marked


def replay_url(run, step=None, case=None):
    query = {name: value for name, value in (("langkah", step), ("kasus", case)) if value}
    tail = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("sandbox:replay", args=[run.pk]) + (f"?{tail}" if tail else "")


def trace_url(run):
    return reverse("sandbox:trace", args=[run.pk])


@pytest.fixture
def finished(practice_room, learner):
    return a_finished_run(learner)


def text_of(response):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", words(response))))


def test_a_replay_begins_where_the_trainees_time_begins(desk, finished):
    response = desk.get(replay_url(finished))
    opening = finished.log.filter(case=None).order_by("number").first()
    assert response.context["moment"].number == opening.number
    with translation.override("en"):
        page = text_of(desk.get(replay_url(finished)))
    assert "Your time at the desk begins here." in page
    assert f"Step {opening.number} of {finished.log.count()}" in page
    assert response.status_code == 200


def test_a_step_shows_the_case_and_the_desk_as_they_then_were(desk, finished):
    number = misrouted(finished)
    own = finished.log.filter(case__number=number, action=Action.DISPOSE, is_own=True)
    sent = own.order_by("number").first()
    before = desk.get(replay_url(finished, sent.number - 1, number)).context["moment"]
    after = desk.get(replay_url(finished, sent.number, number)).context["moment"]
    assert (before.case.state, before.case.unit) == ("verified", "")
    assert (after.case.state, after.case.unit) == ("disposed", "INSPEKTORAT")
    assert number in {case.number for case in before.desk}
    assert number in {case.number for case in after.elsewhere}
    assert after.event.action is Action.DISPOSE
    assert after.clock == sent.at


def test_the_text_of_a_report_is_the_one_of_that_moment(desk, finished):
    masked = finished.log.filter(action=Action.MASK, is_own=True).first()
    number, detail = masked.case.number, masked.choices["details"][0]
    with translation.override("en"):
        before = words(desk.get(replay_url(finished, masked.number - 1, number)))
        after = words(desk.get(replay_url(finished, masked.number, number)))
    report = re.compile(r'<div class="report__text".*?</div>', re.S)
    assert detail in report.search(before)[0]
    assert detail not in report.search(after)[0]
    assert "[disamarkan]" in report.search(after)[0]


def test_a_replay_can_be_walked_by_links_alone(desk, finished):
    step, seen = 1, []
    while step:
        page = words(desk.get(replay_url(finished, step)))
        seen.append(step)
        found = re.search(r'rel="next" href="\?langkah=(\d+)#langkah"', page)
        step = int(found[1]) if found else None
    assert seen == list(range(1, finished.log.count() + 1))
    assert 'rel="prev"' in page
    assert "onclick" not in page


def test_a_step_that_does_not_exist_shows_the_nearest_one(desk, finished):
    last = finished.log.count()
    for wanted, shown in (("99999", last), ("999999999999", None), ("abc", None), ("-1", None)):
        moment = desk.get(replay_url(finished, wanted)).context["moment"]
        assert moment.number == (shown or moment.first)
    assert desk.get(replay_url(finished, 3, "99")).context["moment"].case.number <= 12


def test_the_steps_of_one_case_can_be_jumped_to(desk, finished):
    number = misrouted(finished)
    page = words(desk.get(replay_url(finished, finished.log.count(), number)))
    own = finished.log.filter(case__number=number).values_list("number", flat=True)
    for step in own:
        assert f"?langkah={step}&kasus={number}#langkah" in page


def test_looking_back_writes_nothing(desk, finished):
    before = everything(finished)
    for step in (1, 5, finished.log.count()):
        assert desk.get(replay_url(finished, step)).status_code == 200
    assert desk.get(trace_url(finished)).status_code == 200
    assert everything(finished) == before


def test_an_open_run_is_not_replayed(desk, learner, practice_room):
    run = a_run(learner)
    for address in (replay_url(run), trace_url(run), reverse("sandbox:what_if", args=[run.pk])):
        response = desk.get(address)
        assert (response.status_code, response.url) == (302, run.get_absolute_url())


def test_nobody_replays_the_run_of_another(client, finished):
    client.force_login(UserFactory())
    for address in (
        replay_url(finished), trace_url(finished), reverse("sandbox:what_if", args=[finished.pk]),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(replay_url(finished)).status_code == 302


def test_an_exam_is_replayed_only_after_its_release(desk, learner, practice_room):
    run = a_finished_run(learner, "ujian-penghubung", astray=0, needs_marking=False)
    addresses = [replay_url(run), trace_url(run), reverse("sandbox:what_if", args=[run.pk])]
    with translation.override("en"):
        for address in addresses:
            response = desk.get(address)
            assert "text/html" in response.headers["Content-Type"]
            assert "moment" not in response.context
            assert f"{run.score['percent']} %" not in words(response)
        assert "Menunggu pengumuman hasil" in words(desk.get(replay_url(run)))
    Run.objects.filter(pk=run.pk).update(released_at=NOW)
    for address in addresses:
        assert desk.get(address).status_code == 200
    assert desk.get(replay_url(run)).context["moment"].number


def test_replays_bear_every_mark_of_a_simulation(desk, finished):
    assert_marked(desk.get(replay_url(finished)))
    assert_marked(desk.get(replay_url(finished, 5, 1)))


def test_the_transcript_is_marked_numbered_and_holds_every_entry(desk, finished):
    response = desk.get(trace_url(finished))
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    text = response.content.decode()
    lines = text.splitlines()
    assert "SP4N-LAPOR!" in lines[0]
    assert lines[-1] == lines[0]
    numbered = [line for line in lines if re.match(r"\d{4} · ", line)]
    assert len(numbered) == finished.log.count()
    assert [int(line[:4]) for line in numbered] == list(range(1, finished.log.count() + 1))
    assert set(re.findall(r"LTH-\d{4}", text)) == {case.code for case in finished.cases.all()}


def test_the_transcript_names_nobodys_number(desk, finished):
    text = desk.get(trace_url(finished)).content.decode()
    for case in finished.cases.all():
        for number in case.facts["identity"][1:3]:
            assert number not in text
    assert not re.search(r"\b08\d{2}[\d -]{6,}", text)
    assert not re.search(r"\b\d{16}\b", text)
    assert "@" not in text.replace("@contoh.test", "")


def test_the_transcript_speaks_the_readers_language(desk, finished):
    with translation.override("en"):
        text = desk.get(trace_url(finished)).content.decode()
    assert text.startswith("SIMULATION – not SP4N-LAPOR!")
    assert "Agency admin" in text
    assert "(trainee)" in text
