"""A ledger that was read, as lists of rows that a test can look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from xindun.connectors.ledger_files import LedgerFile

Row = dict[str, Any]


@dataclass
class Read:
    """A ledger that was read, with its tables as lists of rows."""

    file: LedgerFile
    buyers: list[Row]
    items: list[Row]
    settlements: list[Row]
    rejects: list[Row]

    def item(self, number: str) -> Row:
        (found,) = [item for item in self.items if item["number"] == number]
        return found

    def uses(self, number: str) -> list[Row]:
        """Settlements that reduce the item with this number."""
        item = self.item(number)["item_id"]
        return [each for each in self.settlements if each["item_id"] == item]

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(row["line"], row["code"]) for row in self.rejects]

    @property
    def notices(self) -> set[str]:
        return {notice.code for notice in self.file.notices}


Reader = Callable[..., Read]


def as_csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def tables(file: LedgerFile) -> Read:
    """All tables of a ledger folder."""
    for control in file.control:
        assert control.reconciles, control
    names = ("buyers", "items", "settlements", "rejects")
    return Read(file, *(pq.read_table(file.folder / f"{n}.parquet").to_pylist() for n in names))
