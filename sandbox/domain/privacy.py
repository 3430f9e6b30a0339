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
