"""Testing exercises, and showing them to trainees: nothing that robots could not play."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from ..domain.selftest import Check, Finding, Material, Report, check, examine
from ..models import RegionPack, Run, Scenario
from ..selectors.selftests import declared, digest_of, is_proven, material_of
from .runs import start_run

Look = Callable[[Scenario], Check]
MATERIAL = "material"
SHOWN = ("is_published", "is_held_back")


class NotProven(Exception):
    """No test of the exercise as it is now has been passed."""


def steps_of_test(*, scenario: Scenario, now: datetime, looks: Sequence[Look]) -> Iterator[Check]:
    """Put an exercise to the test, check by check, and store the report at the end.

    `looks` are checks of the pages, done last, and only where all else has been passed.
    """
    checks: list[Check] = []
    try:
        material = material_of(scenario)
    except (RegionPack.DoesNotExist, LookupError) as error:
        checks.append(check(MATERIAL, [Finding("", "no_material", {"error": str(error)})]))
        yield checks[-1]
        store_report(scenario=scenario, report=Report(tuple(checks)), digest="", now=now)
        return
    for done in looked(material, scenario, looks):
        checks.append(done)
        yield done
    report = Report(tuple(checks))
    store_report(scenario=scenario, report=report, digest=digest_of(material), now=now)


def looked(material: Material, scenario: Scenario, looks: Sequence[Look]) -> Iterator[Check]:
    is_sound = True
    for done in examine(material):
        is_sound = is_sound and done.passed
        yield done
    for look in looks:
        yield look(scenario) if is_sound else Check(look.__name__, skipped=True)


def test_scenario(*, scenario: Scenario, now: datetime, looks: Sequence[Look]) -> Report:
    """Put an exercise to the test at once; return the report, which is stored."""
    return Report(tuple(steps_of_test(scenario=scenario, now=now, looks=looks)))


@transaction.atomic
def store_report(*, scenario: Scenario, report: Report, digest: str, now: datetime) -> None:
    """Keep a report with the digest of what was tested, and show or take back the exercise.

    Others may have changed it while robots played: the row decides, not what was read before.
    """
    locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    locked.report = {**report.as_json(), "digest": digest, "at": now.isoformat()}
    settle(locked)
    locked.save(update_fields=["report", *SHOWN])
    scenario.refresh_from_db()


def settle(scenario: Scenario) -> None:
    """Let trainees see what they saw before exactly if it has passed a test of what it is now."""
    is_wanted = scenario.is_published or scenario.is_held_back
    scenario.is_published = is_wanted and is_proven(scenario)
    scenario.is_held_back = is_wanted and not scenario.is_published


@transaction.atomic
def settle_change(*, scenario: Scenario, before: Scenario) -> None:
    """Hold back an exercise that was changed since `before`, unless the change needs no test."""
    scenario.refresh_from_db()
    if (declared(scenario), scenario.rules_id) != (declared(before), before.rules_id):
        settle(scenario)
        scenario.save(update_fields=SHOWN)


@transaction.atomic
def publish(*, scenario: Scenario) -> None:
    """Show an exercise to trainees. Raises NotProven without a passed test of what it is now."""
    locked = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    if not is_proven(locked):
        raise NotProven
    locked.is_published, locked.is_held_back = True, False
    locked.save(update_fields=SHOWN)


@transaction.atomic
def unpublish(*, scenario: Scenario) -> None:
    """Hide an exercise from trainees; attempts that run go on."""
    scenario.is_published, scenario.is_held_back = False, False
    scenario.save(update_fields=SHOWN)


@contextmanager
def throw_away_run(*, scenario: Scenario, now: datetime) -> Iterator[Run]:
    """Start an attempt that leaves no trace, for whoever looks at its pages."""
    people: Any = get_user_model().objects
    with transaction.atomic():
        name = f"uji-{token_hex(8)}@contoh.test"
        yield start_run(
            learner=people.create(username=name, email=name), scenario=scenario, now=now
        )
        transaction.set_rollback(True)
