"""The exercises that ship: each starts, tells skill from its absence, and keeps its own."""

import csv
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from statistics import mean

import pytest
from django.urls import reverse

from sandbox.domain.answers import Element
from sandbox.domain.players import play_at_random, play_minimally
from sandbox.domain.replay import digest
from sandbox.domain.robots import play_expertly
from sandbox.domain.room import DeskClosed
from sandbox.domain.scoring import judge
from sandbox.domain.scoring.expectations import HIGHEST_MARK
from sandbox.domain.selftest.material import Material
from sandbox.domain.workflow import Action, Role
from sandbox.domain.working_days import WorkingCalendar
from sandbox.models import Case, Run, Scenario
from sandbox.models.runs import INJECT
from sandbox.selectors import board, notices, outlook
from sandbox.selectors.clocks import FORECAST_WORDS
from sandbox.selectors.files import parsed, region_in, routing, shipped_families, stock, style
from sandbox.selectors.rooms import room_of, setting_of
from sandbox.services import advance_clock, finish_run, score, start_run, take_action
from sandbox.services.log import CaseChanged
from tests.domain.desks import CAST
from tests.factories import NOW, UserFactory, a_run

SANDBOX = Path(__file__).resolve().parents[2] / "sandbox"
FILES = {file.stem: file for file in sorted((SANDBOX / "scenario_library").glob("*.toml"))}
NINE = (
    "l1", "hujan-deras", "bukan-wewenang", "satu-laporan-tiga-draf", "tenggat-mendekat",
    "ibu-di-kursi-roda", "rapat-senin", "identitas-bocor", "suara-yang-tak-sampai",
)  # fmt: skip
PILOTS = {
    f"percontohan-{name}": name.replace("-", "_")
    for name in ("sumatera-barat", "yogyakarta", "bali", "tangerang", "sleman", "badung")
}
FIRST = ("Wayan", "Sari", "Budi", "Tono", "Made", "Rini", "Ujang")
LAST = ("Contoh", "Rekaan", "Misalnya", "Umpama", "Andaikan", "Karangan")
ENOUGH, LITTLE, CHANCE = 95, 40, 25  # percent
LARGE = ("rapat-senin",)  # a hundred and eighty reports: fewer seeds for the expert
DAYS = 20

every_exercise = pytest.mark.parametrize("code", FILES)


# The robots, without a database


@cache
def rules():
    return tomllib.loads((SANDBOX / "rule_packs/1.toml").read_text())


@cache
def calendar(place=""):
    days = set()
    for file in ("indonesia", place) if place else ("indonesia",):
        lines = (SANDBOX / f"holiday_library/{file}.csv").read_text().splitlines()
        days |= {date.fromisoformat(row["date"]) for row in csv.DictReader(lines)}
    return WorkingCalendar(frozenset(days), date(2024, 1, 1), date(2027, 12, 31))


@cache
def families():
    return shipped_families()


@cache
def material(code):
    declared = {"office": "", **parsed(FILES[code])}
    chosen = declared["families"]
    return Material(
        scenario=declared,
        region=region_in(SANDBOX / "region_library" / declared["region"]),
        families=[each for each in families() if not chosen or each["code"] in chosen],
        rules=rules(),
        calendar=calendar(declared.get("place", "")),
        routing=routing(),
        style=style(),
        cast=CAST,
        names=[f"{first} {last}" for first in FIRST for last in LAST],
        stock=stock(),
    )


def until(made_of):
    office = made_of.office
    day = made_of.plan.starts_at.astimezone(office.zone).date()
    return office.at(office.calendar.add(day, DAYS), office.opens)


def scored(code, room, *, marked=False):
    """Judge a room as a finished run is judged; a trainer gave the highest marks, or none."""
    made_of = material(code)
    best = {number: dict.fromkeys(Element, HIGHEST_MARK) for number in room.folders}
    marks = (best if marked else {}) if made_of.scenario.get("needs_marking") else None
    return judge(list(room.folders.values()), room.setting, made_of.pack, marks)


def opened(code, seed):
    return material(code).opened(seed)[1]


@every_exercise
def test_the_expert_reaches_ninety_five_percent(code):
    for seed in (1,) if code in LARGE else (1, 2, 3):
        room = play_expertly(opened(code, seed), until(material(code)))
        score = scored(code, room, marked=True)
        lost = [line for line in score.lines if line.points < line.out_of]
        assert score.percent >= ENOUGH, lost
        assert score.slips == 0


@every_exercise
def test_the_least_work_is_not_enough(code):
    for seed in (1, 2):
        room = play_minimally(opened(code, seed), until(material(code)), material(code).offers)
        assert scored(code, room).percent <= LITTLE


@every_exercise
def test_chance_earns_a_quarter_at_most(code):
    percents = []
    for seed in range(1, 11):
        room = opened(code, seed)
        play_at_random(room, until(material(code)), material(code).offers, Random(seed))
        percents.append(scored(code, room).percent)
    assert mean(percents) <= CHANCE, percents


@every_exercise
def test_the_same_seed_is_played_in_the_same_way(code):
    rooms = [opened(code, 4) for _ in range(2)]
    for room in rooms:
        play_at_random(room, until(material(code)), material(code).offers, Random(4))
    first, second = rooms
    assert digest(first) == digest(second)
    assert scored(code, first).lines == scored(code, second).lines


@every_exercise
def test_receipts_add_up_to_the_score_by_the_weights(code):
    room = opened(code, 2)
    play_at_random(room, until(material(code)), material(code).offers, Random(2))
    score = scored(code, room)
    weights = material(code).pack.weights
    assert sum(line.points for line in score.lines) == score.points
    assert sum(line.out_of for line in score.lines) == score.out_of
    sums = dict.fromkeys(weights, 0)
    for line in score.lines:
        assert 0 <= line.points <= line.out_of
        if weights and not line.fatal:
            sums[line.criterion] += line.out_of
    there = {name: weights[name] for name, points in sums.items() if points}
    for name, weight in there.items():
        share = score.out_of * weight / sum(there.values())
        assert abs(sums[name] - share) < 1


# What ships


def test_nine_exercises_and_one_for_each_pilot_ship():
    assert set(NINE) | set(PILOTS) <= set(FILES)
    assert {code: parsed(FILES[code])["region"] for code in PILOTS} == PILOTS


@pytest.mark.parametrize(
    ("code", "reports", "duplicates"), [("hujan-deras", 24, 9), ("rapat-senin", 180, None)]
)
def test_the_large_ones_bring_what_they_promise(code, reports, duplicates):
    room = opened(code, 1)
    found = [folder.key["duplicate_of"] for folder in room.folders.values()]
    assert len(found) == reports
    assert duplicates is None or len(found) - found.count(None) == duplicates


def test_bali_and_badung_count_by_their_own_holidays():
    for code in ("percontohan-bali", "percontohan-badung"):
        made_of = material(code)
        assert str(made_of.office.zone) == "Asia/Makassar"
        assert not made_of.calendar.is_working(date(2026, 6, 17))  # Galungan
    assert calendar().is_working(date(2026, 6, 17))


@pytest.mark.parametrize("code", PILOTS)
def test_every_pilot_holds_its_own_names_and_levels(code):
    pool = material(code).pool
    own = [family for family in pool["hold"] if "regions" in family]
    assert own
    assert all(PILOTS[code] in family["regions"] for family in own)
    assert len(pool["dispose"]) >= 5
    assert len(pool["return"]) >= 5  # what looks like ours and is not, or the other way round


@every_exercise
def test_every_exercise_starts_and_can_be_read(code, practice_room, client):
    run = a_run(code=code)
    client.force_login(run.learner)
    assert run.cases.exists()
    if not run.allows.is_timed:  # an exam of last year is over
        assert client.get(run.get_absolute_url(), follow=True).status_code == 200
    page = client.get(reverse("sandbox:briefing", args=[code]))
    assert run.title in page.content.decode()


# What a run keeps


def test_a_running_attempt_keeps_what_it_started_with(practice_room):
    run = a_run(code="identitas-bocor")
    before = setting_of(run)
    Scenario.objects.update(injects=[], expectations=[], weights={}, personas=["pegiat-curiga"])
    run = Run.objects.get(pk=run.pk)
    assert setting_of(run) == before
    finished = finish_run(run=run, now=NOW)
    codes = {line["expectation"] for line in finished.result["lines"]}
    assert {"recorded", "informed", "told_safely"} <= codes
    assert finished.result["out_of"] % 100 == 0
    assert score(finished) == finished.result  # also when it is scored anew
    fresh = start_run(learner=UserFactory(), scenario=run.scenario, now=NOW)
    assert setting_of(fresh).injects.all == ()
    assert [each.code for each in setting_of(fresh).cast.personas] == ["pegiat-curiga"]


# What is seen


def after_inject(run, place):
    """Move a run's clock to the moment of an inject."""
    found = next(each for each in setting_of(run).injects.all if each.place == place)
    return advance_clock(run=run, seen=run.clock, to=found.at, now=NOW)


@pytest.fixture
def rain(practice_room):
    return a_run(code="hujan-deras")


@pytest.fixture
def down(practice_room):
    """A run in the middle of an outage."""
    return after_inject(a_run(code="tenggat-mendekat"), 0)


def test_an_announcement_is_foretold_logged_and_shown(rain, client):
    client.force_login(rain.learner)
    forecast = outlook(rain).forecasts["event"]
    assert forecast.announced == 1
    page = client.get(reverse("sandbox:advance", args=[rain.pk])).content.decode()
    assert FORECAST_WORDS["announced"] % {"n": 1} in page
    client.post(
        reverse("sandbox:advance", args=[rain.pk]),
        {"seen": rain.clock.isoformat(), "to": "event"},
    )
    run = Run.objects.get(pk=rain.pk)
    title = "Peringatan hujan lebat berhari-hari"
    assert [
        entry.choices[INJECT] for entry in run.log.filter(case=None, choices__has_key=INJECT)
    ] == [0]
    assert [notice.title for notice in notices(run)] == [title]
    for address in ("inbox", "notices"):
        shown = client.get(reverse(f"sandbox:{address}", args=[run.pk])).content.decode()
        assert title in shown


def test_a_finished_run_tells_what_happened_to_everybody(rain, client):
    client.force_login(rain.learner)
    run = after_inject(rain, 1)
    finish_run(run=run, now=NOW)
    for address in ("debrief", "trace"):
        shown = client.get(reverse(f"sandbox:{address}", args=[run.pk]))
        assert "Gelombang pertama" in shown.content.decode()
    entry = run.log.get(case=None, choices__inject=1)
    page = client.get(f"{reverse('sandbox:replay', args=[run.pk])}?langkah={entry.number}")
    assert "Gelombang pertama" in page.content.decode()


def test_a_flood_waits_and_then_comes_in(rain):
    assert not rain.cases.filter(number__gt=12, reached=True).exists()
    run = after_inject(rain, 1)
    office = room_of(run).setting.terms.office
    run = advance_clock(run=run, seen=run.clock, to=office.next_opening(run.clock), now=NOW)
    assert rain.cases.filter(number__gt=12, reached=True).count() == 8


def test_a_change_of_rules_names_the_old_and_the_new_amount(practice_room, client):
    run = after_inject(a_run(code="identitas-bocor"), 0)
    (notice,) = notices(run)
    assert (notice.old.amount, notice.new_amount) == (5, 2)
    client.force_login(run.learner)
    shown = client.get(reverse("sandbox:notices", args=[run.pk])).content.decode()
    assert notice.title in shown


# Outages


def test_an_outage_refuses_every_step_and_changes_nothing(down):
    case = down.cases.filter(reached=True).select_related("run__learner").first()
    before = (case.version, down.length, Case.objects.of(down).get(pk=case.pk).state)
    with pytest.raises(DeskClosed):
        take_action(
            case=case,
            version=case.version,
            action=Action.ANSWER,
            actor=down.learner,
            choices={"evidence": ""},
            text="Jawaban.",
            now=NOW,
        )
    run = Run.objects.get(pk=down.pk)
    now_there = Case.objects.of(run).get(pk=case.pk)
    assert (now_there.version, run.length, now_there.state) == before


def test_an_outage_gives_back_what_was_typed_and_lets_the_clock_go_on(down, client):
    client.force_login(down.learner)
    case = down.cases.filter(reached=True).first()
    address = reverse("sandbox:act", args=[down.pk, case.number, Action.ANSWER])
    typed = "Petugas kami sudah ke sana dan menemukan dua lubang."
    response = client.post(address, {"version": case.version, "text": typed, "evidence": ""})
    page = response.content.decode()
    assert response.status_code == 409
    assert typed in page
    assert "Sistem laporan tidak dapat dibuka" in page
    assert client.get(address).status_code == 409
    ends = setting_of(down).injects.all[0].until
    run = advance_clock(run=down, seen=down.clock, to=ends, now=NOW)
    case = run.cases.select_related("run").get(pk=case.pk)
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(address).status_code in (200, 302)


def test_an_old_page_never_acts_in_an_outage(practice_room, client):
    run = a_run(code="tenggat-mendekat")
    case = run.cases.filter(reached=True).select_related("run__learner").first()
    after_inject(run, 0)
    with pytest.raises((DeskClosed, CaseChanged)):
        take_action(
            case=case,
            version=case.version,
            action=Action.NOTE,
            actor=run.learner,
            choices={},
            text="Catatan.",
            now=NOW,
        )


# The board


@pytest.fixture
def monday(practice_room):
    return a_run(code="rapat-senin")


def test_the_board_shows_the_unit_where_work_has_stopped(
    monday, client, django_assert_max_num_queries
):
    found = board(monday)
    assert found.units[0].unit == "DINSOS"
    ages = [aged.age for aged in found.of()]
    assert ages == sorted(ages, reverse=True)
    assert found.whole.open == sum(held.open for held in found.units)
    assert {aged.case.unit for aged in found.of("DINSOS")} == {"DINSOS"}
    client.force_login(monday.learner)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("sandbox:board", args=[monday.pk])).content.decode()
    assert "Dinas Sosial" in page
    assert found.of()[0].case.code in page


def test_only_desks_that_watch_others_have_a_board(practice_room, client):
    run = a_run(code="tenggat-mendekat")
    client.force_login(run.learner)
    assert run.role == Role.LIAISON_OFFICER
    assert client.get(reverse("sandbox:board", args=[run.pk])).status_code == 404


def test_the_pages_of_a_run_are_its_learners_alone(monday, client):
    client.force_login(UserFactory())
    for address in ("board", "notices"):
        assert client.get(reverse(f"sandbox:{address}", args=[monday.pk])).status_code == 404
