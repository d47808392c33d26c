"""``xindun sample``: a reproducible synthetic ledger for trials, tests and runs at full size.

What a reader would get wrong: the companies are invented and every row says so; figures measured
on such a ledger say nothing about real buyers.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from xindun.cli.sample.slices import DEMO, SampleSpec
from xindun.cli.sample.writers import Progress, write_sample
from xindun.kernel.errors import DomainError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class FileFormat(StrEnum):
    """Kinds of file a sample can be written as."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Lang(StrEnum):
    """Languages of the headers and words in the file."""

    EN = "en"
    ZH = "zh"


class FileNeeded(DomainError):
    """A binary format was asked for without a file."""

    code = "file_needed"
    sentence = "Give --out FILE: {format} is not a text format, so it is not printed."


@app.command()
def sample(
    buyers: Annotated[int, typer.Option(min=1, help="Number of buyers.")] = DEMO.buyers,
    invoices: Annotated[int, typer.Option(min=1, help="Number of invoices.")] = DEMO.invoices,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same file.")] = DEMO.seed,
    out: Annotated[
        Path | None, typer.Option(help="File to write; without it CSV goes to standard output.")
    ] = None,
    file_format: Annotated[
        FileFormat | None,
        typer.Option("--format", help="Default: by the ending of --out, else csv."),
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language of headers and words.")] = Lang.EN,
    as_of: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="Last day anything is known of."),
    ] = datetime.combine(DEMO.as_of, datetime.min.time()),
) -> None:
    """Write a synthetic ledger: invented buyers, three years of invoices and payments.

    Equal options give equal bytes. Each row says that it is synthetic.
    """
    spec = SampleSpec(buyers, invoices, seed, date(as_of.year, as_of.month, as_of.day))
    kind = (file_format or _format_of(out)).value
    if out is None:
        if kind != "csv":
            raise FileNeeded(format=kind)
        write_sample(sys.stdout.buffer, spec, lang=lang.value)
        return
    rows = write_sample(out, spec, file_format=kind, lang=lang.value, progress=_show(invoices))
    sys.stderr.write(
        f"{out}: {invoices:,} invoices of {buyers:,} invented buyers in {rows:,} rows, "
        f"known up to {spec.as_of}. Synthetic data: no real company is meant.\n"
        f"Next: xindun review {out} --as-of {spec.as_of} --out review\n"
    )


def _format_of(out: Path | None) -> FileFormat:
    ending = "" if out is None else out.suffix.lower().lstrip(".")
    return FileFormat(ending) if ending in set(FileFormat) else FileFormat.CSV


def _show(total: int) -> Progress | None:
    """A line of progress on a terminal, for samples that take a while."""
    if total < 500_000 or not sys.stderr.isatty():
        return None

    def show(done: int) -> None:
        sys.stderr.write(f"\r{done:,} of {total:,} invoices")
        sys.stderr.write("\n" if done >= total else "")

    return show
