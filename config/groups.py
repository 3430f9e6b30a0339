"""Who may do what: one table for the five kinds of people.

A trainee has no permission: what is their own they reach through the gates in `access.py`.
An administrator is a superuser (`is_superuser`); nobody else may add people or change them.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from content.models import HomePage
from learning.models import CourseIndexPage

EDIT = ("add", "change", "view")
EDIT_AND_DELETE = (*EDIT, "delete")


class Rights(NamedTuple):
    models: dict[str, tuple[str, ...]] = {}
    permissions: tuple[str, ...] = ()
    pages_below: type[Page] | None = None
    files: bool = False


GROUPS = {
    "trainee": Rights(),
    "trainer": Rights(
        models={
            "learning.quiz": EDIT,
            "learning.question": EDIT,
            "learning.choice": EDIT_AND_DELETE,
            "learning.cohort": EDIT,  # their own; see learning.wagtail_hooks
            "sandbox.scenario": EDIT,
            "sandbox.casefamily": (*EDIT_AND_DELETE, "publish"),
            "sandbox.regionpack": ("add", "view"),  # a correction adds an edition
            "sandbox.phrasebook": ("add", "view"),
            "sandbox.rulepack": ("view",),
            "sandbox.holiday": ("view",),
        },
        permissions=(
            "wagtailadmin.access_admin",
            "learning.view_progress",
            "learning.view_quiz_keys",
            "sandbox.view_keys",
            "sandbox.mark_answers",
        ),
        pages_below=CourseIndexPage,
    ),
    "editor": Rights(
        models={
            "content.regulation": EDIT_AND_DELETE,
            "content.officialchannel": EDIT_AND_DELETE,
            "sandbox.casefamily": EDIT,  # drafts of them; a trainer publishes
        },
        permissions=("wagtailadmin.access_admin", "wagtail_localize.submit_translation"),
        pages_below=HomePage,
        files=True,
    ),
    "programme_manager": Rights(permissions=("learning.view_programme",)),
}
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)


@transaction.atomic
def load_groups() -> list[Group]:
    """Make the groups say what the table says, whatever they said before."""
    _remove_wagtails_own()
    return [_load_group(name, rights) for name, rights in GROUPS.items()]


def _remove_wagtails_own() -> None:
    """Take away the groups and the workflow that Wagtail makes for every new site, while unused."""
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()


def _load_group(name: str, rights: Rights) -> Group:
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.set(_permissions(names_of(rights)))
    _replace(
        GroupPagePermission.objects.filter(group=group),
        [
            GroupPagePermission(group=group, page=page, permission=permission)
            for page in _roots(rights.pages_below)
            for permission in _permissions(f"wagtailcore.{name}" for name in PAGE_RIGHTS)
        ],
    )
    _replace(
        GroupCollectionPermission.objects.filter(group=group),
        [
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for collection in (Collection.get_root_nodes() if rights.files else [])
            for permission in _permissions(FILE_RIGHTS)
        ],
    )
    return group


def names_of(rights: Rights) -> list[str]:
    of_models = [
        label.replace(".", f".{action}_")
        for label, actions in rights.models.items()
        for action in actions
    ]
    return [*of_models, *rights.permissions]


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Return the permissions of these names."""
    wanted = Q(pk=None)
    for app, codename in (name.split(".") for name in names):
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def _roots(page_type: type[Page] | None) -> list[Page]:
    return [] if page_type is None else [page.page_ptr for page in page_type.objects.all()]


def _replace(old: Any, new: list[Any]) -> None:
    old.delete()
    old.model.objects.bulk_create(new)
