"""A whole exercise at each of the five desks, in a browser, until its debrief."""

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.domain.robots import Move
from sandbox.domain.workflow import Action

from .conftest import DemoSite
from .walking import fill_in, moves_of, open_form, press, sign_in

pytestmark = pytest.mark.browser

DESKS = [
    pytest.param("meja-pelapor", id="reporter"),
    pytest.param("meja-nasional", id="national admin"),
    pytest.param("meja-instansi", id="agency admin"),
    pytest.param("meja-penghubung", id="liaison officer"),
    pytest.param("meja-pengawas", id="supervisor"),
]
MOST_MOVES_OF_THE_CLOCK = 60
EXPERT = 95  # percent
SETTLED = ("from", "officer")  # the page knows these by itself


@pytest.mark.parametrize("code", DESKS)
def test_a_desk_is_played_from_its_briefing_to_its_debrief(
    demo_site: DemoSite, browser: Browser, code: str
) -> None:
    page = browser.new_context().new_page()
    sign_in(page, demo_site, "marlina.tandirerung@contoh.test")
    page.goto(f"{demo_site.url}/latihan/{code}/")
    press(page, "form[action$='/mulai/'] button")
    run_id = int(page.url.split("/latihan/")[1].split("/")[0])
    room = f"{demo_site.url}/latihan/{run_id}"

    for _round in range(MOST_MOVES_OF_THE_CLOCK):
        for number, moves in moves_of(demo_site, run_id).items():
            for move in moves:
                take(page, f"{room}/kasus/{number}/", move)
        page.goto(f"{room}/jam/")
        if page.get_by_text("Tidak ada peristiwa lagi").count():
            break
        has_event = page.locator("button[name=to][value=event]").count()
        press(page, f"button[name=to][value={'event' if has_event else 'morning'}]")

    page.goto(f"{room}/selesai/")
    press(page, "main form button[type=submit]")
    expect(page.locator("h1")).to_contain_text("Pembahasan")
    expect(page.locator("main")).to_contain_text("Lulus")
    assert percent_of(demo_site, run_id) >= EXPERT


def take(page: Page, case: str, move: Move) -> None:
    page.goto(case)
    open_form(page, move.action)
    page.wait_for_selector(f"form[action*='/{move.action}/']")
    chosen = {name: value for name, value in move.choices.items() if name not in SETTLED}
    if move.action is Action.APPROVE:  # the draft brings its evidence with it
        chosen = {}
    for name in [name for name in chosen if page.locator(f"input[type=text][name={name}]").count()]:
        page.fill(f"input[type=text][name={name}]", str(chosen.pop(name)))
    ticked = {name: value for name, value in chosen.items() if isinstance(value, bool)}
    for name, value in ticked.items():
        page.locator(f"input[type=checkbox][name={name}]").set_checked(value, force=True)
        del chosen[name]
    fill_in(page, Move(move.action, chosen, move.text))


def percent_of(site: DemoSite, run_id: int) -> int:
    percent: int = site.ask(
        f"from sandbox.models import Run; print(Run.objects.get(pk={run_id}).score['percent'])"
    )
    return percent
