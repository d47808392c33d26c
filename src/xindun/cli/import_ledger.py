"""``xindun import``: ledger files into the database, shown before and accounted for after.

What a reader would get wrong: nothing is written before the recognised columns were shown and,
at a terminal, confirmed; and a file that was imported before is a friendly answer, not an error.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xindun.cli.companies import company_of
from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from rich.console import Console

    from xindun.connectors.ledger_files import Recognition
    from xindun.record.receivables.values import BatchValue, ControlRow, ImportOutcome

app = typer.Typer(rich_markup_mode=None)


class FileMissing(DomainError):
    """A path on the command line names no file."""

    code = "file_missing"
    sentence = "There is no file {file}."


@app.command()
def import_ledger(
    files: Annotated[list[Path], typer.Argument(help="Ledger files: CSV, TSV, XLSX or Parquet.")],
    tenant: Annotated[
        str | None, typer.Option(help="The company's name or id; not needed when there is one.")
    ] = None,
    source: Annotated[str, typer.Option(help="Name of the system the file comes from.")] = "main",
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that names columns, 'field: header'.")
    ] = None,
    date_order: Annotated[
        str | None, typer.Option(help="How 01/02/2025 reads: ymd, dmy or mdy.")
    ] = None,
    decimal: Annotated[str | None, typer.Option(help="The decimal mark: . or ,")] = None,
    currency: Annotated[
        str | None, typer.Option(help="Currency of rows that name none, for example EUR.")
    ] = None,
    terms_days: Annotated[
        int | None, typer.Option(min=0, help="Payment terms where the file has no due dates.")
    ] = None,
    row_id: Annotated[
        str | None, typer.Option(help="Column that identifies a row where numbers are missing.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Only this sheet of a workbook.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of text files.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="The mark between cells.")] = None,
    again: Annotated[
        bool, typer.Option(help="Import a file once more although it was imported before.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and account for the file, write nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print only the result as JSON; asks nothing.")
    ] = False,
) -> None:
    """Import ledger files into the database.

    The recognised columns are shown first. Bad rows go to a rejects file, the rest is imported;
    control totals say what came of every row. Exit code 2 means a refusal or an open question.
    """
    for file in files:
        if not file.is_file():
            raise FileMissing(file=file)
    options = _options(
        mapping=mapping,
        date_order=date_order,
        decimal=decimal,
        currency=currency.upper() if currency else None,
        terms_days=terms_days,
        row_id=row_id,
        sheet=sheet,
        encoding=encoding,
        delimiter="\t" if delimiter in ("tab", "\\t") else delimiter,
    )
    from xindun.config import startup

    startup.start()
    tenant_id = company_of(tenant).id
    results = []
    for file in files:
        ask = not (yes or as_json or dry_run or not sys.stdin.isatty())
        if not as_json or dry_run:
            _preview(file, options, source, quiet=as_json)
        if ask and not typer.confirm("Import it like this?", default=True):
            typer.echo("Nothing was imported.")
            continue
        if dry_run:
            results.append(_dry_run(file, options, source, quiet=as_json))
            continue
        outcome = _import(tenant_id, file, options, source, again=again, quiet=as_json)
        results.append(_told(tenant_id, outcome))
        if not as_json:
            _show(tenant_id, outcome)
    if as_json:
        typer.echo(json.dumps(results, ensure_ascii=False, indent=2, default=str))


def _options(**given: Any) -> dict[str, Any]:
    """The declarations as the batch keeps them."""
    from xindun.config.ledger_reading import options_of
    from xindun.connectors.ledger_files import load_mapping

    path = given.pop("mapping")
    if path is not None and not path.is_file():
        raise FileMissing(file=path)
    chosen = {name: value for name, value in given.items() if value is not None}
    if path is not None:
        chosen["mapping"] = load_mapping(path)
    options_of(chosen)  # refuses what cannot be meant, before anything else happens
    return chosen


def _preview(file: Path, options: dict[str, Any], source: str, *, quiet: bool) -> None:
    """Show what the columns are read as; stop when something is ambiguous."""
    from xindun.config.ledger_reading import options_of
    from xindun.connectors.ledger_files import NeedsAnswer, recognise

    with _progress(file, quiet=quiet) as report:
        found = recognise([file], options_of({**options, "source": source}), report)
    if not quiet:
        _show_columns(found)
    if found.questions:
        raise NeedsAnswer(found.questions)


def _show_columns(found: Recognition) -> None:
    from rich.table import Table

    console = _console()
    for table in found.tables:
        style = ", ".join(
            text
            for text in (
                table.format,
                table.encoding,
                f"dates {table.date_order}" if table.date_order else None,
                f"decimal mark {table.decimal}" if table.decimal else None,
            )
            if text
        )
        console.print(f"{table.label}: {table.rows:,} rows, {style}", highlight=False)
        shown = Table("column", "read as", "first values", box=None, header_style="bold")
        for column in table.columns:
            values = [row[column.position] for row in table.sample if column.position < len(row)]
            meaning = column.field or (f"not used (also {column.also})" if column.also else "—")
            shown.add_row(column.header, meaning, " | ".join(values[:3]))
        console.print(shown)
    for notice in found.notices:
        console.print(f"Note: {notice.say()}", highlight=False)


def _dry_run(file: Path, options: dict[str, Any], source: str, *, quiet: bool) -> dict[str, Any]:
    from xindun.config.ledger_reading import read_ledger_file

    with (
        tempfile.TemporaryDirectory(prefix="xindun-import-") as folder,
        _progress(file, quiet=quiet) as report,
    ):
        # The command's edge is where the clock is read.
        told = {**options, "source": source, "recorded_at": datetime.now(UTC).isoformat()}
        read = read_ledger_file(file, told, Path(folder) / "ledger", report)
    if not quiet:
        _show_control(read.control)
        typer.echo(f"Dry run: {read.rows_read:,} rows read, nothing was imported.")
    return {
        "file": file.name,
        "status": "dry_run",
        "rows_read": read.rows_read,
        "rejected": read.rejected,
        "control": [asdict(row) for row in read.control],
    }


def _import(
    tenant_id: int, file: Path, options: dict[str, Any], source: str, *, again: bool, quiet: bool
) -> ImportOutcome:
    from xindun.record.receivables import actions
    from xindun.record.receivables.ports import ledger_reader
    from xindun.record.receivables.values import ImportOutcome

    with file.open("rb") as content:
        outcome = actions.receive_file(
            tenant_id,
            content,
            file_name=file.name,
            now=datetime.now(UTC),
            source=source,
            options=options,
            actor=f"cli:{getuser()}",
            again=again,
        )
    if outcome.duplicate_of is not None:
        return outcome
    with _progress(file, quiet=quiet) as report:
        batch = actions.import_batch(
            tenant_id,
            outcome.batch.public_id,
            reader=ledger_reader(),
            clock=lambda: datetime.now(UTC),
            progress=report,
        )
    return ImportOutcome(batch)


def _told(tenant_id: int, outcome: ImportOutcome) -> dict[str, Any]:
    """The result for machines; amounts are strings."""
    batch = outcome.batch
    return {
        "file": batch.file_name,
        "id": str(batch.public_id),
        "status": batch.status.value,
        "duplicate_of": str(outcome.duplicate_of.public_id) if outcome.duplicate_of else None,
        "ledger_version": batch.ledger_version,
        "counts": asdict(batch.counts),
        "control": [asdict(row) for row in batch.control],
        "changes": asdict(batch.changes),
        "notices": list(batch.notices),
        "merkle_root": batch.merkle_root,
        "rejects_file": _rejects(tenant_id, batch),
    }


def _show(tenant_id: int, outcome: ImportOutcome) -> None:
    batch = outcome.batch
    if outcome.duplicate_of is not None:
        typer.echo(
            f"{batch.file_name} was imported on {outcome.duplicate_of.created_at:%Y-%m-%d %H:%M} "
            "UTC; nothing was added. --again imports it once more."
        )
        return
    _show_control(batch.control)
    counts = batch.counts
    typer.echo(
        f"Documents: {counts.documents_added:,} added, {counts.documents_updated:,} updated, "
        f"{counts.documents_unchanged:,} unchanged."
    )
    typer.echo(
        f"Settlements: {counts.settlements_added:,} added, {counts.settlements_updated:,} "
        f"updated, {counts.settlements_unchanged:,} unchanged, "
        f"{counts.settlements_withdrawn:,} withdrawn."
    )
    typer.echo(f"New buyers: {counts.buyers_added:,}.")
    for name, count in batch.changes.fields.items():
        typer.echo(f"Changed {name}: {count:,}")
    for each in batch.changes.examples:
        typer.echo(f"  {each.number or each.subject}: {each.field} {each.before} → {each.after}")
    rejects = _rejects(tenant_id, batch)
    if rejects:
        typer.echo(f"Rejected rows: {counts.rejected:,}, with line and reason in {rejects}")


def _show_control(control: tuple[ControlRow, ...]) -> None:
    from rich.table import Table

    shown = Table(box=None, header_style="bold")
    shown.add_column("Control totals")
    for title in ("file rows", "file amount", "ledger rows", "ledger amount", "rejects", "amount"):
        shown.add_column(title, justify="right")
    for row in control:
        shown.add_row(
            row.currency,
            f"{row.file_rows:,}",
            f"{row.file_amount:,}",
            f"{row.ledger_rows:,}",
            f"{row.ledger_amount:,}",
            f"{row.reject_rows:,}",
            f"{row.reject_amount:,}",
        )
    _console().print(shown)


def _rejects(tenant_id: int, batch: BatchValue) -> str | None:
    """Path of the CSV of rejected rows."""
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.receivables import reads

    if not batch.has_rejects:
        return None
    with tenant_scope(tenant_id):
        path = reads.rejects_of(batch.public_id)
    return str(path) if path else None


@contextmanager
def _progress(file: Path, *, quiet: bool) -> Iterator[Callable[[int, int, int], None] | None]:
    """A bar on standard error; nothing when quiet or not at a terminal."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=file.stat().st_size, rows=0)

        def report(rows: int, done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, rows=rows)

        yield report


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr)
