"""Questions about the current tenant's models."""

from __future__ import annotations

from datetime import date
from functools import cache

from xindun.engine.additive import AdditiveModel, model_of
from xindun.engine.default_risk.shipped import shipped
from xindun.engine.late_payment.artefact import LateModel
from xindun.kernel.errors import DomainError
from xindun.kit.files import tenant_files
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.models.models import (
    ModelDriftRow,
    ModelPromotionRow,
    ModelReportRow,
    ModelVersionRow,
)
from xindun.prevention.models.rules import card_of, checked, default_risk_model, late_model
from xindun.prevention.models.values import (
    SHIPPED,
    DriftFigure,
    DriftMonth,
    DriftVerdict,
    ModelRole,
    ModelVersion,
    Purpose,
)


class NoSuchModel(DomainError):
    """No version with this reference."""

    code = "no_such_model"
    sentence = "There is no such model."


class NotKept(DomainError):
    """A report needs a model to belong to."""

    code = "model_not_kept"
    sentence = "This model is not kept by the company: train it with --keep first."


def versions() -> list[ModelVersion]:
    """Every version: shipped models first, then the company's own, the newest first."""
    promoted = _promotions()
    newest: dict[int, ModelReportRow] = {
        row.version_id: row
        for row in ModelReportRow.objects.filter(tenant_id=current_tenant_id()).order_by("id")
    }
    rows = ModelVersionRow.objects.filter(tenant_id=current_tenant_id()).order_by("-id")
    return [
        *(_shipped_version(reference, promoted) for reference in SHIPPED),
        *(_own_version(row, promoted, newest.get(row.id)) for row in rows),
    ]


def version(reference: str) -> ModelVersion:
    """One version, by its public id or as one of SHIPPED.

    Raises:
        NoSuchModel: as the name says.
    """
    for each in versions():
        if each.reference == reference:
            return each
    raise NoSuchModel


def kept_as(purpose: Purpose, content: bytes) -> ModelVersion:
    """The company's own version with this content.

    Raises:
        NotKept, UnsoundModel, NotALateModel, NotReadByGrades: as named.
    """
    digest = checked(purpose, content).digest
    for each in versions():
        if (each.purpose, each.digest) == (purpose, digest) and not each.is_shipped:
            return each
    raise NotKept


def champion_of(purpose: Purpose) -> ModelVersion | None:
    """The version in use; None for late payments until one is promoted."""
    found = [each for each in versions() if each.purpose is purpose]
    return next((each for each in found if each.role is ModelRole.CHAMPION), None)


def default_risk_champion() -> ModelVersion:
    """The version that company grades are made by; there always is one."""
    [found] = [
        each
        for each in versions()
        if each.purpose is Purpose.DEFAULT_RISK and each.role is ModelRole.CHAMPION
    ]
    return found


def champion(purpose: Purpose = Purpose.DEFAULT_RISK) -> AdditiveModel:
    """The default-risk model in use; company grades read the one without market value.

    Raises:
        FileMissing, UnsoundModel: the company's file is gone or changed; nothing else is used
            in its place.
    """
    row = _newest(purpose)
    if row is None or row.version is None:
        return shipped_model("shipped-private" if purpose is Purpose.DEFAULT_RISK else _LISTED)
    return default_risk_model(purpose, content_of(row.version.file_sha256))


def late_champion() -> LateModel | None:
    """The late-payment model in use; None: each buyer's own history answers.

    Raises:
        FileMissing, NotALateModel: as for ``champion``.
    """
    row = _newest(Purpose.LATE_PAYMENT)
    if row is None or row.version is None:
        return None
    return late_model(content_of(row.version.file_sha256))


def content_of(file_sha256: str) -> bytes:
    """The bytes of a version's file.

    Raises:
        FileMissing: as the name says.
    """
    return tenant_files(current_tenant_id()).path(file_sha256).read_bytes()


def drift_history(purpose: Purpose | None = None) -> list[DriftMonth]:
    """What was measured, the newest month first."""
    rows = ModelDriftRow.objects.filter(tenant_id=current_tenant_id())
    if purpose is not None:
        rows = rows.filter(purpose=purpose.value)
    return [drift_value(row) for row in rows.order_by("-month", "-id")]


def drift_is_measured(champion: ModelVersion, as_of: date) -> bool:
    """Whether the champion's drift of the day's month is known."""
    rows = ModelDriftRow.objects.filter(
        tenant_id=current_tenant_id(),
        purpose=champion.purpose.value,
        digest=champion.digest,
        month=as_of.replace(day=1),
    )
    return rows.exists()


@cache
def shipped_model(reference: str) -> AdditiveModel:
    """A model of the package."""
    return model_of(shipped(reference.removeprefix("shipped-")))


def drift_value(row: ModelDriftRow) -> DriftMonth:
    """A row as the value other contexts see."""
    return DriftMonth(
        purpose=Purpose(row.purpose),
        month=row.month,
        as_of=row.as_of,
        digest=row.digest,
        version=row.version,
        rows=row.rows,
        verdict=DriftVerdict(row.verdict),
        figures=tuple(
            DriftFigure(name, psi, noise, DriftVerdict(verdict))
            for name, psi, noise, verdict in row.figures
        ),
    )


_LISTED = "shipped-listed"


def _newest(purpose: Purpose) -> ModelPromotionRow | None:
    rows = ModelPromotionRow.objects.filter(tenant_id=current_tenant_id(), purpose=purpose.value)
    return rows.select_related("version").order_by("-number").first()


def _promotions() -> dict[Purpose, list[ModelPromotionRow]]:
    found: dict[Purpose, list[ModelPromotionRow]] = {purpose: [] for purpose in Purpose}
    for row in ModelPromotionRow.objects.filter(tenant_id=current_tenant_id()).order_by("number"):
        found[Purpose(row.purpose)].append(row)
    return found


def _shipped_version(
    reference: str, promoted: dict[Purpose, list[ModelPromotionRow]]
) -> ModelVersion:
    model, purpose = shipped_model(reference), SHIPPED[reference]
    changes = promoted[purpose]
    in_use = not changes or changes[-1].version_id is None
    return ModelVersion(
        reference=reference,
        purpose=purpose,
        name=model.model_id,
        version=model.version,
        digest=model.digest,
        file_sha256="",
        card=card_of(model.body),
        role=ModelRole.CHAMPION if in_use else ModelRole.RETIRED,
        since=changes[-1].promoted_at if changes else None,
        report=model.body["card"]["out_of_time"][-1],
    )


def _own_version(
    row: ModelVersionRow,
    promoted: dict[Purpose, list[ModelPromotionRow]],
    report: ModelReportRow | None,
) -> ModelVersion:
    changes = promoted[Purpose(row.purpose)]
    mine = [place for place, each in enumerate(changes) if each.version_id == row.id]
    role, since = ModelRole.CHALLENGER, row.registered_at
    if mine:
        in_use = mine[-1] == len(changes) - 1
        role = ModelRole.CHAMPION if in_use else ModelRole.RETIRED
        since = changes[mine[-1] if in_use else mine[-1] + 1].promoted_at
    return ModelVersion(
        reference=str(row.public_id),
        purpose=Purpose(row.purpose),
        name=row.name,
        version=row.version,
        digest=row.digest,
        file_sha256=row.file_sha256,
        card=row.card,
        role=role,
        since=since,
        report=report.report if report else None,
        reported_at=report.reported_at if report else None,
    )
