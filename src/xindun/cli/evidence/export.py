"""``xindun evidence export``, ``checkpoint`` and ``public-key``: what goes to an outsider."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.record.evidence.values import Selection

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed for the only.")
]
Out = Annotated[Path | None, typer.Option(help="File to write; standard output without it.")]


class BadSubject(DomainError):
    """A subject needs a type and an id."""

    code = "bad_subject"
    sentence = "Write the subject as type:id, such as buyer:0197…; {subject} is not."


class BadMoment(DomainError):
    """A day or time that cannot be read."""

    code = "bad_moment"
    sentence = "{since} is not a day or time; write 2026-01-31 or 2026-01-31T12:00+08:00."


def export(
    out: Out = None,
    subject: Annotated[
        str, typer.Option(help="Only records of one subject, as type:id; each with its proof.")
    ] = "",
    since: Annotated[
        str, typer.Option(help="Only records from this day or time on; each with its proof.")
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="The whole log, which alone proves completeness.")
    ] = False,
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="Prove to the holder of this checkpoint that the log continues it."),
    ] = None,
    tenant: Company = None,
) -> None:
    """Write evidence that anybody can verify offline; the whole log unless a part is named."""
    from xindun.config import startup

    if everything and (subject or since):
        raise typer.BadParameter("--all leaves no room for --subject and --since.")
    startup.start()
    from xindun.cli.companies import company_of
    from xindun.record.evidence import reads

    sizes = [_size_of(each) for each in checkpoint or []]
    company = company_of(tenant)
    selection = _selection(subject, since, company.time_zone)
    count = 0
    with _one_moment(company.id), _target(out) as file:
        for line in reads.export_lines(selection, consistent_with=sizes):
            count += line.startswith(b'{"content"')
            file.write(line)
        state = reads.log_state()
    where = f" to {out}" if out else ""
    typer.echo(f"{count} of {state.size} records{where}; {state.pending} wait.", err=True)


def checkpoint(out: Out = None, tenant: Company = None) -> None:
    """Write the newest signed head, for somebody outside to keep."""
    _one_text("checkpoint", out, tenant)


def public_key(out: Out = None, tenant: Company = None) -> None:
    """Write the log's public keys, oldest first, for somebody outside to keep."""
    _one_text("public_keys", out, tenant)


def _one_text(read: str, out: Path | None, tenant: str | None) -> None:
    from xindun.config import startup

    startup.start()
    from xindun.cli.companies import company_of
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.evidence import reads

    with tenant_scope(company_of(tenant).id):
        text = str(getattr(reads, read)())
    if out is None:
        typer.echo(text, nl=False)
    else:
        with _target(out) as file:
            file.write(text.encode())


@contextmanager
def _one_moment(tenant_id: int) -> Iterator[None]:
    """A scope in which every query sees the same moment, however long the export takes."""
    from django.db import connection, transaction

    from xindun.kit.tenancy import tenant_scope

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with tenant_scope(tenant_id):
            yield


@contextmanager
def _target(out: Path | None) -> Iterator[IO[bytes]]:
    """The file, complete or not at all, compressed when its name ends in .gz."""
    if out is None:
        yield sys.stdout.buffer
        return
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with gzip.open(draft, "wb") if out.suffix == ".gz" else draft.open("wb") as file:
            yield file  # type: ignore[misc] # GzipFile writes as a file does
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)


def _selection(subject: str, since: str, zone: str) -> Selection:
    from zoneinfo import ZoneInfo

    from xindun.record.evidence.values import Selection

    kind, colon, key = subject.partition(":")
    if subject and not (kind and colon and key):
        raise BadSubject(subject=subject)
    moment = None
    if since:
        try:
            moment = datetime.fromisoformat(since)
        except ValueError as error:
            raise BadMoment(since=since) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone))
    return Selection((kind, key) if subject else None, moment)


def _size_of(file: Path) -> int:
    from xindun.kernel.signed_notes import read_note
    from xindun.record.evidence.reads import read_checkpoint

    return read_checkpoint(read_note(file.read_text(encoding="utf-8")))[1].size
