"""How a typed code is read, and when a certificate ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.domain import (
    ALPHABET,
    Standing,
    add_months,
    grouped,
    normalized_code,
    standing,
)

CODE = "XFTVJCNMDJ13K1Z69BE31XR8HX"


@pytest.mark.parametrize(
    "typed",
    [
        "XFTV-JCNM-DJ13-K1Z6-9BE3-1XR8-HX",
        "xftv jcnm dj13 k1z6 9be3 1xr8 hx",
        "  XFTVJCNMDJl3KIZ69BE3iXR8HX\n",
        "XFTV–JCNM–DJ13–K1Z6–9BE3–1XR8–HX",
        "\x00XFTVJCNMDJ13K1Z69BE31XR8HX\x00",
        f"https://latih.contoh.test/verifikasi/{CODE}/",
        f" http://127.0.0.1:8000/en/verifikasi/{CODE}/\n",
        f"latih.contoh.test/verifikasi/{CODE.lower()}",
        f"/verifikasi/{CODE}/",
    ],
    ids=["as printed", "small with spaces", "look-alikes", "typographic dashes", "with NUL",
         "address", "English address", "address without its scheme", "path"],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed):
    assert normalized_code(typed) == CODE


@given(st.text(alphabet=ALPHABET, min_size=26, max_size=26))
def test_what_is_printed_is_read_back(code):
    assert normalized_code(grouped(code)) == code


@given(st.text())
def test_whatever_is_typed_becomes_plain_letters_and_digits(typed):
    code = normalized_code(typed)
    assert not code or (code.isascii() and code.isalnum())
    assert normalized_code(code) == code


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 21), 24, date(2028, 11, 21)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, later):
    assert add_months(day, months) == later


def test_a_certificate_is_valid_on_its_last_day_and_not_on_the_next():
    last = date(2028, 11, 21)
    assert standing(revoked=False, expires_on=last, today=last) is Standing.VALID
    assert standing(revoked=False, expires_on=last, today=date(2028, 11, 22)) is Standing.EXPIRED
    assert standing(revoked=True, expires_on=last, today=date(2028, 11, 22)) is Standing.REVOKED
