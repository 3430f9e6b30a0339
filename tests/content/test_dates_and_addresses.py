"""The rules of content that need no database."""

from datetime import date

import pytest

from content.domain import (
    LibraryError,
    Opening,
    channel_link,
    check_keys,
    is_open,
    oldest_trusted_check,
    opening,
)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 31), Opening.UPCOMING),
        (date(2026, 11, 1), Opening.OPEN),
        (date(2026, 11, 30), Opening.OPEN),
        (date(2026, 12, 1), Opening.ENDED),
    ],
)
def test_a_campaign_is_open_from_its_first_to_its_last_day(today, expected):
    first, last = date(2026, 11, 1), date(2026, 11, 30)

    assert opening(first, last, today) is expected
    assert is_open(first, last, today) is (expected is Opening.OPEN)


def test_a_campaign_without_an_end_stays_open():
    assert is_open(date(2026, 11, 1), None, date(2999, 1, 1))


def test_a_check_counts_for_ninety_days():
    assert oldest_trusted_check(date(2026, 4, 1)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("kind", "address", "link"),
    [
        ("web", "lapor.go.id", "https://lapor.go.id/"),
        ("web", "javascript:alert(1)", ""),
        ("web", "lapor.go.id/../x y", ""),
        ("phone", "112", "tel:112"),
        ("sms", "1708", "sms:1708"),
        ("phone", "112; drop", ""),
        ("app", "Google Play: SP4N LAPOR!", ""),
    ],
)
def test_only_a_plain_address_becomes_a_link(kind, address, link):
    assert channel_link(kind, address) == link


def test_a_table_holds_just_the_keys_it_may():
    check_keys({"a": 1, "b": 2}, required={"a"}, optional={"b"}, where="file")
    with pytest.raises(LibraryError, match="file: unknown key “c”"):
        check_keys({"a": 1, "c": 2}, required={"a"}, where="file")
    with pytest.raises(LibraryError, match="file: key “a” is missing"):
        check_keys({}, required={"a"}, where="file")
