"""What a file is by its content, before any reader opens it.

What a reader would get wrong: the name decides nothing. A web page, a program or a document that
was renamed to .csv would be read as one strange column at best; so what is recognised as another
kind of file is refused by what it is. Plain text has no signature and passes; so does what nobody
recognises, because a table with a stray zero byte loses that row alone, and the reader says so.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

import puremagic

from xindun.kernel.errors import DomainError

HEAD = 8192
ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_KINDS = (
    (re.compile(rb"<(?:!doctype\s+html|html|head|body|script|table)\b", re.I), "HTML"),
    (re.compile(rb"<\?xml|<svg\b|<!doctype\b|<!--", re.I), "XML"),
    (re.compile(rb"<\?php|#!\s*/", re.I), "SCRIPT"),
    (re.compile(rb"\{\\rtf"), "RTF"),
    (re.compile(rb"%PDF-"), "PDF"),
    (re.compile(rb"%!PS"), "POSTSCRIPT"),
)
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


class OtherContent(DomainError):
    """The file holds something else than a ledger can."""

    code = "other_content"
    sentence = "{file} is no table by its content ({kind}). Save it as CSV, XLSX or Parquet first."


def check_content(file: IO[bytes], shown: str) -> bytes:
    """Refuse a file that is recognised as something else than text, a workbook or Parquet.

    Args:
        file: an open file, which is left at its beginning.
        shown: what the refusal calls it.

    Returns:
        The first four bytes, which tell the reader that it needs.

    Raises:
        OtherContent: with the kind that was recognised.
    """
    head = file.read(HEAD)
    kind = _other_kind(head)
    if not kind and head.startswith(ZIP) and not _is_workbook(file):
        kind = "ZIP"
    file.seek(0)
    if kind:
        raise OtherContent(file=shown, kind=kind)
    return head[:4]


def _other_kind(head: bytes) -> str:
    """The name of another kind of file; empty for text and what the readers know."""
    if head.startswith((ZIP, OLE, PARQUET)):
        return ""
    text = head.removeprefix(b"\xef\xbb\xbf")
    for mark, encoding in zip(UTF16_MARKS, ("utf-16-le", "utf-16-be"), strict=True):
        if head.startswith(mark):
            text = head[2:].decode(encoding, errors="ignore").encode()
    for pattern, kind in _TEXT_KINDS:
        if pattern.match(text.lstrip()):
            return kind
    if b"\0" not in text or not text.strip(b"\0"):
        return ""
    try:
        return str(puremagic.from_string(head)).lstrip(".").upper()
    except (puremagic.PureError, ValueError):
        return ""


def _is_workbook(file: IO[bytes]) -> bool:
    """Whether a ZIP holds a spreadsheet; a damaged one is for the reader to explain."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True
    return any(name in names for name in _WORKBOOKS)
