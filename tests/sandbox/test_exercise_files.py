"""Exercises as files: written, read again, refused as a whole with everything that is wrong."""

import tomllib
from datetime import UTC, datetime

import pytest
import tomli_w
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.groups import load_groups
from sandbox.forms.exchange import packed
from sandbox.models import RulePack, Scenario
from sandbox.selectors.exercise_files import as_file, table_of
from sandbox.selectors.files import SANDBOX
from tests.factories import UserFactory
from tests.sandbox.families import browser_of, text_of

IMPORT, STORE = reverse("exercises:import"), reverse("exercises:store")
EXPORT, LIST = reverse("exercises:export"), reverse("exercises:index")
CODE = "hujan-deras"
CLOSED = (302, 403, 404)


@pytest.fixture
def browser(practice_room):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="trainer"))
    return browser_of(user)


@pytest.fixture
def table(practice_room):
    return table_of(Scenario.objects.get(code=CODE))


def upload(browser, content):
    raw = content if isinstance(content, bytes) else tomli_w.dumps(content).encode()
    return browser.post(IMPORT, {"file": SimpleUploadedFile("latihan.toml", raw)})


def a_file(*exercises):
    return {"format": 1, "exercise": list(exercises)}


def told(response):
    return [(code, path) for code, _place, path, _words in response.context["problems"]]


def everything():
    return list(Scenario.objects.values().order_by("pk"))


def test_all_that_ships_comes_back_without_a_difference(browser):
    response = browser.get(EXPORT)
    assert response.text.startswith("# SIMULASI")
    assert "attachment" in response["Content-Disposition"]

    read = upload(browser, response.content)

    assert read.status_code == 200, read.context["problems"]
    assert not read.context["found"]
    assert len(read.context["found"].same) == Scenario.objects.count() > 20


def test_exercises_of_another_site_are_the_same_once_they_are_stored(browser):
    whole = browser.get(EXPORT).text
    Scenario.objects.all().delete()

    read = upload(browser, whole.encode())
    assert len(read.context["found"].new) > 20
    assert Scenario.objects.count() == 0
    browser.post(STORE, {"packed": read.context["form"].initial["packed"]})

    stored = as_file(Scenario.objects.select_related("rules"))
    assert tomllib.loads(stored) == tomllib.loads(whole)
    assert not Scenario.objects.filter(is_published=True).exists()
    assert not Scenario.objects.filter(is_held_back=True).exists()


def test_the_file_of_a_shipped_exercise_will_do_as_it_is(browser, table):
    raw = (SANDBOX / f"scenario_library/{CODE}.toml").read_bytes()
    read = upload(browser, raw)
    assert [each.code for each in read.context["found"].same] == [CODE]
    assert tomllib.loads(raw.decode())["code"] == table["code"]


# Refused


def inject(**changes):
    usual = {"after": 3, "kind": "news", "trust": -8}
    words = dict.fromkeys(("title_id", "title_en", "text_id", "text_en"), "Hujan")
    return {"injects": [usual | words | changes]}


def rule(**changes):
    usual = {"code": "dicatat", "kind": "must", "roles": ["agency_admin"], "criterion": "time"}
    usual |= {"points": 4, "actions": ["note"], "source": "Alur kerja"}
    words = dict.fromkeys(("rule_id", "rule_en", "better_id", "better_en"), "Dicatat.")
    return {"expectations": [usual | words | changes]}


BAD = [
    ({"warna": "biru"}, "warna"),
    ({"is_published": True}, "is_published"),
    ({"report": {"passed": True}}, "report"),
    ({"code": "Dua Kata"}, "code"),
    ({"code": 3}, "code"),
    ({"title": ""}, "title"),
    ({"title": "=HYPERLINK(1)"}, "title"),
    ({"title": "x" * 121}, "title"),
    ({"goal": "Hubungi 0812-3456-7890."}, "goal"),
    ({"goal": "Terselubung\u0007"}, "goal"),
    ({"goal_en": ["a"]}, "goal_en"),
    ({"series": "lain"}, "series"),
    ({"rank": -1}, "rank"),
    ({"role": "raja"}, "role"),
    ({"role": {"a": 1}}, "role"),
    ({"role": "liaison_officer", "composition": {"ours": 1}}, "office"),
    ({"office": "TIDAKADA"}, "office"),
    ({"mode": "santai"}, "mode"),
    ({"region": "atlantis"}, "region"),
    ({"zone": "Europe/Paris"}, "zone"),
    ({"place": "atlantis"}, "place"),
    ({"families": ["tidak-ada"]}, "families"),
    ({"families": "got-penuh-sampah"}, "families"),
    ({"families": ["a"] * 501}, "families"),
    ({"filters": {"category": ["Antariksa"]}}, "filters.category"),
    ({"filters": {"decision": ["route"]}}, "filters.decision"),
    ({"filters": {"row": ["satu"]}}, "filters.row[1]"),
    ({"filters": {"archetype": ["K99"]}}, "filters.archetype"),
    ({"filters": []}, "filters"),
    ({"composition": {"lain": 1}}, "composition.lain"),
    ({"composition": {"dispose": 1.5}}, "composition.dispose"),
    ({"composition": {"dispose": 501}}, "composition.dispose"),
    ({"composition": {}}, "composition.dispose"),
    ({"composition": {"ours": 1}}, "composition.ours"),
    ({"whole": "ya"}, "whole"),
    ({"number": 0, "arrive_later": 0}, "number"),
    ({"number": "12", "arrive_later": 0}, "number"),
    ({"number": 501, "arrive_later": 0}, "number"),
    ({"number": 10**4000, "arrive_later": 0}, "number"),
    ({"arrive_later": 12}, "arrive_later"),
    ({"days_before": 61}, "days_before"),
    ({"minutes": 1001}, "minutes"),
    ({"pass_percent": 101}, "pass_percent"),
    ({"needs_marking": 1}, "needs_marking"),
    ({"starts_at": "2026-03-04"}, "starts_at"),
    ({"starts_at": datetime(2026, 3, 4, 9)}, "starts_at"),  # noqa: DTZ001
    ({"starts_at": datetime(1, 1, 1, tzinfo=UTC)}, "starts_at"),
    ({"starts_at": datetime(9999, 12, 31, 23, tzinfo=UTC)}, "starts_at"),
    ({"personas": ["hantu"]}, "personas"),
    ({"rules": 99}, "rules"),
    ({"rules": "1"}, "rules"),
    ({"weights": {"routing": 60, "time": 30}}, "weights.routing"),
    ({"weights": {"gaya": 100}}, "weights.gaya"),
    ({"injects": [3]}, "injects[1]"),
    ({"injects": {"after": 1}}, "injects"),
    (inject(kind="hujan"), "injects[1].kind"),
    (inject(kind=["news"]), "injects[1].kind"),
    (inject(trust=1), "injects[1].trust"),
    (inject(warna="biru"), "injects[1].warna"),
    (inject(hours=2), "injects[1].hours"),
    (inject(categories=["Antariksa"]), "injects[1].categories"),
    (inject(text_id="+62"), "injects[1].text_id"),
    (inject(title_id="x" * 401), "injects[1].title_id"),
    ({"injects": inject()["injects"] * 61}, "injects"),
    ({"expectations": [[]]}, "expectations[1]"),
    (rule(code="x" * 60), "expectations[1].code"),
    (rule(kind="boleh"), "expectations[1].kind"),
    (rule(actions=["terbang"]), "expectations[1].actions"),
    (rule(roles=[]), "expectations[1].roles"),
    (rule(warna="biru"), "expectations[1].warna"),
    (rule(limit="verify"), "expectations[1].limit"),
    (rule(look="leaked"), "expectations[1].look"),
    (rule(look="says", words=["satu\ndua"]), "expectations[1].words"),
    (rule(distance=5), "expectations[1].distance"),
    (rule(when={"hujan": True}), "expectations[1].when"),
    (rule(when={"decision": ["terbang"]}), "expectations[1].when.decision"),
    (rule(points={"dispose": 101}), "expectations[1].points.dispose"),
    (rule(reason_id="Sebab."), "expectations[1].reason_en"),
]


@pytest.mark.parametrize("listed", [BAD[:40], BAD[40:]], ids=["columns", "tables"])
def test_what_is_wrong_is_told_by_exercise_and_column_and_nothing_is_stored(browser, table, listed):
    before = everything()
    bad = [
        table | changes | {"code": changes.get("code", f"buruk-{number}")}
        for number, (changes, _place) in enumerate(listed)
    ]
    response = upload(browser, a_file(table | {"title": "Judul baru"}, *bad))

    assert response.status_code == 422
    said = [(str(each["code"]), path) for each, (_, path) in zip(bad, listed, strict=True)]
    assert list(dict.fromkeys(told(response))) == said
    assert everything() == before


def test_a_column_that_is_missing_is_told_once(browser, table):
    for column in ("title", "goal_en", "role", "region", "composition", "minutes", "starts_at"):
        lacking = {name: value for name, value in table.items() if name != column}
        assert told(upload(browser, a_file(lacking))) == [(CODE, column)]


def test_two_exercises_of_one_code_are_refused(browser, table):
    assert told(upload(browser, a_file(table, table))) == [("", CODE)]


HOSTILE = [
    b"",
    b"x" * 50_000_000,
    b"\xff\xfe",
    b"a = [[[",
    b"format = 1",
    b"format = 1\nexercise = 3",
    b"format = 1\nexercise = []",
    b"format = 2\n[[exercise]]\ncode = 'a'",
    b"format = 1\n[[exercise]]\ncode = 3\n[[exercise]]\ninjects = 4",
    b"format = 1\n" + b"[[exercise]]\n" * 61,
    b"format = 1\n[[exercise]]\ngoal = " + b"[" * 300 + b"]" * 300,
    b"format = 1\n[[exercise]]\n" + b".".join([b"a"] * 5000) + b" = 1",
    b"format = 1\n[[exercise]]\n" + b"a = 1\n" * 70_000,
]


def test_what_is_no_file_of_exercises_changes_nothing(browser):
    before = everything()
    for raw in HOSTILE:
        assert upload(browser, raw).status_code == 422
    for text in ("", "x", packed(b"format = 1"), packed(b"x" * 9_000_000)):
        assert browser.post(STORE, {"packed": text}).status_code in (302, 422)
    assert everything() == before


# Stored


def test_differences_are_shown_in_words_before_anything_is_stored(browser, table):
    changed = table | {"title": "Hujan sehari", "mode": "exam", "arrive_later": 0}
    changed["composition"] = {**table["composition"], "dispose": 5}
    before = everything()

    response = upload(browser, a_file(changed, table | {"code": "hujan-baru"}))

    page = text_of(response)
    assert "Hujan sehari" in page
    assert "hujan-baru" in page
    [(_exercise, changes)] = response.context["found"].changed
    assert [each.place for each in changes] == [
        "title", "composition.dispose", "mode", "arrive_later",
    ]  # fmt: skip
    assert everything() == before


def test_what_trainees_saw_is_held_back_and_new_ones_are_drafts(browser, table):
    assert Scenario.objects.get(code=CODE).is_published
    content = a_file(table | {"number": 10}, table | {"code": "hujan-baru"})
    text = upload(browser, content).context["form"].initial["packed"]

    response = browser.post(STORE, {"packed": text}, follow=True)

    stored, new = (Scenario.objects.get(code=code) for code in (CODE, "hujan-baru"))
    assert (stored.number, stored.is_published, stored.is_held_back) == (10, False, True)
    assert (new.number, new.is_published, new.is_held_back) == (12, False, False)
    assert reverse("exercises:waiting") in response.text
    assert stored.history.first().number == 10


def test_an_exercise_that_names_no_pack_keeps_its_own_or_gets_the_one_in_force(browser, table):
    own = RulePack.objects.get(version=table.pop("rules"))
    text = upload(browser, a_file(table | {"code": "hujan-baru"})).context["form"]
    browser.post(STORE, {"packed": text.initial["packed"]})
    assert Scenario.objects.get(code="hujan-baru").rules == own
    assert not upload(browser, a_file(table)).context["found"]


def test_lists_and_pages_lead_to_files(browser, practice_room):
    scenario = Scenario.objects.get(code=CODE)
    one = f"{EXPORT}?id={scenario.pk}"
    page = browser.get(LIST).text
    assert IMPORT in page
    assert reverse("exercises:choose") in page
    assert one in page
    assert one in browser.get(reverse("exercises:edit", args=[scenario.pk])).text
    sent = tomllib.loads(browser.get(one).text)
    assert [each["code"] for each in sent["exercise"]] == [CODE]
    assert browser.get(reverse("exercises:choose")).text.count('name="id"') > 20


@pytest.mark.parametrize("group", ["trainee", "editor"])
def test_who_may_not_edit_exercises_has_no_files_of_them(practice_room, group):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    other = browser_of(user)
    for address in (EXPORT, IMPORT, reverse("exercises:choose")):
        assert other.get(address).status_code in CLOSED
    assert other.post(STORE, {"packed": "x"}).status_code in CLOSED
