"""Rule packs: checked, previewed, stored as a new version, taken back; runs keep their own."""

from datetime import date
from html import unescape

import pytest
import tomli_w
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sandbox.domain.pack_checks import check_pack
from sandbox.domain.rules import read_toml
from sandbox.models import RulePack, Scenario
from sandbox.selectors import rules_in_force, time_limits
from sandbox.selectors.pack_words import scoring_patterns, scoring_words
from sandbox.selectors.packs import as_toml, preview
from sandbox.selectors.rules import mapping_of
from sandbox.services import PackRefused, import_pack, use_pack
from tests.factories import UserFactory, a_run
from tests.sandbox.packs import TODAY, everything, version

NEW = reverse("rule_packs:add")
STORE = reverse("rule_packs:store")


@pytest.fixture
def pack(practice_room):
    return RulePack.objects.get()


@pytest.fixture
def administrator(db):
    return browser_of(UserFactory(is_superuser=True))


@pytest.fixture
def trainer(db):
    """The browser of somebody who chooses packs for exercises, and changes none."""
    user = UserFactory()
    names = ("access_admin", "view_rulepack", "view_scenario", "change_scenario")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return browser_of(user)


def browser_of(user):
    browser = Client()
    browser.force_login(user)
    return browser


def upload(browser, content, url=NEW):
    raw = content if isinstance(content, bytes) else tomli_w.dumps(content).encode()
    return browser.post(url, {"file": SimpleUploadedFile("paket.toml", raw)})


def text_of(response):
    return unescape(response.text)


# What is stored, and how it comes back


def test_a_pack_comes_back_from_its_file_as_it_is(pack):
    again = read_toml(as_toml(pack).encode())

    assert again == mapping_of(pack)
    stored = import_pack(pack=again | {"version": 2}, scenarios=[], today=TODAY)
    assert mapping_of(stored) == mapping_of(pack) | {"version": 2}


def test_the_shipped_file_says_what_the_stored_pack_says(pack, settings):
    file = settings.BASE_DIR / "sandbox" / "rule_packs" / "1.toml"
    assert mapping_of(pack) == read_toml(file.read_bytes())


def test_a_pack_is_downloaded_as_a_file(trainer, pack):
    response = trainer.get(reverse("rule_packs:export", args=[pack.pk]))

    assert response["Content-Disposition"] == 'attachment; filename="aturan-1.toml"'
    assert read_toml(response.content) == mapping_of(pack)


def test_the_newest_pack_that_is_valid_is_in_force(pack):
    future = version(pack, valid_from=date(2027, 1, 1), amount=4)
    later = import_pack(pack=future, scenarios=[], today=TODAY)
    on = {day: rules_in_force(day) for day in (TODAY, date(2026, 12, 31), date(2027, 1, 1))}

    assert list(on.values()) == [pack, pack, later]
    amounts = [time_limits(["verify"], day)["limits"][0].amount for day in on]
    assert amounts == [3, 3, 4]
    with pytest.raises(RulePack.DoesNotExist):
        rules_in_force(date(2025, 4, 30))


# Step 1: the check


def test_everything_wrong_is_listed_and_nothing_stored(administrator, pack):
    before = everything()
    wrong = version(pack, number=1)
    wrong["time_limit"][2]["amount"] = 0
    del wrong["time_limit"][3]["source"]

    response = upload(administrator, wrong)

    assert response.status_code == 422
    assert [place for place, _words in response.context["problems"]] == [
        "time_limit[3].amount",
        "time_limit[4].source",
        "version",
    ]
    for place, words in response.context["problems"]:
        assert f"<code>{place}</code>" in response.text
        assert words in text_of(response)
    assert everything() == before


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00a",
        b"a = [[[",
        b"a = " + b"[" * 50_000,
        b"x." * 50_000 + b"x = 1",
        b"a = " + b"9" * 5000,
        b"x" * 300_000,
        b"version = nan",
        b'id = "=HYPERLINK()"',
    ],
    ids=range(9),
)
def test_a_hostile_file_is_refused_with_words(administrator, pack, raw):
    before = everything()

    response = upload(administrator, raw)

    assert response.status_code == 422
    assert response.context["problems"] or response.context["form"].errors["file"]
    assert everything() == before


def test_a_huge_file_is_refused_before_it_is_read(administrator, pack):
    response = upload(administrator, b"#" * 50_000_000)
    assert response.status_code == 422
    assert "200 KB" in text_of(response)


def test_a_page_without_a_file_asks_for_one(administrator, pack):
    assert administrator.get(NEW).status_code == 200
    response = administrator.post(NEW, {"file": ""})
    assert response.context["form"].errors["file"]


def test_whatever_scoring_says_of_a_pack_can_be_said_in_both_languages(pack):
    content = mapping_of(pack)
    one_of_each_kind = {table["kind"]: table for table in content["expectation"]}.values()
    wrong = [
        {"expectation": [{**table, name: value}]}
        for table in one_of_each_kind
        for name in [*table, "luck"]
        for value in (0, "", ["x"], {"x": 1}, "evidence")
    ]
    wrong += [{"expectation": [{}]}, {"distance": {"x": {"share": 1}, "near": {"share": 1}}}]
    wrong += [{"answer_rubric": {}}, {"answer_rubric": {"element": [{"code": "finding"}]}}]
    said = {
        problem.gaps["detail"]
        for each in wrong
        for problem in check_pack(content | each)
        if problem.code == "scoring"
    }

    assert len(said) > 50
    patterns = [pattern for pattern, _msgid in scoring_patterns()]
    assert [words for words in said if not any(p.fullmatch(words) for p in patterns)] == []
    with translation.override("en"):
        assert {scoring_words(words) for words in said} == said


# Step 2: the preview


def test_the_preview_shows_old_and_new_and_stores_nothing(administrator, pack):
    before = everything()
    changed = version(pack, amount=4)
    changed["categories"]["main"].append("Kebencanaan")

    response = upload(administrator, changed)

    assert response.status_code == 200
    told = [
        (each.part, each.item, each.old, each.new) for each in response.context["preview"].changes
    ]
    assert told == [
        ("time_limit", "verify", 3, 4),
        ("categories", "Kebencanaan", None, {"name": "Kebencanaan"}),
    ]
    text = text_of(response)
    assert "<td>3</td>" in text
    assert "<b>4</b>" in text
    for scenario in Scenario.objects.all():
        assert scenario.title in text
    assert everything() == before


def test_a_pack_is_compared_with_the_one_in_force_and_not_with_a_later_one(pack):
    future = version(pack, valid_from=date(2027, 1, 1), amount=9)
    import_pack(pack=future, scenarios=[], today=TODAY)

    seen = preview(version(pack, number=3, valid_from=date(2027, 1, 1)), TODAY)

    assert seen.old == pack
    assert [change.field for change in seen.changes] == ["valid_from"]


def test_an_exercise_is_told_only_what_its_desk_meets(pack):
    changed = version(pack)
    changed["archive_reason"][0]["help_id"] = "Lain."
    changed["answer_rubric"]["points"] += 4
    concerned = {
        scenario.code: {change.part for change in changes}
        for scenario, changes in preview(changed, TODAY).exercises
    }

    assert concerned["l1"] == {"archive_reason"}
    assert concerned["meja-pelapor"] == set()
    marked = set(Scenario.objects.filter(needs_marking=True).values_list("code", flat=True))
    assert {code for code, parts in concerned.items() if "answer_rubric" in parts} == marked


# Step 3: storing, and taking it back


def test_storing_makes_a_new_version_that_chosen_exercises_use(administrator, pack):
    old_run = a_run()
    chosen = Scenario.objects.get(code="l1")
    content = version(pack, amount=4)

    response = administrator.post(
        STORE, {"text": tomli_w.dumps(content), "scenarios": [chosen.pk]}, follow=True
    )

    assert response.status_code == 200
    stored = RulePack.objects.get(version=2)
    assert mapping_of(stored) == content
    assert mapping_of(RulePack.objects.get(version=1)) == mapping_of(pack)
    assert [scenario.code for scenario in stored.scenarios.all()] == ["l1"]
    old_run.refresh_from_db()
    assert old_run.rules == pack
    assert a_run().rules == stored


def test_what_was_previewed_is_checked_again_before_it_is_stored(administrator, pack):
    content = version(pack, amount=4)
    import_pack(pack=version(pack), scenarios=[], today=TODAY)
    before = everything()

    response = administrator.post(STORE, {"text": tomli_w.dumps(content)})

    assert response.status_code == 422
    assert everything() == before


def test_the_service_refuses_what_the_check_refuses(pack):
    before = everything()
    with pytest.raises(PackRefused) as refused:
        import_pack(pack=version(pack, amount=9999), scenarios=[], today=TODAY)
    assert [problem.place for problem in refused.value.problems] == ["time_limit[1].amount"]
    assert everything() == before


def test_an_import_can_be_taken_back_to_the_byte(administrator, trainer, pack):
    a_run()
    before = everything()
    administrator.post(
        STORE,
        {
            "text": tomli_w.dumps(version(pack, amount=4)),
            "scenarios": [scenario.pk for scenario in Scenario.objects.all()],
        },
    )
    new = RulePack.objects.get(version=2)
    assert new.scenarios.count() == Scenario.objects.count()

    administrator.post(reverse("rule_packs:delete", args=[new.pk]))
    assert RulePack.objects.filter(pk=new.pk).exists(), "exercises use it"
    back = {"scenarios": [scenario.pk for scenario in Scenario.objects.all()]}
    trainer.post(reverse("rule_packs:use", args=[pack.pk]), back)
    administrator.post(reverse("rule_packs:delete", args=[new.pk]))

    assert not Scenario.objects.filter(is_published=True), "each waits for its test"
    Scenario.objects.update(is_published=True, is_held_back=False)
    assert everything() == before


def test_a_pack_that_an_attempt_keeps_is_not_deleted(administrator, pack):
    new = import_pack(pack=version(pack), scenarios=Scenario.objects.filter(code="l1"), today=TODAY)
    a_run()
    use_pack(pack=pack, scenarios=Scenario.objects.all())

    response = administrator.post(reverse("rule_packs:delete", args=[new.pk]))

    assert response.status_code == 302
    assert RulePack.objects.filter(pk=new.pk).exists()


@pytest.mark.parametrize("url", [NEW, STORE])
def test_only_administrators_import(trainer, pack, url):
    before = everything()
    data = {"text": tomli_w.dumps(version(pack))}
    assert trainer.post(url, data).status_code == 302
    assert trainer.get(NEW).status_code == 302
    assert everything() == before


def test_the_pack_page_shows_tables_and_no_json(trainer, pack):
    response = trainer.get(reverse("rule_packs:inspect", args=[pack.pk]))

    text = text_of(response)
    for limit in pack.time_limits.all():
        assert limit.source in text
    for reason in pack.archive_reasons:
        assert reason["label_id"] in text
    for expectation in pack.content["expectation"]:
        assert expectation["rule_id"] in text
    assert "{&#x27;" not in response.text


def test_choosing_no_exercise_changes_none(trainer, pack):
    before = everything()
    trainer.post(reverse("rule_packs:use", args=[pack.pk]), {})
    assert everything() == before
