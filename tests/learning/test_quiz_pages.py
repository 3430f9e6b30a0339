"""A quiz in the browser: question by question, nothing lost, nothing given away."""

import re

import pytest

from learning.domain.completion import Kind
from learning.models import Choice, Completion, Question, QuizAnswer, QuizAttempt
from learning.services import enrol, save_answer, start_quiz, submit_quiz
from tests.factories import NOW, UserFactory
from tests.learning.conftest import (
    answer_all,
    browser_of,
    in_english,
    read_lessons,
    text_of,
    words,
    wrong_choice,
)


@pytest.fixture
def ready(enrolment):
    """An enrolment whose lessons are all read."""
    read_lessons(enrolment)
    return enrolment


@pytest.fixture
def front(course):
    return f"/kursus/{course.slug}/kuis/"


@pytest.fixture
def attempt(ready, course):
    return start_quiz(enrolment=ready, quiz=course.quiz, now=NOW)


def at(attempt, place) -> str:
    return f"/kuis/{attempt.pk}/{place}/"


def right_choice(attempt, position):
    return attempt.answers.get(position=position).question.choices.get(is_correct=True)


def given(attempt) -> list[int | None]:
    return list(attempt.answers.values_list("choice", flat=True))


def test_the_quiz_waits_for_the_lessons(rini, enrolment, front):
    read_lessons(enrolment, 3)

    for response in (rini.get(front), rini.post(front)):
        assert words("Read all lessons first. Then the quiz opens.") in text_of(response)
        assert words("Start the quiz") not in text_of(response)
    assert not QuizAttempt.objects.exists()


def test_the_start_leads_to_the_first_question(rini, ready, front, course):
    response = rini.get(front)
    assert words("Start the quiz") in text_of(response)
    assert course.quiz.intro in text_of(response)

    response = rini.post(front)

    attempt = QuizAttempt.objects.get()
    assert attempt.enrolment == ready
    assert response.url == at(attempt, 1)


def test_question_by_question_to_the_result(rini, attempt):
    for position, following in ((1, at(attempt, 2)), (2, at(attempt, "periksa"))):
        choice = right_choice(attempt, position)
        question = rini.get(at(attempt, position))
        assert choice.question.text in text_of(question)
        assert rini.post(at(attempt, position), {"choice": choice.pk}).url == following
    assert rini.post(at(attempt, "periksa")).url == at(attempt, "hasil")

    attempt.refresh_from_db()
    assert (attempt.right, attempt.is_passed) == (2, True)
    assert Completion.objects.get(kind=Kind.QUIZ).percent == 100
    assert words("Passed") in text_of(rini.get(at(attempt, "hasil")))


def test_the_question_offers_its_own_answers_and_remembers_the_one_given(rini, attempt):
    answer = attempt.answers.get(position=1)
    first, second, third = answer.question.choices.all()
    save_answer(answer=answer, choice=second)

    page = rini.get(at(attempt, 1)).text

    assert re.findall(r'type="radio"[^>]*value="(\d+)"|value="(\d+)"[^>]*type="radio"', page)
    offered = re.findall(r'<input[^>]*name="choice"[^>]*>', page)
    assert [re.search(r'value="(\d+)"', tag)[1] for tag in offered] == [
        str(choice.pk) for choice in (first, second, third)
    ]
    assert ["checked" in tag for tag in offered] == [False, True, False]


@pytest.mark.parametrize("sent", ["other question", "nonsense", "nothing"])
def test_what_is_not_an_answer_is_refused_with_words_and_nothing_is_saved(rini, attempt, sent):
    data = {
        "other question": {"choice": right_choice(attempt, 2).pk},
        "nonsense": {"choice": "x"},
        "nothing": {},
    }[sent]

    response = rini.post(at(attempt, 1), data)

    assert response.status_code == 422
    expected = {
        "nothing": "Choose an answer.",
    }.get(sent, "That is not one of the answers. Choose one of the list.")
    assert words(expected) in text_of(response)
    assert "govuk-error-summary" in response.text
    assert given(attempt) == [None, None]


def test_a_refused_answer_leaves_the_one_that_was_saved(rini, attempt):
    kept = wrong_choice(attempt, 1)
    save_answer(answer=attempt.answers.get(position=1), choice=kept)

    rini.post(at(attempt, 1), {"choice": "x"})

    assert given(attempt) == [kept.pk, None]


def test_unanswered_questions_are_listed_and_nothing_is_submitted(rini, attempt):
    save_answer(answer=attempt.answers.get(position=1), choice=wrong_choice(attempt, 1))

    response = rini.post(at(attempt, "periksa"))

    assert response.status_code == 422
    summary = re.search(r'<div class="govuk-error-summary".*?</ul>', response.text, re.S)[0]
    assert re.findall(r'href="([^"]+)"', summary) == [f"{at(attempt, 2)}?periksa"]
    assert words("Question %(n)s", n=2) in summary
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_whoever_changes_an_answer_at_the_last_look_returns_there(rini, attempt):
    answer_all(attempt, right=False)
    page = rini.get(at(attempt, "periksa")).text
    assert f'href="{at(attempt, 1)}?periksa"' in page
    question = rini.get(f"{at(attempt, 1)}?periksa").text.partition("<main")[2]
    assert "action=" not in re.search(r"<form[^>]*>", question)[0]  # posts to where it was read
    choice = right_choice(attempt, 1)

    response = rini.post(f"{at(attempt, 1)}?periksa", {"choice": choice.pk})

    assert response.url == at(attempt, "periksa")
    assert given(attempt)[0] == choice.pk


def test_a_refused_answer_at_the_last_look_keeps_the_way_back(rini, attempt):
    assert rini.post(f"{at(attempt, 1)}?periksa", {}).status_code == 422
    assert given(attempt) == [None, None]


def test_the_last_look_names_what_is_missing_without_blame(rini, attempt):
    response = rini.get(at(attempt, "periksa"))

    assert response.status_code == 200
    assert text_of(response).count(words("No answer yet")) == 2
    assert "govuk-error-summary" not in response.text


def test_the_quiz_goes_on_after_signing_out_and_in_again(rini, learner, attempt, front):
    choice = wrong_choice(attempt, 1)
    rini.post(at(attempt, 1), {"choice": choice.pk})
    rini.logout()
    assert rini.get(at(attempt, 1)).url.startswith("/masuk/")

    rini.force_login(learner)
    assert words("Go on with the quiz") in text_of(rini.get(front))
    resumed = rini.post(front)

    assert resumed.url == at(attempt, 1)
    assert QuizAttempt.objects.count() == 1
    assert given(attempt) == [choice.pk, None]


def test_the_way_back_leads_to_the_question_before(rini, attempt, front):
    def back(position):
        page = rini.get(at(attempt, position)).text
        return re.search(r'<a class="govuk-back-link[^>]*href="([^"]+)"', page)[1]

    assert back(2) == at(attempt, 1)
    assert back(1) == front


def test_going_back_changes_an_answer(rini, attempt):
    rini.post(at(attempt, 1), {"choice": wrong_choice(attempt, 1).pk})
    rini.post(at(attempt, 2), {"choice": right_choice(attempt, 2).pk})

    rini.post(at(attempt, 1), {"choice": right_choice(attempt, 1).pk})

    assert given(attempt) == [right_choice(attempt, 1).pk, right_choice(attempt, 2).pk]


def test_a_second_tab_finds_the_result_and_changes_nothing(rini, attempt):
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    before = given(attempt)

    for response in (
        rini.get(at(attempt, 1)),
        rini.post(at(attempt, 1), {"choice": wrong_choice(attempt, 1).pk}),
        rini.get(at(attempt, "periksa")),
        rini.post(at(attempt, "periksa")),
    ):
        assert response.url == at(attempt, "hasil")
    assert given(attempt) == before
    assert QuizAttempt.objects.get().submitted_at == NOW


def test_the_result_waits_for_the_submission(rini, attempt):
    assert rini.get(at(attempt, "hasil")).url == at(attempt, "periksa")


@pytest.mark.parametrize("place", ["1", "periksa", "hasil"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_persons_attempt_does_not_exist(attempt, course, place, method):
    other = browser_of(UserFactory())

    response = getattr(other, method)(at(attempt, place), {"choice": right_choice(attempt, 1).pk})

    assert response.status_code in ({405, 404} if place == "hasil" else {404})
    assert given(attempt) == [None, None]
    attempt.refresh_from_db()
    assert attempt.submitted_at is None


def test_not_even_a_trainer_opens_another_persons_attempt(attempt, in_group):
    assert browser_of(in_group("trainer")).get(at(attempt, "hasil")).status_code == 404


@pytest.mark.parametrize("place", [0, 3, 99])
def test_a_question_that_was_not_drawn_does_not_exist(rini, attempt, place):
    assert rini.get(at(attempt, place)).status_code == 404


def test_whoever_is_not_enrolled_finds_no_quiz(rini, front):
    assert rini.get(front).status_code == 404
    assert rini.post(front).status_code == 404
    assert not QuizAttempt.objects.exists()


def test_a_course_without_a_quiz_has_no_quiz_page(rini, ready, front, course):
    course.quiz = None
    course.save()

    assert rini.get(front).status_code == 404


def test_the_result_gives_reasons_for_right_and_wrong(rini, attempt):
    wrong = wrong_choice(attempt, 2)
    Choice.objects.filter(pk=wrong.pk).update(why="Alasan jawaban yang keliru.")
    save_answer(answer=attempt.answers.get(position=1), choice=right_choice(attempt, 1))
    save_answer(answer=attempt.answers.get(position=2), choice=wrong)
    submit_quiz(attempt=attempt, now=NOW)

    response = rini.get(at(attempt, "hasil"))

    articles = re.findall(
        r'<article class="feedback feedback--(\w+)">(.*?)<details', response.text, re.S
    )
    assert [kind for kind, _text in articles] == ["right", "wrong"]
    right, wrong_article = (text for _kind, text in articles)
    assert right_choice(attempt, 1).why in right
    assert words("Right answer:") not in right
    assert "Alasan jawaban yang keliru." in wrong_article
    assert words("Right answer:") in wrong_article
    assert right_choice(attempt, 2).text in wrong_article
    assert right_choice(attempt, 2).why in wrong_article
    assert words("Passed") in text_of(response)


def test_who_did_not_pass_is_offered_another_try(rini, attempt, front):
    answer_all(attempt, right=False)
    submit_quiz(attempt=attempt, now=NOW)

    response = rini.get(at(attempt, "hasil"))

    assert words("Not passed yet") in text_of(response)
    assert f'href="{front}"' in response.text
    assert words("Try again with other questions") in text_of(rini.get(front))
    assert rini.post(front).url == at(QuizAttempt.objects.get(number=2), 1)


def test_nothing_tells_the_key_before_the_answers_are_fixed(rini, ready, course, front):
    """Pages with the right answers marked elsewhere must be the same to the letter."""
    for choice in Choice.objects.all():
        choice.why = f"RAHASIA-{choice.pk}"
        choice.save()
    attempt = start_quiz(enrolment=ready, quiz=course.quiz, now=NOW)
    places = [front, at(attempt, 1), at(attempt, 2), at(attempt, "periksa")]

    def pages():
        found = [rini.get(place).text for place in places]
        return [re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page) for page in found]

    before = pages()
    assert not any("RAHASIA" in page or "is_correct" in page for page in before)
    Choice.objects.filter(is_correct=True).update(is_correct=False)
    for question in Question.objects.all():
        Choice.objects.filter(pk=question.choices.last().pk).update(is_correct=True)
    assert pages() == before

    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    assert "RAHASIA" in rini.get(at(attempt, "hasil")).text


def test_a_bank_that_is_too_small_is_said_clearly(rini, ready, front):
    Question.objects.all().delete()

    response = rini.post(front)

    assert words("The quiz cannot start yet") in text_of(response)
    assert not QuizAttempt.objects.exists()


def test_a_quiz_in_english_is_the_same_quiz(rini, ready, course, attempt):
    in_english(course)
    QuizAnswer.objects.filter(attempt=attempt).update(choice=None)
    assert "Start the quiz" not in text_of(rini.get(f"/en/kursus/{course.slug}/kuis/"))
    assert "Go on with the quiz" in text_of(rini.get(f"/en/kursus/{course.slug}/kuis/"))
    choice = right_choice(attempt, 1)

    page = rini.get(f"/en{at(attempt, 1)}")
    assert choice.question.text_en in text_of(page)
    assert choice.text_en in text_of(page)
    assert choice.question.text not in page.text
    response = rini.post(f"/en{at(attempt, 1)}", {"choice": choice.pk})

    assert response.url == f"/en{at(attempt, 2)}"
    rini.post(f"/en{at(attempt, 2)}", {"choice": right_choice(attempt, 2).pk})
    rini.post(f"/en{at(attempt, 'periksa')}")
    result = text_of(rini.get(f"/en{at(attempt, 'hasil')}"))
    assert choice.why_en in result
    assert choice.why not in result
    done = Completion.objects.get(kind=Kind.QUIZ)
    assert (done.enrolment, done.item) == (ready, course.quiz.key)


def test_the_quiz_stays_closed_in_english_while_an_untranslated_lesson_is_unread(
    rini, learner, course, front
):
    in_english(course)
    enrol(user=learner, course=course, now=NOW)

    response = rini.post(f"/en{front}")

    assert "Read all lessons first. Then the quiz opens." in text_of(response)
    assert not QuizAttempt.objects.exists()
