"""People of companies without a ledger, and the codes that their phones would show."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads as evidence
from xindun.record.evidence.values import Evidence, Subject
from xindun.record.tenants import actions as tenants
from xindun.record.tenants.values import NewTenant, Role

START = datetime(2025, 6, 30, 12, tzinfo=UTC)
PASSWORD = "correct-horse-battery"


@dataclass
class Person:
    """Somebody with a login, and the companies they belong to."""

    email: str
    tenant_ids: list[int] = field(default_factory=list)

    @property
    def row(self) -> Any:
        return get_user_model().objects.get(email=self.email)

    def sign_in(self, client: Client | None = None) -> Client:
        """A browser after address and password; who has a second factor is not in yet."""
        client = client or Client()
        client.post("/login/", {"username": self.email, "password": PASSWORD})
        return client

    def kinds(self, tenant: int = 0) -> list[str]:
        return [each.kind for each in self.records(tenant)]

    def records(self, tenant: int = 0) -> list[Evidence]:
        """What is noted about the person in one company, oldest first."""
        with tenant_scope(self.tenant_ids[tenant]):
            about = evidence.records_of(Subject("user", str(self.row.public_id)))
        return [each for each in reversed(about) if each.kind != "member_added"]


def make_tenant(name: str) -> int:
    new = NewTenant(name=name, base_currency="EUR", time_zone="Europe/Berlin", country="DE")
    return tenants.create_tenant(new, actor="system:test", now=START).id


def make_person(email: str, *tenant_ids: int, role: Role = Role.OWNER) -> Person:
    tenants.create_user(email=email, password=PASSWORD, name=email.split("@")[0].title())
    for tenant_id in tenant_ids:
        with tenant_scope(tenant_id):
            tenants.add_member(email=email, actor="system:test", now=START, role=role)
    return Person(email, list(tenant_ids))


@pytest.fixture
def amy(db: None) -> Person:
    """An owner of two companies."""
    return make_person("amy@office.example", make_tenant("Seller"), make_tenant("Sister"))


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator app shows (RFC 6238), ``ahead`` steps of 30 seconds from now."""
    counter = struct.pack(">Q", int(time.time()) // 30 + ahead)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set an app up for who is signed in; its secret and the recovery codes."""
    shown = client.get("/security/app/").content.decode()
    secret = re.search(r'class="key-text">([A-Z2-7]+)<', shown)
    assert secret is not None
    answer = client.post("/security/app/", {"code": code_of(secret[1])}, follow=True)
    codes = re.search(r'class="codes">([^<]+)<', answer.content.decode())
    assert codes is not None
    return secret[1], codes[1].split()
