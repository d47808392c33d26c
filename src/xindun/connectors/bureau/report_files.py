"""Which of the known formats a report file is in, told by its content, and the report in it.

What a reader would get wrong: a golden copy holds millions of companies. It is read until the one
with the asked LEI comes; the other formats are about one company, and the caller compares whose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO

from xindun.connectors.bureau import gleif, gleif_report, sec
from xindun.connectors.bureau.mapping import ReportMapping, read_generic
from xindun.connectors.bureau.values import Report, ReportFormat
from xindun.kernel.errors import DomainError

HEAD = 4096
WHOLE_BYTES = 48 * 1024 * 1024
"""Of a format that is read whole; the longest file of company facts is a third of it."""
BLOCK = 1 << 20
_BEGINNINGS = (
    (re.compile(rb'\s*\{.*?"records"\s*:\s*\[', re.DOTALL), ReportFormat.GLEIF_LEVEL_1),
    (re.compile(rb'\s*\{.*?"relations"\s*:\s*\[', re.DOTALL), ReportFormat.GLEIF_LEVEL_2),
    (re.compile(rb'\s*\{.*?"cik"\s*:.*?"facts"\s*:', re.DOTALL), ReportFormat.SEC_COMPANY_FACTS),
)


class UnknownReport(DomainError):
    """None of the formats, and no mapping that says more."""

    code = "report_unknown"
    sentence = (
        "{file} is in no format that is known by its content: a GLEIF golden copy or SEC company "
        "facts. For another report, give its mapping too."
    )


class ReportTooLarge(DomainError):
    """More than any report of one company."""

    code = "report_too_large"
    sentence = "{file} has more than {limit} bytes, which no report of one company has."


class NotInReport(DomainError):
    """A file of many companies, without this one."""

    code = "report_not_in_file"
    sentence = "{file} has no record of LEI {lei}."


class NoLeiToLookFor(DomainError):
    """A file of many companies needs a number to look for."""

    code = "report_lei_needed"
    sentence = "{file} holds many companies: state the company's LEI first, it is looked up by it."


def recognised(head: bytes) -> ReportFormat | None:
    """The format by the file's first bytes; None for what only a mapping can read."""
    text = head.removeprefix(b"\xef\xbb\xbf")
    return next((kind for pattern, kind in _BEGINNINGS if pattern.match(text)), None)


def read_report(
    path: Path,
    *,
    shown: str,
    identifiers: Mapping[str, str],
    mapping: ReportMapping | None = None,
) -> Report:
    """The report in a file.

    Args:
        shown: what a refusal calls the file.
        identifiers: of the company it should be about; ``lei`` finds it in a golden copy.
        mapping: how to read a file of another format; with one, nothing is recognised.

    Raises:
        UnknownReport, ReportTooLarge, NotInReport, NoLeiToLookFor: as named.
        DomainError: what the reader of the format refuses.
    """
    with path.open("rb") as file:
        kind = mapping.format if mapping else recognised(file.read(HEAD))
        file.seek(0)
        if kind is ReportFormat.GLEIF_LEVEL_1:
            return _golden_copy(file, shown, identifiers.get("lei", ""))
        if mapping is None and kind is not ReportFormat.SEC_COMPANY_FACTS:
            raise UnknownReport(file=shown)
        content = file.read(WHOLE_BYTES + 1)
    if len(content) > WHOLE_BYTES:
        raise ReportTooLarge(file=shown, limit=WHOLE_BYTES)
    if mapping is not None:
        return read_generic(content, mapping, shown=shown)
    return sec.read_company_facts(content, shown=shown)


def _golden_copy(file: IO[bytes], shown: str, lei: str) -> Report:
    """The record of one LEI, or the only one that there is."""
    found: gleif.LeiRecord | None = None
    for number, record in enumerate(gleif.lei_records(file, shown=shown)):
        if isinstance(record, gleif.LeiRecord) and (not lei or record.lei == lei):
            found = record
            if lei:
                break
        if not lei and number:
            raise NoLeiToLookFor(file=shown)
    if found is None:
        raise NotInReport(file=shown, lei=lei or "?")
    file.seek(0)
    return gleif_report.report_of(found, format=ReportFormat.GLEIF_LEVEL_1, sha256=_digest(file))


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
