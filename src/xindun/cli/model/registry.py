"""``xindun model list`` and ``drift``, and what ``--keep`` does: a company's models.

What a reader would get wrong: keeping a model changes no answer. It is a challenger until its
validation is kept too, somebody proposes it on the page "Models", and another person approves.
"""

from __future__ import annotations

import getpass
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from xindun.kernel.errors import DomainError

if TYPE_CHECKING:
    from xindun.prevention.models.values import DriftMonth, ModelVersion
    from xindun.record.tenants.values import Actor

Company = Annotated[
    str | None, typer.Option("--tenant", help="The company's name or id; not needed when only one.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Keep the model as the company's challenger.")]
KeepReport = Annotated[
    bool, typer.Option("--keep", help="Keep the report with the company's kept model.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print only JSON.")]


class GoesNowhere(DomainError):
    """A model that nobody would have."""

    code = "model_goes_nowhere"
    sentence = "Say where the model goes: --out FILE, --keep, or both."


def check_goes_somewhere(out: Path | None, keep: bool) -> None:
    """Refuse before hours of training, not after.

    Raises:
        GoesNowhere: as the name says.
    """
    if out is None and not keep:
        raise GoesNowhere


def is_reference(text: str) -> bool:
    """Whether a text is the id of a kept model."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def kept(purpose: str, content: bytes, tenant: str | None) -> str:
    """Keep a model; what to do next."""
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.models.actions import register
    from xindun.prevention.models.values import Purpose

    with tenant_scope(tenant_id):
        version = register(_actor(), Purpose(purpose), content, now=datetime.now(UTC))
    kind = "late-payment" if purpose == Purpose.LATE_PAYMENT else "default-risk"
    return (
        f"Kept as {version.reference}, a challenger.\n"
        f"Next: xindun model validate {kind} … --model {version.reference} --keep"
    )


def content_of(reference: str, tenant: str | None) -> bytes:
    """The bytes of a kept model."""
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.models import reads

    with tenant_scope(tenant_id):
        found = reads.version(reference)
        return reads.content_of(found.file_sha256)


def keep_report(
    purpose: str, body: Mapping[str, Any], report: Mapping[str, Any], tenant: str | None
) -> None:
    """Keep a validation with the kept model whose content is ``body``.

    Raises:
        NotKept: the company does not keep that model.
    """
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.models import actions, reads
    from xindun.prevention.models.values import Purpose

    with tenant_scope(tenant_id):
        version = reads.kept_as(Purpose(purpose), json.dumps(body).encode())
        actions.keep_report(_actor(), version.reference, report, now=datetime.now(UTC))


def keep_predictions(tenant: str | None) -> str:
    """Predict a company's open invoices now, as the worker does every night."""
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.scoring.actions import predict_late

    with tenant_scope(tenant_id):
        count = predict_late(_actor(), now=datetime.now(UTC))
    return f"{count:,} open invoices predicted; each buyer's page shows its own."


def show(tenant: Company = None, as_json: AsJson = False) -> None:
    """List the company's models: role, base rate and AUC of the newest validation."""
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.models import reads

    with tenant_scope(tenant_id):
        found = reads.versions()
    if as_json:
        typer.echo(json.dumps([_plain(each) for each in found], indent=1))
        return
    typer.echo(f"{'model':37} {'purpose':20} {'role':10} {'version':13} {'base rate':>9}   AUC")
    for each in found:
        base, area = _base_and_auc(each)
        typer.echo(
            f"{each.reference:37} {each.purpose.value:20} {each.role.value:10} "
            f"{each.version[:12]:13} {_share(base):>9}   {_figure(area)}"
        )


def drift(tenant: Company = None, as_json: AsJson = False) -> None:
    """Measure this month's drift of the champion where it is not known, and tell the history.

    PSI against the rows that the model learnt from: quiet below 0.10, watch to 0.25, act above.
    """
    tenant_id = _started(tenant)
    from xindun.kit.tenancy import tenant_scope
    from xindun.prevention.models import reads
    from xindun.prevention.scoring.actions import measure_drift

    with tenant_scope(tenant_id):
        measure_drift(_actor(), now=datetime.now(UTC))
        months = reads.drift_history()
    if as_json:
        typer.echo(json.dumps([_plain_month(each) for each in months], indent=1))
    elif not months:
        typer.echo("Nothing to measure: no buyer has accounts on file.")
    for each in () if as_json else months:
        most = ", ".join(f"{figure.name} {figure.psi:.3f}" for figure in each.figures[:3])
        typer.echo(
            f"{each.month:%Y-%m}  {each.purpose.value:20} {each.version[:12]:13} "
            f"{each.rows:8,} rows  {each.verdict.value:8} {most}"
        )


def _plain(version: ModelVersion) -> dict[str, Any]:
    base, area = _base_and_auc(version)
    return {
        "reference": version.reference,
        "purpose": version.purpose.value,
        "role": version.role.value,
        "name": version.name,
        "version": version.version,
        "sha256": version.digest,
        "base_rate": base,
        "auc": area,
    }


def _plain_month(month: DriftMonth) -> dict[str, Any]:
    return {
        "month": f"{month.month:%Y-%m}",
        "purpose": month.purpose.value,
        "version": month.version,
        "rows": month.rows,
        "verdict": month.verdict.value,
        "psi": {each.name: each.psi for each in month.figures},
    }


def _base_and_auc(version: ModelVersion) -> tuple[float | None, float | None]:
    report = version.report or {}
    first = report["chances"][0] if "chances" in report else report
    return first.get("base_rate"), first.get("auc")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _started(tenant: str | None) -> int:
    """Django started, and the company's row id."""
    from xindun.cli.companies import company_of
    from xindun.config import startup

    startup.start()
    return company_of(tenant).id


def _actor() -> Actor:
    from xindun.record.tenants.reads import machine_actor

    return machine_actor(f"cli:{getpass.getuser()}")
