"""``xindun review``: a ledger in, ageing, grades, limits and today's actions out.

What a reader would get wrong: this is the small company's whole tool. It needs no server, no
login, no database and no network, and it never asks back: what it cannot know stops it with the
option that answers.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from xindun.kernel.errors import DomainError
from xindun.kernel.money import minor_units

if TYPE_CHECKING:
    from xindun.cli.review.sentences import Speaker
    from xindun.connectors.ledger_files import Options

app = typer.Typer(rich_markup_mode=None, add_completion=False)

DAY = ["%Y-%m-%d"]
MOMENT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class Lang(StrEnum):
    """Languages of the report."""

    EN = "en"
    ZH = "zh"


class DateOrder(StrEnum):
    """How 01/02/2025 reads."""

    YMD = "ymd"
    DMY = "dmy"
    MDY = "mdy"


class DecimalMark(StrEnum):
    """The mark between units and decimals."""

    POINT = "."
    COMMA = ","


class Anchor(StrEnum):
    """The event from which payment terms run where a due date is missing."""

    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    RECONCILED = "reconciled"
    INVOICED = "invoiced"
    ISSUED = "issued"


class FileMissing(DomainError):
    """A path on the command line names no file."""

    code = "file_missing"
    sentence = "There is no file {file}."


class OutIsFile(DomainError):
    """The folder for the reports is a file."""

    code = "out_is_file"
    sentence = "{out} is a file; give --out a folder."


@app.command()
def review(
    ledger: Annotated[
        list[Path], typer.Argument(metavar="LEDGER...", help="Files: CSV, TSV, XLSX or Parquet.")
    ],
    as_of: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The day asked about; default today.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for report.html, report.xlsx, report.json and rejects.csv."),
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option(formats=MOMENT, help="Count only what was entered until then (UTC)."),
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the report.")] = Lang.EN,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print only the JSON on standard output.")
    ] = False,
    currency: Annotated[
        str | None, typer.Option(help="Currency of rows that name none, for example EUR.")
    ] = None,
    date_order: Annotated[
        DateOrder | None, typer.Option(help="How ambiguous dates like 01/02/2025 read.")
    ] = None,
    decimal: Annotated[DecimalMark | None, typer.Option(help="The decimal mark.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="The mark between cells.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of text files.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that names columns, 'field: header'.")
    ] = None,
    source: Annotated[str, typer.Option(help="Name of the system the file comes from.")] = "main",
    row_id: Annotated[
        str | None, typer.Option(help="Column that identifies a row where numbers are missing.")
    ] = None,
    terms_days: Annotated[
        int | None, typer.Option(min=0, help="Payment terms where the file has no due dates.")
    ] = None,
    due_anchor: Annotated[
        Anchor | None, typer.Option(help="Event from which payment terms run.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Only this sheet of a workbook.")] = None,
    fifo: Annotated[
        bool, typer.Option(help="Apply receipts that name no invoice, oldest due first.")
    ] = True,
    parameters: Annotated[
        Path | None, typer.Option(help="YAML file with the company's own parameters.")
    ] = None,
    top: Annotated[
        int | None, typer.Option(min=1, help="Buyers with a full credit file in the report.")
    ] = None,
) -> None:
    """Review a ledger: who owes what and since when, grades, limits, what to do today.

    Works without a server, a login or a network. Exit code 2 means a refusal or an open
    question; the message names the option that answers it.
    """
    from xindun.cli.review.sentences import Speaker

    say = Speaker(lang.value)
    # The command's edge is where the clock is read.
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    try:
        _check_paths(ledger, out)
        options = _options(
            currency=currency,
            date_order=date_order,
            decimal=decimal,
            delimiter=delimiter,
            encoding=encoding,
            mapping=mapping,
            source=source,
            row_id=row_id,
            terms_days=terms_days,
            due_anchor=due_anchor,
            sheet=sheet,
            apply_fifo=fifo,
        )
        day = (as_of or datetime.combine(date.today(), time())).date()  # noqa: DTZ011
        _review(ledger, options, day, known_at, now, say, parameters, out, as_json, top)
    except DomainError as error:
        _refuse(error, ledger, say)


def _check_paths(ledger: list[Path], out: Path | None) -> None:
    for path in ledger:
        if not path.is_file():
            raise FileMissing(file=path)
    if out is not None and out.exists() and not out.is_dir():
        raise OutIsFile(out=out)


def _options(**given: Any) -> Options:
    """The user's declarations as the reader of files takes them."""
    from xindun.connectors.ledger_files import Options, load_mapping

    path = given.pop("mapping")
    if path is not None and not path.is_file():
        raise FileMissing(file=path)
    if given["currency"] is not None:
        given["currency"] = given["currency"].upper()
        minor_units(given["currency"])
    if given["delimiter"] in ("tab", "\\t"):
        given["delimiter"] = "\t"
    plain: dict[str, Any] = {
        name: value.value if isinstance(value, StrEnum) else value for name, value in given.items()
    }
    return Options(mapping={} if path is None else load_mapping(path), **plain)


def _review(
    paths: list[Path],
    options: Options,
    as_of: date,
    known_at: datetime | None,
    now: datetime,
    say: Speaker,
    parameters: Path | None,
    out: Path | None,
    as_json: bool,
    top: int | None,
) -> None:
    """Run the review and hand it to the outputs asked for."""
    from xindun.cli.review.outputs import progress_line, show, write_reports
    from xindun.cli.review.run import reviewed
    from xindun.cli.review.settings import load_parameters

    asked = load_parameters(parameters)
    with reviewed(
        paths,
        options,
        as_of=as_of,
        known_at=known_at,
        now=now,
        say=say,
        parameters=asked,
        progress=progress_line(sys.stderr, say),
    ) as found:
        # Files first: whoever reads the terminal through a pipe may hang up early.
        written = write_reports(found, out, top) if out is not None else []
        if as_json:
            # JSON is UTF-8 (RFC 8259) whatever the terminal speaks.
            if isinstance(sys.stdout, TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8")
            found.document.write_json(sys.stdout)
        else:
            show(found, sys.stdout, top)
    if written:
        # With --json standard output holds the JSON alone.
        target = sys.stderr if as_json else sys.stdout
        target.write("\n" + say("Written: {files}", files=", ".join(map(str, written))) + "\n")


def _refuse(error: DomainError, paths: list[Path], say: Speaker) -> NoReturn:
    """One clear message on standard error and exit code 2; open questions show the columns."""
    from xindun.cli.review.outputs import refusal

    sys.stderr.write(refusal(error, paths, say))
    raise typer.Exit(2)
