"""Who reports anonymously stays unnamed, and who accuses somebody asks for secrecy."""

from sandbox.domain.robots import expert_move
from sandbox.domain.workflow import Action as A
from sandbox.domain.workflow import Role
from tests.domain.desks import case_where
from tests.domain.desks import room as room_with
from tests.domain.desks import setting as setting_at
from tests.domain.test_scoring_mistakes import line, score_of


def sent(case, text, **choices):
    """Return the score of a room in which the reporter has sent this text."""
    room = room_with([case], setting_at(Role.REPORTER, ""), "", arrives=False)
    room.act(1, A.SUBMIT, {"title": "Laporan", "anonymous": False, "secret": False} | choices, text)
    return score_of(room)


def is_plain(case):
    return not case.key.get("secret")


def must_be_secret(case):
    return bool(case.key.get("secret"))


def test_ones_own_name_in_an_anonymous_report_is_a_privacy_slip():
    case = case_where(is_plain)
    name = case.facts["reporter"]
    slip = line(sent(case, f"Nama saya {name.upper()}.", anonymous=True), "own_name")
    assert slip.fatal
    assert (slip.points, slip.chosen) == (0, "name")
    assert slip.better["id"]
    assert slip.source
    assert line(sent(case, f"Nama saya {name}."), "own_name") is None
    assert line(sent(case, "Lampu padam.", anonymous=True), "own_name") is None


def test_a_report_that_accuses_somebody_is_sent_as_secret():
    case = case_where(must_be_secret)
    assert line(sent(case, "Ada pungutan.", secret=True), "asked_secret").verdict == "right"
    assert line(sent(case, "Ada pungutan."), "asked_secret").verdict == "wrong"
    assert line(sent(case_where(is_plain), "Lampu padam."), "asked_secret") is None


def test_the_robot_asks_for_secrecy_and_leaves_its_name_out_where_it_is_anonymous():
    case = case_where(lambda each: must_be_secret(each) and each.facts["anonymous"])
    room = room_with([case], setting_at(Role.REPORTER, ""), "", arrives=False)
    move = expert_move(room, 1)
    assert move.choices["secret"]
    assert case.facts["reporter"] not in move.text
