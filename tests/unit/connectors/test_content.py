"""A file is what its bytes are: what was renamed to look like a ledger is refused by its kind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.unit.connectors.test_workbooks import HEADER, workbook
from xindun.connectors.ledger_files.options import Options
from xindun.connectors.ledger_files.sources.content import OtherContent, check_content
from xindun.connectors.ledger_files.sources.opening import open_sources
from xindun.connectors.ledger_files.sources.workbooks import BrokenWorkbook, check_size

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&b;</workbook>'
)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"\xef\xbb\xbf\r\n <HTML><body>", "HTML"),
        (b"<table><tr><td>a,b,c</td></tr></table>", "HTML"),
        ("\ufeff<html>".encode("utf-16-le"), "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
        (b"<svg onload=alert(1)>", "XML"),
        (b"<?php system($_GET[0]);", "SCRIPT"),
        (b"#!/bin/sh\nrm -rf /", "SCRIPT"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "GZ"),
        (zipped(word__document_xml=b"x"), "ZIP"),
    ],
)
def test_another_kind_of_file_is_named_and_refused(
    content: bytes, kind: str, tmp_path: Path
) -> None:
    with pytest.raises(OtherContent) as refusal:
        check_content(io.BytesIO(content), "ledger.csv")
    assert refusal.value.params["kind"] == kind
    path = tmp_path / "ledger.csv"
    path.write_bytes(content)
    with pytest.raises(OtherContent, match="no table by its content"):
        open_sources([path], Options())


@pytest.mark.parametrize(
    "content",
    [
        b"customer,amount\nAcme,1\n",
        "客户,金额\n北京华信,1\n".encode("gb18030"),
        "客户\t金额\n".encode("utf-16"),
        b"a < b,<5 days\n",
        b"a,b\0,c",
        b"",
        b"PAR1....",
    ],
)
def test_text_and_tables_pass(content: bytes) -> None:
    assert check_content(io.BytesIO(content), "ledger") == content[:4]


def test_a_program_renamed_to_a_table_is_refused() -> None:
    head = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + bytes(200)
    with pytest.raises(OtherContent):
        check_content(io.BytesIO(head), "ledger.csv")


def test_a_real_workbook_passes_whatever_it_is_called(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Sheet=[HEADER])
    with path.open("rb") as file:
        assert check_content(file, "ledger.csv") == b"PK\x03\x04"
        assert file.tell() == 0


def test_a_workbook_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "laughs.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", LAUGHS)
    with pytest.raises(BrokenWorkbook, match="entities"):
        check_size(path)
