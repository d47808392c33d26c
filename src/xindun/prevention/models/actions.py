"""Register a model, keep its validation, propose its use, carry that out, measure its drift."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from xindun.engine.validation.drift import Drift
from xindun.kernel.errors import DomainError
from xindun.kit.events import FILE_CHANGED, announce
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.models import reads, rules
from xindun.prevention.models.models import (
    ModelDriftRow,
    ModelPromotionRow,
    ModelReportRow,
    ModelVersionRow,
)
from xindun.prevention.models.values import DriftMonth, ModelVersion, Purpose
from xindun.record.evidence.actions import append
from xindun.record.evidence.values import Subject
from xindun.record.tenants.actions import propose
from xindun.record.tenants.values import Actor, Permission, Proposal

PROMOTION = "model_promoted"


class ModelKnown(DomainError):
    """The very same model."""

    code = "model_known"
    sentence = "This very model is registered already."


def register(actor: Actor, purpose: Purpose, content: bytes, *, now: datetime) -> ModelVersion:
    """Keep a model as a challenger; nothing is answered by it until two people promote it.

    Raises:
        NotPermitted, UnsoundModel, NotALateModel, NotReadByGrades, ModelKnown: as named.
    """
    actor.check(Permission.MODELS_MANAGE)
    model = rules.checked(purpose, content)
    file_sha256, _size = tenant_files(current_tenant_id()).put(BytesIO(content))
    with transaction.atomic():
        if (purpose, model.digest) in {(each.purpose, each.digest) for each in reads.versions()}:
            raise ModelKnown
        row = ModelVersionRow.objects.create(
            tenant_id=current_tenant_id(),
            purpose=purpose.value,
            name=model.name,
            version=model.version,
            digest=model.digest,
            file_sha256=file_sha256,
            card=dict(model.card),
            registered_at=now,
        )
        append(
            kind="model_registered",
            subject=Subject("model", str(row.public_id)),
            actor=actor.name,
            occurred_at=now,
            inputs={"digest": model.digest, "file_sha256": file_sha256},
            result={"name": model.name, "purpose": purpose.value, "role": "challenger"},
            versions={"model": model.version},
        )
    return reads.version(str(row.public_id))


def keep_report(
    actor: Actor, reference: str, report: Mapping[str, Any], *, now: datetime
) -> ModelVersion:
    """Keep a validation of one of the company's models; the newest counts.

    Raises:
        NotPermitted, NoSuchModel, ReportOfAnother, NoRealTest: as named.
    """
    actor.check(Permission.MODELS_MANAGE)
    version = reads.version(reference)
    rules.check_report(version, report)
    text = json.dumps(report, sort_keys=True, default=str)
    with transaction.atomic():
        ModelReportRow.objects.create(
            tenant_id=current_tenant_id(),
            version=_row_of(version),
            report=json.loads(text),
            reported_at=now,
        )
        append(
            kind="model_validated",
            subject=Subject("model", reference),
            actor=actor.name,
            occurred_at=now,
            inputs={"digest": version.digest},
            result={"report_hash": sha256(text.encode()).hexdigest()},
            versions={"model": version.version},
        )
    return reads.version(reference)


def propose_promotion(actor: Actor, reference: str, *, now: datetime) -> Proposal:
    """Propose that a version is used; a retired or shipped one goes back the same way.

    Raises:
        NotPermitted, NoSuchModel, AlreadyChampion, NotValidated, AlreadyProposed: as named.
    """
    actor.check(Permission.MODELS_MANAGE)
    wanted = reads.version(reference)
    rules.check_promotion(wanted)
    return propose(
        actor,
        PROMOTION,
        wanted.purpose.value,
        {
            "model": reference,
            "digest": wanted.digest,
            "name": wanted.name,
            "version": wanted.version,
        },
        needed=Permission.FILES_APPROVE,
        proposing=Permission.MODELS_MANAGE,
        now=now,
    )


def promote_approved(proposal: Proposal, actor: Actor, now: datetime) -> None:
    """Carry out an approved promotion: answers from now on are its, those given stay."""
    wanted = reads.version(str(proposal.payload["model"]))
    rules.check_promotion(wanted)
    before = reads.champion_of(wanted.purpose)
    rows = ModelPromotionRow.objects.filter(
        tenant_id=current_tenant_id(), purpose=wanted.purpose.value
    )
    ModelPromotionRow.objects.create(
        tenant_id=current_tenant_id(),
        purpose=wanted.purpose.value,
        number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
        version=None if wanted.is_shipped else _row_of(wanted),
        promoted_at=now,
    )
    append(
        kind=PROMOTION,
        subject=Subject("model", wanted.reference),
        actor=actor.name,
        occurred_at=now,
        inputs={"proposal": proposal.public_id, "proposer": proposal.proposer},
        result={
            "purpose": wanted.purpose.value,
            "digest": wanted.digest,
            "before": before.reference if before else None,
            "before_digest": before.digest if before else None,
        },
        versions={"model": wanted.version},
    )
    if wanted.purpose is Purpose.DEFAULT_RISK:
        announce(FILE_CHANGED)


def keep_drift(
    actor: Actor,
    champion: ModelVersion,
    moved: list[Drift],
    *,
    rows: int,
    as_of: date,
    now: datetime,
) -> DriftMonth | None:
    """Keep a month's drift of the champion; None when the month has been measured.

    Args:
        moved: of the score and each input, against the rows that the model learnt from.
    """
    figures = rules.drift_figures(moved)
    verdict = rules.worst(figures)
    with transaction.atomic():
        if reads.drift_is_measured(champion, as_of):
            return None
        row = ModelDriftRow.objects.create(
            tenant_id=current_tenant_id(),
            purpose=champion.purpose.value,
            month=as_of.replace(day=1),
            as_of=as_of,
            digest=champion.digest,
            version=champion.version,
            rows=rows,
            verdict=verdict.value,
            figures=[[each.name, each.psi, each.noise, each.verdict.value] for each in figures],
        )
        append(
            kind="model_drift_measured",
            subject=Subject("model", champion.reference),
            actor=actor.name,
            occurred_at=now,
            inputs={"as_of": as_of, "rows": rows, "digest": champion.digest},
            result={
                "verdict": verdict.value,
                "psi": {each.name: f"{each.psi:.6f}" for each in figures},
            },
            versions={"model": champion.version},
        )
    return reads.drift_value(row)


def _row_of(version: ModelVersion) -> ModelVersionRow:
    """The row behind one of the company's own versions.

    Raises:
        NoSuchModel: a shipped model has none.
    """
    if version.is_shipped:
        raise reads.NoSuchModel
    return ModelVersionRow.objects.get(
        tenant_id=current_tenant_id(), public_id=UUID(version.reference)
    )
