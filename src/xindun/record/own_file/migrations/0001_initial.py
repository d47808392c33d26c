"""Facts a company states about itself, and corrections it asked for."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, Grant, TenantTable

FIELDS = (
    *("legal_name", "legal_form", "registered_address", "uscc", "lei", "vat"),
    *("register_number", "founded_on", "activity", "website"),
)
STATES = ("asked", "accepted", "refused", "withdrawn")


def _tenant() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="tenants.tenant",
    )


def _recorded_at() -> models.DateTimeField[object, object]:
    return models.DateTimeField(
        db_default=django.db.models.functions.datetime.Now(), editable=False
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="OwnFact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "field",
                    models.CharField(choices=[(each, each) for each in FIELDS], max_length=30),
                ),
                ("value", models.TextField(blank=True)),
                ("source", models.TextField(blank=True)),
                ("stated_on", models.DateField()),
                ("recorded_at", _recorded_at()),
                ("tenant", _tenant()),
            ],
        ),
        migrations.CreateModel(
            name="OwnCorrection",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("holder", models.TextField()),
                ("wrong", models.TextField()),
                ("asked_on", models.DateField()),
                ("evidence_name", models.TextField(blank=True)),
                ("evidence_hash", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(choices=[(each, each) for each in STATES], max_length=10),
                ),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(null=True)),
                ("recorded_at", _recorded_at()),
                ("tenant", _tenant()),
            ],
        ),
        migrations.AddIndex(
            model_name="ownfact",
            index=models.Index(fields=["tenant", "field", "-id"], name="own_file_fact_newest"),
        ),
        migrations.AddConstraint(
            model_name="owncorrection",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="own_file_correction_id"
            ),
        ),
        TenantTable("own_file_ownfact"),
        AppendOnly("own_file_ownfact"),
        TenantTable("own_file_owncorrection"),
        Grant("own_file_owncorrection", "SELECT, INSERT, UPDATE"),
    ]
