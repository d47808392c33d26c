"""Every request has an id, and nobody can write into the log by choosing one."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from xindun.kit.middleware import RequestId, current_request_id


def answer_to(**headers: str) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(current_request_id())

    found = RequestId(view)(RequestFactory().get("/", headers=headers))
    assert isinstance(found, HttpResponse)
    return found


def test_a_sane_id_of_the_caller_s_is_kept_and_returned() -> None:
    answer = answer_to(**{"X-Request-Id": "order-7:retry.2"})
    assert answer["X-Request-Id"] == answer.content.decode() == "order-7:retry.2"


@pytest.mark.parametrize("hostile", ["", "a b", "x" * 129, 'a"b', "é", "a\x1b[2J"])
def test_any_other_id_is_replaced_by_a_fresh_one(hostile: str) -> None:
    answer = answer_to(**{"X-Request-Id": hostile})
    assert UUID(answer["X-Request-Id"]).version == 7
    assert answer.content.decode() == answer["X-Request-Id"]


def test_outside_a_request_there_is_no_id() -> None:
    answer_to()
    assert current_request_id() == ""
