"""A document comes in by what it holds; what is hostile or only named well does not."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from xindun.kernel.errors import DomainError
from xindun.record.company_file.rules import content

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def office(part: str, *more: tuple[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<?xml version='1.0'?><workbook/>")
        for name, body in more:
            archive.writestr(name, body)
    return target.getvalue()


XLSX = office("xl/workbook.xml")


@pytest.mark.parametrize(
    ("body", "name", "media_type"),
    [
        (b"%PDF-1.7 ...", "Lizenz.PDF", "application/pdf"),
        (PNG, "scan.png", "image/png"),
        (b"\xff\xd8\xff\xe0", "scan.jpeg", "image/jpeg"),
        (XLSX, "accounts.xlsx", content._XLSX),
        (office("word/document.xml"), "letter.docx", content._DOCX),
        ("注册资本,500万元".encode("gb18030"), "营业执照.csv", "text/plain"),
        (b"plain", "noending", "text/plain"),
    ],
)
def test_what_is_kept_is_known_by_its_content(body: bytes, name: str, media_type: str) -> None:
    file = BytesIO(body)
    assert content.check_document(file, name) == media_type
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("body", "name", "refused"),
    [
        (b"", "a.txt", content.EmptyDocument),
        (b"x" * (content.MOST_BYTES + 1), "a.txt", content.DocumentTooLarge),
        (b"%PDF-1.7", "accounts.xlsx", content.DocumentMisnamed),
        (XLSX, "accounts.pdf", content.DocumentMisnamed),
        (b"MZ\x90\0", "a.pdf", content.DocumentRefused),
        (b"  <!DOCTYPE html><script>", "a.txt", content.DocumentRefused),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "a.txt",
         content.DocumentRefused),
        (b"text then a zero" + b"." * 5000 + b"\0", "a.txt", content.DocumentRefused),
        (b"\x81\xff\xfe\x00" * 9, "a.txt", content.DocumentRefused),
        (office("readme.txt"), "a.xlsx", content.DocumentRefused),
        (XLSX[:-30], "a.xlsx", content.DocumentUnsafe),
        (office("xl/workbook.xml", ("xl/vbaProject.bin", b"x")), "a.xlsx", content.DocumentUnsafe),
        (office("xl/workbook.xml", ("xl/a.xml", b" " * 70_000 + b"<!ENTITY a 'b'>")), "a.xlsx",
         content.DocumentUnsafe),
    ],
)  # fmt: skip
def test_what_is_hostile_is_refused(body: bytes, name: str, refused: type[DomainError]) -> None:
    with pytest.raises(refused):
        content.check_document(BytesIO(body), name)


def test_a_bomb_stops_at_the_limit_whatever_its_header_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(content, "MOST_UNPACKED", 3 << 20)
    bomb = office("xl/workbook.xml", ("xl/a.xml", b" " * (2 << 20)), ("xl/b.xml", b" " * (2 << 20)))
    assert len(bomb) < 20_000
    with pytest.raises(content.DocumentUnsafe):
        content.check_document(BytesIO(bomb), "a.xlsx")
