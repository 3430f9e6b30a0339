"""Steps that people take in the browser, the same with JavaScript and without."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

from sandbox.domain.robots import Move, expert_move
from sandbox.domain.workflow import Action, State

from .conftest import PASSPHRASE, DemoSite

COURSE = "/kursus/dasar-sp4n-lapor/"


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
    """Pick `value` by its radio button or in its list."""
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"select[name={name}]", value)
    else:
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


def keys_of(site: DemoSite, run_id: int) -> Mapping[int, Mapping[str, Any]]:
    rows = site.ask(
        "import json; from sandbox.models import AnswerKey; "
        f"rows = AnswerKey.objects.filter(case__run={run_id}); "
        "print(json.dumps([[row.case.number, row.key] for row in rows]))"
    )
    return dict(rows)


def work_inbox(page: Page, site: DemoSite, run_id: int, held: set[int]) -> int:
    """Decide every report that waits, rightly; return how many were opened."""
    keys = keys_of(site, run_id)
    opened = 0
    while True:
        page.goto(f"{site.url}/latihan/{run_id}/kotak-masuk/")
        reports = page.locator(".inbox__title a")
        if not reports.count():
            return opened
        press(page, ".inbox__title a")
        number = int(page.url.rstrip("/").split("/")[-1])
        decide(page, keys[number], number, held)
        opened += 1


def decide(page: Page, key: Mapping[str, Any], number: int, held: set[int]) -> None:
    state = State.UNVERIFIED
    if page.locator(".action-list a[href*='/dispose/']").count():
        state = State.VERIFIED
    move = expert_move(state, key, was_held=number in held)
    assert move is not None
    page.click(f".action-list a[href*='/{move.action}/']")
    fill_in(page, move)
    if move.action is Action.HOLD:
        held.add(number)
    if move.action is Action.VERIFY:
        page.wait_for_url(re.compile("/dispose/"))
        following = expert_move(State.VERIFIED, key, was_held=True)
        assert following is not None
        fill_in(page, following)
    page.wait_for_url(re.compile("/kotak-masuk/"))


def fill_in(page: Page, move: Move) -> None:
    page.wait_for_selector(f"form[action*='/{move.action}/'] button[type=submit]")
    for name, value in move.choices.items():
        choose(page, name, value)
    if page.locator("textarea[name=text]").count():
        page.fill("textarea[name=text]", move.text or "Mohon dilihat lebih dulu. Terima kasih.")
    page.click("section.actions form button[type=submit]")
    if move.action in (Action.RETURN, Action.ARCHIVE):
        page.click("button[name=confirmed]")
