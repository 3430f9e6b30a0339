"""The whole journey on the site that `make demo` built: learn, practise, pass, prove."""

import re
import subprocess
from http import HTTPStatus
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from sandbox.domain.workflow import Action

from .conftest import DemoSite
from .walking import COURSE, press, read_lessons, sign_in, take_quiz, work_inbox

pytestmark = pytest.mark.browser

WALKS = [
    pytest.param(True, "bagas.wiratama@contoh.test", "Bagas Wiratama", id="with JavaScript"),
    pytest.param(False, "siti.rahmawati@contoh.test", "Siti Rahmawati", id="without JavaScript"),
]


@pytest.mark.parametrize(("javascript", "email", "name"), WALKS)
def test_a_trainee_learns_practises_passes_and_proves_it(
    demo_site: DemoSite,
    browser: Browser,
    tmp_path: Path,
    javascript: bool,
    email: str,
    name: str,
) -> None:
    context = browser.new_context(java_script_enabled=javascript, accept_downloads=True)
    page = context.new_page()

    sign_in(page, demo_site, email)
    learn(page, demo_site)
    practise(page, demo_site)
    pdf = download_certificate(context, demo_site, tmp_path)
    code = check_pdf(pdf, demo_site, name, tmp_path)
    check_as_a_stranger(browser, demo_site, code, name)
    check_as_the_trainer(browser, demo_site, name)


def learn(page: Page, site: DemoSite) -> None:
    """From the one next step through every lesson to a passed quiz."""
    expect(page.locator(".next-step")).to_have_count(1)
    read_lessons(page, site)
    page.goto(site.url + COURSE)
    press(page, ".outline a[href$='/kuis/']")
    take_quiz(page, site)
    expect(page.locator("main")).to_contain_text("Lulus")


def practise(page: Page, site: DemoSite) -> None:
    """Work the twelve reports, let a day pass, and read why each decision was right."""
    page.goto(f"{site.url}/beranda-saya/")
    press(page, ".next-step a")
    press(page, "main a[href='/latihan/l1/']")
    press(page, "form[action$='/mulai/'] button")
    page.wait_for_url("**/kotak-masuk/")
    run_id = int(page.url.split("/")[4])
    first_day = work_inbox(page, site, run_id)
    assert (len(first_day), first_day.count(Action.HOLD)) == (10, 2)
    page.goto(f"{site.url}/latihan/{run_id}/jam/")
    press(page, "button[value=morning]")
    page.wait_for_url("**/kotak-masuk/")
    assert len(work_inbox(page, site, run_id)) == 4  # two new ones, two completed ones

    page.goto(f"{site.url}/latihan/{run_id}/selesai/")
    press(page, "main form button[type=submit]")
    page.wait_for_url("**/pembahasan/")
    expect(page.locator(".score__n")).to_contain_text("100")
    expect(page.locator(".decision")).to_have_count(12)
    expect(page.locator(".receipt").first).to_contain_text("Mengapa")


def download_certificate(context: BrowserContext, site: DemoSite, folder: Path) -> Path:
    """Download from the list of certificates; the file is drawn within seconds."""
    page = context.new_page()
    page.goto(f"{site.url}/sertifikat/")
    link = page.locator("a[href$='.pdf']")
    address = site.url + str(link.first.get_attribute("href"))
    for _second in range(20):
        if context.request.get(address).status == HTTPStatus.OK:
            break
        page.wait_for_timeout(1000)
    with page.expect_download() as download:
        link.first.click()
    path = folder / "sertifikat.pdf"
    download.value.save_as(path)
    return path


def check_pdf(path: Path, site: DemoSite, name: str, folder: Path) -> str:
    """Read the file back with other programs, and return the code that its QR leads to."""
    facts = site.ask(
        "import json; from certificates.models import Certificate; "
        f"c = Certificate.objects.get(holder_name='{name}'); "
        "print(json.dumps([c.serial, c.code, c.course_title, c.issued_on.isoformat()]))"
    )
    serial, code, course, issued_on = facts
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    flat = " ".join(text.split())
    for fact in (name, course, serial, str(int(issued_on[8:])), issued_on[:4]):
        assert fact in flat
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert not pdf.attachments
    subprocess.run(["pdftoppm", "-r", "150", "-png", path, folder / "page"], check=True)
    picture = next(folder.glob("page*.png"))
    (barcode,) = zxingcpp.read_barcodes(Image.open(picture))
    assert barcode.text == f"{site.url}/verifikasi/{code}/"
    return str(code)


def check_as_a_stranger(browser: Browser, site: DemoSite, code: str, name: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site.url}/verifikasi/{code}/")
    expect(page.locator(".verify--valid")).to_contain_text(name)
    page.goto(f"{site.url}/kampanye/suaramu-sampai/")
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{site.url}/wilayah/kabupaten-badung/")
    expect(page.locator("h1")).to_contain_text("Badung")
    page.goto(f"{site.url}/latihan/")
    assert "/masuk/" in page.url


def check_as_the_trainer(browser: Browser, site: DemoSite, name: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page, site, "nurhayati.simbolangit@contoh.test")
    page.goto(f"{site.url}/pelatih/")
    press(page, ".card__title a")
    press(page, f".progress-table a:has-text('{name}')")
    expect(page.locator("h1")).to_have_text(name)
    press(page, "a[href*='/latihan/']:has-text('Dua belas laporan pertama')")
    expect(page.locator(".score__n")).to_contain_text("100")


def test_an_editor_changes_a_lesson_and_a_learner_sees_it_live(
    demo_site: DemoSite, browser: Browser
) -> None:
    pk = demo_site.ask(
        "import json; from learning.models import LessonPage; "
        "print(json.dumps(LessonPage.objects.filter(slug='dari-keluhan-menjadi-perbaikan')"
        ".order_by('pk').first().pk))"
    )
    editor = browser.new_context().new_page()
    sign_in(editor, demo_site, "rangga.suryanegara@contoh.test")
    editor.goto(f"{demo_site.url}/kelola/pages/{pk}/edit/")
    editor.fill("#id_title", "Dari keluhan menjadi kabar baik")
    paragraph = editor.locator("[data-contentpath=body] .public-DraftEditor-content").first
    paragraph.click()
    editor.keyboard.press("Control+Home")
    editor.keyboard.type("Kalimat baru dari redaksi. ")
    expect(
        editor.locator("[data-contentpath=body] input[type=hidden][name$=value]").first
    ).to_have_value(re.compile("Kalimat baru"))
    editor.locator("footer button[aria-haspopup], footer .w-dropdown button").first.click()
    editor.locator("button[name=action-publish]").click()
    editor.wait_for_url("**/kelola/pages/**")

    learner = browser.new_context().new_page()
    sign_in(learner, demo_site, "marlina.tandirerung@contoh.test")
    learner.goto(
        demo_site.url + COURSE + "mengapa-pengaduan-penting/dari-keluhan-menjadi-perbaikan/"
    )
    expect(learner.locator("h1")).to_have_text("Dari keluhan menjadi kabar baik")
    expect(learner.locator("article")).to_contain_text("Kalimat baru dari redaksi.")
