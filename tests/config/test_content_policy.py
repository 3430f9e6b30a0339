"""Nothing inline runs, neither on our pages nor in Wagtail's admin."""

import difflib
import hashlib
import re
from datetime import date
from pathlib import Path

import pytest
import wagtail
import wagtail_localize
from django.test import Client

from content.models import RegionIndexPage, RegionPage, Regulation

OURS = Path(__file__).resolve().parents[2] / "config/templates"
WAGTAIL = Path(wagtail.__file__).parent / "admin/templates"
LOCALIZE = Path(wagtail_localize.__file__).parent / "templates"
# How the SHA-256 of each template begins that ours was made from. A new one needs a look first.
UPSTREAM = {
    (WAGTAIL, "wagtailadmin/widgets/date_input.html"): "2557f7a4fd543d7c",
    (WAGTAIL, "wagtailadmin/widgets/datetime_input.html"): "479d8ddeaa73d2fd",
    (WAGTAIL, "wagtailadmin/widgets/time_input.html"): "536917c544a13563",
    (WAGTAIL, "wagtailadmin/panels/inline_panel.html"): "195bb0b199edb062",
    (WAGTAIL, "wagtailadmin/panels/multiple_chooser_panel.html"): "673bc9b26ca95c03",
    (LOCALIZE, "wagtail_localize/admin/edit_translation.html"): "52b849c00b09876c",
    (LOCALIZE, "wagtail_localize/admin/submit_translation.html"): "f11cd525d207f37c",
}
INLINE = re.compile(r"<script(?![^>]*(?:src=|nonce=|type=\"application/json\"))", re.I)
IMAGE = re.compile("Gambar|Picture")
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.broken.push(event.violatedDirective + " " + event.blockedURI + " " + event.sourceFile);
});
"""


@pytest.mark.parametrize(("place", "digest"), UPSTREAM.items())
def test_the_templates_that_we_override_are_still_the_same(place, digest):
    folder, name = place
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest().startswith(digest)


@pytest.mark.parametrize("place", UPSTREAM)
def test_our_copy_differs_by_the_nonce_alone(place):
    folder, name = place
    theirs, ours = ((root / name).read_text().splitlines() for root in (folder, OURS))
    changed = [line[2:] for line in difflib.ndiff(theirs, ours) if line[:2] in {"+ ", "- "}]

    assert len(changed) == 2
    assert re.sub(r' nonce="{{ [\w.]+ }}"', "", changed[1]) == changed[0]


def test_no_other_admin_template_has_an_inline_script():
    known = {name for _, name in UPSTREAM}
    found = {
        path.relative_to(root).as_posix()
        for root in (WAGTAIL, LOCALIZE, *Path(wagtail.__file__).parent.glob("*/templates"))
        for path in root.rglob("*.html")
        if INLINE.search(path.read_text())
    }

    assert found - known == set()


def policy(response) -> dict[str, str]:
    parts = (part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    return {part[0]: part[1] for part in parts}


def test_our_pages_allow_nothing_inline(client, db):
    rules = policy(client.get("/masuk/"))

    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["object-src"] == "'none'"
    assert "unsafe" not in " ".join(rules.values())


def test_the_admin_allows_style_elements_and_nothing_else(client, person):
    client.force_login(person("anna", is_superuser=True))

    rules = policy(client.get("/kelola/"))

    assert rules["style-src-elem"] == "'self' 'unsafe-inline'"
    assert [name for name, rule in rules.items() if "unsafe" in rule] == ["style-src-elem"]


@pytest.fixture
def admin_page(page, person, live_server):
    """A tab in which an administrator is signed in, and which counts violations."""
    client = Client()
    client.force_login(person("anna", is_superuser=True, is_staff=True))
    cookie = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "url": live_server.url,
    }
    page.context.add_cookies([cookie])
    page.add_init_script(WATCH)
    return page


@pytest.fixture
def region(home) -> RegionPage:
    index = RegionIndexPage(title="Wilayah", slug="wilayah")
    home.add_child(instance=index)
    region = RegionPage(
        title="Tirta Asri", slug="tirta-asri", kind="regency", code="00.00",
        time_zone="Asia/Jakarta", summary="Rekaan.",
        body=[("paragraph", "<p>Teks.</p>")], sources=[],
    )  # fmt: skip
    index.add_child(instance=region)
    return region


@pytest.fixture
def regulation(db) -> Regulation:
    return Regulation.objects.create(
        key="rekaan", title="Rekaan", title_en="Invented", number="1", status="in_force",
        role="Contoh.", role_en="Example.", checked_on=date(2026, 3, 4), source="rekaan",
    )  # fmt: skip


SCREENS = [
    "/kelola/",
    "/kelola/pages/",
    "/kelola/pages/{region.pk}/edit/",
    "/kelola/pages/{region.pk}/history/",
    "/kelola/pages/add/content/articlepage/{home.pk}/",
    "/kelola/pages/{home.pk}/edit/",
    "/kelola/localize/submit/page/{region.pk}/",
    "/kelola/snippets/content/regulation/",
    "/kelola/snippets/content/regulation/edit/{regulation.pk}/",
    "/kelola/images/",
    "/kelola/images/add/",
    "/kelola/documents/",
    "/kelola/users/",
    "/kelola/groups/new/",
    "/kelola/account/",
    "/kelola/reports/site-history/",
]


@pytest.mark.django_db(transaction=True)
def test_the_admin_breaks_no_rule_of_the_policy(admin_page, live_server, home, region, regulation):
    broken = {}
    for screen in SCREENS:
        path = screen.format(home=home, region=region, regulation=regulation)
        answer = admin_page.goto(live_server.url + path, wait_until="networkidle")
        assert answer.status == 200, path
        if found := admin_page.evaluate("window.broken"):
            broken[path] = found

    assert broken == {}


@pytest.mark.django_db(transaction=True)
def test_the_editor_and_the_date_picker_work_under_the_policy(
    admin_page, live_server, region, regulation
):
    errors = []
    admin_page.on("pageerror", lambda error: errors.append(str(error)))

    admin_page.goto(f"{live_server.url}/kelola/pages/{region.pk}/edit/", wait_until="networkidle")
    text = admin_page.locator("[contenteditable=true]").first
    text.click()
    text.press_sequentially("Baru. ")
    assert "Baru." in text.inner_text()
    admin_page.locator(".c-sf-add-button").first.click()
    admin_page.locator(".w-combobox__option", has_text=IMAGE).first.click()
    admin_page.locator("[data-chooser-action-choose]:visible").first.click()
    admin_page.locator(".modal-dialog:visible input[name=q]").wait_for()
    assert admin_page.evaluate("window.broken") == []

    edit = f"/kelola/snippets/content/regulation/edit/{regulation.pk}/"
    admin_page.goto(live_server.url + edit, wait_until="networkidle")
    admin_page.locator("#id_checked_on").click()
    admin_page.locator(".xdsoft_datetimepicker:visible").wait_for()
    assert admin_page.evaluate("window.broken") == []
    assert errors == []


@pytest.mark.django_db(transaction=True)
def test_the_sign_in_page_works_on_a_small_phone(page, live_server, person, home):
    page.set_viewport_size({"width": 360, "height": 740})
    page.add_init_script(WATCH)
    page.goto(f"{live_server.url}/masuk/", wait_until="networkidle")
    show = page.locator("[data-show-password]")

    page.fill("#id_password", "rahasia sekali")
    show.click()
    assert page.get_attribute("#id_password", "type") == "text"
    assert show.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("window.broken") == []
