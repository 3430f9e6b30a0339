"""What a browser gets on a first visit: bytes, requests and DOM nodes, with nothing cached."""

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from playwright.sync_api import Browser

from .crowd import Person
from .seed import Cast
from .targets import HTML_KILOBYTES, PAGES
from .visitors import InProcessVisitor
from .workloads import course_path

Pages = Mapping[str, tuple[str, Person | None]]
LOADED = """() => {
  const page = performance.getEntriesByType('navigation')[0];
  const parts = performance.getEntriesByType('resource');
  return [
    page.transferSize,
    parts.reduce((sum, part) => sum + part.transferSize, page.transferSize),
    1 + parts.length,
    document.querySelectorAll('*').length,
  ];
}"""


class Weight(NamedTuple):
    """Of one page: bytes moved for its HTML and for everything, requests, elements."""

    html: int
    bytes: int
    requests: int
    nodes: int


def pages(cast: Cast) -> Pages:
    """Return address and reader of every page with a budget."""
    keeper, candidate = cast.keepers[0], cast.candidates[0]
    quiz = InProcessVisitor(candidate.session).post(f"{course_path(cast)}kuis/", {}, to="/1/$")
    return {
        "home": ("/", None),
        "campaign": (cast.campaign, None),
        "catalogue": ("/kursus/", None),
        "course": (course_path(cast), keeper),
        "lesson": (cast.lessons[1], keeper),
        "dashboard": ("/beranda-saya/", keeper),
        "quiz step": (quiz.location, candidate),
        "inbox": (f"/latihan/{keeper.run}/kotak-masuk/", keeper),
        "case": (f"/latihan/{keeper.run}/kasus/3/", keeper),
        "verify": (f"/verifikasi/{keeper.code}/", None),
        "sign-in": ("/masuk/", None),
    }


def weigh_all(browser: Browser, origin: str, found: Pages) -> dict[str, Weight]:
    return {name: weigh(browser, origin, path, person) for name, (path, person) in found.items()}


def weigh(browser: Browser, origin: str, path: str, person: Person | None) -> Weight:
    """Open one page in a browser that has seen nothing yet."""
    context = browser.new_context(locale="id-ID")
    if person:
        name, value = settings.SESSION_COOKIE_NAME, person.session
        context.add_cookies([{"name": name, "value": value, "url": origin}])
    page = context.new_page()
    answer = page.goto(f"{origin}{path}", wait_until="networkidle")
    found = Weight(*page.evaluate(LOADED))
    there = page.url == f"{origin}{path}" and answer is not None and answer.ok
    context.close()
    return found if there else Weight(0, 0, 0, 0)


def over_budget(weights: Mapping[str, Weight]) -> list[str]:
    """Return a sentence for each page that is heavier than it may be, or did not open."""
    lines = []
    for name, budget in PAGES.items():
        weight = weights[name]
        if not weight.bytes:
            lines.append(f"{name} did not open")
        if weight.bytes > budget.kilobytes * 1000 or weight.html > HTML_KILOBYTES * 1000:
            lines.append(f"{name} weighs {weight.bytes} bytes, {weight.html} of them HTML")
        if weight.requests > budget.requests:
            lines.append(f"{name} takes {weight.requests} requests")
    return lines
