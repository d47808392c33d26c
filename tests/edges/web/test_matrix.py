"""Every address × every role × own and another company's things, generated from the routes.

What a reader would get wrong: nothing here names an address that the routes do not. A view
without a permission fails the first test, and one whose arguments ``test_who_may_see.address``
cannot fill fails the second, so a new address cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.edges.web.conftest import Company
from tests.edges.web.test_who_may_see import API, OPEN, OWN, OWN_POSTS, address
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.reads import latest
from xindun.record.tenants.models import Membership
from xindun.record.tenants.rules import ROLE_PERMISSIONS
from xindun.record.tenants.values import Permission, Role

NOT_YOUR_ROLE = "Your role does not include this"
WRONG_METHOD = 405


@dataclass(frozen=True)
class Route:
    """One address of the console."""

    name: str
    takes_arguments: bool
    to_look: Permission | None
    to_change: Permission | None


def routes(resolver: URLResolver | None = None) -> Iterator[Route]:
    """Every named address of a company's.

    Left out are those for everybody, those of a person's own login, and the API's, which has a
    matrix of its own.
    """
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each)
        elif isinstance(each, URLPattern) and each.name not in OPEN | OWN | OWN_POSTS | API:
            view: Any = each.callback
            yield Route(
                each.name or str(each.pattern),
                bool(each.pattern.regex.groups),
                getattr(view, "permission", None),
                getattr(view, "to_change", None),
            )


ROUTES = sorted(set(routes()), key=lambda route: route.name)


def test_every_address_names_the_permission_it_needs() -> None:
    assert [route.name for route in ROUTES if route.to_look is None] == []
    assert len(ROUTES) > 10


def test_every_address_can_be_asked_for(company: Company) -> None:
    assert all(address(route.name, company).startswith("/") for route in ROUTES)


def ask(client: Client, method: str, where: str, *, follow: bool = False) -> HttpResponse:
    """One request whose writes are undone, so that the next one finds the same."""
    with transaction.atomic():
        answer: Any = getattr(client, method)(where, follow=follow)
        transaction.set_rollback(True)
    return answer


@pytest.mark.unguarded("a role is set past the action, which one person cannot call seven times")
@pytest.mark.parametrize("role", Role)
def test_a_role_sees_and_changes_what_its_permissions_say(company: Company, role: Role) -> None:
    with tenant_scope(company.tenant_id):
        Membership.objects.update(role=role)
    granted = ROLE_PERMISSIONS[role]
    places = {route.name: address(route.name, company) for route in ROUTES}
    for route in ROUTES:
        for method, needed in (("get", route.to_look), ("post", route.to_change)):
            answer = ask(company.client, method, places[route.name])
            refused = answer.status_code == 403 and NOT_YOUR_ROLE in answer.content.decode()
            assert refused == (needed not in granted), (method, route.name, answer.status_code)
            assert answer.status_code < 500, (method, route.name)


def test_an_auditor_changes_nothing() -> None:
    changing = {route.to_change for route in ROUTES if route.to_change != route.to_look}
    assert changing
    assert not changing & ROLE_PERMISSIONS[Role.AUDITOR]


def test_another_company_s_things_do_not_exist_for_its_owner(
    company: Company, rival: Company
) -> None:
    theirs = {route.name: address(route.name, company) for route in ROUTES if route.takes_arguments}
    with tenant_scope(company.tenant_id):
        before = latest(count=200)
    for name, where in theirs.items():
        if where == address(name, rival):  # the argument is a format, not a thing
            continue
        for method in ("get", "post"):
            answer = ask(rival.client, method, where, follow=True)
            assert answer.status_code in (404, WRONG_METHOD), (method, name)
    with tenant_scope(company.tenant_id):
        assert latest(count=200) == before
