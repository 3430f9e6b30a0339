"""Documents that would go stale are compared with the code that they describe."""

import re
import tomllib
from enum import StrEnum
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from learning.domain.completion import Kind
from sandbox.domain.deadlines import LimitedStep
from sandbox.domain.scoring.expectations import Kind as ExpectationKind
from sandbox.domain.workflow import STEPS, Action, Role, State
from sandbox.labels import ROLE_LABELS
from tests.architecture.source import ROOT, python_files

DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "adr").glob("[0-9]*.md"))
RULE_PACKS = sorted((ROOT / "sandbox/rule_packs").glob("*.toml"))
LONGEST_DECISION = 30  # lines
READS_ENVIRONMENT = re.compile(r"""env(?:iron)?(?:\.\w+)?[(\[]\s*"([A-Z_]+)\"""")


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """Return the text under one heading; “Time limits” is the address #time-limits."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", read(name), re.M | re.S)
    assert found, f"docs/{name} has no section “{heading}”"
    return found[1]


def test_the_workflow_page_is_drawn_from_the_table():
    drawn = StringIO()
    call_command("draw_workflow", stdout=drawn)
    assert read("workflow.md") == drawn.getvalue()


def test_the_workflow_page_tells_every_role_state_step_and_condition_without_colours():
    text = read("workflow.md")
    assert [state.value for state in State if f"    {state}: " not in text] == []
    with translation.override("en"):
        assert [role for role, label in ROLE_LABELS.items() if f"| {label} " not in text] == []
    drawn = {(step.code, step.action) for step in STEPS if step.to}
    assert [step for step in drawn if f": {step[0]} {step[1]}\n" not in text] == []
    rows = re.findall(r"^\| ([TO]\d+) \|.*\| ([^|]+) \|$", text, re.M)
    assert [code for code, _ in rows][1:] == [step.code for step in STEPS]
    assert [words != "–" for _, words in rows][1:] == [bool(step.only_if) for step in STEPS]
    assert not re.search(r"classDef|style |#[0-9a-f]{3,6}\b|fill:", text)


def test_every_step_of_the_workflow_has_its_source():
    text = section("sources.md", "Workflow")
    assert [step.code for step in STEPS if f"| {step.code} |" not in text] == []


@pytest.mark.parametrize("enum", [State, Action, Role, LimitedStep, Kind], ids=lambda e: e.__name__)
def test_the_glossary_knows_every_identifier(enum: type[StrEnum]):
    glossary = read("glossary.md")
    assert [word.value for word in enum if f"`{word.value}`" not in glossary] == []


def test_the_index_of_decisions_is_complete():
    index = read("adr/README.md")
    assert [path.name for path in DECISIONS if f"({path.name})" not in index] == []
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_short_and_has_its_four_parts(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_DECISION
    assert re.findall(r"^\*\*(\w+)\.?\*\*", text, re.M) == [
        "Status",
        "Context",
        "Decision",
        "Consequences",
    ]


def test_every_setting_from_the_environment_is_documented():
    code = [path.read_text(encoding="utf-8") for path in python_files("config")]
    names = {name for text in code for name in READS_ENVIRONMENT.findall(text)}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert names >= {"DATABASE_URL", "SECRET_KEY"}
    assert {name for name in names | {"PORT"} if f"`{name}`" not in readme} == set()


@pytest.mark.parametrize("path", RULE_PACKS, ids=lambda path: path.stem)
def test_every_number_of_a_rule_pack_has_a_source(path):
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    text = section("sources.md", "Time limits")
    for limit in pack["time_limit"]:
        assert limit["source"], limit["step"]
        unit = limit["unit"].replace("_", " ") + "s"
        assert f"| `{limit['step']}` | {limit['amount']} {unit} |" in text, limit["step"]
    assert f"{pack['office_hours']['opens']}–{pack['office_hours']['closes']}" in text
    assert f"{pack['warn_percent']} percent of a limit" in text
    for known in pack["not_simulated"]:
        assert f"| {known['label_en']} | {known['limit_en']} |" in text, known["code"]
    points = section("sources.md", "Expectations and points")
    for name, table in pack["distance"].items():
        assert f"`{name}` {table['share'] * 100:.0f} %" in " ".join(points.split()), name


@pytest.mark.parametrize("path", RULE_PACKS, ids=lambda path: path.stem)
def test_every_expectation_of_a_rule_pack_has_a_source_and_an_explained_kind(path):
    pack = tomllib.loads(path.read_text(encoding="utf-8"))
    expectations = pack["expectation"]
    assert expectations
    assert [each["code"] for each in expectations if not each["source"].strip()] == []
    kinds = re.findall(r"^\| `(\w+)` \| \S", section("sources.md", "Expectations and points"), re.M)
    assert kinds == list(ExpectationKind)
    assert {each["kind"] for each in expectations} <= set(kinds)


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
