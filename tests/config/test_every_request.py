import pytest
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from config.context_processors import site_shell
from config.middleware import personal_time_zone, public_cache
from learning.models import Learner


def number_of_queries(make) -> int:
    with CaptureQueriesContext(connection) as queries:
        make()
    return len(queries)


@pytest.fixture
def get(rf: RequestFactory):
    """Ask a view behind the page cache; `calls` counts how often it was really asked."""
    calls = []

    def ask(path="/tentang/", headers=None, cookies=None, method="get", **response_headers):
        def view(request):
            calls.append(request.path)
            response = HttpResponse("isi", headers={"Cache-Control": "public, max-age=0"})
            for name, value in response_headers.items():
                response[name.replace("_", "-")] = value
            return response

        request = getattr(rf, method)(path, headers=headers or {})
        request.COOKIES.update(cookies or {})
        return public_cache(view)(request)

    ask.calls = calls
    return ask


def test_a_public_page_is_made_once(get, db):
    first, second = get(), get()

    assert len(get.calls) == 1
    assert first.content == second.content == b"isi"
    assert number_of_queries(get) == 1


@pytest.mark.parametrize(
    "different",
    [
        {"path": "/en/tentang/"},
        {"path": "/tentang/?a=1"},
        {"headers": {"Host": "localhost"}},
        {"cookies": {"sessionid": "a"}},
        {"cookies": {"messages": "a"}},
        {"headers": {"HX-Request": "true"}},
        {"headers": {"Accept-Encoding": "gzip"}},
        {"method": "post"},
    ],
)
def test_a_different_request_is_answered_by_itself(get, db, different):
    get()
    get(**different)

    assert len(get.calls) == 2


def test_an_invented_port_makes_no_further_copy(get, db):
    for port in ("", ":80", ":8000", ":65000"):
        get(headers={"Host": f"testserver{port}"})

    assert len(get.calls) == 1


def test_whole_pages_lie_in_a_cache_of_their_own(get, db):
    get()
    caches["default"].clear()
    get()
    assert len(get.calls) == 1

    caches["pages"].clear()
    get()
    assert len(get.calls) == 2


@pytest.mark.parametrize(
    "private",
    [
        {"Cache_Control": "private"},
        {"Content_Security_Policy": "script-src 'self' 'nonce-abc'"},
        {"cookies": {"csrftoken": "a"}},
    ],
)
def test_what_belongs_to_one_reader_is_not_kept(get, db, private):
    get(**private)
    get()

    assert len(get.calls) == 2


def test_a_page_that_sets_a_cookie_is_not_kept(rf, db):
    made = []

    def view(request):
        made.append(1)
        response = HttpResponse("isi", headers={"Cache-Control": "public"})
        response.set_cookie("csrftoken", "a")
        return response

    for _ in range(2):
        public_cache(view)(rf.get("/"))

    assert len(made) == 2


def test_publishing_shows_at_once(get, article):
    get()
    article.save_revision().publish()
    get()

    assert len(get.calls) == 2


def test_a_browser_that_has_the_page_is_not_sent_it_again(get, db):
    tag = get()["ETag"]

    response = get(headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response.content == b""


def test_a_public_page_can_be_asked_for_by_head(get, db):
    get()
    assert get(method="head").status_code == 200
    assert len(get.calls) == 1


def test_a_person_with_their_learner_record_costs_one_statement(client, person):
    user = person("marlina", zone="Asia/Makassar")
    client.force_login(user)

    with CaptureQueriesContext(connection) as queries:
        client.get("/status/")

    about_people = [q["sql"] for q in queries if "auth_user" in q["sql"]]
    assert len(about_people) == 1
    assert "learning_learner" in about_people[0]
    assert len(queries) == 3  # session, person, the health page's own


def test_all_permissions_cost_one_statement(groups, person, django_assert_num_queries):
    trainer = person("tari", group="trainer")

    with django_assert_num_queries(1):
        assert trainer.has_perm("learning.view_progress")
        assert not trainer.has_perm("learning.view_programme")
        assert not trainer.has_perm("auth.add_user")


def test_a_closed_account_has_no_permission_and_no_session(client, groups, person):
    trainer = person("tari", group="trainer")
    client.force_login(trainer)
    trainer.is_active = False
    trainer.save()

    assert not trainer.has_perm("learning.view_progress")
    assert client.get("/akun/sandi/").status_code == 302


@pytest.mark.parametrize(
    ("zone", "expected"), [("Asia/Jayapura", "Asia/Jayapura"), ("", "Asia/Jakarta")]
)
def test_times_are_shown_in_the_learners_zone(rf, person, zone, expected):
    request = rf.get("/")
    request.user = person("yohanis", zone=zone)
    names = []

    personal_time_zone(lambda request: names.append(str(timezone.get_current_timezone())))(request)

    assert names == [expected]
    assert str(timezone.get_current_timezone()) == "Asia/Jakarta"


def shell(rf, path, user=None, **kwargs):
    request = rf.get(path)
    request.resolver_match = None
    if user:
        request.user = user
    return site_shell(request)


def test_the_shell_costs_nothing_until_it_is_used(rf, groups, person, django_assert_num_queries):
    user = person("tari", group="trainer")

    with django_assert_num_queries(0):
        shell(rf, "/", user)


def labels(links):
    return [link["label"] for link in links]


def test_each_role_has_its_own_links(rf, groups, person):
    public = labels(shell(rf, "/")["nav_links"])
    trainee = labels(shell(rf, "/", person("siti", group="trainee"))["nav_links"])
    trainer = labels(shell(rf, "/", person("tari", group="trainer"))["nav_links"])
    manager = labels(shell(rf, "/", person("mela", group="programme_manager"))["nav_links"])

    assert len(public) == 5
    assert len(trainee) == 4
    assert trainer[:4] == trainee
    assert len(trainer) == len(manager) == 5
    assert trainer[4] != manager[4]


def test_only_staff_have_a_link_to_the_admin(rf, groups, person):
    def urls(user):
        return [link["url"] for link in shell(rf, "/", user)["account_links"]]

    assert "/kelola/" in urls(person("tari", group="trainer"))
    assert "/kelola/" not in urls(person("siti", group="trainee"))


def test_the_present_place_is_marked(rf, db):
    links = shell(rf, "/kursus/k0/")["nav_links"]

    assert [link["url"] for link in links if link["current"]] == ["/kursus/"]


def test_a_page_links_to_its_translation(client, home, article):
    english = article.get_parent().copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    translated = article.copy_for_translation(Locale.objects.get(language_code="en"))
    translated.slug = "about"
    translated.save_revision().publish()

    links = client.get("/tentang/").context["language_links"]

    assert {link["code"]: link["url"] for link in links} == {"id": "/tentang/", "en": "/en/about/"}


def test_a_page_without_translation_links_to_itself(client, article):
    links = client.get("/tentang/").context["language_links"]

    assert {link["url"] for link in links} == {"/tentang/"}


def test_other_pages_link_to_the_same_page_in_the_other_language(client, db):
    links = client.get("/en/masuk/").context["language_links"]

    assert {link["code"]: link["url"] for link in links} == {"id": "/masuk/", "en": "/en/masuk/"}


def test_the_footer_names_the_pages_that_ask_for_it(client, article):
    context = client.get("/masuk/").context

    assert list(context["site_footer_links"]) == [
        {"label": "Tentang situs ini", "url": "/tentang/"}
    ]


def test_a_missing_page_has_the_whole_frame(client, person, home):
    client.force_login(person("siti", zone="Asia/Jakarta"))

    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert "Siti" in response.content.decode()
    assert Learner.objects.count() == 1


def test_the_second_reader_of_a_public_page_costs_one_statement(
    client, article, django_assert_num_queries
):
    first = client.get("/tentang/")

    with django_assert_num_queries(1):
        second = client.get("/tentang/")

    assert second.content == first.content
    assert "Isi halaman" in second.content.decode()
    assert not second.cookies
