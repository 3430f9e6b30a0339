"""Every address sends a stranger to the sign-in page, except the few that are named here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

# Views that decide by what they show: a page by `is_public`, a document by its collection.
DECIDE_THEMSELVES = {"wagtail_serve", "wagtaildocs_serve"}
PUBLIC = {
    # coming in and going out
    "/kelola/login/",
    "/kelola/logout/",
    "/kelola/password_reset/",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    # anyone may check a certificate
    "certificates:check",
    "certificates:verify",
    # the catalogue; lessons are for the enrolled
    "learning:courses",
    "learning:course",
    "pictures",
    # what machines ask for
    "content:sitemap",
    "content:robots",
    "status",
    # where readers of a sensitive campaign get to when they must leave it
    "content:calendar",
    # Wagtail's own doors, which lead to ours
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
}
SAMPLES = {"int": "1", "slug": "a", "str": "a", "path": "a", "uuid": f"{0:032}"}
SAMPLES_IN_REGEX = ("1", "a", "a/a")
SIGN_IN = "/masuk/"


def addresses(patterns: list, prefix: str = "/", names: tuple = ()) -> Iterator[tuple[str, str]]:
    """Yield the name and one possible address of every view."""
    for entry in patterns:
        candidates = [prefix + sample for sample in samples(entry.pattern)]
        if isinstance(entry, URLPattern):
            address = next((a for a in candidates if leads_to(a, entry)), candidates[0])
            yield ":".join((*names, entry.name or address)), address
        else:
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from addresses(entry.url_patterns, candidates[0], inner)


def samples(pattern: RoutePattern | RegexPattern) -> list[str]:
    if isinstance(pattern, RoutePattern):
        parts = r"<(?:(?P<kind>\w+):)?\w+>"
        return [re.sub(parts, lambda part: SAMPLES.get(part["kind"] or "str", "a"), str(pattern))]
    if isinstance(pattern, RegexPattern):
        text, names = normalize(str(pattern))[0]
        return [text % dict.fromkeys(names, sample) for sample in SAMPLES_IN_REGEX]
    return [str(pattern)]  # the language prefix


def leads_to(address: str, entry: URLPattern) -> bool:
    try:
        return resolve(address).func is entry.callback
    except Resolver404:
        return False


ADDRESSES = list(addresses(get_resolver().url_patterns))


def is_public(name: str) -> bool:
    return name in PUBLIC | DECIDE_THEMSELVES


def test_there_are_addresses_to_try():
    assert len(ADDRESSES) > 100
    assert len([name for name, _ in ADDRESSES if name.startswith("sandbox:")]) > 5


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in(method):
    stranger = Client()
    let_in = {}
    for name, address in ADDRESSES:
        if not is_public(name):
            response = getattr(stranger, method)(address, follow=True)
            arrived_at = response.request["PATH_INFO"]
            if not response.redirect_chain or arrived_at != SIGN_IN:
                let_in[name, address] = (response.status_code, arrived_at)
    assert let_in == {}


def test_every_exception_is_still_needed():
    """A name that no address has any more would open the next one that takes it."""
    assert PUBLIC - {name for name, _ in ADDRESSES} == set()
