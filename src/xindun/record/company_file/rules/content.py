"""What a document is by its content, before it is stored.

What a reader would get wrong: the name decides nothing and the bytes everything. Only what is
listed here comes in. An office file is a ZIP whose parts are counted as they unpack, and one that
carries macros, or XML that declares entities of its own, is refused: no office program needs
either to show a registration or a set of accounts.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO

import puremagic

from xindun.kernel.errors import DomainError

MOST_BYTES = 25 << 20
MOST_UNPACKED = 200 << 20
MOST_PARTS = 10_000
HEAD, BLOCK = 4096, 1 << 20
_PDF, _XLSX, _DOCX = (
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_SIGNATURES = (
    (b"%PDF-", _PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = (("xl/workbook.xml", _XLSX), ("word/document.xml", _DOCX))
EXTENSIONS = {
    _PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    _XLSX: (".xlsx",),
    _DOCX: (".docx",),
    "text/plain": (".txt", ".csv", ".tsv", ".json", ".md"),
}
"""Media type → endings that its name may have."""
_MARKUP = re.compile(
    rb"(?:<\?xml|<!|<(?:html|head|body|script|svg|table)\b|<\?php|#!|\{\\rtf|%!PS)", re.I
)
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE)", re.I)
_ENCODINGS = ("utf-8", "gb18030")


class DocumentTooLarge(DomainError):
    """More bytes than a document has."""

    code = "document_too_large"
    sentence = "A document may have at most {megabytes} MB."


class EmptyDocument(DomainError):
    """No bytes."""

    code = "empty_document"
    sentence = "The file is empty."


class DocumentRefused(DomainError):
    """Its content is none that is kept."""

    code = "document_refused"
    sentence = "By its content this is {kind}; a PDF, PNG, JPEG, XLSX, DOCX or plain text is kept."


class DocumentMisnamed(DomainError):
    """Its name promises something else than it holds."""

    code = "document_misnamed"
    sentence = "The name {file} does not fit its content ({kind})."


class DocumentUnsafe(DomainError):
    """An office file that unpacks to too much, or carries what can run."""

    code = "document_unsafe"
    sentence = (
        "The file is not kept: it unpacks to too much, is damaged,"
        " or carries macros or entities ({part})."
    )


def check_document(content: IO[bytes], file_name: str) -> str:
    """The media type of a document, by its content.

    Args:
        content: an open file at its beginning, which is left there.
        file_name: must end as its content does, or have no ending.

    Raises:
        DocumentTooLarge, EmptyDocument, DocumentRefused, DocumentMisnamed, DocumentUnsafe: as
            named.
    """
    size = content.seek(0, 2)
    content.seek(0)
    if size > MOST_BYTES:
        raise DocumentTooLarge(megabytes=MOST_BYTES >> 20)
    if not size:
        raise EmptyDocument
    head = content.read(HEAD)
    content.seek(0)
    media_type = next((name for mark, name in _SIGNATURES if head.startswith(mark)), "")
    if not media_type:
        media_type = _office(content) if head.startswith(b"PK\x03\x04") else _text(content, head)
        content.seek(0)
    name = file_name.lower()
    if "." in name and not name.endswith(EXTENSIONS[media_type]):
        raise DocumentMisnamed(file=file_name[:100], kind=media_type)
    return media_type


def _text(content: IO[bytes], head: bytes) -> str:
    """Plain text, in an encoding that every one of its bytes fits."""
    if _MARKUP.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()) or b"\0" in head:
        raise DocumentRefused(kind=_named(head))
    whole = content.read()
    for encoding in _ENCODINGS:
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return "text/plain"
    raise DocumentRefused(kind=_named(head))


def _named(head: bytes) -> str:
    """Another kind of file, as people call it."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _MARKUP.match(text):
        return "HTML/XML" if text.startswith(b"<") else "a script"
    try:
        return str(puremagic.from_string(head)).lstrip(".").upper() or "unknown"
    except (puremagic.PureError, ValueError):
        return "unknown"


def _office(content: IO[bytes]) -> str:
    """XLSX or DOCX, every part of it unpacked and measured."""
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
            names = {each.filename for each in parts}
            media_type = next((kind for name, kind in _OFFICE if name in names), "")
            if not media_type:
                raise DocumentRefused(kind="ZIP")
            if len(parts) > MOST_PARTS:
                raise DocumentUnsafe(part=f"{len(parts)}")
            left = MOST_UNPACKED
            for part in parts:
                left -= _measured(archive, part, left)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise DocumentUnsafe(part="ZIP") from error
    return media_type


def _measured(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """The bytes of one part, as they really unpack: its header may lie."""
    if part.filename.lower().endswith("vbaproject.bin"):
        raise DocumentUnsafe(part=part.filename[:60])
    size, tail = 0, b""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            size += len(block)
            if size > left or _ENTITY.search(tail + block):
                raise DocumentUnsafe(part=part.filename[:60])
            tail = block[-16:]
    return size
