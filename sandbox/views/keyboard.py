"""Playing an exercise by its pages alone: what has a name is filled in, and a button is pressed.

No script runs here, and no mouse: whoever has only a keyboard meets these forms.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from ..domain.robots import Move, expert_move
from ..domain.selftest import Check, Finding, check
from ..domain.selftest.pages import Form, Page
from ..domain.workflow import Action
from ..models import Run, Scenario
from ..selectors import has_board, room_of
from ..services.publishing import throw_away_run
from . import boards, desk, runs

MOST_STEPS = 60
MOST_WAITS = 24
LARGE, STEPS_IF_LARGE, WAITS_IF_LARGE = 60, 12, 4  # cases; their forms are all alike
OK, FOUND = 200, 302
FILLED = "Mohon dilihat lebih dulu. Terima kasih."


def keyboard(scenario: Scenario) -> Check:
    """Play with the expert through the pages of an attempt, and say where a keyboard gets stuck."""
    with throw_away_run(scenario=scenario, now=timezone.now()) as run:
        hands = Hands(run)
        hands.play()
    return check("keyboard", hands.findings, pages=hands.pages, steps=hands.steps)


class Hands:
    """Somebody with a keyboard at a run's desk."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.findings: list[Finding] = []
        self.pages = self.steps = 0
        is_large = run.cases.count() > LARGE
        self.most_steps = STEPS_IF_LARGE if is_large else MOST_STEPS
        self.most_waits = WAITS_IF_LARGE if is_large else MOST_WAITS

    def play(self) -> None:
        for _ in range(self.most_waits):
            self.open("inbox", desk.inbox)
            self.work()
            if self.findings or self.steps >= self.most_steps or not self.wait():
                break
        if has_board(self.run):
            self.open("board", boards.board)
        self.open("finish", runs.finish)

    def work(self) -> None:
        """Take every step that the expert would take now."""
        room = room_of(self.run)
        for number in sorted(room.folders):
            while self.steps < self.most_steps and (move := expert_move(room, number)):
                if not self.take(number, move):
                    return
                room = room_of(self.run)

    def take(self, number: int, move: Move) -> bool:
        """Fill in the form of a step and send it; return whether it was taken."""
        where = {"number": number, "action": str(move.action)}
        page = self.open(str(move.action), desk.act, **where)
        form = page.form_to(f"/{move.action}/") if page else None
        if form is None:
            return self.stuck(move.action, "no_form")
        sent = self.filled(form, move)
        response = self.ask(desk.act, sent, **where)
        self.steps += 1
        self.run.refresh_from_db()
        return response.status_code == FOUND or self.stuck(move.action, "form_refuses")

    def filled(self, form: Form, move: Move) -> Mapping[str, list[str]]:
        """Return what is sent: the expert's choices in the form's own fields."""
        sent = form.sent | {"confirmed": ["1"]}
        names = {control.name for control in form.controls if not control.is_hidden}
        for name, value in move.choices.items():
            values = value if isinstance(value, list | tuple) else [value]
            wanted = ["on" if each is True else str(each) for each in values if each is not False]
            if name not in names:
                continue
            if not all(form.offers(name, each) for each in wanted):
                self.stuck(move.action, "not_offered")
            sent[name] = wanted
        if "text" in names:
            sent["text"] = [move.text or FILLED]
        return sent

    def wait(self) -> bool:
        """Let the next thing happen; return whether there was one."""
        page = self.open("advance", runs.advance)
        forms = [form for form in page.forms if "seen" in form.sent] if page else []
        ahead = {
            button["value"]: form.sent
            for form in forms
            for button in form.buttons
            if button.get("name") == "to"
        }
        target = "event" if "event" in ahead else "morning"
        if target not in ahead or room_of(self.run).next_event_at() is None:
            return False
        moved = self.ask(runs.advance, ahead[target] | {"to": [target]})
        self.run.refresh_from_db()
        return moved.status_code == FOUND

    def open(self, name: str, view: Any, **where: Any) -> Page | None:
        """Look at a page, and note what nobody could reach in it without a mouse."""
        response = self.ask(view, None, **where)
        if response.status_code != OK:
            return None
        self.pages += 1
        page = Page(response.content.decode())
        for code, what in page.lacks():
            self.findings.append(Finding(f"page {name}", code, {"name": what}))
        return page

    def ask(self, view: Any, sent: Mapping[str, list[str]] | None, **where: Any) -> HttpResponse:
        request = HttpRequest()
        request.method = "GET" if sent is None else "POST"
        request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
        request.user = self.run.learner
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        if sent is not None:
            request.POST = posted(sent)
        response: HttpResponse = view(request, self.run.pk, **where)
        return response

    def stuck(self, action: Action, code: str) -> bool:
        self.findings.append(Finding(f"page {action}", code))
        return False


def posted(sent: Mapping[str, list[str]]) -> Any:
    """Return what a form sends as a request holds it."""
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    return data
