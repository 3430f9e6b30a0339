"""Exchanging exercises between sites: a file holds nothing that their form would refuse."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField, StreamBlock

from ..domain.exchange import NONE_THERE, named, problems_of_file
from ..domain.exercise_files import KIND, MOST, lost, problems_in, read_exercises
from ..domain.rules import Problem
from ..models import RulePack, Scenario
from ..selectors.exercise_files import COLUMNS, SHAPE
from ..selectors.exercise_words import exercise_problem
from ..selectors.pack_words import PACK_FIELD_LABELS
from ..selectors.rules import rules_in_force
from .exchange import ChosenFileForm, Exchanged, PreviewedFileForm
from .expectation_blocks import POINTS, WHEN, expectation_stream
from .inject_blocks import inject_stream
from .scenario_fields import ToStream, to_form
from .scenarios import PARTS, ScenarioForm

STREAMS = ("injects", "expectations")
IN_PARTS = {"filter": "filters", "group": "composition", "weight": "weights"}
PART = re.compile(rf"({'|'.join(IN_PARTS)})_(\w+)")
STEP = re.compile(r"([\w-]+)(?:\[(\d+)\])?")
Told = tuple[str, str]  # a place, and in words what is wrong there


class Given(forms.Widget):
    """Blocks that were read from a file; no browser sends them."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.value


class ExerciseForm(ScenarioForm):
    """The form of exercises, filled in by a file."""

    class Meta:
        model = Scenario
        fields = [name for name in COLUMNS if name not in PARTS]

    def put_blocks(self, name: str, block: StreamBlock, to_stream: ToStream) -> None:
        super().put_blocks(name, block, to_stream)
        given = block.to_python(to_stream(self.data[name]))
        shown = block.to_python(to_stream(self.initial.get(name) or ()))
        self.fields[name] = BlockField(block, required=False, widget=Given(given))
        self.initial[name] = shown


class Exercises(Exchanged):
    read = staticmethod(read_exercises)
    say = staticmethod(exercise_problem)


class ExerciseFileForm(Exercises, ChosenFileForm):
    """Exercises as a file."""

    label = _("Exercises (TOML file)")


class ExerciseStoreForm(Exercises, PreviewedFileForm):
    """Exercises that were previewed."""


class ExerciseChoiceForm(forms.Form):
    """Which exercises to download."""

    id = forms.ModelMultipleChoiceField(
        Scenario.objects.all(), label=_("Exercises"), widget=forms.CheckboxSelectMultiple
    )


@dataclass
class ReadFile:
    """What a file brings: exercises that are not stored yet, or all that is wrong with it."""

    exercises: list[Scenario] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)  # code, place, words


def read_file(content: Mapping[str, Any], today: date) -> ReadFile:
    """Return the exercises of a file; those that name no rule pack get the one in force."""
    found = ReadFile()
    wrong = list(problems_of_file(content, KIND, MOST))
    found.problems += [("", problem.place, exercise_problem(problem)) for problem in wrong]
    if any(problem.code in NONE_THERE for problem in wrong):
        return found
    packs = {pack.version: pack for pack in RulePack.objects.all()}
    for code, table in named(KIND, content[KIND]):
        exercise, told = read_one(table, packs, today)
        found.exercises.append(exercise)
        found.problems += [(code, place, words) for place, words in told]
    return found


def read_one(
    table: Mapping[str, Any], packs: Mapping[int, RulePack], today: date
) -> tuple[Scenario, list[Told]]:
    """Return the exercise of one table, and what is wrong with it.

    Columns that no form could read are left out of what the form is asked.
    """
    problems = problems_in(table, SHAPE)
    if not any(top(each.place) == "rules" for each in problems) and is_unknown(table, packs):
        problems.append(Problem("rules", "unknown_rules", {"version": table["rules"]}))
    at_fault = {top(problem.place) for problem in problems}
    sound = {name: table[name] for name in COLUMNS if name in table and name not in at_fault}
    here = Scenario.objects.select_related("rules").filter(code=sound.get("code", "")).first()
    rules = rules_of(sound.pop("rules", None), here, packs, today)
    form = ExerciseForm(data_of(Scenario(**sound), rules), instance=here or Scenario())
    if form.is_valid():
        problems += [
            problem
            for name in STREAMS
            for problem in lost({name: sound.get(name, [])}, {name: getattr(form.instance, name)})
        ]
    said = [(problem.place, exercise_problem(problem)) for problem in problems]
    told = [(place, words) for place, words in problems_of(form) if top(place) not in at_fault]
    return form.instance, said + told


def is_unknown(table: Mapping[str, Any], packs: Mapping[int, RulePack]) -> bool:
    return "rules" in table and table["rules"] not in packs


def rules_of(
    version: int | None, here: Scenario | None, packs: Mapping[int, RulePack], today: date
) -> RulePack:
    """Return the pack that a file names, or else the one that the exercise has, or should have."""
    if version is not None:
        return packs[version]
    return here.rules if here else rules_in_force(today)


def data_of(given: Scenario, rules: RulePack) -> dict[str, Any]:
    """Return what somebody would fill in who wanted an exercise like this."""
    plain = {name: getattr(given, name) for name in COLUMNS if name not in (*PARTS, "rules")}
    return plain | to_form(given) | {"rules": rules.pk}


def problems_of(form: ExerciseForm) -> Iterator[Told]:
    """Yield what the form says, at the place of a file where it is said."""
    for name, errors in form.errors.as_data().items():
        found = PART.fullmatch(name)
        place = f"{IN_PARTS[found[1]]}.{found[2]}" if found else name.replace("__all__", "")
        for error in errors:
            yield from problems_below(place, error)


def problems_below(place: str, error: ValidationError) -> Iterator[Told]:
    """Yield the messages of an error, and of all blocks in it."""
    inner: Mapping[Any, ValidationError] = getattr(error, "block_errors", {})
    for key, each in inner.items():
        where = f"[{key + 1}]" if isinstance(key, int) else f".{in_file(key)}"
        yield from problems_below(f"{place}{where}", each)
    own: Iterable[str] = getattr(error, "non_block_errors", error.messages)
    yield from ((place, str(words)) for words in own)


def in_file(name: str) -> str:
    """Return the place of a field of an expectation in its file."""
    for prefix in (WHEN, POINTS):
        if name.startswith(prefix):
            return f"{prefix[:-1]}.{name.removeprefix(prefix)}"
    return "when" if name == "conditions" else name


def top(place: str) -> str:
    return re.split(r"[.\[]", place, maxsplit=1)[0]


# Places in words


def places_in_words(places: Sequence[str]) -> list[str]:
    """Say where in an exercise something stands, as its form calls it: “Injects 2, Title”."""
    labels = labels_of_blocks()
    return [place_in_words(place, labels) for place in places]


def place_in_words(place: str, labels: Mapping[str, Any]) -> str:
    steps = STEP.findall(place)
    said = []
    for depth, (name, number) in enumerate(steps):
        label = label_of(name, steps[0][0] if depth else "", labels)
        said.append(f"{label} {number}".rstrip())
    return str(capfirst(", ".join(said)))


def label_of(name: str, above: str, labels: Mapping[str, Any]) -> str:
    own = {part: prefix for prefix, part in IN_PARTS.items()}
    asked = f"{own[above]}_{name}" if above in own else name if not above else ""
    if asked in ExerciseForm.base_fields and ExerciseForm.base_fields[asked].label:
        return str(ExerciseForm.base_fields[asked].label).partition(":")[0]
    if not above and name in COLUMNS:
        column: Any = Scenario._meta.get_field(name)
        return str(column.verbose_name)
    return str(labels.get(name, name))


def labels_of_blocks() -> dict[str, Any]:
    return PACK_FIELD_LABELS | {
        name: block.label
        for stream in (inject_stream((), ()), expectation_stream())
        for kind in stream.child_blocks.values()
        for name, block in kind.child_blocks.items()
    }
