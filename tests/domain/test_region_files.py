"""Region packs as files: read with care, written the same each time, checked as a whole."""

import struct
from zipfile import ZIP_BZIP2, ZIP_LZMA

import pytest

from sandbox.domain.library.region_changes import differences
from sandbox.domain.library.region_files import (
    FILES,
    LARGEST,
    LARGEST_UNPACKED,
    read_region,
    write_region,
)
from tests.regions import (
    ASSETS,
    OFFICES,
    PLACES,
    SHIPPED,
    a_region,
    files_of,
    office,
    problems_in,
    problems_of,
    row_of,
    zipped,
)


def with_file(name, change):
    """Return a zip of the shipped region in which one file's text is changed."""
    files = files_of(a_region())
    files[name] = change(files[name].decode("utf-8-sig")).encode()
    return zipped(files)


# Out and in again


@pytest.mark.parametrize("code", SHIPPED)
def test_a_region_that_ships_is_sound_and_comes_back_from_its_file_as_it_is(code):
    content = a_region(code)

    raw = write_region(content)
    reading = read_region(raw)

    assert reading.content == content
    assert reading.problems == []
    assert problems_in(content) == []
    assert write_region(reading.content) == raw
    assert differences(content, reading.content) == []


def test_the_order_in_which_a_database_keeps_values_changes_no_byte():
    content = a_region()
    turned = {
        "region": dict(reversed(content["region"].items()))
        | {"words": dict(reversed(content["region"]["words"].items()))},
        **{
            table: [dict(reversed(row.items())) for row in content[table]]
            for table in ("offices", "places", "assets")
        },
    }
    assert write_region(turned) == write_region(content)


def test_what_spreadsheets_do_to_a_file_is_borne():
    content = a_region()
    files = files_of(content)
    files[OFFICES] = files[OFFICES].replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    files[PLACES] = files[PLACES].replace(b",", b";") + b";;;;\r\n;;;;\r\n"
    files["region.toml"] = b"\xef\xbb\xbf" + files["region.toml"]

    reading = read_region(zipped({f"tirta_asri/{name}": raw for name, raw in files.items()}))

    assert reading.problems == []
    assert reading.content == content


# Zips that are none, too large, or hold something else


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "zip"),
        (b"code,name\n1,2\n", "zip"),
        (b"PK\x05\x06" + b"\xff" * 18, "zip"),
        (b"\x00" * 5000, "zip"),
        (b"x" * (LARGEST + 1), "too_large"),
    ],
)
def test_what_is_no_zip_is_said_to_be_none(raw, code):
    assert problems_of(raw) == [("", 0, "", code)]


def test_a_zip_that_breaks_off_or_was_tampered_with_is_refused():
    raw = write_region(a_region())
    middle = len(raw) // 2
    assert problems_of(raw[:middle]) == [("", 0, "", "zip")]
    torn = raw[:200] + bytes(byte ^ 0x5A for byte in raw[200:260]) + raw[260:]
    assert problems_of(torn) == [("", 0, "", "zip")]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    files = files_of(a_region())
    bomb = zipped(files | {PLACES: b"0" * (LARGEST_UNPACKED + 1)})
    assert len(bomb) < LARGEST
    assert problems_of(bomb) == [("", 0, "", "unpacks")]


def test_a_zip_bomb_that_lies_about_its_size_is_refused_while_it_is_read():
    content = a_region()
    size = len(files_of(content)[PLACES])
    bomb = zipped(files_of(content) | {PLACES: b"0" * 20_000_000})
    lying = bomb.replace(struct.pack("<L", 20_000_000), struct.pack("<L", size))
    assert lying != bomb
    assert problems_of(lying) == [("", 0, "", "zip")]


def test_members_that_no_region_has_are_named_and_missing_ones_too():
    files = files_of(a_region()) | {"makro.xlsm": b"x", "../rahasia.txt": b"x"}
    del files[ASSETS]
    assert problems_of(zipped(files)) == [
        ("makro.xlsm", 0, "", "member"),
        ("../rahasia.txt", 0, "", "member"),
        (ASSETS, 0, "", "file_missing"),
    ]


def test_thousands_of_members_are_said_once():
    files = files_of(a_region()) | {f"{number}.csv": b"" for number in range(3000)}
    assert problems_of(zipped(files)) == [("", 0, "", "members")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_comes_twice_is_refused():
    files = list(files_of(a_region()).items())

    class Twice(dict):
        def items(self):
            return [*files, files[1]]

    assert problems_of(zipped(Twice())) == [(OFFICES, 0, "", "member_twice")]


@pytest.mark.parametrize("compression", [ZIP_BZIP2, ZIP_LZMA])
def test_rare_ways_of_packing_are_not_tried(compression):
    raw = zipped(files_of(a_region()), compression)
    assert problems_of(raw) == [(file, 0, "", "locked") for file in FILES]


# Files that cannot be read


@pytest.mark.parametrize(
    ("file", "raw", "problem"),
    [
        (PLACES, b"", (PLACES, 1, "", "empty_file")),
        (PLACES, b"code,kind\n\xff\xfe,x\n", (PLACES, 2, "", "encoding")),
        (PLACES, "code;kind".encode("utf-16"), (PLACES, 1, "", "encoding")),
        (PLACES, b'code,kind,parent,name,source\n"99.01,regency', (PLACES, 2, "", "csv")),
        (PLACES, b"code,kind,parent,name,source\n" + b"x" * 200_000, (PLACES, 2, "", "long_line")),
        (ASSETS, b"kind,name\n" + b"a,b\n" * 5001, (ASSETS, 5002, "", "rows")),
        ("region.toml", b"code = [", ("region.toml", 0, "", "toml")),
        ("region.toml", b'kind = "a"\nkind = "b"\n', ("region.toml", 2, "", "toml_at")),
        ("region.toml", b"\xff", ("region.toml", 0, "", "encoding")),
        ("region.toml", b"a = " + b"[" * 50_000, ("region.toml", 0, "", "too_deep")),
        ("region.toml", b"a" * 300_000, ("region.toml", 0, "", "large")),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_checked(file, raw, problem):
    content = a_region()
    content["offices"][4]["source"] = ""
    found = problems_of(zipped(files_of(content) | {file: raw}))

    assert problem in found
    assert (OFFICES, 6, "source", "no_source") in found
    assert {each[0] for each in found} <= {file, OFFICES}


def test_wrong_columns_are_named_one_by_one():
    found = problems_of(
        with_file(
            OFFICES,
            lambda text: text.replace("code,kind,", "kode,kind,").replace(
                "confidence,source", "source,source"
            ),
        )
    )
    assert found[:4] == [
        (OFFICES, 1, "kode", "column"),
        (OFFICES, 1, "source", "column_twice"),
        (OFFICES, 1, "code", "column_missing"),
        (OFFICES, 1, "confidence", "column_missing"),
    ]


def test_rows_with_too_many_or_too_few_cells_and_empty_rows_are_named_by_row():
    def change(text):
        lines = text.split("\r\n")
        return "\r\n".join(
            [*lines[:2], lines[2] + ",x", lines[3][: lines[3].rindex(",")], "", *lines[4:]]
        )

    found = problems_of(with_file(PLACES, change))

    assert (PLACES, 3, "", "cells") in found
    assert (PLACES, 4, "", "cells") in found
    assert (PLACES, 5, "", "blank") in found


def test_a_nul_byte_is_found_in_its_cell():
    raw = with_file(PLACES, lambda text: text.replace("Bumi Lirih", "Bumi\x00Lirih"))
    row = row_of(a_region(), "99.01.01.2003", "places")
    assert problems_of(raw) == [(PLACES, row, "name", "control")]


# Differences


def test_differences_name_rows_by_file_and_code():
    old, new = a_region(), a_region()
    office(new, "DISHUB")["name"] = "Dinas Perhubungan dan Parkir"
    gone = new["places"].pop()
    new["assets"].append({**new["assets"][0], "name": "Jambu Baru"})
    new["region"]["address"][0] += " timur"
    new["region"]["id"]["name"] = "Kabupaten Tirta"

    found = differences(old, new)

    assert [(each.file, each.kind) for each in found] == [
        ("region.toml", "added"),
        ("region.toml", "changed"),
        ("region.toml", "removed"),
        (OFFICES, "changed"),
        (PLACES, "removed"),
        (ASSETS, "added"),
    ]
    assert found[3].fields == (("name", "Dinas Perhubungan", "Dinas Perhubungan dan Parkir"),)
    assert found[4].code == gone["code"]
