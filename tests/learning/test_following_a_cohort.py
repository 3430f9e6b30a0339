"""What trainers see of their own cohorts, and managers of all: no more than that."""

import re

import pytest
from django.test import Client

from learning.models import CoursePage
from learning.services import describe_learner, enrol, start_quiz, submit_quiz
from sandbox.services import start_run
from tests.factories import NOW, UserFactory, a_cohort, a_course
from tests.learning.conftest import (
    a_failed_run,
    a_passed_run,
    answer_all,
    browser_of,
    in_english,
    read_lessons,
    text_of,
    words,
)


@pytest.fixture
def trainer(in_group):
    return in_group("trainer", first_name="Dewi")


@pytest.fixture
def cohort(course, trainer):
    return a_cohort(course, trainer)


@pytest.fixture
def participant(cohort):
    person = UserFactory(first_name="Wayan", last_name="Sukerta")
    describe_learner(
        user=person, agency="Dinas Kominfo", position="Staf", time_zone="Asia/Makassar"
    )
    return enrol(user=person, course=cohort.course, now=NOW, cohort=cohort)


@pytest.fixture
def dewi(trainer):
    return browser_of(trainer)


@pytest.fixture
def run(participant, practice_room):
    return a_failed_run(participant.user, practice_room)


def page_of(cohort, participant=None, run=None) -> str:
    parts = [cohort.pk]
    if participant:
        parts.append(participant.pk)
    if run:
        parts += ["latihan", run.pk]
    return "/pelatih/" + "".join(f"{part}/" for part in parts)


def test_the_list_counts_participants_and_completions(dewi, cohort, participant, practice_room):
    finished = enrol(user=UserFactory(), course=cohort.course, now=NOW, cohort=cohort)
    read_lessons(finished)
    attempt = start_quiz(enrolment=finished, quiz=cohort.course.quiz, now=NOW)
    answer_all(attempt)
    submit_quiz(attempt=attempt, now=NOW)
    a_passed_run(finished.user, practice_room)

    text = text_of(dewi.get("/en/pelatih/"))

    assert cohort.name in text
    assert "2 participants · 1 completed" in text


def test_the_list_holds_own_cohorts_only(dewi, cohort, course):
    a_cohort(course, UserFactory(), name="Angkatan Lain")

    text = text_of(dewi.get("/pelatih/"))

    assert cohort.name in text
    assert "Angkatan Lain" not in text


def test_a_trainer_without_a_cohort_is_told_how_to_get_one(dewi):
    assert words("No cohort yet") in text_of(dewi.get("/pelatih/"))


def test_a_cohort_shows_who_has_done_which_step(dewi, cohort, participant):
    read_lessons(participant, 3)
    enrol(user=UserFactory(first_name="Ayu"), course=cohort.course, now=NOW, cohort=cohort)
    enrol(user=UserFactory(first_name="Orang Luar"), course=cohort.course, now=NOW)

    response = dewi.get(page_of(cohort))

    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", response.text, re.S)
    shares = [re.findall(r"(\d+/\d+)</td>", row) for row in rows]
    assert [re.search(r">([^<]+)</a>", row)[1] for row in rows] == [
        "Ayu Contoh",
        "Wayan Sukerta",
    ]
    assert shares == [["0/2", "0/2", "0/2", "0/6"], ["2/2", "1/2", "0/2", "3/6"]]
    assert "Orang Luar" not in response.text


def test_an_empty_cohort_says_so(dewi, cohort):
    assert words("No participants yet") in text_of(dewi.get(page_of(cohort)))


def test_a_participants_page_shows_steps_attempts_and_runs(dewi, cohort, participant, run):
    read_lessons(participant)
    attempt = start_quiz(enrolment=participant, quiz=cohort.course.quiz, now=NOW)
    answer_all(attempt, right=False)
    submit_quiz(attempt=attempt, now=NOW)
    still_open = start_run(learner=participant.user, scenario=run.scenario, now=NOW)

    response = dewi.get(page_of(cohort, participant))

    text = text_of(response)
    assert "Wayan Sukerta" in text
    assert "Staf · Dinas Kominfo" in text
    assert words("%(done)s of %(total)s steps done.", done=4, total=6) in text
    assert response.text.count(f"</svg> {words('Done')}</td>") == 4
    assert ">0/2</div>" in response.text
    assert f'href="{page_of(cohort, participant, run)}"' in response.text
    assert f'href="{page_of(cohort, participant, still_open)}"' not in response.text
    assert words("in progress") in text


def test_someone_without_a_learner_record_has_a_page_as_well(dewi, cohort):
    bare = enrol(user=UserFactory(), course=cohort.course, now=NOW, cohort=cohort)

    response = dewi.get(page_of(cohort, bare))

    assert response.status_code == 200
    assert text_of(response).count(words("None yet.")) == 2


def test_a_participants_debrief_is_the_one_that_they_saw(dewi, cohort, participant, run):
    response = dewi.get(page_of(cohort, participant, run))
    own = browser_of(participant.user).get(f"/latihan/{run.pk}/pembahasan/")

    points = {"points": 0, "out_of": 120, "needed": 75}
    score = words("%(points)s of %(out_of)s points; %(needed)s %% is needed.", **points)
    seen = [text_of(page) for page in (response, own)]
    assert all(score in text for text in seen)
    by_trainer, by_participant = (text.partition(words("By rubric"))[2] for text in seen)
    assert all(case.code in by_trainer for case in run.cases.all())
    rubric, you = words("Rubric"), words("You")
    expected = by_participant.replace(f"{rubric} {you}", f"{rubric} {words('Participant')}", 1)
    assert by_trainer == expected.partition(f" {words('What if …')}")[0]  # the learner's own


def test_a_trainer_reads_whose_debrief_it_is_and_opens_no_case(dewi, cohort, participant, run):
    page = dewi.get(page_of(cohort, participant, run))

    assert f"{run.localized_title} · Wayan Sukerta" in text_of(page)
    back = re.search(r'<a class="govuk-back-link[^>]*>\s*(.*?)\s*</a>', page.text, re.S)[1]
    assert "Wayan Sukerta" in back
    assert not any(case.get_absolute_url() in page.text for case in run.cases.all())


def test_an_unfinished_run_is_nobodys_business_yet(dewi, cohort, participant, practice_room):
    run = start_run(learner=participant.user, scenario=practice_room, now=NOW)

    assert dewi.get(page_of(cohort, participant, run)).status_code == 404


def test_a_run_of_another_exercise_or_person_does_not_exist(
    dewi, cohort, participant, practice_room
):
    other = a_failed_run(UserFactory(), practice_room)

    assert dewi.get(page_of(cohort, participant, other)).status_code == 404


def test_a_participant_of_another_cohort_does_not_exist(dewi, cohort, course):
    alone = enrol(user=UserFactory(), course=course, now=NOW)

    assert dewi.get(page_of(cohort, alone)).status_code == 404


@pytest.mark.parametrize("group", ["trainer", "trainee", "editor", "programme_manager", "nobody"])
def test_for_everyone_else_the_cohort_does_not_exist(in_group, cohort, participant, run, group):
    person = UserFactory() if group == "nobody" else in_group(group)
    browser = browser_of(person)

    for url in (
        page_of(cohort),
        page_of(cohort, participant),
        page_of(cohort, participant, run),
        f"/en{page_of(cohort)}",
    ):
        assert browser.get(url).status_code == 404, url
    assert browser.get("/pelatih/").status_code == (200 if group == "trainer" else 404)


def test_being_named_as_trainer_without_the_right_opens_nothing(cohort, participant):
    person = UserFactory()
    cohort.trainers.add(person)

    assert browser_of(person).get(page_of(cohort)).status_code == 404


def test_strangers_are_asked_to_sign_in(cohort, participant):
    for url in ("/pelatih/", page_of(cohort), page_of(cohort, participant), "/program/"):
        assert Client().get(url).url == f"/masuk/?next={url}"


def test_trainers_only_look_except_that_they_invite(dewi, cohort, participant, run):
    for url in (
        "/pelatih/",
        page_of(cohort, participant),
        page_of(cohort, participant, run),
    ):
        assert dewi.post(url).status_code == 405


@pytest.fixture
def manager(in_group):
    return browser_of(in_group("programme_manager"))


def people_in(cohort, number: int) -> None:
    for _person in range(number):
        enrol(user=UserFactory(), course=cohort.course, now=NOW, cohort=cohort)


def figures(response) -> dict[str, list[str]]:
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>(.*?)</tr>', response.text, re.S)
    return {name: re.findall(r">([^<]*)</td>", cells)[1:] for name, cells in rows}


def test_groups_under_five_are_not_shown(manager, course):
    small, large = a_cohort(course, name="Kecil"), a_cohort(course, name="Cukup")
    people_in(small, 4)
    people_in(large, 5)

    assert figures(manager.get("/program/")) == {
        "Kecil": [words("fewer than 5"), "–"],
        "Cukup": ["5", "0"],
    }


def test_completions_are_counted_and_nobody_is_named(manager, db):
    course = a_course(modules=1, lessons=1)
    cohort = a_cohort(course, UserFactory(first_name="Dewi"), UserFactory())
    people_in(cohort, 6)
    for enrolment in cohort.enrolments.all()[:2]:
        read_lessons(enrolment)

    response = manager.get("/program/")

    assert figures(response) == {cohort.name: ["6", "2"]}
    assert "Contoh" not in text_of(response).replace(course.title, "")


@pytest.mark.parametrize("group", ["trainer", "trainee", "editor", "nobody"])
def test_the_programme_is_for_its_managers(in_group, group):
    person = UserFactory() if group == "nobody" else in_group(group)

    assert browser_of(person).get("/program/").status_code == 404


def test_a_programme_without_cohorts_says_so(manager):
    assert words("No cohort yet") in text_of(manager.get("/program/"))


def test_the_pages_read_in_english(dewi, manager, cohort, participant, run):
    in_english(CoursePage.objects.get(pk=cohort.course_id))
    expected = {
        "/pelatih/": "1 participant · 0 completed",
        page_of(cohort): "Who is where",
        page_of(cohort, participant): "0 of 6 steps done.",
        page_of(cohort, participant, run): "Debrief",
    }
    for url, sentence in expected.items():
        response = dewi.get(f"/en{url}")
        assert '<html lang="en">' in response.text
        assert sentence in text_of(response), url
    assert "Cohorts in figures." in text_of(manager.get("/en/program/"))
