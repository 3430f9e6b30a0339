"""Spotting real people's data in what people type, so that it is refused at the door.

What nobody can have is fine: the practice room makes up identity numbers of a province 99,
telephones with too many digits, and addresses at `contoh.test`.
"""

import re
import unicodedata
from enum import StrEnum

FICTION_DOMAIN = "contoh.test"


class PersonalData(StrEnum):
    """Kinds of personal data that have no place in the practice room."""

    NATIONAL_ID = "national_id"
    PHONE = "phone"
    EMAIL = "email"


UNSEEN = ("Cf", "Mn", "Me")  # zero-width characters, soft hyphens, marks laid over a digit
DIGIT_WORDS = {
    word: str(digit)
    for words in (
        "nol satu dua tiga empat lima enam tujuh delapan sembilan",
        "zero one two three four five six seven eight nine",
    )
    for digit, word in enumerate(words.split())
} | {"kosong": "0"}
DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(DIGIT_WORDS)})\b")
SPELLED_OUT = re.compile(rf"(?:{DIGIT_WORD.pattern}[\W_]{{1,9}}){{8}}{DIGIT_WORD.pattern}")
LIKE_DIGITS = re.compile(r"\b(?=[oli]*+\d)[\doli]++\b")
AS_DIGITS = str.maketrans("oli", "011")

# Everything that may stand between the digits of one number; commas stand between numbers.
BETWEEN = r"(?:[^\w,;:!?%@#]|_)"
NUMBER = re.compile(rf"\d(?:{BETWEEN}*+\d)*+")
GAP = re.compile(rf"{BETWEEN}++")
AMOUNT = re.compile(r"\b(?:rp|idr)[. ]{0,3}[1-9](?:\d{0,2}(?:\.\d{3})++|\d{0,14})(?!\.?\d)")
DOTTED_AMOUNT = r"(?!62\.8)[1-9]\d{0,2}(?:\.\d{3}){1,4}"
DATE = r"(?:\d{1,2}([-/.])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)"
TIME = r"(?:[01]\d|2[0-4])\.[0-5]\d"
TIMES = rf"{TIME}(?:\W{{1,3}}{TIME})?"
HARMLESS = re.compile(
    rf"{DOTTED_AMOUNT}|{DATE}(?:\W{{1,3}}{TIMES})?|{TIME}\W{{1,3}}{TIME}(?:\W{{1,3}}{TIMES})*"
)
FICTION_PHONE = re.compile(r"(?<!\d)(?:62 ?|0)810 ?0000 ?0000 ?\d{3}(?!\d)")

# Below, every gap within a number has become one of " ./+".
MAYBE = r"[ ./+]?"
NATIONAL_ID = re.compile(rf"(?<!\d)(?=((?:\d{MAYBE}){{15}}\d)(?!\d))")
NAMED_ID = re.compile(rf"\b(?:nik|ktp|kk)(?=[\W\d_])\D{{0,20}}(?!99)(?:\d{MAYBE}){{12}}")
ABROAD = rf"(?:0{MAYBE}0{MAYBE})?6{MAYBE}2{MAYBE}"
MOBILE = re.compile(
    rf"(?<!\d)(?:{ABROAD}(?:0{MAYBE})?|0{MAYBE})8{MAYBE}[1-9](?:{MAYBE}\d){{6,10}}(?!\d)"
)
MOBILE_WITHOUT_ZERO = re.compile(r"(?<![\d.])8[1-9]\d ?\d{3,4} ?\d{4,5}(?!\d)")
LANDLINE = re.compile(r"(?:(?<!\d)0|\+62[ .]?(?:0[ .]?)?)[ .]?[2-79](?:[ .]?\d){7,10}(?!\d)")
AREA_AND_NUMBER = re.compile(r"(?<!\d)0[2-79]\d{1,2}/\d{5,8}(?![ ./]?\d)")
PHONES = (MOBILE, MOBILE_WITHOUT_ZERO, LANDLINE, AREA_AND_NUMBER)
FIRST_PROVINCE, LAST_PROVINCE = 11, 97
DAYS, MONTHS, WOMEN = 31, 12, 40  # a woman's day of birth is written with forty added

AT = re.compile(r"[ \t]{0,3}(?:@|[(\[{] ?at ?[)\]}])[ \t]{0,3}")
DOT = re.compile(r" ?[(\[{] ?(?:dot|titik) ?[)\]}] ?")
EMAIL = re.compile(r"(?<=[\w.+\-])@([\w\-]+(?:\.[\w\-]+)+)")


def personal_data_in(text: str) -> set[PersonalData]:
    """Return the kinds of data in `text` that a real person could have."""
    shown = as_shown(text)
    numbers = numbers_in(shown)
    found = set()
    if NAMED_ID.search(numbers) or any(map(is_possible_id, NATIONAL_ID.findall(numbers))):
        found.add(PersonalData.NATIONAL_ID)
    if any(phone.search(numbers) for phone in PHONES) or SPELLED_OUT.search(shown):
        found.add(PersonalData.PHONE)
    domains = EMAIL.findall(DOT.sub(".", AT.sub("@", shown)))
    if any(domain != FICTION_DOMAIN for domain in domains):
        found.add(PersonalData.EMAIL)
    return found


def as_shown(text: str) -> str:
    """Return a text as people see it, in the plainest small characters that look so."""
    if text.isascii():
        return text.lower()
    seen = (
        character
        for character in unicodedata.normalize("NFKC", text).lower()
        if unicodedata.category(character) not in UNSEEN
    )
    return "".join(str(unicodedata.digit(character, character)) for character in seen)


def numbers_in(text: str) -> str:
    """Return a text with one sign for each gap in a number, and without amounts and dates."""
    text = DIGIT_WORD.sub(lambda word: DIGIT_WORDS[word[0]], text)
    text = LIKE_DIGITS.sub(lambda word: word[0].translate(AS_DIGITS), text)
    text = re.sub(r"(?<=\d):(?=\d)", ".", text)
    return FICTION_PHONE.sub("", NUMBER.sub(evened, AMOUNT.sub("", text)))


def evened(number: re.Match[str]) -> str:
    if HARMLESS.fullmatch(number[0]):
        return ""
    return GAP.sub(gap_of, number[0])


def gap_of(gap: re.Match[str]) -> str:
    """Return what stands for a gap: some kinds of number are written with some gaps only."""
    return next((sign for sign in "+/" if sign in gap[0]), "." if gap[0] == "." else " ")


def is_possible_id(written: str) -> bool:
    """Tell whether a national identity number names a province and a day of birth that exist."""
    digits = "".join(filter(str.isdigit, written))
    province, day, month = int(digits[:2]), int(digits[6:8]), int(digits[8:10])
    day = day - WOMEN if day > WOMEN else day
    in_province = FIRST_PROVINCE <= province <= LAST_PROVINCE
    return in_province and 1 <= day <= DAYS and 1 <= month <= MONTHS
