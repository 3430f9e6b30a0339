"""A second attempt brings other cases than the first: nine of ten are about new matters."""

import pytest

from sandbox.domain.cases import make_cases
from sandbox.models import Scenario
from sandbox.services import finish_run, grant_attempt, reset_run, start_run
from tests.factories import NOW, UserFactory, a_run
from tests.sandbox.test_scenarios_that_ship import FILES, material

FEW, HALF_THE_LIBRARY = 10, 25  # percent
LARGE = "rapat-senin"  # it asks for more cases than half of all families


def drawn(made_of, seed, seen=()):
    day = made_of.plan.starts_at.date()
    made = make_cases(made_of.library, made_of.order, seed, made_of.names, day, seen)
    return {case.family for case in made}


def families_of(run):
    return set(run.cases.values_list("family", flat=True))


@pytest.mark.parametrize("code", FILES)
def test_a_second_attempt_hardly_repeats_a_family(code):
    for seed in (1, 2):
        first = drawn(material(code), seed)
        second = drawn(material(code), seed + 10, first)
        most = HALF_THE_LIBRARY if code == LARGE else FEW
        assert len(first & second) * 100 <= most * len(second)


@pytest.mark.parametrize("code", ["meja-instansi", "identitas-bocor", "percontohan-bali"])
def test_beginning_again_brings_as_many_other_cases(code, practice_room):
    run = a_run(code=code)
    again = reset_run(run=run, now=NOW)
    assert not families_of(run) & families_of(again)
    assert run.cases.count() == again.cases.count()


def test_whoever_sits_an_exam_again_meets_other_cases(practice_room):
    exam = Scenario.objects.get(code="ujian-penghubung")
    learner = UserFactory()
    first = finish_run(run=start_run(learner=learner, scenario=exam, now=NOW), now=NOW)
    grant_attempt(
        scenario=exam,
        learner=learner,
        attempts=1,
        extra_percent=0,
        reason="Listrik padam di tengah ujian",
        granted_by=UserFactory(),
        now=NOW,
    )
    second = start_run(learner=learner, scenario=exam, now=NOW)
    assert second.attempt == 2
    assert not families_of(first) & families_of(second)
