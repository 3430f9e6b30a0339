"""A new pack leaves finished runs as they are; the shell imports with the same check."""

import json
from datetime import time
from io import StringIO

import pytest
import tomli_w
from django.core.management import CommandError, call_command

from sandbox import selectors
from sandbox.models import RulePack, Run, Scenario
from sandbox.services import finish_run, import_pack, score
from tests.factories import NOW, a_run
from tests.sandbox.packs import TODAY, everything, version


@pytest.fixture
def pack(practice_room):
    return RulePack.objects.get()


def in_bytes(result):
    return json.dumps(result, sort_keys=True).encode()


def test_a_new_pack_changes_no_byte_of_a_finished_run(pack):
    run = finish_run(run=a_run(), now=NOW)
    before = in_bytes(run.score)
    content = version(pack, amount=1)
    content["expectation"] = content["expectation"][:1]
    import_pack(pack=content, scenarios=Scenario.objects.all(), today=TODAY)

    run = Run.objects.get(pk=run.pk)

    assert in_bytes(run.score) == before
    assert in_bytes(json.loads(json.dumps(score(run)))) == before
    told = StringIO()
    call_command("check_scores", stdout=told)
    assert told.getvalue() == "1 runs scored anew, 0 differ.\n"


def test_a_run_that_no_longer_scores_the_same_is_named(pack):
    run = finish_run(run=a_run(), now=NOW)
    content = pack.content
    content["expectation"][0]["points"] = 7
    RulePack.objects.filter(pk=pack.pk).update(content=content)

    with pytest.raises(CommandError, match=str(run.pk)):
        call_command("check_scores", stdout=StringIO())


def test_a_run_keeps_the_time_by_which_it_started(pack):
    run = a_run()
    before = selectors.setting_of(run).terms
    pack.time_limits.update(amount=1)
    RulePack.objects.filter(pk=pack.pk).update(opens=time(6), closes=time(7), warn_percent=1)

    assert selectors.setting_of(Run.objects.get(pk=run.pk)).terms == before
    later = selectors.setting_of(a_run()).terms
    assert (later.office.opens, later.warn_percent) == (time(6), 1)
    assert {limit.amount for limit in later.limits.values()} == {1}


# The shell


def test_the_shell_checks_and_shows_like_the_cms(pack, tmp_path):
    file = tmp_path / "paket.toml"
    file.write_text(tomli_w.dumps(version(pack, amount=4)), encoding="utf-8")
    before, told = everything(), StringIO()

    call_command("load_rule_pack", file, stdout=told)

    assert "3 → 4" in told.getvalue()
    assert everything() == before
    call_command("load_rule_pack", file, "--store", "--keep", "l1", stdout=told)
    codes = RulePack.objects.get(version=2).scenarios.values_list("code", flat=True)
    assert set(codes) == set(Scenario.objects.values_list("code", flat=True)) - {"l1"}
    with pytest.raises(CommandError, match="version"):
        call_command("load_rule_pack", file, "--store", stdout=told)


def test_the_shell_refuses_what_is_no_pack(practice_room, tmp_path):
    file = tmp_path / "paket.toml"
    file.write_bytes(b"\xff")
    with pytest.raises(CommandError):
        call_command("load_rule_pack", file)
    with pytest.raises(CommandError):
        call_command("load_rule_pack", tmp_path / "tidak-ada.toml")
