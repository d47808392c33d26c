"""Reads one list from its file or files, whichever of its publisher's formats they have."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from xindun.connectors.sanctions_lists import eu, ofac, uk, un, watch
from xindun.connectors.sanctions_lists.errors import ListFileTooLarge, WrongListFile
from xindun.record.screening.values import ListCode, ReadList

MEGABYTES = 400
"""The largest published list (OFAC's advanced XML, which is not read here) has some 120 MB."""


def read_list(code: ListCode, files: Sequence[Path]) -> ReadList:
    """A list, whole.

    Args:
        files: one file, or OFAC's CSV files together.

    Raises:
        WrongListFile, BrokenListFile, UnsafeListFile, ListFileTooLarge, ListCountWrong: as named.
    """
    for path in files:
        if path.stat().st_size > MEGABYTES * 1_000_000:
            raise ListFileTooLarge(file=path.name, megabytes=MEGABYTES)
    digest = sha256()
    for path in sorted(files):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    first = files[0]
    if code is ListCode.OFAC and first.suffix.casefold() == ".csv":
        published, entries = ofac.read_csv(files)
    elif len(files) > 1:
        raise WrongListFile(file=files[1].name, wanted=ofac.CSV)
    else:
        read = {
            ListCode.OFAC: ofac.read_xml,
            ListCode.UN: un.read_xml,
            ListCode.EU: eu.read_xml,
            ListCode.UK: uk.read_csv,
            ListCode.WATCH: watch.read_csv,
        }[code]
        published, entries = read(first)
    if not entries and code is not ListCode.WATCH:
        raise WrongListFile(file=first.name, wanted=code.value.upper())
    return ReadList(code, published, digest.hexdigest(), tuple(entries))
