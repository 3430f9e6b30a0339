"""The pages in Chromium: readable on a phone, without barriers, under the content policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from certificates.models import Certificate
from tests.certificates.conftest import make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WATCH = (
    "addEventListener('securitypolicyviolation', e => (window.refused ||= []).push(e.blockedURI))"
)


def addresses(certificate: Certificate) -> list[str]:
    return [
        "/sertifikat/",
        f"/sertifikat/{certificate.pk}/",
        "/verifikasi/",
        "/verifikasi/?kode=XFTV-JCNM",
        f"/verifikasi/{certificate.code}/",
        f"/en/verifikasi/{'0' * 26}/",
    ]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_is_readable(width, colours, drawn, siti, live_server, page):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=colours)
    page.add_init_script(WATCH)
    session = siti.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    for address in addresses(drawn):
        page.goto(live_server.url + address)
        found = [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        assert (address, found) == (address, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate("window.refused || []") == [], address


def test_nobody_yet(live_server, page, client, transactional_db):
    person = make_person("baru")
    client.force_login(person)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/en/sertifikat/")
    assert page.get_by_role("heading", level=2).first.inner_text() == "No certificate yet"
