"""Pages of the practice room. A view finds, checks, calls one service and renders."""

from .attachments import paper, picture
from .boards import board, notices
from .debriefs import debrief, replay, trace
from .desk import act, case, inbox
from .drafts import undo
from .handover import hand_over
from .runs import advance, briefing, exercises, finish, reset, start
from .whatif import what_if

__all__ = [
    "act",
    "advance",
    "board",
    "briefing",
    "case",
    "debrief",
    "exercises",
    "finish",
    "hand_over",
    "inbox",
    "notices",
    "paper",
    "picture",
    "replay",
    "reset",
    "start",
    "trace",
    "undo",
    "what_if",
]
