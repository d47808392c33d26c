"""A ledger for a model: files, read into a folder that is gone afterwards, or a company's own.

What a reader would get wrong: for files the payers are guessed from names alone; in a company's own
ledger buyers that were matched to a party are that party, whatever they are called.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    import pyarrow as pa

    from xindun.connectors.ledger_files import Options
    from xindun.engine.run import Ledger


class FileMissing(DomainError):
    """A path on the command line names no file."""

    code = "file_missing"
    sentence = "There is no file {file}."


class NothingImported(DomainError):
    """A company without a ledger."""

    code = "nothing_imported"
    sentence = "This company has no ledger yet: name ledger files, or import some."


@dataclass(frozen=True, slots=True)
class OpenedLedger:
    """A ledger read from files, or the mirror of a company's.

    Attributes:
        payers: who stands behind each spelling of a name.
        last_movement_on: the last day the ledger speaks of.
        known_at: late enough for everything in it to be known.
    """

    ledger: Ledger
    payers: pa.Table
    last_movement_on: date
    known_at: datetime


@contextmanager
def opened(paths: list[Path], options: Options) -> Iterator[OpenedLedger]:
    """Read the files and open them as one ledger.

    Raises:
        FileMissing: a path names no file.
        NeedsAnswer: the files can be read in more than one way.
    """
    from xindun.connectors.ledger_files import read_ledger
    from xindun.engine.run import open_ledger

    for path in paths:
        if not path.is_file():
            raise FileMissing(file=path)
    with TemporaryDirectory(prefix="xindun-model-") as scratch:
        read = read_ledger(paths, options, Path(scratch) / "ledger")
        # One thread: sums of features must come in one order, so that training can be repeated.
        with open_ledger(read.folder, threads=1) as ledger:
            yield OpenedLedger(
                ledger=ledger,
                payers=_payers(ledger, {}),
                last_movement_on=read.last_movement_on or read.recorded_at.date(),
                known_at=max(datetime.now(UTC).replace(tzinfo=None), read.recorded_at),
            )


@contextmanager
def opened_company(tenant_id: int) -> Iterator[OpenedLedger]:
    """Open the ledger that a company has in the database; Django must have been started.

    Raises:
        NothingImported: it has none.
    """
    from xindun.engine.run import open_ledger
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.parties import reads as parties
    from xindun.record.receivables.reads.ledger import ledger_state
    from xindun.record.receivables.reads.mirror import open_mirror

    with ExitStack() as stack:
        with tenant_scope(tenant_id):
            moved_on = ledger_state().last_movement_on
            if moved_on is None:
                raise NothingImported
            mirror = stack.enter_context(open_mirror())
            matched = parties.parties_of(parties.buyer_ids())
        ledger = stack.enter_context(open_ledger(mirror.folder, threads=1))
        now = datetime.now(UTC)
        yield OpenedLedger(
            ledger=ledger,
            payers=_payers(ledger, {buyer: party.id for buyer, party in matched.items()}),
            last_movement_on=min(moved_on, now.date()),
            known_at=max(now, mirror.recorded_at or now).replace(tzinfo=None),
        )


def _payers(ledger: Ledger, known: dict[int, int]) -> pa.Table:
    from xindun.engine.late_payment.payers import payers

    names = ledger.rows("select buyer_id, name from buyers")
    pairs = zip(*(column.to_pylist() for column in names.columns), strict=True)
    return payers(pairs, known)
