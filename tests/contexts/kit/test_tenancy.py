"""The tenant scope and the middleware that opens it, on real rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from xindun.kit import tenancy
from xindun.kit.jobs import SomeTenantsFailed, each_tenant
from xindun.kit.middleware import GetResponse, TenantMiddleware
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence.actions import append
from xindun.record.evidence.reads import latest
from xindun.record.evidence.values import Subject
from xindun.record.tenants import actions, values

NOW = datetime(2025, 6, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def a_tenant(name: str) -> int:
    new = values.NewTenant(name, "EUR", "UTC", "DE")
    return actions.create_tenant(new, actor="test", now=NOW).id


def note(kind: str) -> None:
    append(
        kind=kind,
        subject=Subject("test", "1"),
        actor="test",
        occurred_at=NOW,
        inputs={},
        result={},
        versions={},
    )


def kinds() -> list[str]:
    return [record.kind for record in latest()]


def setting() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('xindun.tenant_id', true)")
        return cursor.fetchone()[0] or None


def test_an_error_in_a_nested_scope_undoes_it_and_restores_the_outer_tenant() -> None:
    one, two = a_tenant("One"), a_tenant("Two")
    with tenant_scope(one):
        note("kept")
        with pytest.raises(ZeroDivisionError), tenant_scope(two):
            note("lost")
            raise ZeroDivisionError
        assert (setting(), tenancy.current_tenant_id()) == (str(one), one)
        assert kinds() == ["kept", "tenant_created"]
    with tenant_scope(two):
        assert kinds() == ["tenant_created"]
    assert setting() is None
    assert not tenancy.has_tenant()


def test_a_database_error_in_a_scope_leaves_no_tenant_behind() -> None:
    one = a_tenant("One")
    with pytest.raises(Error), tenant_scope(one), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")
    assert setting() is None
    assert not tenancy.has_tenant()


def test_a_row_cannot_point_at_another_tenants_row() -> None:
    from xindun.record.evidence.models import EvidenceRecord, PendingEvidence

    one, two = a_tenant("One"), a_tenant("Two")
    with tenant_scope(two):
        foreign = EvidenceRecord.objects.get().id
    with (
        pytest.raises(IntegrityError, match="record_id_fk"),
        transaction.atomic(),
        tenant_scope(one),
    ):
        PendingEvidence.objects.create(tenant_id=one, record_id=foreign)


def test_work_over_all_tenants_goes_on_after_one_failed() -> None:
    one, two, three = a_tenant("One"), a_tenant("Two"), a_tenant("Three")

    def work(tenant_id: int) -> None:
        note("worked")
        if tenant_id == two:
            raise ZeroDivisionError

    with pytest.raises(SomeTenantsFailed) as failed:
        each_tenant([one, two, three], work)
    assert list(failed.value.failures) == [two]
    done = {}
    for tenant_id in (one, two, three):
        with tenant_scope(tenant_id):
            done[tenant_id] = "worked" in kinds()
    assert done == {one: True, two: False, three: True}


def serve(view: GetResponse, tenant_id: int | None) -> HttpResponse:
    middleware = TenantMiddleware(view)
    middleware.tenant_of = lambda _request: tenant_id
    return middleware(RequestFactory().get("/"))


def test_a_request_runs_in_its_users_tenant() -> None:
    one = a_tenant("One")
    response = serve(lambda _: HttpResponse(",".join(kinds())), one)
    assert response.content == b"tenant_created"
    assert not tenancy.has_tenant()


def test_a_request_of_nobodys_has_no_tenant() -> None:
    response = serve(lambda _: HttpResponse(str(tenancy.has_tenant())), None)
    assert response.content == b"False"


def test_a_view_that_fails_leaves_nothing_behind() -> None:
    one = a_tenant("One")

    def view(_request: HttpRequest) -> HttpResponse:
        note("lost")
        return HttpResponse(status=500)

    serve(view, one)
    with tenant_scope(one):
        assert kinds() == ["tenant_created"]


def test_a_streamed_response_re_enters_the_scope() -> None:
    one = a_tenant("One")

    def lazily() -> Iterator[str]:
        yield from kinds()

    def view(_request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(kind.encode() for kind in lazily())

    response = serve(view, one)
    assert not tenancy.has_tenant()
    assert b"".join(response) == b"tenant_created"
    assert not tenancy.has_tenant()
