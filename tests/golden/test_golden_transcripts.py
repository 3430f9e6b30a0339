"""Whole runs as texts that an expert can read; a change of any rule or line shows in their diff.

`UPDATE_GOLDEN=1` writes them anew.
"""

import os
from pathlib import Path
from statistics import mean

import pytest

from sandbox.domain.scoring.expectations import Criterion
from tests.golden.pages import Script, page, run
from tests.golden.players import PLAYERS

HERE = Path(__file__).parent
DESKS = ("meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas")
SCRIPTS = (
    Script("perfect", "meja-pelapor", 5),
    Script("perfect", "meja-nasional", 4),
    Script("perfect", "meja-instansi", 3),
    Script("perfect", "meja-penghubung", 6),
    Script("perfect", "meja-pengawas", 13),
    Script("lazy", "meja-penghubung", 1),
    Script("rude", "meja-penghubung", 3),
    Script("leaking", "meja-penghubung", 4),
    Script("unmasking", "meja-instansi", 7),
    Script("late", "meja-instansi", 2),
    Script("over-holding", "meja-instansi", 9),
    Script("always-archive", "meja-instansi", 1),
    Script("wrong-level", "meja-instansi", 6),
    Script("duplicate-blind", "meja-instansi", 8),
    Script("random", "meja-instansi", 10),
)
OWN_CRITERION = {
    "lazy": Criterion.QUALITY,
    "rude": Criterion.QUALITY,
    "leaking": Criterion.PRIVACY,
    "unmasking": Criterion.PRIVACY,
    "late": Criterion.TIME,
    "over-holding": Criterion.ROUTING,
    "always-archive": Criterion.ROUTING,
    "wrong-level": Criterion.ROUTING,
    "duplicate-blind": Criterion.DUPLICATES,
}
SEEDS = range(1, 6)
by_name = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)


def script_of(player):
    return next(script for script in SCRIPTS if script.player == player)


def share(player, criterion):
    """Return the part of a criterion's points that a player earns, over several runs."""
    runs = [run(script_of(player)._replace(seed=seed))[2] for seed in SEEDS]
    lines = [line for score in runs for line in score.lines if line.criterion == criterion]
    return sum(line.points for line in lines) / sum(line.out_of for line in lines)


@by_name
def test_every_scripted_run_reads_as_it_is_kept(script):
    kept, now = HERE / script.name, page(script)
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(now, encoding="utf-8")
    assert now.encode() == kept.read_bytes()


def test_every_text_belongs_to_a_scripted_run_and_every_player_has_one():
    assert {file.name for file in HERE.glob("*.txt")} == {script.name for script in SCRIPTS}
    assert {script.player for script in SCRIPTS} == set(PLAYERS)
    assert [script.exercise for script in SCRIPTS if script.player == "perfect"] == list(DESKS)


@by_name
def test_the_same_seed_gives_the_same_text_twice(script):
    assert page(script) == page(script)


@pytest.mark.parametrize("desk", DESKS)
def test_whoever_follows_the_key_earns_at_least_ninety_five_percent_at_every_desk(desk):
    for seed in (1, 2, 13):
        score = run(Script("perfect", desk, seed))[2]
        assert score.percent >= 95
        assert score.slips == 0


@pytest.mark.parametrize(("player", "criterion"), OWN_CRITERION.items())
def test_each_vice_costs_clearly_under_its_own_heading(player, criterion):
    assert share(player, criterion) <= 0.9


@pytest.mark.parametrize("player", ["leaking", "unmasking"])
def test_whoever_reveals_a_reporter_fails_whatever_the_percent(player):
    score = run(script_of(player))[2]
    assert score.slips > 0
    assert not score.passes(0)


@pytest.mark.parametrize(("player", "most"), [("always-archive", 5), ("lazy", 40)])
def test_getting_rid_of_reports_earns_little(player, most):
    for seed in (1, 2, 3, 4, 5):
        assert run(script_of(player)._replace(seed=seed))[2].percent <= most


def test_legal_steps_at_random_earn_next_to_nothing():
    scores = [run(script_of("random")._replace(seed=seed))[2].percent for seed in range(1, 21)]
    assert mean(scores) <= 25
