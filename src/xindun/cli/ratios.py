"""``xindun ratios``: a statement file in, ratios and distress models out; no database."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xindun.connectors.ledger_files.sources.opening import FileMissing

if TYPE_CHECKING:
    from xindun.engine.distress import DistressValue
    from xindun.engine.ratios import RatioValue, Undefined

app = typer.Typer(rich_markup_mode=None)
Name = Callable[[str, str], str]


@app.command()
def ratios(
    file: Annotated[Path, typer.Argument(help="A statement file: XLSX or CSV.")],
    unit: Annotated[int, typer.Option(help="What the amounts are written in: 10000 for 万元.")],
    usd_rate: Annotated[
        str | None,
        typer.Option(help="US dollars for one unit of the currency, for Ohlson's model."),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of the names: en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Work out ratios and distress models from the newest period of a statement file."""
    from xindun.connectors.statement_files import closing_days, read_draft
    from xindun.engine.distress import distress_of, price_index
    from xindun.engine.phrases import template
    from xindun.engine.ratios import ratios_of
    from xindun.kernel.words import translate
    from xindun.record.statements.rules import UnitMissing, check_figures, completed
    from xindun.record.statements.values import UNITS

    if not file.is_file():
        raise FileMissing(file=file)
    if unit not in UNITS:
        raise UnitMissing
    draft = read_draft(file)
    figures = [each.figures.scaled(unit) for each in draft.periods[:2]]
    for each in figures:
        check_figures(each, unit)
    this, *before = (completed(each)[0] for each in figures)
    months = draft.periods[0].months or 12
    [day, *_] = closing_days(draft)
    rate = Decimal(usd_rate) if usd_rate else Decimal(1) if draft.currency == "USD" else None
    found = ratios_of(this, *before, months=months)
    models = distress_of(
        this, *before, months=months, usd_rate=rate, index=price_index(day)[0] if day else None
    )
    unknown = list(draft.periods[0].unknown)
    if as_json:
        told = {
            "ends_on": day and day.isoformat(),
            "ratios": {code: _number(each.value) for code, each in found.items()},
            "models": {
                code: {"score": _number(each.score), "zone": each.zone}
                for code, each in models.items()
            },
            "unknown_lines": unknown,
        }
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    say = translate(lang)

    def name(family: str, code: str) -> str:
        return say(template(family, code))

    for code, ratio in found.items():
        typer.echo(f"{name('ratio', code)}: {_shown(ratio, name)}")
    for code, model in models.items():
        typer.echo(f"{name('distress', code)}: {_model(model, name)}")
    if unknown:
        typer.echo(f"? {', '.join(unknown)}")


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.6f}"


def _shown(found: RatioValue, name: Name) -> str:
    return f"{found.value:.4f}" if found.value is not None else _why(found.why, name)


def _model(found: DistressValue, name: Name) -> str:
    if found.score is None or found.zone is None:
        return _why(next(iter(found.why_not.values()), None), name)
    return f"{found.score:.4f} ({name('zone', found.zone)})"


def _why(found: Undefined | None, name: Name) -> str:
    if found is None:
        return "–"
    lines = ", ".join(name("line", line.removesuffix("_before")) for line in found.lines)
    return name("undefined", found.code).format(lines=lines)
