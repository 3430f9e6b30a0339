"""Case families that come as files, and a trainer's own try at one."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..domain.deadlines import OfficeTime
from ..domain.library.families import Family
from ..domain.modes import Mode
from ..domain.rules import Problem
from ..domain.workflow import Role
from ..models import CaseFamily, Run, Scenario
from ..selectors.families import Imported, compared, in_order, problems_in_file
from ..selectors.family_previews import trial_library
from ..selectors.phrases import newest_book
from ..selectors.regions import edition, newest
from ..selectors.rooms import calendar, terms_for
from ..selectors.rules import rules_in_force
from .runs import SEED_BITS, add_cases, desk_office

TITLE, TITLE_EN = "Uji coba: {code}", "Trial: {code}"
TRIAL_TITLE = 120  # characters
PASS_PERCENT = 75
DAYS_BEFORE = {Role.LIAISON_OFFICER: 3, Role.SUPERVISOR: 5}  # so that others have passed it on


class FamiliesRefused(Exception):
    """A file cannot be imported; `problems` names all that is wrong, each with its family."""

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


@transaction.atomic
def import_families(
    *, content: Mapping[str, Any], by: AbstractBaseUser, publish: bool = False
) -> Imported:
    """Store what a file brings, all of it or nothing; return what was new or changed.

    Raises FamiliesRefused. Attempts keep the cases that they started with.
    """
    if problems := problems_in_file(content):
        raise FamiliesRefused(problems)
    found = compared(content["family"])
    by_code = {family["code"]: family for family in content["family"]}
    for family in found.new:
        store(CaseFamily(code=family["code"], live=False), family, by, publish)
    for stored, _changes in found.changed:
        store(stored, by_code[stored.code], by, publish)
    for stored in found.waiting if publish else ():
        store(stored, by_code[stored.code], by, publish)
    return found


def store(family: CaseFamily, content: Family, by: AbstractBaseUser, publish: bool) -> None:
    """Store a family's content as its next draft, or publish it at once."""
    family.content = in_order(content)
    if family._state.adding:
        family.save()
    revision = family.save_revision(user=by, changed=True)
    if publish:
        revision.publish(user=by, skip_permission_checks=True)


@transaction.atomic
def start_trial(
    *, learner: AbstractBaseUser, family: Family, role: Role, region: str, now: datetime
) -> Run:
    """Start a try at one family at one desk; the person's last try is thrown away.

    It belongs to no exercise, so that no course, cohort or certificate can count it. `now` is
    wall time: it plays on the next working morning.
    """
    Run.objects.filter(learner_id=learner.pk, attempt=Run.TRIAL).delete()
    pack = newest(region)
    there = edition(pack, now.date())
    library = trial_library(family, there, role)
    scenario = Scenario(
        title=TITLE.format(code=family["code"])[:TRIAL_TITLE],
        title_en=TITLE_EN.format(code=family["code"])[:TRIAL_TITLE],
        role=role,
        office=library.office,
        mode=Mode.GUIDED,
        region=region,
        composition=dict.fromkeys(sorted(library.by_group)[:1], 1),
        number=1,
        days_before=DAYS_BEFORE.get(role, 0),
        pass_percent=PASS_PERCENT,
        rules=rules_in_force(now.date()),
    )
    begins = next_morning(scenario, there.about["timezone"], now)
    run = Run.objects.create(
        learner_id=learner.pk,
        attempt=Run.TRIAL,
        region_id=pack,
        phrases_id=newest_book(),
        seed=secrets.randbits(SEED_BITS),
        started_at=begins,
        clock=begins,
        office=desk_office(scenario, there),
        terms=terms_for(scenario),
        **{
            name: getattr(scenario, name)
            for name in ("title", "title_en", "role", "mode", "pass_percent", "rules")
        },
    )
    add_cases(run=run, library=library, scenario=scenario)
    return run


def next_morning(scenario: Scenario, zone: str, now: datetime) -> datetime:
    rules = scenario.rules
    office = OfficeTime(calendar(), ZoneInfo(zone), rules.opens, rules.closes)
    return office.next_opening(now)
