"""Papers that reporters attach, as PDF. Nothing is fetched: the document holds all it shows."""

import atexit
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from .domain.library.pictures import draw
from .models import Case

RULES = Path(__file__).parent / "static/sandbox/paper.css"
LANGUAGE = "id"  # reporters write in Indonesian, whatever the reader's language


class PdfLibraryMissing(Exception):
    """WeasyPrint cannot load Pango."""


def draw_paper(case: Case, title: str) -> bytes:
    """Return the paper that a case's reporter attached. Raises PdfLibraryMissing."""
    drawing = engine()
    picture = draw(case.facts["attachment"], title, seed_of(case))
    with translation.override(LANGUAGE):
        text = render_to_string(
            "sandbox/paper.html", {"case": case, "title": title, "picture": picture}
        )
    document = drawing.html(string=text, url_fetcher=drawing.fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[drawing.stylesheet], font_config=drawing.fonts, pdf_variant="pdf/ua-1"
    )
    return pdf


def seed_of(case: Case) -> str:
    """Return what tells a case's picture from another's, the same on every visit."""
    return f"{case.run_id}/{case.number}"


class Engine(NamedTuple):
    """WeasyPrint with what every paper shares."""

    html: Any
    fetcher: Any
    stylesheet: Any
    fonts: Any


@cache
def engine() -> Engine:
    """Load WeasyPrint once per process. Raises PdfLibraryMissing."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 (a second to load; may be missing)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as missing:
        raise PdfLibraryMissing from missing
    atexit.register(engine.cache_clear)  # the fonts must go before the library that holds them
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    fonts = FontConfiguration()
    stylesheet = CSS(string=RULES.read_text(), font_config=fonts, url_fetcher=fetcher)
    return Engine(HTML, fetcher, stylesheet, fonts)
