"""The marks by which nobody takes the practice room for the real channel."""

import re
from io import BytesIO

import pikepdf
from django.http import HttpResponse
from django.utils.translation import gettext as _

from config.simulation import HEADERS
from tests.sandbox.pages import words


def marks(page: str) -> dict[str, bool]:
    warning = _("SIMULATION – not SP4N-LAPOR! All reports, people and events here are invented.")
    foot = _(
        "Practice room of Ruang Latih Pengaduan. Nothing entered here reaches any office or person."
    )
    sheet = re.search(r'<div class="sheet-mark"[^>]*>([^<]+)</div>', page)
    return {
        "title": bool(re.search(rf"<title>[^<]*– {_('Simulation')}</title>", page)),
        "banner": bool(re.search(rf'<section class="sim".*?<strong>{warning}</strong>', page)),
        "purple bar": '<meta name="theme-color" content="#3A1659">' in page,
        "purple icon": "img/favicon-practice" in page and "img/favicon.svg" not in page,
        "purple page": bool(re.search(r'<body class="practice ', page)),
        "not for search engines": '<meta name="robots" content="noindex, nofollow">' in page,
        "printed sheet": bool(sheet and sheet[1] == _("SIMULATION")) and page.count(warning) == 2,
        "foot": foot in page,
    }


def assert_marked_for_its_kind(response: HttpResponse, *, is_part: bool = False) -> None:
    """Look for all marks that make sense for an answer; a kind that nobody thought of fails."""
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    if 300 <= response.status_code < 400 or not response.content:
        return
    kind = response.headers["Content-Type"].partition(";")[0]
    text = words(response) if kind != "application/pdf" else ""
    match kind:
        case "text/html" if not text.lstrip().lower().startswith("<!doctype"):
            assert is_part, "only what htmx asks for may be a part of a page"
        case "text/html":
            assert [name for name, there in marks(text).items() if not there] == []
        case "text/plain":
            assert text.startswith(_("SIMULATION"))
        case "image/svg+xml":
            assert "SIMULASI" in text
        case "application/pdf":
            with pikepdf.open(BytesIO(response.content)) as pdf:
                assert str(pdf.docinfo["/Title"]).endswith("Simulasi")
        case _:
            raise AssertionError(f"{kind} has no marks")
