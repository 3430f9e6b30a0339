"""A certificate as PDF, tagged for PDF/UA-1. The only import of WeasyPrint."""

import atexit
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import translation

from .models import Certificate

STATIC = Path(__file__).parent / "static" / "certificates"
FACES = [  # family, weight, file; the second family has the rarer letters
    ("Hyperlegible", 400, "atkinson-hyperlegible-next-latin-regular.woff2"),
    ("Hyperlegible", 700, "atkinson-hyperlegible-next-latin-bold.woff2"),
    ("Hyperlegible Ext", 400, "atkinson-hyperlegible-next-latin-ext-regular.woff2"),
    ("Hyperlegible Ext", 700, "atkinson-hyperlegible-next-latin-ext-bold.woff2"),
]
LIBRARY_MISSING = (
    "Certificates cannot be drawn as PDF until a system library is installed: "
    "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class PdfLibraryMissing(Exception):
    """WeasyPrint cannot load Pango."""

    def __init__(self) -> None:
        super().__init__(LIBRARY_MISSING)


class Engine(NamedTuple):
    """What is dear to make, made once per process."""

    html: Any
    fetcher: Any
    stylesheet: Any
    fonts: Any


def draw(certificate: Certificate) -> bytes:
    """Return the PDF's bytes. Nothing is fetched: fonts, picture and QR are in the document.

    Raises PdfLibraryMissing.
    """
    drawing = engine()
    with translation.override("id"):
        text = render_to_string("certificates/certificate.html", {"certificate": certificate})
    document = drawing.html(string=text, url_fetcher=drawing.fetcher)
    pdf: bytes = document.write_pdf(
        stylesheets=[drawing.stylesheet], font_config=drawing.fonts, pdf_variant="pdf/ua-1"
    )
    return pdf


@cache
def engine() -> Engine:
    """Load WeasyPrint, and parse the stylesheet with its fonts.

    Raises PdfLibraryMissing.
    """
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 (a second to load; may be missing)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError as missing:
        raise PdfLibraryMissing from missing
    atexit.register(engine.cache_clear)  # the fonts must go before the library that holds them
    fetcher = URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    fonts = FontConfiguration()
    stylesheet = CSS(string=_css(), font_config=fonts, url_fetcher=fetcher)
    return Engine(HTML, fetcher, stylesheet, fonts)


def _css() -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("{_inside(f"fonts/{file}", "font/woff2")}") }}\n'
        for family, weight, file in FACES
    )
    rules = (STATIC / "sheet-print.css").read_text()
    return faces + rules.replace("band.svg", _inside("band.svg", "image/svg+xml"))


def _inside(file: str, media_type: str) -> str:
    """Return a file of ours as a data: address, the only kind that is opened."""
    return f"data:{media_type};base64,{b64encode((STATIC / file).read_bytes()).decode()}"
