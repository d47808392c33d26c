"""Every operation × no key, a key without the permission, a key with nothing else, a session."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from ninja import NinjaAPI
from ninja.operation import Operation

from tests.edges.api.conftest import ROOT, Program, make_key
from xindun.api.operations import UnguardedOperation, check_guarded, operations_of, rules_of
from xindun.api.v1.app import api
from xindun.record.tenants.rules.keys import SCOPES
from xindun.record.tenants.values import Permission

NOBODY_S = re.compile(r"\{(?:\w+:)?(\w+)\}")


def every_operation() -> Iterator[tuple[str, str, Operation]]:
    """Method, address with ids that nobody has, operation."""
    for path, operated in operations_of(api):
        address = path.replace("{int:action_id}", "999999999")
        yield operated.methods[0], ROOT + NOBODY_S.sub(str(uuid4()), address), operated


def test_the_walk_sees_operations_at_all() -> None:
    assert len(list(every_operation())) > 20


def test_without_a_key_every_operation_is_closed(program: Program) -> None:
    stranger = Program(program.tenant_id, program.mark, "")
    for method, address, _operated in every_operation():
        for token in ("", "nonsense", program.token[:-1] + "x", "xd_" + "a" * 50):
            found = Program(stranger.tenant_id, stranger.mark, token).ask(method, address)
            assert found.status_code == 401, address
            assert found["WWW-Authenticate"] == 'Bearer realm="xindun"'
            assert found.json()["code"] == "unauthenticated"  # type: ignore[attr-defined]


def test_a_key_opens_what_its_scopes_name_and_nothing_else(program: Program) -> None:
    tokens = {scope: make_key(program.tenant_id, frozenset({scope})) for scope in SCOPES}
    for method, address, operated in every_operation():
        needed = rules_of(operated).permission
        for scope, token in tokens.items():
            holder = Program(program.tenant_id, program.mark, token)
            found = holder.ask(method, address)
            if scope is needed:
                assert found.status_code != 403, (address, scope)
            else:
                assert found.status_code == 403, (address, scope)
                assert found.json()["params"] == {"permission": needed.value}  # type: ignore[attr-defined]


def test_a_session_opens_nothing_here(program: Program) -> None:
    from tests.contexts.receivables.ledgers import START
    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions as tenants

    tenants.create_user(email="anna@q7.example", password="correct-horse-battery", name="Anna")
    with tenant_scope(program.tenant_id):
        tenants.add_member(email="anna@q7.example", actor="system:test", now=START)
    browser = Client()
    signed = {"username": "anna@q7.example", "password": "correct-horse-battery"}
    assert browser.post("/login/", signed).status_code == 302
    assert browser.get(f"{ROOT}/company").status_code == 401


def test_a_revoked_key_is_closed_at_once(program: Program) -> None:
    from datetime import UTC, datetime

    from xindun.kit.tenancy import tenant_scope
    from xindun.record.tenants import actions, reads

    token = make_key(program.tenant_id, frozenset({Permission.COMPANY_READ}))
    holder = Program(program.tenant_id, program.mark, token)
    assert holder.get("company").status_code == 200
    with tenant_scope(program.tenant_id):
        newest = reads.api_keys()[0]
        actor = reads.machine_actor("system:test")
        actions.revoke_key(actor, newest.public_id, now=datetime.now(UTC))
    assert holder.get("company").status_code == 401


def test_an_operation_without_a_permission_does_not_start() -> None:
    careless = NinjaAPI(urls_namespace="careless", docs_url=None, openapi_url=None)

    @careless.get("/open")
    def open_to_all(request: object) -> str:
        return "everything"

    with pytest.raises(UnguardedOperation, match="open_to_all"):
        check_guarded(careless)
