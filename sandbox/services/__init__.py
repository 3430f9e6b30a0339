"""All that the practice room writes."""

from .actions import (
    NotInThisMode,
    Reminded,
    TimeIsUp,
    hand_over,
    remind_together,
    take_action,
    undo_action,
)
from .clock import ClockBackwards, ClockMoved, advance_clock
from .grants import grant_attempt, release_results
from .log import CaseChanged, RunOver
from .marks import MarksChanged, MarksFixed, NothingToMark, OwnWork, ReasonMissing, mark_answers
from .packs import (
    PackRefused,
    import_pack,
    load_rule_pack,
    load_scenario,
    replace_holidays,
    use_pack,
)
from .phrases import PhrasesChanged, PhrasesRefused, change_phrases, load_phrases
from .regions import (
    RegionChanged,
    RegionRefused,
    correct_office,
    import_region,
    load_families,
    load_region,
    store_region,
)
from .runs import (
    NoAttemptLeft,
    NoReset,
    finish_overdue,
    finish_run,
    reset_run,
    score,
    start_run,
)

__all__ = [
    "CaseChanged",
    "ClockBackwards",
    "ClockMoved",
    "MarksChanged",
    "MarksFixed",
    "NoAttemptLeft",
    "NoReset",
    "NotInThisMode",
    "NothingToMark",
    "OwnWork",
    "PackRefused",
    "PhrasesChanged",
    "PhrasesRefused",
    "ReasonMissing",
    "RegionChanged",
    "RegionRefused",
    "Reminded",
    "RunOver",
    "TimeIsUp",
    "advance_clock",
    "change_phrases",
    "correct_office",
    "finish_overdue",
    "finish_run",
    "grant_attempt",
    "hand_over",
    "import_pack",
    "import_region",
    "load_families",
    "load_phrases",
    "load_region",
    "load_rule_pack",
    "load_scenario",
    "mark_answers",
    "release_results",
    "remind_together",
    "replace_holidays",
    "reset_run",
    "score",
    "start_run",
    "store_region",
    "take_action",
    "undo_action",
    "use_pack",
]
