"""Under which model and policy grades are made, and how both are stored by their hash."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property

from xindun.engine.additive import AdditiveModel, canonical, model_of
from xindun.engine.grade_policy import DEFAULT_POLICY, GradePolicy, policy_of
from xindun.kit.tenancy import current_tenant_id
from xindun.prevention.models.reads import champion
from xindun.prevention.scoring.models import GradeMethod
from xindun.prevention.scoring.rules import hash_of


@dataclass(frozen=True)
class Method:
    """A default-risk model (None: no financial dimension) and the grade's policy."""

    model: AdditiveModel | None
    policy: GradePolicy = DEFAULT_POLICY

    @cached_property
    def body(self) -> dict[str, object]:
        """Both as plain JSON, from which :func:`method_of` makes them again."""
        model = dict(self.model.body) if self.model else None
        return {"model": model, "policy": self.policy.body()}

    @cached_property
    def digest(self) -> str:
        """The hash that a grade stores."""
        return hash_of(self.body)

    @property
    def model_version(self) -> str:
        """The model's name and version."""
        return f"{self.model.model_id} {self.model.version}" if self.model else "none"


def current_method() -> Method:
    """The method that grades are made by now: the company's champion."""
    return Method(champion())


def keep(method: Method) -> None:
    """Store the method for replays, once a company."""
    GradeMethod.objects.bulk_create(
        [
            GradeMethod(
                tenant_id=current_tenant_id(), digest=method.digest, body=canonical(method.body)
            )
        ],
        ignore_conflicts=True,
    )


def method_of(digest: str) -> Method:
    """The stored method of a grade."""
    row = GradeMethod.objects.get(tenant_id=current_tenant_id(), digest=digest)
    body = json.loads(row.body)
    model = model_of(body["model"]) if body["model"] else None
    return Method(model, policy_of(body["policy"]))
