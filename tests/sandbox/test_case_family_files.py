"""Case families in the CMS: previewed, tried at every desk, exchanged between sites."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from config.groups import load_groups
from sandbox.domain.library.families import read_families
from sandbox.domain.workflow import Role
from sandbox.forms.exchange import packed
from sandbox.models import CaseFamily, Run
from sandbox.selectors.families import as_file, latest
from sandbox.selectors.family_previews import TEXTS, desks, preview, region_now
from sandbox.selectors.files import shipped_families
from sandbox.services import finish_run
from sandbox.services.families import FamiliesRefused, import_families, start_trial
from sandbox.signals import run_finished
from tests.factories import NOW, UserFactory
from tests.sandbox.families import (
    CODE,
    LIST,
    STORE,
    TODAY,
    a_file,
    browser_of,
    data_of,
    text_of,
    upload,
    url,
)


@pytest.fixture
def trainer(practice_room):
    load_groups()
    user = UserFactory()
    user.groups.add(Group.objects.get(name="trainer"))
    return user


@pytest.fixture
def browser(trainer):
    return browser_of(trainer)


@pytest.fixture
def family(practice_room):
    return CaseFamily.objects.get(code=CODE)


# Previews


def test_the_same_draw_shows_the_same_ten_texts(browser, family):
    def shown(**asked):
        return browser.get(url("texts", family), asked).context["preview"]

    one, again, other = shown(region="sleman"), shown(region="sleman"), shown(seed=2)
    assert len(one.samples) == TEXTS
    assert one.samples == again.samples
    assert one.samples != other.samples
    assert one.key["right"]
    page = browser.get(url("preview", family), {"region": "sleman", "seed": 5, "width": "desk"})
    assert "seed=6" in page.text
    assert 'width="100%"' in page.text


def test_the_key_is_that_of_the_region(practice_room):
    family = CaseFamily.objects.get(code="abrasi-pantai").content
    here, there = (
        preview(family, region_now(code, TODAY), 1, TODAY).key
        for code in ("tirta_asri", "nusa_lestari")
    )
    assert here["right"] != there["right"]


def test_a_preview_says_why_there_is_none(browser, family):
    content = deepcopy(family.content)
    content["telling"][0]["text"] = "Air {entah}"
    assert preview(content, region_now("bali", TODAY), 1, TODAY).refusal == "problems"
    elsewhere = family.content | {"regions": ["sleman"]}
    assert preview(elsewhere, region_now("bali", TODAY), 1, TODAY).refusal == "region"
    assert preview({"code": "x"}, region_now("bali", TODAY), 1, TODAY).refusal == "problems"


def test_families_can_be_previewed_where_they_fit(practice_room):
    region = region_now("tirta_asri", TODAY)
    for content in shipped_families()[::5]:
        shown = preview(content, region, 1, TODAY)
        assert shown.samples or shown.refusal in ("region", "nobody"), content["code"]


def test_unsaved_texts_are_previewed_beside_the_form(browser, family):
    seen = reverse("case_families:preview_on_edit", args=[family.pk])
    told = browser.post(seen, data_of(family.content) | {"titles": "Judul kesatu", "short": ""})
    assert told.json() == {"is_valid": True, "is_available": True}

    shown = browser.get(seen, {"mode": "bali"}).context["preview"]
    assert {each.report.title.casefold()[:5] for each in shown.samples} <= {"judul", "jdul "}
    assert shown.region.about["code"] == "bali"


# Trying


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_a_family_is_tried_at_every_desk_and_counts_for_nothing(trainer, family, role):
    told = []
    run_finished.connect(lambda **news: told.append(news), weak=False, dispatch_uid="told")
    started = {"learner": trainer, "region": "tirta_asri", "now": NOW}

    run = start_trial(family=family.content, role=role, **started)

    assert [case.family for case in run.cases.all()] == [CODE]
    assert run.is_open
    assert run.role == role
    assert run.scenario is None
    assert browser_of(trainer).get(run.get_absolute_url(), follow=True).status_code == 200
    finished = finish_run(run=run, now=NOW)
    assert finished.score is not None
    assert browser_of(trainer).get(reverse("sandbox:debrief", args=[run.pk])).status_code == 200
    run_finished.disconnect(dispatch_uid="told")
    assert told == []
    again = start_trial(family=family.content, role=role, **started)
    assert list(Run.objects.all()) == [again]


def test_a_try_starts_from_the_preview(browser, trainer, family):
    asked = {"region": "sleman", "role": Role.LIAISON_OFFICER}
    response = browser.post(url("trial", family), asked)

    run = Run.objects.get()
    assert response.url == run.get_absolute_url()
    assert run.learner == trainer
    assert run.office

    pages = reverse("sandbox:exercises")
    assert CODE not in browser.get(pages).text


def test_what_never_comes_to_a_desk_is_not_tried_there(browser, practice_room):
    family = CaseFamily.objects.get(code="jalan-rusak-tanpa-tempat")
    region = region_now("tirta_asri", TODAY)
    assert Role.LIAISON_OFFICER not in dict(desks(family.content, region))

    asked = {"region": "tirta_asri", "role": Role.LIAISON_OFFICER}
    assert browser.post(url("trial", family), asked).url == url("preview", family)
    assert not Run.objects.exists()


# Files


def test_what_was_downloaded_is_the_same_here(browser, family):
    response = browser.get(reverse("case_families:export"), {"row": 19})
    sent = read_families(response.content)["family"]

    assert {each["code"] for each in sent} == set(
        CaseFamily.objects.filter(row=19).values_list("code", flat=True)
    )
    assert family.content in sent
    found = upload(browser, response.content).context["found"]
    assert len(found.same) == len(sent)
    assert not found
    bulk = reverse("wagtail_bulk_action", args=["sandbox", "casefamily", "download"])
    chosen = browser.get(bulk, {"id": family.pk, "next": LIST}, follow=True)
    assert read_families(chosen.content)["family"] == [family.content]


def test_all_that_ships_can_be_downloaded_and_checked(browser, family):
    whole = browser.get(reverse("case_families:export"))
    response = upload(browser, whole.content)
    assert response.status_code == 200, response.context["problems"]
    assert len(response.context["found"].same) == CaseFamily.objects.count()


def test_differences_are_shown_before_anything_is_stored(browser, family):
    other = deepcopy(family.content)
    other["difficulty"], other["titles"] = 3, [*other["titles"], "Judul tambahan"]
    new = deepcopy(family.content) | {"code": "keluarga-baru"}

    response = upload(browser, a_file(other, new))

    found = response.context["found"]
    assert [each["code"] for each in found.new] == ["keluarga-baru"]
    assert [change.place for change in found.changed[0][1]] == ["difficulty", "titles"]
    assert "Judul tambahan" in text_of(response)
    family.refresh_from_db()
    assert family.content["difficulty"] != 3

    text = response.context["form"].initial["packed"]
    browser.post(STORE, {"packed": text, "state": "drafts"})
    family.refresh_from_db()
    assert family.content["difficulty"] != 3
    assert latest(family)["difficulty"] == 3
    assert not CaseFamily.objects.get(code="keluarga-baru").live

    browser.post(STORE, {"packed": text, "state": "live"})
    family.refresh_from_db()
    assert family.content["difficulty"] == 3
    assert CaseFamily.objects.get(code="keluarga-baru").live


def test_a_file_is_refused_as_a_whole_with_every_problem(browser, family):
    before = CaseFamily.objects.count()
    good = deepcopy(family.content) | {"code": "yang-baik"}
    bad = deepcopy(family.content) | {"code": "yang-buruk", "warna": "biru", "row": 999}
    stray = deepcopy(family.content) | {"code": "tanpa-jalur"}
    del stray["row"]

    response = upload(browser, a_file(good, bad, stray, good))

    assert response.status_code == 422
    assert [(code, path) for code, _place, path, _words in response.context["problems"]] == [
        ("", "yang-baik"),
        ("yang-buruk", "warna"),
        ("yang-buruk", "row"),
        ("tanpa-jalur", "row"),
    ]
    assert CaseFamily.objects.count() == before
    with pytest.raises(FamiliesRefused):
        import_families(content=a_file(good, bad), by=UserFactory())
    assert CaseFamily.objects.count() == before


HOSTILE = [
    b"",
    b"x" * 50_000_000,
    b"\xff\xfe",
    b"a = [[[",
    b"format = 1",
    b"format = 2\n[[family]]\ncode = 'a'",
    b"format = 1\nfamily = 3",
    b"format = 1\n[[family]]\n[[family]]\ncode = 3\nkey = 4",
]


def test_what_is_no_file_of_families_changes_nothing(browser, family):
    before = as_file(CaseFamily.objects.all())
    for raw in HOSTILE:
        assert upload(browser, raw).status_code == 422
    assert as_file(CaseFamily.objects.all()) == before


def test_a_preview_that_was_tampered_with_stores_nothing(browser, family):
    before = as_file(CaseFamily.objects.all())
    for text in ("", "x", packed(b"format = 1"), packed(b"x" * 9_000_000)):
        response = browser.post(STORE, {"packed": text, "state": "live"})
        assert response.status_code in (302, 422)
    assert as_file(CaseFamily.objects.all()) == before
