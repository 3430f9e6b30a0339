import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, URLPattern, get_resolver
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from config.groups import GROUPS, load_groups, names_of


def admin_addresses(patterns, prefix="/kelola/"):
    """Yield the address of every admin view that takes no argument."""
    for entry in patterns:
        address = prefix + str(entry.pattern).replace(".*/$", "apa-saja/").removeprefix("^")
        if isinstance(entry, URLPattern):
            if "<" not in address:
                yield address.rstrip("$")
        else:
            yield from admin_addresses(entry.url_patterns, address)


ADMIN = sorted(set(admin_addresses(wagtailadmin_urls.urlpatterns)))
# Open to everybody: they lead to our own pages.
DOORS = ("/kelola/login/", "/kelola/logout/", "/kelola/password_reset/")
INSIDE = [address for address in ADMIN if not address.startswith(DOORS)]


def test_the_admin_has_addresses_to_try():
    assert len(INSIDE) > 60


def test_no_admin_page_opens_for_a_trainee(client, groups, person):
    client.force_login(person("siti", group="trainee"))

    opened = [address for address in INSIDE if client.get(address).status_code != 404]

    assert opened == []


def test_a_refusal_in_the_admin_looks_like_any_missing_page(client, groups, person):
    client.force_login(person("siti", group="trainee"))

    refused, missing = (client.get(path).content for path in ("/kelola/", "/kelola/apa-saja/"))
    tokens = rb'name="csrfmiddlewaretoken" value="\w+"'

    assert re.sub(tokens, b"", refused) == re.sub(tokens, b"", missing).replace(b"apa-saja/", b"")


def test_a_trainee_is_not_sent_round_in_circles(client, groups, person):
    client.force_login(person("siti", group="trainee"))

    response = client.get("/kelola/login/?next=/kelola/", follow=True)

    assert response.status_code == 404
    assert len(response.redirect_chain) <= 3


@pytest.mark.parametrize("group", ["trainer", "editor"])
def test_staff_enter_the_admin(client, groups, person, group):
    client.force_login(person("staf", group=group))

    assert client.get("/kelola/").status_code == 200


def test_a_programme_manager_has_no_admin(client, groups, person):
    client.force_login(person("mela", group="programme_manager"))

    assert client.get("/kelola/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("path", ["/kelola/login/", "/_util/login/", "/en/_util/login/"])
def test_wagtails_sign_in_pages_lead_to_ours(client, db, method, path):
    response = getattr(client, method)(f"{path}?next=/kelola/pages/")

    assert response.status_code == 302
    assert response.url.endswith("/masuk/?next=/kelola/pages/")


def test_wagtails_sign_in_page_signs_nobody_in(client, person):
    anna = person("anna", is_superuser=True)

    client.post(
        "/kelola/login/", {"username": anna.username, "password": "awan biru di atas bukit"}
    )

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/abc/", "complete/"])
def test_wagtails_passphrase_pages_lead_to_ours(client, db, path):
    assert client.get(f"/kelola/password_reset/{path}").url == "/lupa-sandi/"


def test_wagtails_sign_out_signs_out(client, person):
    client.force_login(person("anna", is_superuser=True))

    assert client.get("/kelola/logout/").status_code == 200
    client.post("/kelola/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/admin/", "/django-admin/", "/admin/login/", "/accounts/login/"])
def test_djangos_own_admin_does_not_exist(client, person, home, path):
    client.force_login(person("anna", is_superuser=True))

    assert client.get(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        get_resolver().reverse("admin:index")


def test_a_stranger_goes_to_sign_in_and_then_where_they_wanted(client, db):
    assert client.get("/kelola/pages/").url == "/masuk/?next=/kelola/pages/"
    assert client.get("/en/akun/sandi/?a=1").url == "/en/masuk/?next=/en/akun/sandi/%3Fa%3D1"


def test_after_a_refused_post_nobody_is_sent_to_an_address_that_only_takes_posts(client, db):
    assert client.post("/akun/sandi/").url == "/masuk/"


def test_a_part_of_a_page_is_not_filled_with_the_sign_in_page(client, db):
    response = client.get("/akun/sandi/", headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == "/masuk/?next=/akun/sandi/"


def test_people_may_not_change_people(groups):
    for group in Group.objects.all():
        assert not group.permissions.filter(content_type__app_label="auth").exists(), group


def test_editors_see_no_keys_and_write_no_questions(groups, person):
    editor = person("rangga", group="editor")

    for permission in (
        "learning.view_quiz_keys", "sandbox.view_keys", "learning.change_question",
        "learning.view_question", "sandbox.change_scenario", "learning.view_progress",
    ):  # fmt: skip
        assert not editor.has_perm(permission)
    assert editor.has_perm("content.change_regulation")


def test_editors_write_case_families_and_trainers_publish_them(groups, person):
    trainer, editor = person("tari", group="trainer"), person("edi", group="editor")

    for action in ("add", "change", "view"):
        assert editor.has_perm(f"sandbox.{action}_casefamily")
    for action in ("publish", "delete"):
        assert trainer.has_perm(f"sandbox.{action}_casefamily")
        assert not editor.has_perm(f"sandbox.{action}_casefamily")


def test_a_trainer_edits_pages_of_courses_only(groups, person, home, course_index, article):
    trainer = person("tari", group="trainer")

    assert course_index.permissions_for_user(trainer).can_edit()
    assert course_index.permissions_for_user(trainer).can_publish()
    assert not article.permissions_for_user(trainer).can_edit()
    assert trainer.has_perm("learning.view_progress")
    assert not trainer.has_perm("learning.view_programme")


def test_loading_groups_twice_changes_nothing_and_takes_back_what_was_added(groups):
    editor = Group.objects.get(name="editor")
    before = set(editor.permissions.all()), editor.page_permissions.count()
    editor.permissions.add(Permission.objects.get(codename="view_quiz_keys"))

    load_groups()

    assert (set(editor.permissions.all()), editor.page_permissions.count()) == before


def test_wagtails_own_groups_and_workflow_are_taken_away(groups):
    for name in ("Editors", "Moderators"):
        Group.objects.create(name=name)
    Workflow.objects.create(name="Moderators approval")

    load_groups()

    assert {group.name for group in Group.objects.all()} == set(GROUPS)
    assert not Workflow.objects.exists()


def test_a_group_or_workflow_in_use_stays(groups, person, article):
    person("rangga").groups.add(Group.objects.create(name="Editors"))
    workflow = Workflow.objects.create(name="Moderators approval")
    task = GroupApprovalTask.objects.create(name="Moderators approval")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    article.save_revision()
    workflow.start(article, person("citra"))

    load_groups()

    assert Group.objects.filter(name="Editors").exists()
    assert Workflow.objects.get() == workflow


def test_trainers_open_and_change_cohorts_and_read_the_rules(groups, person):
    trainer = person("tari", group="trainer")

    for permission in ("add_cohort", "change_cohort", "view_cohort"):
        assert trainer.has_perm(f"learning.{permission}")
    assert not trainer.has_perm("learning.delete_cohort")
    for model in ("rulepack", "holiday"):
        assert trainer.has_perm(f"sandbox.view_{model}")
        for action in ("add", "change", "delete"):
            assert not trainer.has_perm(f"sandbox.{action}_{model}")


def test_trainers_add_editions_of_regions_and_change_none(groups, person):
    trainer, editor = person("tari", group="trainer"), person("edi", group="editor")

    for action in ("add", "view"):
        assert trainer.has_perm(f"sandbox.{action}_regionpack")
        assert not editor.has_perm(f"sandbox.{action}_regionpack")
    for action in ("change", "delete"):
        assert not trainer.has_perm(f"sandbox.{action}_regionpack")


def test_every_permission_in_the_table_exists(groups):
    known = {f"{p.content_type.app_label}.{p.codename}" for p in Permission.objects.all()}
    made_by_a_migration = {"wagtail_localize.submit_translation"}

    for rights in GROUPS.values():
        assert set(names_of(rights)) - known <= made_by_a_migration


def test_the_health_page_is_public_and_plain(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/status/")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "sessionid" not in response.cookies
