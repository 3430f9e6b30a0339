"""Trainers mark answers by the rubric: part by part, on record, and never their own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from learning.models import Completion
from sandbox.domain.scoring.expectations import HIGHEST_MARK
from sandbox.models import AnswerMark, Run, Scenario
from sandbox.selectors.marking import marking_sheet, marks_saved, marks_version
from sandbox.services import (
    finish_run,
    mark_answers,
    start_run,
)
from sandbox.signals import run_finished
from tests.factories import NOW, a_cohort
from tests.learning.conftest import browser_of, text_of, words
from tests.learning.exams import (
    ELEMENTS,
    EMPTY,
    a_participant,
    a_taken_exam,
    all_marks,
    an_exam_course,
    an_open_exam,
    first_case,
    mark_all,
    page_of,
    send,
    stored,
    the_exam,
)


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def colleague(in_group, trainer):
    return in_group("trainer", first_name="Made")


@pytest.fixture
def cohort(trainer, colleague):
    return a_cohort(an_exam_course(), trainer, colleague)


@pytest.fixture
def participant(cohort):
    return a_participant(cohort, first_name="Wayan", last_name="Sukerta")


@pytest.fixture
def run(participant):
    return a_taken_exam(participant.user)


@pytest.fixture
def dewi(trainer):
    return browser_of(trainer)


@pytest.fixture
def made(colleague):
    return browser_of(colleague)


@pytest.fixture
def told():
    """The runs that whoever listens is told of, in order."""
    heard = []

    def listen(*, run, **kwargs):
        heard.append(run.pk)

    run_finished.connect(listen)
    yield heard
    run_finished.disconnect(listen)


def test_a_run_waits_in_the_queue_and_is_counted_on_the_cohort_page(dewi, cohort, run):
    queue = text_of(dewi.get(page_of(cohort)))
    cohort_page = dewi.get(f"/pelatih/{cohort.pk}/")

    assert "Wayan Sukerta" in queue
    assert words("Nothing to be marked") not in queue
    assert f'<b class="figures__n">1</b> {words("waiting for marks")}' in cohort_page.text
    assert f'href="{page_of(cohort)}"' in cohort_page.text


def test_whoever_has_waited_longest_comes_first(dewi, cohort, participant, run):
    later = a_participant(cohort, first_name="Ayu")
    a_taken_exam(later.user)

    text = text_of(dewi.get(page_of(cohort)))

    assert text.index("Wayan Sukerta") < text.index("Ayu Contoh")


def test_an_empty_queue_says_so(dewi, cohort):
    assert words("Nothing to be marked") in text_of(dewi.get(page_of(cohort)))


def test_what_needs_no_marks_never_waits(dewi, cohort, participant, practice_room):
    started = start_run(learner=participant.user, scenario=practice_room, now=NOW)
    plain = finish_run(run=started, now=NOW)

    assert words("Nothing to be marked") in text_of(dewi.get(page_of(cohort)))
    assert dewi.get(page_of(cohort, plain)).status_code == 404


def test_an_exam_that_is_being_taken_does_not_exist_yet(dewi, cohort, participant):
    running = an_open_exam(participant.user, now=timezone.now())

    assert dewi.get(page_of(cohort, running)).status_code == 404
    assert words("Nothing to be marked") in text_of(dewi.get(page_of(cohort)))
    assert Run.objects.get(pk=running.pk).is_open


def test_an_exam_that_was_left_is_handed_in_by_the_trainer_who_looks(dewi, cohort, participant):
    left = an_open_exam(participant.user, now=timezone.now() - timedelta(days=1))

    assert "Wayan Sukerta" in text_of(dewi.get(page_of(cohort)))
    assert Run.objects.get(pk=left.pk).finished_at is not None
    assert dewi.get(page_of(cohort, left)).status_code == 200


def test_the_page_holds_the_report_the_answer_and_the_rubric(dewi, cohort, run):
    response = dewi.get(page_of(cohort, run))
    text = text_of(response)

    [answered, *_rest] = marking_sheet(run).cases
    assert "Wayan Sukerta" in text
    assert run.learner.email not in response.text
    assert " ".join(answered.case.text.split()) in text
    assert answered.answers[0].sent.text in text
    assert all(finding in text for finding in answered.findings)
    for element in answered.elements:
        assert element.rule in text
        assert all(f"{mark} – {sentence}" in text for mark, sentence in element.levels)
    assert len(re.findall(r'type="radio"', response.text)) == (
        len(marking_sheet(run).elements) * (HIGHEST_MARK + 1)
    )


def test_facts_are_called_information_and_give_no_mark(dewi, cohort, run):
    text = text_of(dewi.get(page_of(cohort, run)))

    assert words("Facts about this answer: information, not marks") in text
    assert f"{words('What was found, where and when')}: {words('found')}" in text
    assert not AnswerMark.objects.exists()
    assert run.score["pending"] == len(marking_sheet(run).elements)


def test_what_no_answer_may_do_is_named(dewi, cohort, participant):
    run = a_taken_exam(participant.user, EMPTY)

    text = text_of(dewi.get(page_of(cohort, run)))

    assert words("Only a promise to coordinate") in text
    assert words("Fails by rule, already in the score") in text


def test_marks_are_kept_with_their_giver_and_the_rest_may_wait(dewi, trainer, cohort, run, told):
    number = first_case(run)

    response = send(
        dewi, cohort, run, {number: {"finding": 2}}, **{f"comment-{number}": "Sebut harinya."}
    )

    row = AnswerMark.objects.get()
    run.refresh_from_db()
    missing = len(all_marks(run)) * ELEMENTS - 1
    assert response.url == page_of(cohort, run) + "#isi"
    assert (row.case.number, row.element, row.mark) == (number, "finding", 2)
    assert (row.comment, row.marked_by) == ("Sebut harinya.", trainer)
    assert run.score["pending"] == missing
    assert told == []
    text = text_of(dewi.get(page_of(cohort, run)))
    assert words("Still missing") in text
    assert f"LTH-{number:04} · {words('Evidence, or why there is none')}" in text


def test_the_last_mark_makes_the_score_final_and_is_told_once(dewi, cohort, run, told):
    marks = all_marks(run)
    send(dewi, cohort, run, {first_case(run): marks.pop(first_case(run))})
    assert told == []

    send(dewi, cohort, run, marks)

    run.refresh_from_db()
    elements = [line for line in run.score["lines"] if line["kind"] == "rubric"]
    assert run.is_final
    assert all(line["points"] == 3 for line in elements if line["event"])
    assert run.score["points"] == sum(line["points"] for line in run.score["lines"])
    assert told == [run.pk]


def test_save_and_next_opens_the_next_run_and_ends_at_the_queue(dewi, cohort, run):
    second = a_taken_exam(a_participant(cohort).user)

    onward = send(dewi, cohort, run, all_marks(run), then="next")
    home = send(dewi, cohort, second, all_marks(second), then="next")

    assert onward.url == page_of(cohort, second) + "#isi"
    assert home.url == page_of(cohort)


def test_an_exam_counts_for_the_course_only_when_it_is_released(trainer, participant, run):
    finished = mark_all(run, trainer)

    assert finished.is_passed
    assert not Completion.objects.filter(enrolment=participant).exists()


def test_an_exercise_without_release_counts_with_its_last_mark(trainer, participant):
    Scenario.objects.filter(pk=the_exam().pk).update(mode="practice")
    run = a_taken_exam(participant.user)

    mark_all(run, trainer)

    done = Completion.objects.get(enrolment=participant)
    assert done.percent == Run.objects.get(pk=run.pk).score["percent"]


def test_a_saved_mark_is_changed_only_with_a_reason(dewi, trainer, cohort, run):
    mark_all(run, trainer)
    number = first_case(run)
    before = stored(run)

    refused = send(dewi, cohort, run, {number: {"action": 1}})

    assert refused.status_code == 422
    assert words("You change a saved mark: say why.") in text_of(refused)
    assert stored(run) == before


def test_the_history_tells_who_changed_what_and_why(made, trainer, colleague, cohort, run):
    mark_all(run, trainer)
    number = first_case(run)
    points = Run.objects.get(pk=run.pk).score["points"]

    send(made, cohort, run, {number: {"action": 1}}, reason="Tanggalnya tidak ada.")

    row = AnswerMark.objects.get(case__number=number, element="action")
    latest = row.history.first()
    assert (row.mark, row.marked_by) == (1, colleague)
    assert latest.history_user == colleague
    assert latest.history_change_reason == "Tanggalnya tidak ada."
    assert Run.objects.get(pk=run.pk).score["points"] == points - 2
    text = text_of(made.get(page_of(cohort, run)))
    label = words("What is done, by whom and by when")
    assert f"LTH-{number:04} · {label}: 3 → 1" in text
    assert f"{words('Reason')}: Tanggalnya tidak ada." in text


def test_a_comment_alone_leaves_the_mark_with_its_giver(trainer, colleague, run):
    mark_all(run, trainer)
    number = first_case(run)

    mark_answers(
        run=run, marks={}, comments={number: "Bagus."}, marker=colleague, now=NOW,
        seen=marks_version(run),
    )  # fmt: skip

    rows = AnswerMark.objects.filter(case__number=number)
    assert {(row.comment, row.marked_by) for row in rows} == {("Bagus.", trainer)}
    assert [change.element for change in marks_saved(run)[0].changes] == [""]


def test_a_comment_needs_a_mark_to_be_kept_with(dewi, cohort, run):
    name = f"comment-{first_case(run)}"

    response = send(dewi, cohort, run, {}, **{name: "Belum saya nilai."})

    assert response.status_code == 422
    assert "Belum saya nilai." in text_of(response)
    assert not AnswerMark.objects.exists()


@pytest.mark.parametrize("mark", [5, -1, "empat"])
def test_a_mark_outside_the_scale_is_refused_and_nothing_typed_is_lost(dewi, cohort, run, mark):
    number = first_case(run)
    before = stored(run)

    response = send(
        dewi, cohort, run, {number: {"finding": mark}}, **{f"comment-{number}": "Tetap di sini."}
    )

    assert response.status_code == 422
    assert "Tetap di sini." in text_of(response)
    assert stored(run) == before


def test_the_pages_read_in_english(dewi, cohort, run):
    assert "To be marked" in text_of(dewi.get(f"/en{page_of(cohort)}"))
    page = text_of(dewi.get(f"/en{page_of(cohort, run)}"))
    assert "Answers of Wayan Sukerta" in page
    assert marking_sheet(run).elements[0].rubric.rule["en"] in page
