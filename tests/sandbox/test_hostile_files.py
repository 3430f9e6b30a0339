"""Files and pages of the practice room that somebody made to do harm."""

from copy import deepcopy
from time import process_time

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.groups import load_groups
from sandbox.domain import exercise_files
from sandbox.domain.library.region_files import read_region
from sandbox.models import CaseFamily, Scenario
from sandbox.selectors.exercise_files import table_of
from sandbox.selectors.families import as_file
from tests.factories import UserFactory, a_run
from tests.regions import a_region, files_of, zipped
from tests.sandbox.families import CODE, a_file, browser_of, data_of, upload

SECONDS = 3  # of the processor, for a whole request


@pytest.fixture
def trainer(practice_room):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="trainer"))
    return browser_of(user)


@pytest.fixture
def content(practice_room):
    return deepcopy(CaseFamily.objects.get(code=CODE).content) | {"code": "keluarga-jahat"}


def long_word(content):
    content["slots"] = {"kata": ["x" * 60_000]}


def doubling(content):
    names = [f"s{number}" for number in range(30)]
    content["slots"] = {name: [f"{{s{n + 1}}}" * 2] for n, name in enumerate(names)}
    content["slots"]["s30"] = ["{s30}"]


def listed_duty(content):
    content["key"]["trap"] = [{"duty": ["DISPAR"], "why_id": "x", "why_en": "x"}]


@pytest.mark.parametrize("spoil", [long_word, doubling, listed_duty])
def test_a_hostile_family_is_refused_fast_and_changes_nothing(trainer, content, spoil):
    before = as_file(CaseFamily.objects.all())
    spoil(content)

    begun = process_time()
    response = upload(trainer, a_file(content))

    assert process_time() - begun < SECONDS
    assert response.status_code == 422
    assert response.context["problems"]
    assert as_file(CaseFamily.objects.all()) == before


def test_not_even_a_draft_is_saved_with_words_that_are_too_long(trainer, practice_room):
    family = CaseFamily.objects.get(code=CODE)
    long = deepcopy(family.content) | {"slots": {"kata": ["x" * 60_000]}}
    edit = reverse("case_families:edit", args=[family.pk])

    begun = process_time()
    response = trainer.post(edit, data_of(long))

    assert process_time() - begun < SECONDS
    assert response.status_code == 200  # the form again
    assert list(response.context["form"].errors) == ["slots"]
    assert not family.revisions.filter(content__content__slots__has_key="kata").exists()


HOSTILE = {
    "families": ["a"] * 100_000,
    "filters": {f"s{number}": ["x"] for number in range(20_000)},
    "goal": "0" * 1_000_000,
    "injects": [{"kind": "news", "text_id": "1 2 " * 10_000}] * 60,
    "expectations": [{"kind": "must", "words": ["…" * 9_000]}] * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_exercise_is_refused_fast_and_changes_nothing(trainer, name):
    before = list(Scenario.objects.values())
    table = table_of(Scenario.objects.get(code="l1")) | {name: HOSTILE[name]}
    raw = exercise_files.written([table]).encode()

    begun = process_time()
    response = trainer.post(
        reverse("exercises:import"), {"file": SimpleUploadedFile("l.toml", raw)}
    )

    assert process_time() - begun < SECONDS
    assert response.status_code == 422
    assert list(Scenario.objects.values()) == before


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (",".join(f"a{number}" for number in range(450_000)), "long_line"),
        (",".join(f"a{number}" for number in range(41)), "many_columns"),
        (",".join(['"\n"'] * 450_000), "many_columns"),
        ("code,kind,parent,name,source\n" + "x" * 20_001, "long_line"),
    ],
    ids=range(4),
)
def test_a_table_of_very_many_columns_is_refused_fast(rows, code):
    raw = zipped(files_of(a_region()) | {"places.csv": rows.encode()})
    begun = process_time()
    problems = read_region(raw).problems

    assert process_time() - begun < SECONDS
    assert [problem.code for problem in problems] == [code]


@pytest.mark.parametrize("name", ["picture", "paper"])
def test_no_browser_keeps_what_a_reporter_attached(practice_room, name):
    run = a_run()
    case = run.cases.first()
    case.facts = case.facts | {"attachment": "document"}
    case.save()

    page = reverse(f"sandbox:{name}", args=[run.pk, case.number])
    response = browser_of(run.learner).get(page)

    assert response.status_code in (200, 503)
    assert "no-store" in response.headers["Cache-Control"]
    assert "max-age=86400" not in response.headers["Cache-Control"]
