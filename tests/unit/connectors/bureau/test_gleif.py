"""LEI records are read as published, one by one, and hostile files are refused."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xindun.connectors.bureau import gleif
from xindun.connectors.bureau.gleif import LeiRecord, RejectedRecord, Relationship
from xindun.connectors.bureau.register_files import register_link
from xindun.connectors.bureau.streams import (
    BLOCK,
    ITEM_CHARS,
    ReportBroken,
    ReportItemTooLarge,
    ReportWithoutRecords,
    parsed,
)

Make = Callable[..., Any]


def read(content: bytes) -> list[LeiRecord | RejectedRecord]:
    return list(gleif.lei_records(io.BytesIO(content), shown="copy.json"))


def test_a_record_is_read_with_its_names_addresses_and_days(make_level_1: Make) -> None:
    content = "\ufeff" + json.dumps({"records": [make_level_1()]})
    (record,) = read(content.encode())
    assert isinstance(record, LeiRecord)
    assert record.name == "Synthetic Muster GmbH"
    assert record.other_names == (gleif.OtherName("Alte Muster GmbH", "PREVIOUS_LEGAL_NAME", "de"),)
    assert record.legal_address == gleif.Address(
        ("Musterweg 1", "Hinterhaus"), "Musterstadt", "DE-BE", "10000", "DE"
    )
    assert (record.legal_form, record.legal_form_text) == ("2HBR", "")
    assert (record.authority, record.authority_key) == ("RA000242", "HRB 1")
    assert (record.status, record.registration_status) == ("ACTIVE", "ISSUED")
    assert record.created_on == date(2001, 2, 3)
    assert record.updated_on == date(2024, 5, 4)


def test_a_form_that_has_no_code_stands_as_text(make_level_1: Make) -> None:
    form = {"EntityLegalFormCode": {"$": "8888"}, "OtherLegalForm": {"$": "guild"}}
    record = gleif.lei_record(make_level_1(LegalForm=form))
    assert isinstance(record, LeiRecord)
    assert (record.legal_form, record.legal_form_text) == ("", "guild")


def test_records_that_cannot_be_used_are_named_and_the_rest_is_read(make_level_1: Make) -> None:
    wrong_digits = make_level_1()
    wrong_digits["LEI"]["$"] = "00000000000000000100"
    nameless = make_level_1(2, LegalName={})
    rows = read(json.dumps({"records": [7, wrong_digits, nameless, make_level_1(3)]}).encode())
    assert [row.why for row in rows if isinstance(row, RejectedRecord)] == [
        "no_record",
        "bad_lei",
        "no_name",
    ]
    assert isinstance(rows[3], LeiRecord)


def test_a_relationship_has_its_own_period_and_share(make_level_2: Make, make_lei: Make) -> None:
    content = json.dumps({"relations": [make_level_2(1, 2)]}).encode()
    (found,) = gleif.relationships(io.BytesIO(content), shown="rr.json")
    assert found == Relationship(
        child=make_lei(1),
        parent=make_lei(2),
        kind="IS_DIRECTLY_CONSOLIDATED_BY",
        status="ACTIVE",
        starts_on=date(2015, 6, 1),
        ends_on=None,
        percent="75.00",
        updated_on=date(2024, 5, 4),
    )
    assert register_link(found).ends_on is None
    inactive = replace(found, status="INACTIVE")
    assert register_link(inactive).ends_on == date(2024, 5, 4)
    ended = replace(inactive, ends_on=date(2023, 12, 31))
    assert register_link(ended).ends_on == date(2023, 12, 31)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"records": [{"LEI": {"$": "x"}}',
        b'{"records" [1]}',
        b"<html></html>",
        b'{"records": [{"LEI": {"$": "\xff\xfe"}}]}',
        '{"records": []}'.encode("utf-16"),
        b'{"records": [' + b"9" * 10_000 + b"]}",
        b'{"records": [' + b"[" * 200_000,
        b'{"records": [NaN]}',
    ],
    ids=["empty", "cut", "no colon", "html", "bytes", "utf-16", "endless number", "nested", "nan"],
)
def test_what_is_no_json_is_refused_with_its_place(content: bytes) -> None:
    with pytest.raises(ReportBroken, match=r"copy\.json is no complete JSON"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        b'{"records": [{"LEI": {"$": "' + b"x" * (3 * ITEM_CHARS),
        b'{"other": [' + b"1," * (2 * ITEM_CHARS),
    ],
    ids=["one text", "another list"],
)
def test_what_only_fills_the_memory_is_refused_early(content: bytes) -> None:
    file = io.BytesIO(content)
    with pytest.raises(ReportItemTooLarge, match=r"more than 1048576 characters"):
        list(gleif.lei_records(file, shown="copy.json"))
    assert file.tell() <= ITEM_CHARS + 2 * BLOCK


def test_a_file_of_something_else_is_told_apart() -> None:
    with pytest.raises(ReportWithoutRecords, match=r"no list of records"):
        read(b'{"relations": [1, 2], "meta": {}}')


def test_records_are_read_whole_wherever_the_blocks_end(make_level_1: Make) -> None:
    many = [make_level_1(number) for number in range(300)]
    rows = read(json.dumps({"meta": [1], "records": many}, indent=1, ensure_ascii=False).encode())
    assert len(rows) == 300
    assert all(isinstance(row, LeiRecord) for row in rows)


def test_fractions_stay_decimal_and_a_whole_text_follows_the_same_rules() -> None:
    assert str(parsed(b"[0.1]", shown="x")[0]) == "0.1"
    for wrong in (b"[" * 200_000, b"[NaN]", b"9" * 10_000, b"\xff"):
        with pytest.raises(ReportBroken):
            parsed(wrong, shown="x")


@pytest.mark.shared_data
def test_every_record_of_the_real_golden_copy_is_read(shared_data: Path) -> None:
    with (shared_data / "registry" / "gleif_golden_copy_20240505.json").open("rb") as file:
        rows = [*gleif.lei_records(file, shown="golden copy")]
    records = [row for row in rows if isinstance(row, LeiRecord)]
    assert len(rows) == len(records) == 577
    assert sum(len(record.other_names) for record in records) == 50
    assert Counter(event.kind for record in records for event in record.events)["INSOLVENCY"] == 1
    assert all(record.created_on and record.updated_on for record in records)
    assert all(len(record.legal_address.country) == 2 for record in records)
