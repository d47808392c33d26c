"""Foreign keys point to the same or an earlier phase; import linters cannot see them."""

from __future__ import annotations

from django.apps import apps
from django.db import models

PHASES = ("record", "prevention", "control", "recovery", "improvement")


def phase_of(model: type[models.Model]) -> int | None:
    parts = model.__module__.split(".")
    return PHASES.index(parts[1]) if parts[0] == "xindun" and parts[1] in PHASES else None


def test_foreign_keys_never_point_to_a_later_phase() -> None:
    seen = 0
    for model in apps.get_models():
        source = phase_of(model)
        if source is None:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey):
                continue
            seen += 1
            target = phase_of(field.related_model)
            assert target is None or target <= source, f"{model._meta.label}.{field.name}"
            if target is not None:
                remote = field.remote_field
                assert remote.related_name == "+", f"{model._meta.label}.{field.name} related_name"
                assert remote.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"
    assert seen > 0
