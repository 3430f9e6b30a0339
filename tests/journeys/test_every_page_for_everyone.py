"""Every page of the journey: no axe finding, no sideways scroll; narrow, wide, light, dark."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from .conftest import ROOT, DemoSite
from .walking import COURSE, SEND, press, sign_in

pytestmark = pytest.mark.browser

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
VIEWS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
LESSON = COURSE + "mengapa-pengaduan-penting/dari-keluhan-menjadi-perbaikan/"
HARMFUL = "Hubungi saya di 081234567890."
DRAFT = "Mohon maaf. Hal dimaksud akan kami koordinasikan dengan pihak terkait."
DESKS = (
    "meja-pelapor", "meja-nasional", "meja-instansi", "meja-penghubung", "meja-pengawas",
    "ujian-penghubung",
)  # fmt: skip
PACK = ROOT / "sandbox/rule_packs/1.toml"


def look_at(page: Page, part: str | None = None) -> None:
    """Check the page, or the part that is ours, in every width and colour scheme."""
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, part, RULES)
        assert found.violations_count == 0, (
            f"{page.url} at {width} px, {scheme}:\n{found.generate_report()}"
        )
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{page.url} scrolls sideways by {overflow} px at {width} px"


PUBLIC = [
    "/",
    "/en/",
    "/kampanye/",
    "/kampanye/suaramu-sampai/",
    "/kampanye/suaramu-sampai/?versi=mudah",
    "/wilayah/",
    "/wilayah/kabupaten-badung/",
    "/kursus/",
    COURSE,
    "/cara-melapor/",
    "/verifikasi/",
    "/verifikasi/?kode=abc",
    "/verifikasi/00000000000000000000000000/",
    "/masuk/",
    "/lupa-sandi/",
    "/tidak-ada/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_meets_no_barrier(demo_site: DemoSite, browser: Browser, path: str) -> None:
    page = browser.new_page()
    page.goto(demo_site.url + path)
    look_at(page)
    page.close()


def test_a_refused_sign_in_is_as_clear(demo_site: DemoSite, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{demo_site.url}/masuk/")
    page.fill("input[name=login]", "siapa.pun@contoh.test")
    page.fill("input[name=password]", "salah")
    press(page, "main form button[type=submit]")
    assert page.input_value("input[name=login]") == "siapa.pun@contoh.test"
    look_at(page)
    page.close()


Visit = Callable[[Page, DemoSite], None]


def learner_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "kirana.adiningtyas@contoh.test")
    for path in ("/beranda-saya/", COURSE, LESSON, "/latihan/", "/latihan/l1/", "/sertifikat/"):
        page.goto(site.url + path)
        look_at(page)
    page.goto(f"{site.url}/en/akun/")
    look_at(page)
    page.goto(f"{site.url}{COURSE}kuis/")
    look_at(page)
    press(page, ".rows a[href$='/hasil/']")
    look_at(page)
    page.goto(f"{site.url}/latihan/l1/")
    press(page, ".rows a[href$='/pembahasan/']")
    look_at(page)


def quiz_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "marlina.tandirerung@contoh.test")
    page.goto(f"{site.url}{COURSE}kuis/")
    look_at(page)
    press(page, "main form button[type=submit]")
    look_at(page)
    press(page, "form.quiz button[type=submit]")
    look_at(page)
    page.goto(page.url.rsplit("/", 2)[0] + "/periksa/")
    press(page, "main form button[type=submit]")
    look_at(page)


def practice_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "teguh.prasojo@contoh.test")
    page.goto(f"{site.url}/latihan/l1/")
    press(page, "form[action$='/mulai/'] button")
    inbox = page.url
    for view in ("perlu", "menunggu", "selesai"):
        page.goto(f"{inbox}?lihat={view}")
        look_at(page)
    page.goto(inbox)
    press(page, ".inbox__title a")
    action_pages(page)
    for path in ("jam", "selesai", "mulai-ulang"):
        page.goto(inbox.replace("kotak-masuk", path))
        look_at(page)


def action_pages(page: Page) -> None:
    case = page.url
    look_at(page)
    for action in ("verify", "hold", "return", "archive"):
        page.goto(f"{case}{action}/")
        look_at(page)
    page.fill("textarea[name=text]", HARMFUL)
    press(page, SEND)
    page.wait_for_selector(".govuk-error-message")
    assert page.input_value("textarea[name=text]") == HARMFUL
    look_at(page)
    page.locator("input[name=reason]").first.check(force=True)
    page.fill("textarea[name=text]", "Mohon maaf, ini di luar layanan kami.")
    press(page, SEND)
    page.wait_for_selector("button[name=confirmed]")
    look_at(page)
    page.goto(f"{case}dispose/")  # not allowed yet: the page that says so
    look_at(page)


@pytest.mark.parametrize("code", DESKS)
def test_no_desk_has_a_barrier(demo_site: DemoSite, browser: Browser, code: str) -> None:
    """Briefing, inbox, a report, the first step that is offered, and hints on what is typed."""
    page = browser.new_context().new_page()
    sign_in(page, demo_site, "yohanis.mabruri@contoh.test")
    page.goto(f"{demo_site.url}/latihan/{code}/")
    look_at(page)
    press(page, "form[action$='/mulai/'] button")
    look_at(page)
    inbox = page.url
    press(page, ".inbox__title a")
    if page.locator(".action-list__link").count():
        look_at(page)
        page.goto(
            demo_site.url + str(page.locator(".action-list__link").first.get_attribute("href"))
        )
    look_at(page)
    if page.locator("button[name=check]").count():
        page.fill("textarea[name=text]", DRAFT)
        page.click("button[name=check]")
        page.wait_for_selector("#petunjuk-judul")
        look_at(page)
    if code == "meja-pengawas":
        page.goto(inbox.replace("kotak-masuk", "serah-terima"))
        look_at(page)


def looking_back_pages(page: Page, site: DemoSite) -> None:
    """A replay at two moments, and the three pages of another choice."""
    sign_in(page, site, "kirana.adiningtyas@contoh.test")
    page.goto(f"{site.url}/latihan/l1/")
    press(page, ".rows a[href$='/pembahasan/']")
    debrief = page.url
    press(page, "a[href$='/putar-ulang/']")
    look_at(page)
    page.goto(debrief.replace("pembahasan", "putar-ulang") + "?langkah=15&kasus=1")
    look_at(page)
    page.goto(debrief)
    press(page, "a[href*='/bagaimana-jika/']")
    look_at(page)
    press(page, ".rows a[href*='kasus=']")
    look_at(page)
    press(page, ".rows a[href*='tindakan=archive']")
    look_at(page)
    page.locator("input[name=reason]").first.check(force=True)
    if page.locator("textarea[name=text]").count():
        page.fill("textarea[name=text]", "Mohon maaf, ini di luar layanan kami.")
    press(page, "#tindakan button[type=submit]")
    expect(page.locator(".govuk-summary-list")).to_be_visible()
    look_at(page)


def grading_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "nurhayati.simbolangit@contoh.test")
    page.goto(f"{site.url}/pelatih/")
    press(page, ".card__title a")
    cohort = page.url
    page.goto(f"{cohort}penilaian/")
    look_at(page)
    press(page, ".rows .row__link")
    look_at(page)
    page.goto(f"{cohort}penilaian/ujian-penghubung/terbitkan/")
    look_at(page)
    page.goto(cohort)
    press(page, ".progress-table a:has-text('Kirana')")
    participant = page.url
    press(page, "#ujian .row__link")
    look_at(page)
    page.goto(participant)
    press(page, "a[href*='/latihan/']:has-text('Dua belas')")
    press(page, "a[href$='/putar-ulang/']")
    look_at(page)


def rule_pack_pages(page: Page, site: DemoSite) -> None:
    """What the CMS shows around them is Wagtail's; the pages' own part is ours."""
    sign_in(page, site, "ismail.daengmattata@contoh.test")
    page.goto(f"{site.url}/kelola/rule_packs/new/")
    look_at(page, "main")
    page.set_input_files("input[type=file]", PACK)
    press(page, "main form button[type=submit]")
    look_at(page, "main")  # the same version again: what is wrong with it
    raised = PACK.read_text(encoding="utf-8").replace("version = 1\n", "version = 2\n", 1)
    page.set_input_files(
        "input[type=file]",
        {"name": "aturan-2.toml", "mimeType": "text/plain", "buffer": raised.encode()},
    )
    press(page, "main form button[type=submit]")
    look_at(page, "main")


def trainer_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "nurhayati.simbolangit@contoh.test")
    page.goto(f"{site.url}/pelatih/")
    look_at(page)
    press(page, ".card__title a")
    look_at(page)
    press(page, ".progress-table a:has-text('Kirana')")
    look_at(page)
    press(page, "a[href*='/latihan/']:has-text('Dua belas')")
    look_at(page)


def manager_pages(page: Page, site: DemoSite) -> None:
    sign_in(page, site, "melati.kusumaningrum@contoh.test")
    for path in ("/beranda-saya/", "/program/"):
        page.goto(site.url + path)
        look_at(page)


@pytest.mark.parametrize(
    "visit",
    [
        learner_pages,
        quiz_pages,
        practice_pages,
        looking_back_pages,
        trainer_pages,
        grading_pages,
        rule_pack_pages,
        manager_pages,
    ],
)
def test_nobody_who_signs_in_meets_a_barrier(
    demo_site: DemoSite, browser: Browser, visit: Visit
) -> None:
    page = browser.new_context().new_page()
    visit(page, demo_site)
