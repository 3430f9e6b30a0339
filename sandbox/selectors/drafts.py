"""Hints on a text that the trainee is still writing."""

from ..domain.answers import read_answer
from ..domain.answers.hints import ASKED, Hints, hints_on
from ..domain.folders import about
from ..domain.privacy import personal_data_in
from ..domain.workflow import Action
from ..models import Case, Run
from ..models.runs import folder_of
from .rooms import setting_of


def gives_hints(run: Run, action: Action) -> bool:
    """Tell whether a draft of this action may be checked in this run."""
    return run.is_open and run.allows.hints and action in ASKED


def hints_for(case: Case, action: Action, text: str, evidence: str) -> Hints | None:
    """Return hints on a draft, or None where the mode or the action has none.

    They are read from the text and from what the trainee may see, never from the answer key.
    """
    if not gives_hints(case.run, action):
        return None
    setting = setting_of(case.run)
    known = about(folder_of(case, {}, []), setting, evidence)
    reading = read_answer(text, known, setting.cast.words)
    return hints_on(action, text, reading, personal_data_in(text), case.facts["reporter"])
