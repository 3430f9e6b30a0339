from tests.config.test_content_policy import *
def test_dbg(admin_page, live_server, region):
    admin_page.goto(f"{live_server.url}/kelola/pages/{region.pk}/edit/", wait_until="networkidle")
    print([ (b.get_attribute("aria-label"), b.is_visible()) for b in admin_page.locator(".c-sf-add-button").all()])
    print(admin_page.locator("section[id^=panel]").evaluate_all("e=>e.map(x=>x.id)"))
    admin_page.locator(".c-sf-add-button").first.click(); admin_page.wait_for_timeout(800)
    print(admin_page.locator("[class*=combobox]").evaluate_all("e=>e.map(x=>x.className+'|'+x.innerText.slice(0,60))"))
test_dbg = pytest.mark.django_db(transaction=True)(test_dbg)
