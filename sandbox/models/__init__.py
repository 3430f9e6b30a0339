"""Rules and scenarios that people edit; runs, cases and their log that the practice room writes."""

from .families import CaseFamily
from .languages import in_language
from .marks import AnswerMark
from .phrases import PhraseBook
from .regions import RegionPack
from .rulepacks import Holiday, RulePack, TimeLimit
from .runs import AnswerKey, Case, CaseQuerySet, LogEntry, Run, RunQuerySet
from .scenarios import Grant, Scenario
from .within import CrossesRuns

__all__ = [
    "AnswerKey",
    "AnswerMark",
    "Case",
    "CaseFamily",
    "CaseQuerySet",
    "CrossesRuns",
    "Grant",
    "Holiday",
    "LogEntry",
    "PhraseBook",
    "RegionPack",
    "RulePack",
    "Run",
    "RunQuerySet",
    "Scenario",
    "TimeLimit",
    "in_language",
]
