"""Every column that looks like a person's is in the register of personal data, or excused."""

from __future__ import annotations

import re

from django.apps import apps

from xindun.record.privacy.rules import LAWS, PLACES
from xindun.record.privacy.values import Link, Treatment

LOOKS_PERSONAL = re.compile(
    r"(?:^|_)(?:e?mail|name|phone|mobile|ip|user_agent|address|salesperson|person|contact"
    r"|username|actor|made_by|birth|signature_name)(?:$|_)"
)
EXCUSED = {
    # Names of things.
    **dict.fromkeys(
        (
            *("auth_group.name", "auth_permission.name", "procrastinate_jobs.queue_name"),
            *("procrastinate_jobs.task_name", "procrastinate_periodic_defers.task_name"),
            *("tenants_tenant.name", "account_emailconfirmation.email_address_id"),
            "socialaccount_socialapp.name",
            *("bureau_enquiry.file_name", "models_version.name"),
            *("own_file_owncorrection.evidence_name", "parties_legal_entity.name"),
            "parties_legal_entity.address",
            *("parties_legal_entity.name_key", "parties_party.name", "parties_party.name_key"),
        ),
        "names a thing or a company",
    ),
    "securities_version.by_person": "says that a person stands behind it, and never who",
    # Copies that a run makes of the buyer's name; they fall with the run.
    "monitoring_buyer_snapshot.name": "a copy of parties_buyer.name",
    "monitoring_today_action.name": "a copy of parties_buyer.name",
    # Random ids of people, whose meaning the login holds.
    "monitoring_portfolio_run.actor": "a random id, as in the evidence",
    "tenants_apikey.made_by": "a random id, as in the evidence",
    "api_asked_job.actor": "a random id, as in the evidence",
    "limits_step.actor": "a random id, as in the evidence",
    "gate_decision.actor": "a random id, as in the evidence",
    "orders_change.actor": "a random id, as in the evidence",
    "orders_order.by_person": "whether a person released it",
}


def test_every_personal_column_is_registered_or_excused() -> None:
    known = {
        f"{place.table}.{column}"
        for place in PLACES
        for column in (*place.shown, *place.hidden, place.key)
    }
    found = {
        f"{model._meta.db_table}.{field.column}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if LOOKS_PERSONAL.search(field.column)
    }
    assert sorted(found - known - EXCUSED.keys()) == []
    assert sorted(EXCUSED.keys() & known) == []


def test_the_register_names_columns_that_exist() -> None:
    columns = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields}
        for model in apps.get_models()
    }
    for place in PLACES:
        named = {*place.shown, *place.hidden, *([place.key] if place.key else [])}
        assert named <= columns[place.table], place.code
        assert bool(place.key) == (place.link is not Link.NONE), place.code


def test_what_is_kept_names_its_law_and_what_goes_needs_none() -> None:
    for place in PLACES:
        assert bool(place.laws) == (place.treatment is Treatment.KEPT), place.code
        assert set(place.laws) <= LAWS.keys()
    assert all(law.source.startswith("http") for law in LAWS.values())
