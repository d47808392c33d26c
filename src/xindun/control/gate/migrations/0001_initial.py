"""Decisions, the worklist, stops and prepared standings."""

import django.db.models.deletion
from django.db import migrations, models

import xindun.control.gate.values.facts
import xindun.control.gate.values.verdicts
import xindun.kernel.identifiers
from xindun.kit.migrations import AppendOnly, TenantForeignKey, TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orders", "0001_initial"),
        ("parties", "0005_ownership"),
        ("tenants", "0007_four_eyes"),
    ]

    operations = [
        migrations.CreateModel(
            name="GateDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("order_number", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            (
                                xindun.control.gate.values.verdicts.Outcome["RELEASE"],
                                xindun.control.gate.values.verdicts.Outcome["RELEASE"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.Outcome["HOLD"],
                                xindun.control.gate.values.verdicts.Outcome["HOLD"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.Outcome["REFUSE"],
                                xindun.control.gate.values.verdicts.Outcome["REFUSE"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("binding", models.TextField()),
                ("facts", models.TextField()),
                ("verdict", models.TextField()),
                ("policy_number", models.IntegerField()),
                ("policy_hash", models.CharField(max_length=64)),
                ("evidence_id", models.UUIDField()),
                ("reserved_until", models.DateTimeField(null=True)),
                ("actor", models.TextField()),
                ("decided_at", models.DateTimeField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderrow",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "gate_decision",
            },
        ),
        migrations.CreateModel(
            name="GateEpoch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "gate_epoch",
            },
        ),
        migrations.CreateModel(
            name="GateHold",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                ("binding", models.TextField()),
                ("at_risk", models.DecimalField(decimal_places=4, max_digits=18)),
                ("currency", models.CharField(max_length=3)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            (
                                xindun.control.gate.values.verdicts.HoldState["WAITING"],
                                xindun.control.gate.values.verdicts.HoldState["WAITING"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.HoldState["RELEASED"],
                                xindun.control.gate.values.verdicts.HoldState["RELEASED"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.HoldState["REFUSED"],
                                xindun.control.gate.values.verdicts.HoldState["REFUSED"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.HoldState["PASSED"],
                                xindun.control.gate.values.verdicts.HoldState["PASSED"],
                            ),
                            (
                                xindun.control.gate.values.verdicts.HoldState["WITHDRAWN"],
                                xindun.control.gate.values.verdicts.HoldState["WITHDRAWN"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("decided_by", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="gate.gatedecision",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.orderrow",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "gate_hold",
            },
        ),
        migrations.CreateModel(
            name="GateStanding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("epoch", models.BigIntegerField()),
                ("as_of", models.DateField()),
                ("ledger_version", models.BigIntegerField()),
                ("policy_number", models.IntegerField()),
                ("content", models.TextField()),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "gate_standing",
            },
        ),
        migrations.CreateModel(
            name="GateStop",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.UUIDField(
                        default=xindun.kernel.identifiers.new_public_id, editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            (
                                xindun.control.gate.values.facts.StopKind["SANCTIONS"],
                                xindun.control.gate.values.facts.StopKind["SANCTIONS"],
                            ),
                            (
                                xindun.control.gate.values.facts.StopKind["FRAUD"],
                                xindun.control.gate.values.facts.StopKind["FRAUD"],
                            ),
                            (
                                xindun.control.gate.values.facts.StopKind["LEGAL"],
                                xindun.control.gate.values.facts.StopKind["LEGAL"],
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
                ("placed_by", models.TextField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_by", models.TextField(blank=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "buyer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.buyer",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
            options={
                "db_table": "gate_stop",
            },
        ),
        migrations.AddIndex(
            model_name="gatedecision",
            index=models.Index(fields=["tenant", "order", "-id"], name="gate_decision_order"),
        ),
        migrations.AddIndex(
            model_name="gatedecision",
            index=models.Index(fields=["tenant", "buyer", "-id"], name="gate_decision_buyer"),
        ),
        migrations.AddConstraint(
            model_name="gatedecision",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="gate_decision_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="gateepoch",
            constraint=models.UniqueConstraint(fields=("tenant",), name="gate_epoch_one"),
        ),
        migrations.AddIndex(
            model_name="gatehold",
            index=models.Index(fields=["tenant", "state", "due_at"], name="gate_hold_worklist"),
        ),
        migrations.AddConstraint(
            model_name="gatehold",
            constraint=models.UniqueConstraint(
                fields=("tenant", "public_id"), name="gate_hold_public_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatehold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("tenant", "order"),
                name="gate_hold_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="gatestanding",
            constraint=models.UniqueConstraint(
                fields=("tenant", "buyer"), name="gate_standing_buyer"
            ),
        ),
        migrations.AddConstraint(
            model_name="gatestop",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("tenant", "buyer", "kind"),
                name="gate_stop_one_open",
            ),
        ),
        TenantTable("gate_decision"),
        AppendOnly("gate_decision"),
        TenantForeignKey("gate_decision", "buyer_id", "parties_buyer"),
        TenantForeignKey("gate_decision", "order_id", "orders_order"),
        TenantTable("gate_hold", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("gate_hold", "buyer_id", "parties_buyer"),
        TenantForeignKey("gate_hold", "order_id", "orders_order"),
        TenantForeignKey("gate_hold", "decision_id", "gate_decision"),
        TenantTable("gate_stop", rights="SELECT, INSERT, UPDATE"),
        TenantForeignKey("gate_stop", "buyer_id", "parties_buyer"),
        TenantTable("gate_standing"),
        TenantForeignKey("gate_standing", "buyer_id", "parties_buyer"),
        TenantTable("gate_epoch", rights="SELECT, INSERT, UPDATE"),
    ]
