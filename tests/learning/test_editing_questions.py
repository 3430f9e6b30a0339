"""A trainer keeps the bank: one right answer to each question, and nothing lost that was used."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from learning.models import Choice, Question, Quiz, QuizAttempt
from learning.services import save_answer, start_quiz, submit_quiz
from tests.factories import NOW, UserFactory, a_quiz
from tests.learning.conftest import answer_all, browser_of, read_lessons, text_of, words

ONE_RIGHT = "Mark exactly one answer as the right one."
STAYS = "An answer that learners have chosen stays. Retire the question instead."


@pytest.fixture
def desk(in_group):
    """The browser of a trainer."""
    return browser_of(in_group("trainer"))


@pytest.fixture
def administrator(db):
    return browser_of(UserFactory(is_superuser=True))


@pytest.fixture
def question(course):
    return course.quiz.questions.first()


@pytest.fixture
def answered(enrolment, course):
    """A question that a learner has answered."""
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=course.quiz, now=NOW)
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    return attempt.answers.first().question


def answer(number, *, right=False, **fields):
    return {
        "text": f"Jawaban {number}",
        "text_en": f"Answer {number}",
        "why": f"Karena {number}",
        "why_en": f"Because {number}",
        **({"is_correct": "on"} if right else {}),
        **fields,
    }


def form_of(quiz, answers, *, stored=0, **changes):
    """Return what the trainer's browser sends for a question."""
    form = {
        "quiz": quiz.pk,
        "code": "K1-9",
        "objective": "m1",
        "source": "Buku",
        "text": "Mana yang benar?",
        "text_en": "Which one is right?",
        "choices": inline_formset(answers, initial=stored, min=3, max=4),
    }
    return nested_form_data(form | changes)


def form_for(question, right, **changes):
    """Return the form of a stored question whose right answer is number `right`."""
    answers = [
        answer(number, right=number == right, id=choice.pk)
        for number, choice in enumerate(question.choices.all(), start=1)
    ]
    same = {"code": question.code, "text": question.text, "text_en": question.text_en}
    return form_of(question.quiz, answers, stored=len(answers), **(same | changes))


def edit(thing, name="questions") -> str:
    return reverse(f"{name}:edit", args=[thing.pk])


def right_ones(question) -> list[bool]:
    return [choice.is_correct for choice in question.choices.all()]


def test_a_trainer_adds_a_question_with_its_answers(desk, course):
    answers = [answer(1), answer(2, right=True), answer(3)]

    response = desk.post(reverse("questions:add"), form_of(course.quiz, answers))

    assert response.status_code == 302, response.context["form"].errors
    question = Question.objects.get(code="K1-9")
    assert question.quiz == course.quiz
    assert [choice.text for choice in question.choices.all()] == [
        "Jawaban 1",
        "Jawaban 2",
        "Jawaban 3",
    ]
    assert right_ones(question) == [False, True, False]


def test_a_trainer_changes_a_question_and_its_answers(desk, question):
    form = form_for(question, right=1, text="Pertanyaan yang lebih jelas?")
    form["choices-1-why"] = "Alasan yang lebih jelas."

    assert desk.post(edit(question), form).status_code == 302

    question = Question.objects.get(pk=question.pk)
    assert question.text == "Pertanyaan yang lebih jelas?"
    assert question.choices.all()[1].why == "Alasan yang lebih jelas."
    assert question.history.count() == 2


@pytest.mark.parametrize("right", [1, 2, 3])
@pytest.mark.parametrize("before", [1, 2, 3])
def test_the_right_answer_can_move_up_and_down(desk, question, before, right):
    assert desk.post(edit(question), form_for(question, right=before)).status_code == 302

    response = desk.post(edit(question), form_for(question, right=right))

    assert response.status_code == 302
    assert right_ones(Question.objects.get(pk=question.pk)) == [
        number == right for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("rights", [(), (1, 2), (1, 2, 3)])
def test_a_question_with_no_or_more_than_one_right_answer_is_refused(desk, course, rights):
    answers = [answer(number, right=number in rights) for number in (1, 2, 3)]
    count = Question.objects.count()

    response = desk.post(reverse("questions:add"), form_of(course.quiz, answers))

    assert response.status_code == 200
    assert words(ONE_RIGHT) in response.text
    assert Question.objects.count() == count


@pytest.mark.parametrize("rights", [(), (2, 3)])
def test_a_change_to_no_or_more_than_one_right_answer_is_refused(desk, question, rights):
    form = form_for(question, right=None)
    for number in rights:
        form[f"choices-{number - 1}-is_correct"] = "on"

    response = desk.post(edit(question), form)

    assert response.status_code == 200
    assert words(ONE_RIGHT) in response.text
    assert right_ones(Question.objects.get(pk=question.pk)) == [True, False, False]


def test_removing_the_right_answer_without_a_new_one_is_refused(desk, question):
    extra = answer(4)
    form = form_for(question, right=1) | {f"choices-3-{name}": text for name, text in extra.items()}
    form |= {"choices-TOTAL_FORMS": "4", "choices-3-id": "", "choices-0-DELETE": "on"}

    response = desk.post(edit(question), form)

    assert words(ONE_RIGHT) in response.text
    assert question.choices.count() == 3


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_question_has_three_or_four_answers(desk, course, number):
    answers = [answer(n, right=n == 1) for n in range(1, number + 1)]

    response = desk.post(reverse("questions:add"), form_of(course.quiz, answers))

    assert response.status_code == 200
    assert not Question.objects.filter(code="K1-9").exists()


@pytest.mark.parametrize("field", ["text", "why"])
def test_an_answer_without_its_reason_is_refused(desk, course, field):
    answers = [answer(1, right=True), answer(2), answer(3, **{field: ""})]

    response = desk.post(reverse("questions:add"), form_of(course.quiz, answers))

    assert response.status_code == 200
    assert not Question.objects.filter(code="K1-9").exists()


def test_an_answer_that_was_chosen_cannot_be_removed(desk, answered):
    form = form_for(answered, right=2) | {
        f"choices-3-{name}": text for name, text in answer(4).items()
    }
    form |= {"choices-TOTAL_FORMS": "4", "choices-3-id": "", "choices-0-DELETE": "on"}

    response = desk.post(edit(answered), form)

    assert response.status_code == 200
    assert words(STAYS) in response.text
    assert right_ones(Question.objects.get(pk=answered.pk)) == [True, False, False]


def test_an_answer_that_nobody_chose_can_be_replaced(desk, answered):
    form = form_for(answered, right=1) | {
        f"choices-3-{name}": text for name, text in answer(4).items()
    }
    form |= {"choices-TOTAL_FORMS": "4", "choices-3-id": "", "choices-2-DELETE": "on"}

    assert desk.post(edit(answered), form).status_code == 302
    texts = {choice.text for choice in Choice.objects.filter(question=answered)}
    assert texts == {"Jawaban 1", "Jawaban 2", "Jawaban 4"}


def test_trainers_retire_questions_and_delete_none(desk, question):
    delete = reverse("questions:delete", args=[question.pk])
    assert desk.get(delete).status_code == 302
    assert desk.post(delete).status_code == 302
    assert Question.objects.filter(pk=question.pk).exists()

    assert desk.post(edit(question), form_for(question, right=1, retired="on")).status_code == 302
    assert Question.objects.get(pk=question.pk).retired


def test_not_even_an_administrator_deletes_a_question_that_was_answered(administrator, answered):
    delete = reverse("questions:delete", args=[answered.pk])
    assert administrator.get(delete).status_code == 200

    response = administrator.post(delete, follow=True)

    assert response.status_code == 200
    assert words("“%(name)s” belongs to what learners have done, so it stays.", name=answered) in (
        response.text
    )
    assert Question.objects.filter(pk=answered.pk).exists()
    assert answered.choices.count() == 3


def test_an_administrator_deletes_a_question_that_nobody_answered(administrator, question):
    administrator.post(reverse("questions:delete", args=[question.pk]))

    assert not Question.objects.filter(pk=question.pk).exists()


def test_a_quiz_that_was_taken_stays(administrator, answered, course):
    response = administrator.post(reverse("quizzes:delete", args=[course.quiz.pk]), follow=True)

    assert response.status_code == 200
    assert Quiz.objects.filter(pk=course.quiz.pk).exists()
    assert QuizAttempt.objects.count() == 1


def test_a_trainer_opens_a_new_quiz(desk):
    data = {
        "code": "k9",
        "title": "Kuis baru",
        "title_en": "New quiz",
        "intro": "Pengantar",
        "intro_en": "Introduction",
        "draw": 5,
        "pass_percent": 70,
        "minutes": 10,
    }

    response = desk.post(reverse("quizzes:add"), data)

    assert response.status_code == 302, response.context["form"].errors
    assert Quiz.objects.get(code="k9").key
    assert desk.post(reverse("quizzes:add"), data | {"code": "k8"}).status_code == 302
    assert Quiz.objects.get(code="k8").key != Quiz.objects.get(code="k9").key


@pytest.mark.parametrize("changes", [{"pass_percent": 101}, {"draw": 0}])
def test_a_quiz_that_nobody_could_pass_is_refused(desk, course, changes):
    quiz = course.quiz
    names = ("code", "title", "title_en", "intro", "intro_en", "draw", "pass_percent", "minutes")
    data = {name: getattr(quiz, name) for name in names} | changes

    response = desk.post(edit(quiz, "quizzes"), data)

    assert response.status_code == 200
    assert response.context["form"].errors
    quiz.refresh_from_db()
    assert (quiz.pass_percent, quiz.draw) == (50, 2)


def test_an_edited_question_is_what_learners_read_next(desk, rini, enrolment, course):
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=course.quiz, now=NOW)
    drawn = attempt.answers.get(position=1).question

    desk.post(edit(drawn), form_for(drawn, right=1, text="Ditulis ulang oleh pelatih?"))

    page = rini.get(f"/kuis/{attempt.pk}/1/")
    assert "Ditulis ulang oleh pelatih?" in text_of(page)


def test_an_answer_given_while_the_key_changes_is_marked_by_the_key_at_submission(
    desk, enrolment, course
):
    read_lessons(enrolment)
    attempt = start_quiz(enrolment=enrolment, quiz=course.quiz, now=NOW)
    for given in attempt.answers.all():
        save_answer(answer=given, choice=given.question.choices.all()[1])
        desk.post(edit(given.question), form_for(given.question, right=2))

    assert submit_quiz(attempt=attempt, now=NOW).right == 2


def test_the_list_of_questions_can_be_searched_and_filtered(desk, course):
    a_quiz("k2")

    found = desk.get(reverse("questions:index"), {"quiz": course.quiz.pk}).text

    assert "k1-1" in found
    assert "k2-1" not in found
    assert "Pertanyaan 3?" in desk.get(reverse("questions:index"), {"q": "k1-3"}).text
