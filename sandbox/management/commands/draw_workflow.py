from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from sandbox.domain.position import Position, desk_of
from sandbox.domain.workflow import (
    FINAL_STATES,
    FIRST_STEP,
    STEPS,
    Action,
    Condition,
    Role,
    State,
    Step,
)
from sandbox.labels import ACTION_LABELS, ROLE_LABELS, STATE_LABELS

CONDITIONS = {
    Condition.DRAFT_WAITS: "a draft waits for approval",
    Condition.NO_DRAFT_WAITS: "no draft waits for approval",
    Condition.LINKED: "it is linked to a parent",
    Condition.NOT_LINKED: "it is not linked to a parent",
    Condition.IDENTITY_CLOSED: "the reporter is anonymous, and nobody has opened the identity",
    Condition.NOT_REOPENED: "it has not been reopened before",
    Condition.SUPPORTED: "supporting units have been named",
}


class Command(BaseCommand):
    help = (
        "Write docs/workflow.md from the workflow table: manage.py draw_workflow > docs/workflow.md"
    )

    def handle(self, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write("\n".join(page()))


HEAD = (
    "# The workflow of a complaint",
    "",
    "Drawn by `manage.py draw_workflow` from `sandbox/domain/workflow.py`; do not edit.",
)


def page() -> Iterator[str]:
    yield from HEAD
    for title, part in (
        ("States and the steps between them", diagram()),
        ("Steps", steps()),
        ("States", states()),
        ("Who may do what", matrix()),
    ):
        yield from ("", f"## {title}", "", *part)


def diagram() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {state}: {STATE_LABELS[state]}" for state in State)
    yield from arrows()
    yield from (f"    {state} --> [*]" for state in FINAL_STATES)
    yield "```"


def steps() -> Iterator[str]:
    yield "| Code | Step | From | By | To | Only if |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from (row(step) for step in (FIRST_STEP, *STEPS))
    yield ""
    yield "In guided exercises a trainee may also take back the last step: that leads back to where"
    yield "the step began, as long as nobody has acted since."


def states() -> Iterator[str]:
    yield "| State | Identifier | Held by |"
    yield "| --- | --- | --- |"
    yield from (f"| {STATE_LABELS[state]} | `{state}` | {holder(state)} |" for state in State)
    yield ""
    yield "While a draft waits for approval, the supervisor holds the case."


def arrows() -> Iterator[str]:
    yield f"    [*] --> {FIRST_STEP.to}: {FIRST_STEP.code} {FIRST_STEP.action}"
    for step in STEPS:
        for source in step.sources:
            yield from (f"    {source} --> {to}: {step.code} {step.action}" for to in targets(step))


def targets(step: Step) -> list[State]:
    if step.action is Action.COMPLETE:
        return [source for held in STEPS if held.action is Action.HOLD for source in held.sources]
    return [step.to] if step.to else []


def row(step: Step) -> str:
    cells = (
        step.code,
        ACTION_LABELS[step.action],
        ", ".join(str(STATE_LABELS[source]) for source in step.sources) or "–",
        ", ".join(str(ROLE_LABELS[role]) for role in step.by),
        destination(step),
        CONDITIONS[step.only_if] if step.only_if else "–",
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def destination(step: Step) -> str:
    if step.action is Action.COMPLETE:
        return "where it was held"
    return str(STATE_LABELS[step.to]) if step.to else "stays"


def holder(state: State) -> str:
    """Name who holds a case; before anyone has chosen an agency that is the national admin."""
    chosen = desk_of(Position("", "", state=state, agency="A", unit="U")).role
    unaddressed = desk_of(Position("", "", state=state)).role
    if chosen is unaddressed:
        return str(ROLE_LABELS[chosen])
    return f"{ROLE_LABELS[chosen]}; {ROLE_LABELS[unaddressed]} if no agency was named"


def matrix() -> Iterator[str]:
    """Yield a table of steps and roles; a cell holds the codes of the rows that allow it."""
    yield "| Step | " + " | ".join(str(ROLE_LABELS[role]) for role in Role) + " |"
    yield "| --- |" + " --- |" * len(Role)
    for action in Action:
        rows = [step for step in (FIRST_STEP, *STEPS) if step.action is action]
        cells = [", ".join(dict.fromkeys(s.code for s in rows if role in s.by)) for role in Role]
        if rows:
            yield f"| {ACTION_LABELS[action]} | " + " | ".join(cell or "–" for cell in cells) + " |"
