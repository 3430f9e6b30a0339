"""What people fill in: trainees for each action, editors for exercises and rules."""

from .actions import CONFIRMED_FIRST, FORMS, Offer, Option, form_class, name_of, offer
from .base import ActionForm, SafeForm
from .board import BoardFilterForm, RemindTogetherForm
from .care import HandOverAllForm
from .cms import PackFileForm, PackTextForm, PackUseForm, RulePackForm
from .inbox import FilterForm
from .scenarios import ScenarioForm
from .whatif import PlaceForm, WaitForm

__all__ = [
    "CONFIRMED_FIRST",
    "FORMS",
    "ActionForm",
    "BoardFilterForm",
    "FilterForm",
    "HandOverAllForm",
    "Offer",
    "Option",
    "PackFileForm",
    "PackTextForm",
    "PackUseForm",
    "PlaceForm",
    "RemindTogetherForm",
    "RulePackForm",
    "SafeForm",
    "ScenarioForm",
    "WaitForm",
    "form_class",
    "name_of",
    "offer",
]
