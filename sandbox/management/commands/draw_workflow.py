from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from sandbox.domain.workflow import FIRST_STEP, HOLDER, RESUMES_AT, STEPS, Action, State, Step
from sandbox.labels import ACTION_LABELS, ROLE_LABELS, STATE_LABELS


class Command(BaseCommand):
    help = (
        "Write docs/workflow.md from the workflow table: manage.py draw_workflow > docs/workflow.md"
    )

    def handle(self, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write("\n".join(page()))


def page() -> Iterator[str]:
    yield "# The workflow of a complaint"
    yield ""
    yield "Drawn by `manage.py draw_workflow` from `sandbox/domain/workflow.py`; do not edit."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {state}: {STATE_LABELS[state]}" for state in State)
    yield from arrows()
    yield "```"
    yield ""
    yield "| Code | Step | From | By | To |"
    yield "| --- | --- | --- | --- | --- |"
    yield from (row(step) for step in (FIRST_STEP, *STEPS))
    yield ""
    yield "| State | Identifier | Held by |"
    yield "| --- | --- | --- |"
    for state in State:
        yield f"| {STATE_LABELS[state]} | `{state}` | {ROLE_LABELS[HOLDER[state]]} |"


def arrows() -> Iterator[str]:
    yield f"    [*] --> {FIRST_STEP.to}: {FIRST_STEP.code} {FIRST_STEP.action}"
    for step in STEPS:
        for source in step.sources:
            if step.action is Action.COMPLETE:
                targets = sorted(set(RESUMES_AT.values()))
            else:
                targets = [step.to] if step.to else []
            yield from (f"    {source} --> {to}: {step.code} {step.action}" for to in targets)


def row(step: Step) -> str:
    sources = ", ".join(str(STATE_LABELS[source]) for source in step.sources) or "–"
    actors = ", ".join(str(ROLE_LABELS[role]) for role in step.by)
    to = STATE_LABELS[step.to] if step.to else "stays"
    return f"| {step.code} | {ACTION_LABELS[step.action]} | {sources} | {actors} | {to} |"
