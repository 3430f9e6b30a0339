"""The PDF: what it says, that it can be read aloud, and that nothing outside gets in."""

import hashlib
import io
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pikepdf
import pytest
import zxingcpp
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils.safestring import mark_safe
from PIL import Image

from certificates import checks, pdf, tasks
from certificates.models import Certificate, CertificateFile
from certificates.services import draw_certificate, issue_certificate
from learning.models import Enrolment
from tests.certificates.conftest import NAME, NOW, make_course, make_person

LIMIT = 24 * 1024  # bytes


def text_of(drawing: bytes) -> str:
    """Return the words as poppler reads them, with single spaces."""
    command = ["pdftotext", "-", "-"]
    words = subprocess.run(command, input=drawing, capture_output=True, check=True).stdout
    return " ".join(words.decode().split())


def qr_in(drawing: bytes) -> list[str]:
    command = ["pdftoppm", "-r", "150", "-png", "-"]
    picture = subprocess.run(command, input=drawing, capture_output=True, check=True).stdout
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def structure(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return every structure element below a node, in reading order."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    own = [node] if "/S" in node else []
    return own + [element for kid in kids for element in structure(kid)]


@pytest.fixture
def drawing(drawn) -> bytes:
    return bytes(drawn.file.pdf)


def test_the_pdf_says_what_was_recorded(drawn, drawing):
    words = text_of(drawing)

    for fact in [
        NAME,
        "Dasar pengelolaan pengaduan",
        "Complaint handling basics",
        "21 November 2026",
        "21 November 2028",
        "2 jam 30 menit",
        "K0, edisi 2",
        "Ruang Latih Pengaduan",
        drawn.serial,
        drawn.grouped_code,
        drawn.verify_url,
        "pelatihan dengan kasus rekaan",
        "training with synthetic cases",
    ]:
        assert fact in words


def test_its_qr_code_leads_to_the_verification_page(drawn, drawing):
    assert qr_in(drawing) == [drawn.verify_url]


def test_it_is_one_landscape_page_and_small(drawing):
    with pikepdf.open(io.BytesIO(drawing)) as document:
        assert len(document.pages) == 1
        width, height = document.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (842, 595)
    assert len(drawing) < LIMIT


def test_it_is_tagged_for_reading_aloud(drawn, drawing):
    with pikepdf.open(io.BytesIO(drawing)) as document:
        root = document.Root
        elements = structure(root.StructTreeRoot)
        kinds = [str(element.S) for element in elements]
        figures = [element for element in elements if element.S == "/Figure"]

        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "id"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert drawn.serial in str(document.docinfo["/Title"])
        assert document.open_metadata()["pdfuaid:part"] == "1"
        assert kinds.count("/H1") == 1
        assert [drawn.verify_url in str(figure.Alt) for figure in figures] == [True]
        assert not {"/Table", "/TH", "/L"} & set(kinds)


def test_the_checker_for_pdf_ua_finds_nothing(drawing, tmp_path):
    file = tmp_path / "sertifikat.pdf"
    file.write_bytes(drawing)
    command = [sys.executable, "-m", "pdfua", "check", str(file)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "PASS (no findings)" in result.stdout


def test_the_hash_is_the_hash_of_the_stored_bytes(drawn, drawing):
    assert drawn.file.sha256 == hashlib.sha256(drawing).hexdigest()


def test_a_second_drawing_changes_nothing(drawn, drawing):
    again = draw_certificate(certificate=drawn, now=NOW + timedelta(days=1))

    kept = CertificateFile.objects.get()
    assert again == kept
    assert bytes(kept.pdf) == drawing
    assert kept.drawn_at == NOW


def test_two_workers_that_draw_at_once_keep_one_drawing(transactional_db, certificate, at_once):
    def draw():
        award = Certificate.objects.get(pk=certificate.pk)
        return draw_certificate(certificate=award, now=NOW).sha256

    hashes = at_once([draw] * 2)

    assert len(set(hashes)) == 1
    assert at_once([CertificateFile.objects.count]) == [1]


def test_later_changes_of_person_and_course_change_no_byte_and_no_fact(drawn, drawing, course):
    facts = Certificate.objects.values().get()
    drawn.holder.first_name = "Nama Baru"
    drawn.holder.save()
    course.title, course.minutes, course.valid_months = "Judul baru", 1, 1
    course.save()

    draw_certificate(certificate=Certificate.objects.get(), now=NOW)

    assert Certificate.objects.values().get() == facts
    assert bytes(CertificateFile.objects.get().pdf) == drawing


def test_it_outlives_the_account(drawn, drawing, learner):
    learner.delete()

    kept = Certificate.objects.get()
    assert kept.holder is None
    assert kept.holder_name == NAME
    assert bytes(kept.file.pdf) == drawing


def test_a_sweep_draws_what_a_crash_lost(certificate, capsys):
    call_command("draw_certificates")
    assert "1 certificates drawn" in capsys.readouterr().out
    assert CertificateFile.objects.get().certificate == certificate

    call_command("draw_certificates")
    assert "0 certificates drawn" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name",
    [
        "Raden Ajeng Nur'aini Šárkány-Żółkiewska binti Muḥammad ʿAbdul Ḥamīd, S.Sos., M.A.P.",
        '<b>Tebal</b> & <i>"Miring"</i>',
        "W" * 150,
    ],
    ids=["long with rare letters", "markup", "one endless word"],
)
def test_any_name_fits_and_is_printed_as_text(name, course):
    enrolment = Enrolment.objects.create(
        user=make_person("lain", name), course=course, enrolled_at=NOW
    )
    certificate = issue_certificate(enrolment=enrolment, now=NOW)

    drawing = bytes(draw_certificate(certificate=certificate, now=NOW).pdf)

    assert name.replace(" ", "") in text_of(drawing).replace(" ", "")
    with pikepdf.open(io.BytesIO(drawing)) as document:
        assert len(document.pages) == 1


@pytest.fixture
def listener():
    """A server on loopback that counts who knocks."""
    knocks = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            knocks.append(caller.recv(100))
            caller.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", knocks
    server.close()


HOSTILE = [
    '<img src="{url}/a.png">',
    '<link rel="attachment" href="{url}/b">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<link rel="stylesheet" href="{url}/c.css">',
    '<style>@import url("{url}/d.css");</style>',
    '<style>@font-face {{ font-family: x; src: url("{url}/e.woff2") }} p {{ font: 9pt x }}</style>',
    '<p style="background: url({url}/f.png)">x</p>',
    '<img src="file:///etc/passwd">',
    '<svg><image href="{url}/g.png" width="9" height="9"/></svg>',
    '<img src="http://[::1]:1/h.png">',
    '<object data="{url}/i"></object><embed src="{url}/j">',
]


@pytest.mark.parametrize("trusted", [False, True], ids=["as typed", "even if escaping failed"])
@pytest.mark.parametrize("markup", HOSTILE)
def test_a_hostile_name_fetches_and_attaches_nothing(markup, trusted, certificate, listener):
    url, knocks = listener
    text = markup.format(url=url)
    certificate.holder_name = certificate.course_title = (
        mark_safe(text) if trusted else text  # noqa: S308 (the attack)
    )

    drawing = pdf.draw(certificate)

    assert knocks == []
    with pikepdf.open(io.BytesIO(drawing)) as document:
        assert len(document.attachments) == 0
    assert "root:" not in text_of(drawing)
    if not trusted:
        assert text.replace(" ", "") in text_of(drawing).replace(" ", "")


@pytest.fixture
def no_pango(tmp_path, monkeypatch):
    """A machine without the system library, where WeasyPrint breaks as it is imported."""
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")")
    for module in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.syspath_prepend(tmp_path)
    pdf.engine.cache_clear()
    monkeypatch.setattr(checks, "LIBRARIES", ["pango-that-nobody-has"])


@pytest.mark.usefixtures("no_pango")
def test_without_the_library_drawing_says_what_to_install(certificate):
    with pytest.raises(pdf.PdfLibraryMissing, match=r"apt-get install libpango-1\.0-0"):
        draw_certificate(certificate=certificate, now=NOW)

    assert not CertificateFile.objects.exists()


@pytest.mark.usefixtures("no_pango")
def test_without_the_library_the_site_warns_and_runs(certificate, siti, failed_tasks):
    assert [warning.msg for warning in checks.pdf_library(None)] == [pdf.LIBRARY_MISSING]
    with pytest.raises(SystemCheckError, match="libharfbuzz-subset0"):
        call_command("check", fail_level="WARNING")
    call_command("check")

    tasks.draw_certificate.enqueue(certificate.pk)
    assert "PdfLibraryMissing" in failed_tasks.pop()
    page = siti.get(f"/en/sertifikat/{certificate.pk}/")
    assert "The PDF will follow" in page.text
    assert f'">{NAME}</p>' in page.text.replace("&#x27;", "'")


def test_with_the_library_nothing_is_said():
    assert checks.pdf_library(None) == []


def test_every_course_title_fits_the_page(learner):
    course = make_course(("Menangani laporan warga " * 12)[:255], code="K9")
    enrolment = Enrolment.objects.create(user=learner, course=course, enrolled_at=NOW)
    drawing = pdf.draw(issue_certificate(enrolment=enrolment, now=NOW))
    with pikepdf.open(io.BytesIO(drawing)) as document:
        assert len(document.pages) == 1
