"""A trainer who cannot program makes an exercise; nothing is lost, nonsense is told in words."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from sandbox.models import CaseFamily, Scenario
from tests.factories import UserFactory
from tests.learning.conftest import words
from tests.sandbox.exercise_pages import edit, form_of, shown

DIGITS = "9" * 5000


@pytest.fixture
def editor(client, practice_room):
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    return client


@pytest.fixture
def scenario(practice_room):
    Scenario.objects.update(is_published=False)
    return Scenario.objects.get(code="meja-instansi")


def row(scenario):
    return Scenario.objects.values().get(pk=scenario.pk)


def refused(editor, scenario, **changes):
    """Post a form with `changes`, which are refused; return the response."""
    before = row(scenario)
    response = editor.post(edit(scenario), form_of(editor, edit(scenario), **changes))
    assert response.status_code == 200
    assert row(scenario) == before
    return response


def test_every_shipped_exercise_saved_unchanged_stays_as_it_is(editor, scenario):
    for each in Scenario.objects.all():
        before = row(each)
        response = editor.post(edit(each), form_of(editor, edit(each)))
        assert response.status_code == 302, (each.code, response.context["form"].errors)
        assert row(each) == before


def test_filters_of_every_kind_survive_saving(editor, scenario):
    scenario.families, scenario.composition = [], {"dispose": 1}
    scenario.filters = {"difficulty": [2, 1], "archetype": ["K2", "K1"], "row": [1, 2, 3, 4, 5, 6]}
    scenario.filters["category"] = sorted(
        CaseFamily.objects.values_list("category", flat=True).distinct(), reverse=True
    )
    scenario.filters["classification"] = ["non_supervisory"]
    scenario.personas = ["pensiunan-sabar", "pegiat-curiga"]
    scenario.number, scenario.arrive_later = 1, 0
    scenario.save()
    before = row(scenario)

    response = editor.post(edit(scenario), form_of(editor, edit(scenario)))

    assert response.status_code == 302, response.context["form"].errors
    assert row(scenario) == before


def test_what_is_typed_becomes_the_columns(editor, scenario):
    form = form_of(editor, edit(scenario))
    form = {name: value for name, value in form.items() if not name.startswith("group_")}
    changes = {
        **{"region": "nusa_lestari", "families": "", "filter_difficulty": ["1", "2"]},
        **{"group_dispose": "3", "group_hold": "1", "group_return": "0"},
        **{"weight_routing": "60", "weight_time": "40", "personas": ["pegiat-curiga"]},
    }

    response = editor.post(edit(scenario), form | changes)

    assert response.status_code == 302, response.context["form"].errors
    scenario.refresh_from_db()
    assert (scenario.region, scenario.families) == ("nusa_lestari", [])
    assert scenario.filters == {"difficulty": [1, 2]}
    assert scenario.composition == {"dispose": 3, "hold": 1}
    assert scenario.weights == {"routing": 60, "time": 40}
    assert scenario.personas == ["pegiat-curiga"]


def test_a_new_exercise_is_made(editor, scenario):
    address = reverse("exercises:add")
    form = form_of(editor, address) | {
        **{"code": "baru", "title": "Baru", "title_en": "New", "goal": "G", "goal_en": "G"},
        **{"role": "agency_admin", "region": "tirta_asri", "group_dispose": "1", "number": "3"},
        **{"rules": str(scenario.rules_id), "starts_at": "2026-03-04 08:00", "minutes": "20"},
        "pass_percent": "70",
    }

    response = editor.post(address, form)

    assert response.status_code == 302, response.context["form"].errors
    made = Scenario.objects.get(code="baru")
    assert (made.composition, made.filters, made.weights) == ({"dispose": 1}, {}, {})
    assert (made.injects, made.expectations, made.personas, made.families) == ([], [], [], [])
    assert not made.is_published


def test_an_empty_pool_is_told_in_words(editor, scenario):
    response = refused(
        editor, scenario, families="tps-meluap", filter_archetype=["K13"], filter_difficulty=["3"]
    )
    [message] = response.context["form"].errors["families"]
    assert message == words(
        "No case family fits the region, the role, these codes and these filters together. "
        "Name other families, or take a filter away."
    )


def test_a_group_without_families_is_told_at_its_field(editor, scenario):
    response = refused(editor, scenario, group_ours="2")
    [message] = response.context["form"].errors["group_ours"]
    assert "ours" not in message
    assert words("Dispose: one of our own units is competent").partition(":")[0] in message


def test_unknown_families_are_named(editor, scenario):
    response = refused(editor, scenario, families="tps-meluap\nkarangan-saya\nlain")
    assert "karangan-saya, lain" in response.context["form"].errors["families"][0]


def test_weights_that_are_not_a_hundred_are_told_with_their_sum(editor, scenario):
    response = refused(editor, scenario, weight_routing="60", weight_time="39")
    [message] = response.context["form"].errors["weight_routing"]
    assert "99" in message


def test_what_was_typed_survives_a_refusal(editor, scenario):
    changes = {
        **{"title": "Judul lain", "families": "tps-meluap\nkarangan", "group_hold": "17"},
        **{"weight_time": "13", "filter_difficulty": ["1", "3"], "personas": ["pegiat-curiga"]},
        **{"minutes": "5000", "region": "bali", "office": "DLH"},
    }
    again = shown(refused(editor, scenario, **changes))
    for name, value in changes.items():
        expected = [value] if name in ("region", "office") else value
        assert again[name] == expected


@pytest.fixture
def checked(editor, scenario):
    """Return the form of an exercise with changes, without its page around it."""
    form = editor.get(edit(scenario)).context["form"]
    data = form_of(editor, edit(scenario))

    def check(**changes):
        listed = {
            name: value if isinstance(value, list) else [value]
            for name, value in (data | changes).items()
        }
        fresh = Scenario.objects.get(pk=scenario.pk)
        found = type(form)(MultiValueDict(listed), instance=fresh, for_user=form.for_user)
        found.is_valid()
        for name in changes:
            str(found[name])  # a refused form is shown again
        return found

    return check


def test_values_out_of_bounds_are_refused(checked):
    for field, values in OUT_OF_BOUNDS.items():
        for value in values:
            assert checked(**{field: value}).has_error(field), (field, str(value)[:40])


OUT_OF_BOUNDS = {
    "starts_at": [
        *(f"{year}-03-04 08:00" for year in ("0001", "1900", "2099", "9999")),
        *("0001-01-01 00:00", "9999-12-31 23:59"),
    ],
    "minutes": ["1001", DIGITS, "0"],
    "group_dispose": ["501", "-1", DIGITS, "1.5"],
    "filter_difficulty": [["99999999999999999999999"]],
    "filter_category": [["x"]],
    "filter_archetype": [["[]"]],
    "filter_row": [DIGITS[:900], "satu"],
    "personas": [["[]"], ["[[]]"], ["{}"]],
    "weight_time": ["101", DIGITS],
    "region": ["atlantis", ""],
    "office": ["TIDAK-ADA"],
    "place": ["atlantis"],
    "families": [" ".join(f"a{number}" for number in range(600)), "x" * 30_000, "\x00"],
    "days_before": ["61"],
    "number": [DIGITS],
    "rank": [DIGITS],
    "arrive_later": ["-1"],
}


def test_a_start_outside_the_decreed_years_names_them(editor, scenario):
    response = refused(editor, scenario, starts_at="1900-03-04 08:00")
    assert "2024" in response.context["form"].errors["starts_at"][0]


def test_an_exercise_without_any_group_is_refused(editor, scenario):
    blank = {f"group_{name}": "" for name in scenario.composition}
    response = refused(editor, scenario, **blank)
    assert response.context["form"].errors["group_dispose"] == [
        words("Give at least one group a whole number above zero.")
    ]


def test_a_copy_asks_for_a_code_and_is_a_draft(editor, practice_room):
    original = Scenario.objects.get(code="rapat-senin")
    Scenario.objects.update(report={"passed": True})
    address = reverse("exercises:copy", args=[original.pk])
    form = form_of(editor, address)
    assert form["code"] == ""
    assert editor.post(address, form).context["form"].has_error("code")

    response = editor.post(address, form | {"code": "rapat-selasa"})

    assert response.status_code == 302, response.context["form"].errors
    made, kept = Scenario.objects.get(code="rapat-selasa"), row(original)
    differ = {name for name, value in row(made).items() if value != kept[name]}
    assert differ == {"id", "code", "is_published", "report"}
    assert (made.is_published, made.report) == (False, None)
    assert kept["code"] == "rapat-senin"


def test_the_list_says_region_mode_and_whether_it_is_published(editor, scenario):
    Scenario.objects.exclude(pk=scenario.pk).update(is_published=True)
    page = editor.get(reverse("exercises:index"))
    table = (
        BeautifulSoup(page.text, "html.parser")
        .select_one("table.listing")
        .get_text(" ", strip=True)
    )
    for told in (words("Yes"), words("No"), "Tirta Asri", words("Mode")):
        assert told in table
    practice = words("Practice: the score comes at the end")
    assert practice.partition(":")[0] in table
    assert practice not in table
    assert "True" not in table
