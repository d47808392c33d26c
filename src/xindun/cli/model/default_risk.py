"""``xindun model … default-risk``: from firm-years in the published format, without a server.

What a reader would get wrong: a model is always tested on rows it did not learn from. ``validate``
says so when the years asked for overlap those the model was trained on.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from xindun.cli.model import registry
from xindun.cli.model.registry import Company, Keep, KeepReport
from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.engine.default_risk.firm_years import FirmYears
    from xindun.engine.default_risk.inputs import InputSet

Data = Annotated[
    list[Path], typer.Option(help="CSV of firm-years: company_name, status_label, year, X1 … X18.")
]
Model = Annotated[
    str, typer.Option(help="A model's file, a kept one's id, or a shipped one: private or listed.")
]
Told = Annotated[
    bool,
    typer.Option(
        "--last-year-counts/--last-year-unknown",
        help="Whether a failed firm with rows up to the last year failed right after it.",
    ),
]
PURPOSES = {"private": "default_risk", "listed": "default_risk_listed"}
FIRST_YEAR = 2003
"""Earlier years of the US set hold hardly any of their failures."""


class NoSuchModel(DomainError):
    """Neither a file nor a shipped model."""

    code = "no_such_model_file"
    sentence = "{model} is neither a file nor a shipped model (private, listed)."


def train(
    data: Data,
    out: Annotated[Path | None, typer.Option(help="File to write the model to.")] = None,
    inputs: Annotated[
        str, typer.Option(help="private: statements alone; listed: with the market value.")
    ] = "private",
    since: Annotated[int, typer.Option(help="Learn from no earlier year.")] = FIRST_YEAR,
    until: Annotated[
        int | None, typer.Option(help="Learn from no later year; default: the last but one.")
    ] = None,
    last_year_counts: Told = False,
    keep: Keep = False,
    tenant: Company = None,
) -> None:
    """Train the default-risk model; the same file and options give the same model.

    Example: xindun model train default-risk --data firms.csv --inputs private --out model.json
    """
    from xindun.engine.default_risk.card import Source, as_text, digest, trained_model
    from xindun.engine.default_risk.inputs import CODES

    registry.check_goes_somewhere(out, keep)
    asked = _input_set(inputs)
    rows = _read(data, CODES[asked], last_year_counts)
    last = until if until is not None else int(rows.years.max()) - 1
    source = Source(", ".join(path.name for path in data), _digest(data))
    body = trained_model(rows, asked, since=since, until=last, source=source)
    if out is not None:
        out.write_text(as_text(body), encoding="utf-8")
    taught = body["trained_on"]
    typer.echo(
        f"{out or body['id']}: {len(body['terms'])} terms, trained on "
        f"{taught['firm_years']:,} firm-years of {taught['firms']:,} firms, {since} to {last}; "
        f"{taught['failures']} failed in the year "
        f"after (base rate {body['base_rate']:.2%})."
    )
    for test in body["card"]["out_of_time"]:
        typer.echo(
            f"Taught until {test['taught_until']}, tested {test['years'][0]} to "
            f"{test['years'][1]}: AUC {test['auc']:.4f} ± {test['auc_error']:.4f} at a base rate "
            f"of {test['base_rate']:.2%}."
        )
    typer.echo(f"SHA-256 {digest(body)}")
    if keep:
        typer.echo(registry.kept(PURPOSES[asked.value], as_text(body).encode(), tenant))


def validate(
    data: Data,
    model: Model = "private",
    first: Annotated[int | None, typer.Option("--from", help="Test no earlier year.")] = None,
    last: Annotated[int | None, typer.Option("--to", help="Test no later year.")] = None,
    out: Annotated[Path | None, typer.Option(help="Also write the report: .html or .json.")] = None,
    lang: Annotated[str, typer.Option(help="Language of the HTML report: en or zh.")] = "en",
    last_year_counts: Told = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print only JSON.")] = False,
    keep: KeepReport = False,
    tenant: Company = None,
) -> None:
    """Test a default-risk model on firm-years: ranking, calibration, alerts, drift, baselines.

    A failed firm whose rows run to the last year of the data may have failed later than the year
    after; such rows are left out and counted, unless --last-year-counts says that they did.
    """
    from xindun.cli.model.default_risk_report import html, told
    from xindun.engine.default_risk.apply import codes_of
    from xindun.engine.default_risk.check import validation

    body = _model(model, tenant)
    rows = _read(data, codes_of(body), last_year_counts)
    begin = first if first is not None else int(rows.years.min())
    end = last if last is not None else int(rows.years.max())
    report = validation(body, rows.rows((rows.years >= begin) & (rows.years <= end)))
    report |= {"model": body["id"], "version": body["version"], "trained_on": body["trained_on"]}
    taught = body["trained_on"]["years"]
    report["overlaps_training"] = begin <= taught[1] and taught[0] <= end
    if out is not None:
        page = out.suffix == ".html"
        text = html(report, lang) if page else json.dumps(report, indent=1, ensure_ascii=False)
        out.write_text(text, encoding="utf-8")
    if keep:
        registry.keep_report(PURPOSES[body["inputs"]], body, report, tenant)
    typer.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else told(report))


def score(
    data: Annotated[list[Path], typer.Argument(metavar="FIRM_YEARS...", help="CSV files.")],
    model: Model = "private",
    out: Annotated[
        Path | None, typer.Option(help="CSV file to write; without it standard output.")
    ] = None,
    reasons: Annotated[bool, typer.Option(help="A column of log-odds for each term.")] = False,
    tenant: Company = None,
) -> None:
    """Score firm-years: company_name, year, the probability to fail within a year, and reasons."""
    import pyarrow as pa
    import pyarrow.csv as csv

    from xindun.engine.default_risk.apply import codes_of, probabilities
    from xindun.engine.default_risk.check import explained

    body = _model(model, tenant)
    rows = _read(data, codes_of(body), False, baselines=False)
    columns: dict[str, Any] = {
        "company_name": list(rows.firms),
        "year": rows.years,
        "probability": probabilities(body, rows.inputs),
    }
    if reasons:
        columns |= explained(body, rows)
    csv.write_csv(pa.table(columns), sys.stdout.buffer if out is None else out)
    if out is not None:
        typer.echo(f"{out}: {len(rows.firms):,} firm-years scored by {body['id']}.")


def _read(
    paths: list[Path], codes: tuple[str, ...], last_year_counts: bool, *, baselines: bool = True
) -> FirmYears:
    from xindun.engine.default_risk.check import BASELINES
    from xindun.engine.default_risk.firm_years import read_firm_years

    asked = (*codes, *BASELINES) if baselines else codes
    return read_firm_years(paths, asked, tells_last_year=last_year_counts)


def _input_set(name: str) -> InputSet:
    from xindun.engine.default_risk.inputs import InputSet

    try:
        return InputSet(name)
    except ValueError as error:
        raise NoSuchModel(model=name) from error


def _model(name: str, tenant: str | None) -> dict[str, Any]:
    from xindun.engine.default_risk.shipped import NAMES, shipped

    if name in NAMES:
        return shipped(name)
    path = Path(name)
    if path.is_file():
        content = path.read_bytes()
    elif registry.is_reference(name):
        content = registry.content_of(name, tenant)
    else:
        raise NoSuchModel(model=name)
    body: dict[str, Any] = json.loads(content)
    return body


def _digest(paths: list[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()
