"""Fifty ways to break a good exercise, each with the place that its report must name."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.sandbox.parts import Parts

INTAKE, UNIT, FIRST = "meja-instansi", "meja-penghubung", "l1"
SUPERVISOR, EXAM = "meja-pengawas", "ujian-penghubung"


# The exercise


def a_start_on_a_sunday(parts):
    parts.scenario["starts_at"] += timedelta(days=4)


def a_start_on_a_holiday(parts):
    holiday = min(
        day
        for day in parts.calendar.holidays
        if day > parts.scenario["starts_at"].date() and day.weekday() < 5
    )
    parts.scenario["starts_at"] += holiday - parts.scenario["starts_at"].date()


def a_start_at_night(parts):
    parts.scenario["starts_at"] = parts.scenario["starts_at"].replace(hour=21)


def a_start_before_the_calendar(parts):
    parts.scenario["starts_at"] = parts.scenario["starts_at"].replace(year=1999)


def limits_beyond_the_calendar(parts):
    parts.scenario["starts_at"] = parts.scenario["starts_at"].replace(year=2027, month=12, day=1)


def a_unit_that_does_not_exist(parts):
    parts.scenario["office"] = "DINAS_BULAN"


def a_unit_whose_time_is_over(parts):
    parts.office("DLH")["valid_to"] = "2025-12-31"


def a_unit_at_a_desk_that_has_none(parts):
    parts.scenario["office"] = "DLH"


def an_unknown_role(parts):
    parts.scenario["role"] = "mayor"


def an_unknown_mode(parts):
    parts.scenario["mode"] = "game"


def an_unknown_zone(parts):
    parts.scenario["zone"] = "Asia/Bulan"


def nothing_for_a_trainer_to_mark(parts):
    parts.scenario["needs_marking"] = True


def english_missing(parts):
    parts.scenario["title_en"] = " "


def a_title_too_long_for_its_column(parts):
    parts.scenario["title"] = "Latihan " * 20


def an_unreadable_goal(parts):
    parts.scenario["goal"] = " ".join(["Pertanggungjawaban penyelenggaraan"] * 20) + "."


def a_group_that_nobody_is_in(parts):
    parts.scenario["composition"]["hadiah"] = 1


def more_cases_than_families(parts):
    parts.scenario |= {"composition": {"hold": 12}, "arrive_later": 0}


def weights_of_groups_that_do_not_share_evenly(parts):
    parts.scenario["composition"] = {"dispose": 5, "supervisory": 2}


def families_that_come_again(parts):
    few = ("tps-meluap", "usul-pojok-pilah", "bakar-sampah-tps", "tanya-bank-sampah")
    parts.families = {code: parts.families[code] for code in (*few, "lampu-di-antara-pohon")}
    parts.scenario["families"] = list(parts.families)


def passed_at_nothing(parts):
    parts.scenario["pass_percent"] = 0


def passed_by_nobody(parts):
    parts.scenario["pass_percent"] = 100


def too_little_time(parts):
    parts.scenario["minutes"] = 1


def an_unknown_character(parts):
    parts.scenario["personas"] = ["raja"]


def weights_that_do_not_sum(parts):
    parts.scenario["weights"] = {"routing": 50, "time": 30}


def an_inject_of_no_kind(parts):
    parts.scenario["injects"] = [{"after": 1, "kind": "gempa"}]


def a_family_that_does_not_exist(parts):
    parts.scenario["families"].append("tidak-ada")


# Case families


def no_accepted_route(parts):
    family = parts.families["tps-meluap"]
    family["key"].pop("route", None)
    family.pop("row", None)


def an_unknown_duty(parts):
    parts.families["tps-meluap"]["key"]["route"] = [
        {"duty": "ANTARIKSA", "share": 1.0, "why_id": "Begitu.", "why_en": "So."}
    ]


def an_unknown_row(parts):
    parts.families["tps-meluap"]["row"] = 4711


def an_unknown_class(parts):
    parts.families["tps-meluap"]["key"]["class"] = "gossip"


def an_unknown_category(parts):
    parts.families["tps-meluap"]["key"]["category"] = "Antariksa"


def an_unknown_reason_for_archiving(parts):
    parts.families["minta-batalkan-putusan"]["key"]["archive"]["reason"] = "bored"


def a_question_nobody_can_ask(parts):
    parts.families["jalan-rusak-tanpa-tempat"]["key"]["hold"]["missing"] = "hope"


def a_hold_that_says_the_place(parts):
    parts.families["jalan-rusak-tanpa-tempat"]["telling"][0]["text"] += " Tempatnya di {where}."


def duplicates_without_a_telling_of_their_own(parts):
    family = parts.families["lampu-padam-tiga-pelapor"]
    family["telling"] = family["telling"][:1]


def a_real_looking_identity_number(parts):
    parts.families["tps-meluap"]["telling"][0]["text"] += " NIK saya 3578014506900001."


def a_phone_number(parts):
    parts.families["tps-meluap"]["telling"][0]["text"] += " Hubungi 0812 3456 7890."


def an_address_for_mail_in_a_draft(parts):
    parts.families["tps-meluap"]["draft"][0]["text"] += " Tulis ke dinas@surat.go.id."


def an_open_slot_in_a_telling(parts):
    parts.families["tps-meluap"]["telling"][0]["text"] += " Katanya {siapa_saja}."


def an_open_slot_in_an_explanation(parts):
    parts.families["tps-meluap"]["key"]["debrief"]["id"] += " Lihat {entah}."


def an_explanation_without_english(parts):
    parts.families["tps-meluap"]["key"]["debrief"]["en"] = ""


def an_endless_explanation(parts):
    parts.families["tps-meluap"]["key"]["debrief"]["id"] = "Petugas membaca laporan ini " * 9 + "."


def a_duty_that_nobody_carries(parts):
    for row in parts.region["offices"]:
        row["duties"] = " ".join(duty for duty in row["duties"].split() if duty != "DLH")


def a_good_answer_that_is_empty(parts):
    for family in parts.families.values():
        for draft in family.get("draft", ()):
            if draft["flaw"] == "none":
                draft["text"] = "Akan kami koordinasikan. " * 8


# Rule pack, region, people


def an_expectation_nobody_can_meet(parts):
    parts.rules["expectation"].append(added("mustahil", kind="must", actions=["note"], points=3))


def an_expectation_met_by_doing_nothing(parts):
    fields = {"choice": "mood", "path": "class", "also": "answer.words"}
    parts.rules["expectation"].append(
        added("hadiah", kind="any_of", actions=["note"], points=3, **fields)
    )
    for family in parts.families.values():
        family.get("answer", {"words": []})["words"].append("")


def points_for_filing_away(parts):
    for table in parts.rules["expectation"]:
        if table["code"] == "decision" and "archive" in table["points"]:
            table["points"] = {"dispose": 1, "archive": 200}


def no_limit_for_a_step(parts):
    limits = parts.rules["time_limit"]
    parts.rules["time_limit"] = [limit for limit in limits if limit["step"] != "verify"]


def a_limit_on_a_free_day(parts):
    for limit in parts.rules["time_limit"]:
        limit["unit"] = "calendar_day"


def a_telephone_in_the_region(parts):
    parts.region["assets"][0]["note"] = "Telepon 0812-9876-5432."


def a_region_without_a_government(parts):
    parts.office("TIRTA_ASRI")["valid_from"] = "2030-01-01"


def a_supervisor_without_people(parts):
    parts.region["region"]["officer"] = parts.region["region"]["officer"][:1]


def a_character_without_lines(parts):
    first, *others = parts.cast.personas
    parts.cast = replace(parts.cast, personas=(replace(first, tone="sarcastic"), *others))


def added(code: str, **values: Any) -> Mapping[str, Any]:
    """Return an expectation of agency admins as a pack's file would hold it."""
    sentences = {
        f"{name}_{language}": "Catat apa yang Anda lakukan."
        for name in ("rule", "better")
        for language in ("id", "en")
    }
    wanted = {"code": code, "roles": ["agency_admin"], "criterion": "quality", "source": "Rekaan"}
    return {**wanted, **sentences, **values}


Break = Callable[[Parts], None]
# The exercise, what is done to it, and the place and code that the report must name.
BREAKS: tuple[tuple[str, Break, str, str], ...] = (
    (INTAKE, a_start_on_a_sunday, "starts_at", "not_a_working_day"),
    (INTAKE, a_start_on_a_holiday, "starts_at", "not_a_working_day"),
    (INTAKE, a_start_at_night, "starts_at", "outside_hours"),
    (INTAKE, a_start_before_the_calendar, "starts_at", "outside_calendar"),
    (INTAKE, limits_beyond_the_calendar, "starts_at", "limits_outside_calendar"),
    (UNIT, a_unit_that_does_not_exist, "office", "no_such_unit"),
    (UNIT, a_unit_whose_time_is_over, "office", "unit_not_then"),
    (INTAKE, a_unit_at_a_desk_that_has_none, "office", "needless_unit"),
    (INTAKE, an_unknown_role, "role", "unknown_value"),
    (INTAKE, an_unknown_mode, "mode", "unknown_value"),
    (INTAKE, an_unknown_zone, "zone", "unknown_value"),
    (INTAKE, nothing_for_a_trainer_to_mark, "needs_marking", "nothing_to_mark"),
    (UNIT, english_missing, "title_en", "language_missing"),
    (UNIT, a_title_too_long_for_its_column, "title", "too_long"),
    (UNIT, an_unreadable_goal, "goal", "long_sentence"),
    (INTAKE, a_group_that_nobody_is_in, "composition.hadiah", "absent_group"),
    (INTAKE, more_cases_than_families, "composition.hold", "too_few_families"),
    (FIRST, weights_of_groups_that_do_not_share_evenly, "composition.dispose", "uneven"),
    (UNIT, families_that_come_again, "composition.ours", "comes_again"),
    (UNIT, passed_at_nothing, "pass_percent", "pass_out_of_range"),
    (UNIT, passed_by_nobody, "pass_percent", "pass_out_of_range"),
    (UNIT, too_little_time, "minutes", "too_little_time"),
    (UNIT, an_unknown_character, "personas.raja", "unknown_persona"),
    (UNIT, weights_that_do_not_sum, "weights", "weights_sum"),
    (UNIT, an_inject_of_no_kind, "injects[1].kind", "wrong_field"),
    (INTAKE, a_family_that_does_not_exist, "families.tidak-ada", "no_such_family"),
    (INTAKE, no_accepted_route, "families.tps-meluap.key.route", "no_route"),
    (INTAKE, an_unknown_duty, "families.tps-meluap.key.route", "unknown_duty"),
    (INTAKE, an_unknown_row, "families.tps-meluap.row", "unknown_row"),
    (INTAKE, an_unknown_class, "families.tps-meluap", "unknown_class"),
    (INTAKE, an_unknown_category, "families.tps-meluap", "unknown_categories"),
    (
        INTAKE,
        an_unknown_reason_for_archiving,
        "families.minta-batalkan-putusan",
        "unknown_archive_reason",
    ),
    (
        INTAKE,
        a_question_nobody_can_ask,
        "families.jalan-rusak-tanpa-tempat.key.hold",
        "unknown_missing",
    ),
    (
        INTAKE,
        a_hold_that_says_the_place,
        "families.jalan-rusak-tanpa-tempat.telling[1].text",
        "hold_says_it",
    ),
    (
        INTAKE,
        duplicates_without_a_telling_of_their_own,
        "families.lampu-padam-tiga-pelapor.copies",
        "copies_without_tellings",
    ),
    (
        UNIT,
        a_real_looking_identity_number,
        "families.tps-meluap.telling[1].text",
        "personal_data",
    ),
    (UNIT, a_phone_number, "families.tps-meluap.telling[1].text", "personal_data"),
    (UNIT, an_address_for_mail_in_a_draft, "families.tps-meluap.draft[1].text", "personal_data"),
    (UNIT, an_open_slot_in_a_telling, "families.tps-meluap.telling[1].text", "open_slot"),
    (UNIT, an_open_slot_in_an_explanation, "families.tps-meluap.key.debrief.id", "open_slot"),
    (UNIT, an_explanation_without_english, "families.tps-meluap.key.debrief", "language_missing"),
    (UNIT, an_endless_explanation, "families.tps-meluap.key.debrief.id", "long_sentence"),
    (INTAKE, a_duty_that_nobody_carries, "families.tps-meluap", "nobody_carries"),
    (UNIT, a_good_answer_that_is_empty, "expert", "expert_low"),
    (INTAKE, an_expectation_nobody_can_meet, "rules.expectation.mustahil", "never_met"),
    (INTAKE, an_expectation_met_by_doing_nothing, "rules.expectation.hadiah", "met_by_nothing"),
    (FIRST, points_for_filing_away, "composition", "minimal_high"),
    (UNIT, no_limit_for_a_step, "rules.time_limit", "pack_nothing_for"),
    (INTAKE, a_limit_on_a_free_day, "families.", "limit_on_a_free_day"),
    (UNIT, a_telephone_in_the_region, "region.assets[1].note", "personal_data"),
    (INTAKE, a_region_without_a_government, "region", "no_home"),
    (SUPERVISOR, a_supervisor_without_people, "region", "too_few_officers"),
    (UNIT, a_character_without_lines, "people.persona.", "persona_without_lines"),
)
