"""Two companies with ledgers that carry marks nobody could mistake, and a program with a key.

What a reader would get wrong: as for the screens, both companies are imported and reviewed once
and committed; each test changes them inside its own transaction, over a copy of their files.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.contexts.monitoring.portfolio import Console, small_ledger
from tests.contexts.receivables.ledgers import START, Importer
from xindun.kit.tenancy import tenant_scope
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.reads import all_tenant_ids, machine_actor
from xindun.record.tenants.rules.keys import SCOPES
from xindun.record.tenants.values import NewTenant, Permission

FIRST, SECOND = "Q7ALPHA", "Z9BRAVO"
"""The mark of each company: part of its name and of every text of its ledger."""
ROOT = "/api/v1"


@dataclass(frozen=True)
class Program:
    """Another program that holds a key of one company."""

    tenant_id: int
    mark: str
    token: str

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> HttpResponse:
        """Send JSON, with a fresh Idempotency-Key unless one is given."""
        content = b"" if body is None else json.dumps(body).encode()
        sent = {"Idempotency-Key": key or uuid4().hex, **headers}
        return self.ask("POST", path, content, "application/json", **sent)

    def upload(self, content: bytes, name: str, *, key: str = "") -> HttpResponse:
        from django.core.files.uploadedfile import SimpleUploadedFile

        found = Client().post(
            f"{ROOT}/imports",
            {"file": SimpleUploadedFile(name, content)},
            headers={
                "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": key or uuid4().hex,
            },
        )
        assert isinstance(found, HttpResponse)
        return found

    def ask(
        self, method: str, path: str, content: bytes = b"", kind: str = "", **headers: str
    ) -> HttpResponse:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        address = path if path.startswith("/") else f"{ROOT}/{path}"
        return Client(raise_request_exception=False).generic(  # type: ignore[return-value]
            method, address, content, kind or "application/json", headers=sent
        )

    def json(self, path: str) -> Any:
        answer = self.get(path)
        assert answer.status_code == 200, answer.content
        return answer.json()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Seed:
    """What was committed for all tests of this folder."""

    home: Path
    first: Program
    second: Program


@pytest.fixture(scope="session")
def seed(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Seed:
    """Two companies with the small ledger."""
    from django.conf import settings

    home = tmp_path_factory.mktemp("programs")
    before, settings.XINDUN_HOME = settings.XINDUN_HOME, home
    with django_db_blocker.unblock():
        made = Seed(home, make_program(FIRST), make_program(SECOND))
    settings.XINDUN_HOME = before
    return made


@pytest.fixture(autouse=True)
def own_home(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> None:
    if "db" not in request.fixturenames:
        return
    shutil.copytree(request.getfixturevalue("seed").home, tmp_path, dirs_exist_ok=True)
    settings.XINDUN_HOME = tmp_path


def standing(made: Program) -> Program:
    """The committed company; made anew for this test where tests with commits emptied all."""
    return made if made.tenant_id in all_tenant_ids() else make_program(made.mark)


@pytest.fixture
def program(db: None, seed: Seed) -> Program:
    return standing(seed.first)


@pytest.fixture
def rival(db: None, seed: Seed) -> Program:
    return standing(seed.second)


def make_program(mark: str) -> Program:
    tenant = tenants.create_tenant(
        NewTenant(f"Seller {mark}", base_currency="EUR", time_zone="Europe/Berlin", country="DE"),
        actor="system:test",
        now=START,
    )
    console = Console(Importer(tenant.id))
    console.take(
        *(
            replace(
                doc,
                number=f"{mark}-{doc.number}",
                buyer=f"{mark}-{doc.buyer}",
                name=f"{doc.name} {mark}",
            )
            for doc in small_ledger()
        )
    )
    console.run()
    return Program(tenant.id, mark, make_key(tenant.id))


def make_key(tenant_id: int, scopes: frozenset[Permission] = SCOPES) -> str:
    with tenant_scope(tenant_id):
        new = tenants.create_key(
            machine_actor("system:test"), name="A program", scopes=scopes, now=datetime.now(UTC)
        )
    return new.token
