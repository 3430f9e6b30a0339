"""Exercises and rule packs in the CMS: nonsense is refused with words, used rules stay."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from sandbox.domain.rules import CONTENT, compare
from sandbox.labels import STEP_LABELS
from sandbox.models import RulePack, Scenario, TimeLimit
from sandbox.selectors.packs import next_version
from sandbox.selectors.rules import LIMIT, mapping_of
from sandbox.services import finish_run, start_run
from tests.factories import NOW, UserFactory
from tests.learning.conftest import browser_of, words

FIELDS = [
    *("code", "title", "title_en", "series", "rank", "goal", "goal_en", "role", "office", "mode"),
    "region",
    *("zone", "place", "number", "arrive_later", "days_before", "minutes", "pass_percent"),
]
USED = "An attempt has used this pack: it stays as it is. Make a new version instead."
COMPOSITION = {"dispose": 5, "supervisory": 1, "hold": 2, "return": 2, "archive": 2}


@pytest.fixture
def desk(in_group):
    """The browser of a trainer."""
    return browser_of(in_group("trainer"))


@pytest.fixture
def administrator(db):
    return browser_of(UserFactory(is_superuser=True))


def exercise_form(scenario, **changes):
    """Return what the browser sends for an exercise."""
    form = {name: getattr(scenario, name) for name in FIELDS}
    form["families"] = "\n".join(scenario.families)
    form |= {f"group_{name}": number for name, number in scenario.composition.items()}
    form |= {
        "rules": scenario.rules_id,
        "starts_at": "2026-03-04 08:00",
    }
    return form | changes


def everything_about(scenario):
    return Scenario.objects.values().get(pk=scenario.pk)


def edit(thing, name="exercises") -> str:
    return reverse(f"{name}:edit", args=[thing.pk])


def test_a_trainer_changes_an_exercise(desk, practice_room):
    mixed = {"hold": 2, "return": 4}
    form = exercise_form(practice_room, title="Judul baru")
    form |= {f"group_{name}": mixed.get(name, "") for name in COMPOSITION}

    response = desk.post(edit(practice_room), form)

    assert response.status_code == 307, "it was published: on to its test"
    practice_room.refresh_from_db()
    assert (practice_room.title, practice_room.composition) == ("Judul baru", mixed)
    run = _begin(UserFactory(), practice_room)
    assert run.cases.count() == 12


@pytest.mark.parametrize("number", ["-1", "lima", "1.5", "501", "{}"])
def test_a_composition_that_is_none_is_refused(desk, practice_room, number):
    response = desk.post(edit(practice_room), exercise_form(practice_room, group_dispose=number))

    assert response.status_code == 200
    [message] = response.context["form"].errors["group_dispose"]
    assert message
    practice_room.refresh_from_db()
    assert practice_room.composition == COMPOSITION


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("region", "atlantis"),
        ("region", "categories"),
        ("region", "../rule_packs/1"),
        ("families", "l9"),
        ("families", "iuran-sma, .."),
        ("families", "[1]"),
        ("filter_category", "Warna"),
        ("filter_difficulty", "4"),
        ("role", "king"),
        ("office", "KANTOR_BULAN"),
        ("number", 0),
        ("number", 501),
        ("arrive_later", 12),
        ("arrive_later", 13),
        ("pass_percent", 101),
        ("rules", 999),
        ("starts_at", "besok"),
        ("code", "bukan alamat"),
    ],
)
def test_an_exercise_that_could_not_be_played_is_refused(desk, practice_room, field, value):
    before = everything_about(practice_room)
    role = {"role": "liaison_officer"} if field == "office" else {}

    response = desk.post(
        edit(practice_room), exercise_form(practice_room, **role, **{field: value})
    )

    assert response.status_code == 200
    assert response.context["form"].has_error(field)
    assert everything_about(practice_room) == before


def test_a_trainer_adds_an_exercise(desk, practice_room):
    form = exercise_form(practice_room, code="l1-pendek", number=3, arrive_later=0)

    response = desk.post(reverse("exercises:add"), form)

    assert response.status_code == 302, response.context["form"].errors
    run = _begin(UserFactory(), Scenario.objects.get(code="l1-pendek"))
    assert run.cases.count() == 3


def test_an_attempt_that_runs_keeps_what_it_started_with(desk, practice_room):
    run = _begin(UserFactory(), practice_room)

    desk.post(edit(practice_room), exercise_form(practice_room, title="Lain", pass_percent=10))

    run.refresh_from_db()
    assert (run.title, run.pass_percent) == ("Dua belas laporan pertama", 75)


def _begin(learner, scenario):
    return start_run(learner=learner, scenario=scenario, now=NOW)


def pack_form(pack, *, amount=None, **changes):
    """Return what the browser sends for a rule pack; `amount` changes its first time limit."""
    limits = [
        {"id": limit.pk or "", **{name: getattr(limit, name) for name in LIMIT}}
        for limit in pack.time_limits.all()
    ]
    if amount is not None:
        limits[0]["amount"] = amount
    names = ("version", "title", "title_en", "note", "note_en", "valid_from", "checked_on")
    form = {name: getattr(pack, name) for name in names}
    form |= {
        "opens": "08:00",
        "closes": "16:00",
        "warn_percent": 80,
        "hours_source": pack.hours_source,
        "warn_source": pack.warn_source,
        "time_limits": inline_formset(limits, initial=len(limits)),
    }
    return nested_form_data(form | changes)


@pytest.fixture
def pack(practice_room):
    return practice_room.rules


def test_a_pack_that_no_attempt_has_used_can_be_corrected(administrator, pack):
    before = mapping_of(pack)

    response = administrator.post(edit(pack, "rule_packs"), pack_form(pack, amount=4, title="Lain"))

    assert response.status_code == 302, response.context["form"].errors
    after = mapping_of(RulePack.objects.get())
    assert (after["id"]["title"], after["time_limit"][0]["amount"]) == ("Lain", 4)
    assert {name: after[name] for name in CONTENT} == {name: before[name] for name in CONTENT}


def test_the_editor_of_a_pack_shows_no_json(administrator, pack):
    response = administrator.get(edit(pack, "rule_packs"))
    assert response.status_code == 200
    assert "content" not in response.context["form"].fields


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_pack_that_an_attempt_has_used_stays(administrator, practice_room, pack, is_finished):
    run = _begin(UserFactory(), practice_room)
    if is_finished:
        finish_run(run=run, now=NOW)
    before = mapping_of(pack)

    for changes in ({"amount": 4}, {"title": "Lain"}):
        response = administrator.post(edit(pack, "rule_packs"), pack_form(pack, **changes))
        assert response.status_code == 200
        assert words(USED) in response.text
    assert mapping_of(RulePack.objects.get()) == before


def test_a_used_pack_cannot_be_deleted(administrator, practice_room, pack):
    _begin(UserFactory(), practice_room)

    response = administrator.post(reverse("rule_packs:delete", args=[pack.pk]))

    assert response.status_code == 302
    assert RulePack.objects.get() == pack


def test_a_copy_keeps_all_of_a_pack_and_is_the_next_version(administrator, practice_room, pack):
    _begin(UserFactory(), practice_room)
    copy = reverse("rule_packs:copy", args=[pack.pk])
    form = administrator.get(copy).context["form"]
    offered = form.instance
    shown = [each.instance for each in form.formsets["time_limits"].initial_forms]

    assert offered.version == 2
    assert [limit.amount for limit in shown] == [limit.amount for limit in pack.time_limits.all()]
    response = administrator.post(copy, pack_form(offered))

    assert response.status_code == 302, response.context["form"].errors
    assert mapping_of(RulePack.objects.get(version=2)) == mapping_of(pack) | {"version": 2}
    assert mapping_of(RulePack.objects.get(version=1)) == mapping_of(pack)


def test_a_copy_with_one_limit_changed_changes_only_that(administrator, pack):
    copy = reverse("rule_packs:copy", args=[pack.pk])
    offered = administrator.get(copy).context["form"].instance

    administrator.post(copy, pack_form(offered, amount=4))

    [change] = compare(mapping_of(pack), mapping_of(RulePack.objects.get(version=2)))
    assert (change.item, change.field, change.new) == ("verify", "amount", 4)
    assert TimeLimit.objects.filter(pack=pack, step="verify").get().amount == 3


def test_a_version_that_is_not_above_the_last_is_refused(administrator, pack):
    copy = reverse("rule_packs:copy", args=[pack.pk])
    RulePack.objects.filter(pk=pack.pk).update(version=5)
    pack.refresh_from_db()
    form = pack_form(next_version(pack), version=3)

    response = administrator.post(copy, form)

    assert response.context["form"].has_error("version")
    assert RulePack.objects.count() == 1


def test_the_same_step_twice_in_one_pack_is_refused(administrator, pack):
    form = pack_form(pack)
    form["time_limits-1-step"] = form["time_limits-0-step"]

    response = administrator.post(edit(pack, "rule_packs"), form)

    assert response.status_code == 200
    assert len({limit.step for limit in pack.time_limits.all()}) == pack.time_limits.count()


def test_a_step_cannot_be_left_without_a_limit(administrator, pack):
    form = pack_form(pack) | {"time_limits-0-DELETE": "on"}

    response = administrator.post(edit(pack, "rule_packs"), form)

    assert response.status_code == 200
    steps = STEP_LABELS["verify"]
    assert words("Every step needs a time limit. None is left for: %(steps)s.", steps=steps) in (
        response.context["form"].non_field_errors()
    )
    assert pack.time_limits.filter(step="verify").exists()


def test_an_office_that_closes_before_it_opens_is_refused(administrator, pack):
    response = administrator.post(edit(pack, "rule_packs"), pack_form(pack, closes="07:00"))
    assert response.context["form"].has_error("closes")
