"""Which pages and questions use what a rule pack changes."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BaseStructBlock, Block, ListBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models

from sandbox.domain.rules import Change, changed_steps
from sandbox.labels import STEP_LABELS
from sandbox.selectors.impact import Use

from ..blocks import TimeLimitsBlock
from ..models import CoursePage, LessonPage, ModulePage, Question

STATES = {"live": _("published"), "draft": _("draft")}


def pages_using(changes: Sequence[Change]) -> Iterator[Use]:
    """Yield every page with a rule box about a step whose limit changes, also in a draft.

    Each language is a page of its own. A page that is published and has a newer draft is named
    for each of the two that has such a box.
    """
    if not (steps := changed_steps(list(changes))):
        return
    for model in pages_with_boxes():
        for page in model.objects.select_related("locale", "latest_revision").order_by("path"):
            for state, version in versions(page):
                if found := steps & steps_on(version):
                    yield use_of(page, STATES[state], found)


def pages_with_boxes() -> list[type[Page]]:
    """Return the kinds of pages whose editors can place a rule box."""
    return [model for model in get_page_models() if any(fields_with_boxes(model))]


def fields_with_boxes(model: type[Page]) -> Iterator[str]:
    for field in model._meta.get_fields():
        if isinstance(field, StreamField) and holds_boxes(field.stream_block):
            yield field.name


def holds_boxes(block: Block) -> bool:
    match block:
        case TimeLimitsBlock():
            return True
        case StreamBlock() | BaseStructBlock():
            return any(holds_boxes(child) for child in block.child_blocks.values())
        case ListBlock():
            return holds_boxes(block.child_block)
    return False


def versions(page: Page) -> Iterator[tuple[str, Page]]:
    """Yield what readers see, and what an editor has saved since."""
    if page.live:
        yield "live", page
    if page.latest_revision and (page.has_unpublished_changes or not page.live):
        yield "draft", page.latest_revision.as_object()
    elif not page.live:
        yield "draft", page


def steps_on(page: Page) -> set[str]:
    """Return the steps of all rule boxes of one version of a page."""
    fields = fields_with_boxes(type(page))
    return {step for name in fields for step in steps_in(getattr(page, name).get_prep_value())}


def steps_in(raw: Any) -> Iterator[str]:
    """Yield the steps in stored blocks, however deep their box lies."""
    match raw:
        case {"type": "time_limits", "value": list(items)}:
            yield from (str(item["value"] if isinstance(item, dict) else item) for item in items)
        case dict():
            yield from (step for value in raw.values() for step in steps_in(value))
        case list():
            yield from (step for value in raw for step in steps_in(value))


def use_of(page: Page, state: Any, steps: set[str]) -> Use:
    return Use(
        kind=page.specific_class._meta.verbose_name,
        name=page.title,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        items=step_names(steps),
        language=page.locale.language_code,
        state=state,
    )


def questions_using(changes: Sequence[Change]) -> Iterator[Use]:
    """Yield the questions on a module whose lessons have a rule box about a changed step.

    A question declares the module that it tests, and the course its quiz: nothing is guessed
    from its text. Both languages of a course share their questions.
    """
    if not (steps := changed_steps(list(changes))):
        return
    taught: dict[tuple[int | None, str], set[str]] = {}
    for course in CoursePage.objects.exclude(quiz=None):
        for module in ModulePage.objects.child_of(course):
            taught.setdefault((course.quiz_id, module.code), set()).update(steps_in_module(module))
    for question in Question.objects.select_related("quiz"):
        if found := steps & taught.get((question.quiz_id, question.objective), set()):
            yield Use(
                kind=Question._meta.verbose_name,
                name=str(question),
                url=reverse("questions:edit", args=[question.pk]),
                items=step_names(found),
                state=_("retired") if question.retired else _("in the bank"),
            )


def steps_in_module(module: ModulePage) -> set[str]:
    lessons = module.get_children().type(LessonPage).specific()
    shown = (version for lesson in lessons for _state, version in versions(lesson))
    return {step for version in shown for step in steps_on(version)}


def step_names(steps: set[str]) -> tuple[str, ...]:
    return tuple(str(label) for step, label in STEP_LABELS.items() if step in steps)
