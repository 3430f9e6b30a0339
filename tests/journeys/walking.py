"""Steps that people take in the browser, the same with JavaScript and without."""

import re
from collections.abc import Mapping

from playwright.sync_api import Page

from sandbox.domain.robots import Move
from sandbox.domain.workflow import Action
from sandbox.forms import CONFIRMED_FIRST

from .conftest import PASSPHRASE, DemoSite

COURSE = "/kursus/dasar-sp4n-lapor/"
SEND = ".govuk-button-group button[type=submit]"
Moves = Mapping[int, list[Move]]


def sign_in(page: Page, site: DemoSite, email: str) -> None:
    page.goto(f"{site.url}/masuk/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSPHRASE)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/beranda-saya/")


def press(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        page.locator(selector).first.click()


def choose(page: Page, name: str, value: str) -> None:
    """Pick `value` by its button or in its list; what the form settles itself is hidden."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"select[name={name}]", value)
    elif not page.locator(f"input[name={name}][type=hidden][value='{value}']").count():
        page.locator(f"input[name={name}][value='{value}']").check(force=True)


def read_lessons(page: Page, site: DemoSite) -> None:
    """Follow the one next step as long as it is a lesson to be read."""
    while True:
        page.goto(f"{site.url}/beranda-saya/")
        press(page, ".next-step a")
        if not page.locator("form[action$='/selesai/']").count():
            return
        press(page, "form[action$='/selesai/'] button")


def take_quiz(page: Page, site: DemoSite) -> None:
    """Answer every question rightly, by the key that the tester reads beside the site."""
    right = site.ask(
        "import json; from learning.models import Choice; "
        "print(json.dumps([c.pk for c in Choice.objects.filter(is_correct=True)]))"
    )
    press(page, "main form button[type=submit]")
    while page.locator("form.quiz").count():
        options = page.locator("input[name=choice]")
        values = [options.nth(place).get_attribute("value") for place in range(options.count())]
        choose(page, "choice", next(value for value in values if int(value or 0) in right))
        press(page, "form.quiz button[type=submit]")
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/hasil/")


def moves_of(site: DemoSite, run_id: int) -> Moves:
    """Return by case number what the expert would do next at the desk, until others must act."""
    found = site.ask(
        "import json; from sandbox.domain.robots import expert_move; "
        "from sandbox.models import Run; from sandbox.selectors import room_of\n"
        f"room = room_of(Run.objects.get(pk={run_id})); found = {{}}\n"
        "for number in room.folders:\n"
        "    while move := expert_move(room, number):\n"
        "        step = [move.action, dict(move.choices), move.text]\n"
        "        found.setdefault(number, []).append(step)\n"
        "        room.act(number, *step)\n"
        "print(json.dumps(found))"
    )
    return {
        int(number): [Move(Action(a), c, t) for a, c, t in row] for number, row in found.items()
    }


def work_inbox(page: Page, site: DemoSite, run_id: int) -> list[Action]:
    """Decide every report that waits, rightly; return each one's first step."""
    moves = moves_of(site, run_id)
    first_steps = []
    while True:
        page.goto(f"{site.url}/latihan/{run_id}/kotak-masuk/")
        if not page.locator(".inbox__title a").count():
            return first_steps
        press(page, ".inbox__title a")
        route = moves[int(page.url.rstrip("/").split("/")[-1])]
        decide(page, route)
        first_steps.append(route[0].action)


def decide(page: Page, route: list[Move]) -> None:
    """Take the steps one after the other; a verified report goes on to its unit by itself."""
    case, before = page.url, None
    for move in route:
        if (before, move.action) != (Action.VERIFY, Action.DISPOSE):
            if before:
                page.goto(case)
            open_form(page, move.action)
        fill_in(page, move)
        before = move.action
    page.wait_for_url(re.compile("/kotak-masuk/"))


def open_form(page: Page, action: Action) -> None:
    """Choose a step in the list; what is rarely needed is folded away."""
    link = page.locator(f".action-list__link[href*='/{action}/']")
    if not link.is_visible():
        page.click(".more-actions summary")
    link.click()


def fill_in(page: Page, move: Move) -> None:
    sends = f"form[action*='/{move.action}/'] {SEND}"
    page.wait_for_selector(sends)
    for name, value in move.choices.items():
        for one in value if isinstance(value, list) else [value]:
            choose(page, name, one)
    if page.locator("textarea[name=text]").count():
        page.fill("textarea[name=text]", move.text or "Mohon dilihat lebih dulu. Terima kasih.")
    press(page, sends)
    if move.action in CONFIRMED_FIRST:
        press(page, "button[name=confirmed]")
