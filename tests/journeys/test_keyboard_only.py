"""A whole exercise without a mouse: every field, button and link is reached by the Tab key."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sandbox.domain.robots import Move
from sandbox.forms import CONFIRMED_FIRST

from .conftest import PASSPHRASE, DemoSite
from .walking import moves_of

pytestmark = pytest.mark.browser

EXERCISE = "meja-penghubung"
MOST_MOVES_OF_THE_CLOCK = 40
MOST_TABS = 400
MOST_ARROWS = 60


class Keyboard:
    """Somebody who reaches everything by Tab, and presses Enter, Space, arrows and letters."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, selector: str) -> Locator:
        """Press Tab until what `selector` finds has the focus, and see that it shows."""
        for _ in range(MOST_TABS):
            if self.is_on(selector):
                return self.page.locator(":focus")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached on {self.page.url}")

    def is_on(self, selector: str) -> bool:
        return bool(
            self.page.evaluate("selector => document.activeElement.matches(selector)", selector)
        )

    def follow(self, selector: str) -> None:
        """Press Enter on what leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector: str, text: str) -> None:
        self.reach(selector)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, form: str, name: str, value: str) -> None:
        """Choose in a list or among buttons by arrows, or tick a box by the space bar."""
        field = f"{form} [name='{name}']"
        first = self.page.locator(field).first
        kind = first.get_attribute("type")
        if kind == "hidden":
            return
        if kind == "text":
            self.write(field, value)
        elif kind == "checkbox":
            if self.reach(f"{field}[value='{value}']").is_checked() is False:
                self.page.keyboard.press("Space")
        else:
            self.reach(field)
            self.turn_to(value, is_radio=kind == "radio")

    def turn_to(self, value: str, *, is_radio: bool) -> None:
        if is_radio:
            self.page.keyboard.press("Space")
        for _ in range(MOST_ARROWS):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen on {self.page.url}")


def sign_in(keys: Keyboard, site: DemoSite, email: str) -> None:
    keys.page.goto(f"{site.url}/masuk/?next=/latihan/{EXERCISE}/")
    keys.write("input[name=login]", email)
    keys.write("input[name=password]", PASSPHRASE)
    keys.follow("main form button[type=submit]")


def take(keys: Keyboard, number: int, move: Move) -> None:
    """Open a case from the inbox and take one step, then go back."""
    keys.follow(f"a[href*='/kasus/{number}/']")
    link = f".action-list__link[href*='/{move.action}/']"
    if not keys.page.locator(link).first.is_visible():
        keys.reach(".more-actions summary")
        keys.page.keyboard.press("Enter")
    keys.reach(link)
    keys.page.keyboard.press("Enter")
    form = f"form[action*='/{move.action}/']"
    keys.page.wait_for_selector(form)
    for name, value in move.choices.items():
        for one in value if isinstance(value, list) else [value]:
            keys.choose(form, name, str(one))
    if keys.page.locator(f"{form} textarea[name=text]").count():
        keys.write(f"{form} textarea[name=text]", move.text or "Mohon dilihat lebih dulu.")
    keys.follow(f"{form} .govuk-button-group button[type=submit]:not([name=check])")
    if move.action in CONFIRMED_FIRST:
        keys.follow("button[name=confirmed]")
    if "/kotak-masuk/" not in keys.page.url:
        keys.follow("a[href*='/kotak-masuk/']")


def test_an_exercise_is_played_and_passed_by_keyboard_alone(
    demo_site: DemoSite, browser: Browser
) -> None:
    page = browser.new_context().new_page()
    keys = Keyboard(page)
    sign_in(keys, demo_site, "teguh.prasojo@contoh.test")
    keys.follow("form[action$='/mulai/'] button")
    run_id = int(re.search(r"/latihan/(\d+)/", page.url)[1])  # type: ignore[index]

    for _round in range(MOST_MOVES_OF_THE_CLOCK):
        for number, moves in moves_of(demo_site, run_id).items():
            for move in moves:
                take(keys, number, move)
        keys.follow("a[href$='/jam/']")
        if page.get_by_text("Tidak ada peristiwa lagi").count():
            break
        has_event = page.locator("button[name=to][value=event]").count()
        keys.follow(f"button[name=to][value={'event' if has_event else 'morning'}]")

    if "/kotak-masuk/" not in page.url:
        keys.follow("a[href*='/kotak-masuk/']")
    keys.follow("a[href$='/selesai/']")
    keys.follow("main form button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Pembahasan")
    expect(page.locator("main")).to_contain_text("Lulus")
