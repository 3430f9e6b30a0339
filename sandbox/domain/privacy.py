"""Spotting real people's data in what a trainee types, so that it is refused at the door."""

import re
from enum import StrEnum

FICTION_DOMAIN = "contoh.test"


class PersonalData(StrEnum):
    """Kinds of personal data that have no place in the practice room."""

    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"


# A national identity number has 16 digits; people break it up with spaces, dots or dashes.
NATIONAL_ID = re.compile(r"(?<!\d)(?:\d[ .\-]?){15}\d(?!\d)")
PHONE = re.compile(r"(?<![\d.,])(?:\+?62|0)[ .\-]?8(?:[ .\-)]{0,2}\d){7,11}(?!\d)")
LANDLINE = re.compile(r"(?<![\d.,])\(?0\d{2,3}\)?[ .\-]\d{5,8}(?!\d)")
EMAIL = re.compile(r"[\w.+\-]+@([\w\-]+(?:\.[\w\-]+)+)")


def personal_data_in(text: str) -> set[PersonalData]:
    """Return the kinds of personal data that `text` seems to hold; our fiction's e-mail is fine."""
    found = set()
    if NATIONAL_ID.search(text):
        found.add(PersonalData.NATIONAL_ID)
    if PHONE.search(text) or LANDLINE.search(text):
        found.add(PersonalData.PHONE)
    if any(domain.lower() != FICTION_DOMAIN for domain in EMAIL.findall(text)):
        found.add(PersonalData.EMAIL)
    return found


# What could be somebody's. The practice room makes up data of a shape that nobody can have.
MOBILE = re.compile(r"(?<![\d.,])(?:\+?62[ .\-]?|0)8(?:[ .\-)]{0,2}\d)+")
SHORTEST_MOBILE, LONGEST_MOBILE = 9, 13  # digits without the country's code
FIRST_PROVINCE, LAST_PROVINCE = 11, 96
DAYS, MONTHS, WOMEN = 31, 12, 40  # a woman's day of birth is written with forty added


def possible_data_in(text: str) -> set[PersonalData]:
    """Return the kinds of data in `text` that a real person could have; invented ones are fine."""
    found = set()
    if any(map(is_possible_number, NATIONAL_ID.findall(text))):
        found.add(PersonalData.NATIONAL_ID)
    if any(map(is_possible_mobile, MOBILE.findall(text))) or LANDLINE.search(text):
        found.add(PersonalData.PHONE)
    if any(domain.lower() != FICTION_DOMAIN for domain in EMAIL.findall(text)):
        found.add(PersonalData.EMAIL)
    return found


def is_possible_number(written: str) -> bool:
    """Tell whether a national identity number names a province and a day of birth that exist."""
    digits = "".join(filter(str.isdigit, written))
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    day = day - WOMEN if day > WOMEN else day
    in_province = FIRST_PROVINCE <= province <= LAST_PROVINCE
    return in_province and 1 <= day <= DAYS and 1 <= month <= MONTHS


def is_possible_mobile(written: str) -> bool:
    digits = "".join(filter(str.isdigit, written))
    if digits.startswith("62"):
        digits = f"0{digits[2:]}"
    return SHORTEST_MOBILE <= len(digits) <= LONGEST_MOBILE
