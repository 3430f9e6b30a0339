"""What the practice room reads: files, calendars, desks and results."""

from .boards import Board, board, has_board
from .casefiles import (
    FLAGS,
    Wording,
    can_hand_over,
    details_left,
    duplicates,
    held_by,
    is_mine,
    last_draft,
    latest_word,
    link_candidates,
    matching,
    officers_with_cases,
    places_named,
    proposal,
    told_to,
    waiting_draft,
    wordings,
)
from .clocks import Target, targets
from .debriefs import Debrief, JudgedCase, debrief, share_by
from .desks import Desk, Forecast, Outlook, View, desk, news, offered, outlook, timeline, undecided
from .drafts import gives_hints, hints_for
from .exercises import ExerciseRow, briefing, exercises_of
from .explanations import Explanation, explained
from .files import cast, localized
from .forks import Comparison, compare, next_own, possible_then, waits_from
from .names import Names, names_of
from .notices import Notice, notices, outage_of
from .regions import called, library_for, region_for, region_of
from .replays import Moment, Past, looked_back, moment_of, past_of, trace_of, whole
from .rooms import calendar, folder_for, limits, log_of, office_time, room_of, setting_of
from .rules import rules_in_force, time_limits

__all__ = [
    "FLAGS",
    "Board",
    "Comparison",
    "Debrief",
    "Desk",
    "ExerciseRow",
    "Explanation",
    "Forecast",
    "JudgedCase",
    "Moment",
    "Names",
    "Notice",
    "Outlook",
    "Past",
    "Target",
    "View",
    "Wording",
    "board",
    "briefing",
    "calendar",
    "called",
    "can_hand_over",
    "cast",
    "compare",
    "debrief",
    "desk",
    "details_left",
    "duplicates",
    "exercises_of",
    "explained",
    "folder_for",
    "gives_hints",
    "has_board",
    "held_by",
    "hints_for",
    "is_mine",
    "last_draft",
    "latest_word",
    "library_for",
    "limits",
    "link_candidates",
    "localized",
    "log_of",
    "looked_back",
    "matching",
    "moment_of",
    "names_of",
    "news",
    "next_own",
    "notices",
    "offered",
    "office_time",
    "officers_with_cases",
    "outage_of",
    "outlook",
    "past_of",
    "places_named",
    "possible_then",
    "proposal",
    "region_for",
    "region_of",
    "room_of",
    "rules_in_force",
    "setting_of",
    "share_by",
    "targets",
    "time_limits",
    "timeline",
    "told_to",
    "trace_of",
    "undecided",
    "waiting_draft",
    "waits_from",
    "whole",
    "wordings",
]
