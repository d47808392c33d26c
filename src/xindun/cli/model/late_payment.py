"""``xindun model … late-payment``: from ledger files without a server, or a company's own ledger.

What a reader would get wrong: ``validate`` trains on the invoices up to ``--split`` and tests on
those issued later, unless ``--model`` names a trained one; what is tested never taught.
"""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xindun.cli.model import registry
from xindun.cli.model.registry import Keep, KeepReport

if TYPE_CHECKING:
    from xindun.cli.model.ledgers import OpenedLedger
    from xindun.connectors.ledger_files import Options
    from xindun.engine.late_payment.artefact import LateModel

DAY = ["%Y-%m-%d"]
TESTED_SHARE = 0.75
"""Without --split: train on the days that hold three quarters of the invoices."""

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[LEDGER...]", help="Files; without any, the company's own ledger."),
]
Tenant = Annotated[
    str | None, typer.Option(help="The company's name or id, where no files are named.")
]
DateOrder = Annotated[str | None, typer.Option(help="How 01/02/2025 reads: ymd, dmy or mdy.")]
Currency = Annotated[str | None, typer.Option(help="Currency of rows that name none.")]
TermsDays = Annotated[int | None, typer.Option(min=0, help="Terms where no due date is given.")]
Mapping = Annotated[Path | None, typer.Option(help="YAML file that names columns.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON.")]


def train(
    ledger: Files = None,
    out: Annotated[Path | None, typer.Option(help="File to write the model to.")] = None,
    keep: Keep = False,
    tenant: Tenant = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Learn nothing later; default: last day.")
    ] = None,
    date_order: DateOrder = None,
    currency: Currency = None,
    terms_days: TermsDays = None,
    mapping: Mapping = None,
) -> None:
    """Train the late-payment model on ledger files; it is for that ledger alone.

    Example: xindun model train late-payment ledger.csv --out late.json
    """
    from xindun.engine.late_payment import training

    registry.check_goes_somewhere(out, keep)
    options = _options(date_order, currency, terms_days, mapping)
    with _opened(ledger, tenant, options) as files:
        model = training.train(
            files.ledger,
            files.payers,
            as_of=as_of.date() if as_of else files.last_movement_on,
            known_at=files.known_at,
        )
    if out is not None:
        out.write_bytes(model.as_bytes())
    told = model.trained
    rates = ", ".join(f"{rate:.1%} over {days} days" for days, rate in told.base_rates.items())
    typer.echo(
        f"{out or 'late-payment'}: trained on {told.invoices:,} invoices of {told.payers:,} "
        f"payers, issued {told.issued_from} to {told.issued_until}, known until {told.as_of}.\n"
        f"Paid late: {rates}.\nSHA-256 {model.version}"
    )
    if out is not None:
        typer.echo(f"Next: xindun model predict late-payment LEDGER --model {out}")
    if keep:
        typer.echo(registry.kept("late_payment", model.as_bytes(), tenant))


def predict(
    ledger: Files = None,
    tenant: Tenant = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="A trained model's file or a kept one's id; without it each buyer's own history."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=DAY, help="The day asked about; default: last day.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="CSV file to write; without it standard output.")
    ] = None,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Show the company's own ledger, by its model in use, on buyers' pages."
        ),
    ] = False,
    date_order: DateOrder = None,
    currency: Currency = None,
    terms_days: TermsDays = None,
    mapping: Mapping = None,
) -> None:
    """Predict when each open invoice of ledger files will be paid, one CSV row an invoice.

    Columns: the chance to be paid late, more than 15 and more than 30 days late; the days by
    which payment has a chance of 10, 50 and 90 in 100; the method and what it knew of the payer.
    """
    import pyarrow.csv as csv

    from xindun.engine.late_payment import prediction

    if keep:
        typer.echo(registry.keep_predictions(tenant))
        return
    trained = _read(model, tenant)
    options = _options(date_order, currency, terms_days, mapping)
    with _opened(ledger, tenant, options) as files:
        found = prediction.predictions(
            files.ledger,
            files.payers,
            trained,
            as_of=as_of.date() if as_of else files.last_movement_on,
            known_at=files.known_at,
        )
        files.ledger.put("predicted", found)
        rows = files.ledger.rows(
            """select i.number, b.name as buyer, p.* exclude (payer_id)
            from predicted p join items i on i.item_id = p.item_id
            join buyers b on b.buyer_id = i.buyer_id order by p.item_id"""
        )
    csv.write_csv(rows, sys.stdout.buffer if out is None else out)
    if out is not None:
        typer.echo(f"{out}: {rows.num_rows:,} open invoices.")


def validate(
    ledger: Files = None,
    tenant: Tenant = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="A trained model's file or a kept one's id; without it one is trained to --split."
        ),
    ] = None,
    split: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Train until then, test what came later.")
    ] = None,
    issued_from: Annotated[
        datetime | None, typer.Option("--from", formats=DAY, help="Test only from this issue day.")
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=DAY, help="Outcomes known until; default: last day.")
    ] = None,
    date_order: DateOrder = None,
    currency: Currency = None,
    terms_days: TermsDays = None,
    mapping: Mapping = None,
    as_json: AsJson = False,
    keep: KeepReport = False,
) -> None:
    """Test the late-payment model on invoices issued after its training.

    Give the earlier files too: what was known of a buyer at issue is read from them. Every
    figure comes with its base rate and with what a customer's median would have said.
    """
    from xindun.cli.model.telling import told
    from xindun.engine.late_payment.validation import validate as tested

    trained = _read(model, tenant)
    options = _options(date_order, currency, terms_days, mapping)
    with _opened(ledger, tenant, options) as files:
        used = trained or _trained_until(files, split.date() if split else None)
        report = tested(
            files.ledger,
            files.payers,
            used,
            as_of=as_of.date() if as_of else files.last_movement_on,
            known_at=files.known_at,
            issued_from=issued_from.date() if issued_from else None,
        )
    if keep:
        registry.keep_report("late_payment", json.loads(used.as_bytes()), report, tenant)
    typer.echo(json.dumps(report, default=str, indent=2) if as_json else told(report))


def _opened(
    paths: list[Path] | None, tenant: str | None, options: Options
) -> AbstractContextManager[OpenedLedger]:
    """The files as one ledger, or the ledger of the company."""
    from xindun.cli.model import ledgers

    if paths:
        return ledgers.opened(paths, options)
    from xindun.cli.companies import company_of
    from xindun.config import startup

    startup.start()
    return ledgers.opened_company(company_of(tenant).id)


def _trained_until(files: OpenedLedger, split: date | None) -> LateModel:
    from xindun.engine.late_payment import training

    last = split or files.ledger.rows(
        f"select quantile_disc(issued_on, {TESTED_SHARE}) as day from items where kind = 'invoice'"
    )["day"][0].as_py() - timedelta(days=1)
    return training.train(files.ledger, files.payers, as_of=last, known_at=files.known_at)


def _read(name: str | None, tenant: str | None) -> LateModel | None:
    from xindun.cli.model.ledgers import FileMissing
    from xindun.engine.late_payment.artefact import read_model

    if name is None:
        return None
    path = Path(name)
    if path.is_file():
        return read_model(path.read_bytes(), path.name)
    if not registry.is_reference(name):
        raise FileMissing(file=path)
    return read_model(registry.content_of(name, tenant), name)


def _options(
    date_order: str | None, currency: str | None, terms_days: int | None, mapping: Path | None
) -> Options:
    from xindun.cli.model.ledgers import FileMissing
    from xindun.config.ledger_reading import options_of
    from xindun.connectors.ledger_files import load_mapping

    if mapping is not None and not mapping.is_file():
        raise FileMissing(file=mapping)
    given: dict[str, Any] = {
        "date_order": date_order,
        "currency": currency.upper() if currency else None,
        "terms_days": terms_days,
        "mapping": load_mapping(mapping) if mapping else None,
    }
    return options_of({name: value for name, value in given.items() if value is not None})
