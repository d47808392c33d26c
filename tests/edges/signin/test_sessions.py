"""Sessions: listed, ended, and over in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.edges.signin.conftest import Person, make_person

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5) AppleWebKit/605 Version/17.5 Safari/604.1"


def test_a_person_sees_and_ends_their_own_sessions_only(amy: Person) -> None:
    here = amy.sign_in()
    phone = amy.sign_in(Client(headers={"User-Agent": PHONE}))
    bo = make_person("bo@office.example", amy.tenant_ids[0])
    other = bo.sign_in()
    page = here.get("/security/").content.decode()
    assert "Safari · iPhone" in page
    (ended,) = re.findall(r"/security/sessions/(\d+)/end/", page)
    his = UserSession.objects.get(user_id=bo.row.pk)
    here.post(f"/security/sessions/{his.pk}/end/")
    assert other.get("/security/").status_code == 200
    here.post(f"/security/sessions/{ended}/end/")
    assert phone.get("/security/").status_code == 302
    assert here.get("/security/").status_code == 200
    assert amy.kinds(1)[-1] == "sessions_ended"


def test_signing_out_everywhere_else_keeps_this_session(amy: Person) -> None:
    here, *others = (amy.sign_in() for _ in range(3))
    answer = here.post("/security/sessions/end/", follow=True)
    assert "2 other sessions have ended" in answer.content.decode()
    assert [other.get("/security/").status_code for other in others] == [302, 302]
    assert amy.records()[-1].result == {"sessions": 2}


def test_a_closed_login_s_sessions_end(amy: Person) -> None:
    client = amy.sign_in()
    row = amy.row
    row.is_active = False
    row.save()
    assert client.get("/security/").status_code == 302


@pytest.mark.parametrize(
    ("clock", "back", "over"),
    [
        ("seen_at", timedelta(minutes=59), False),
        ("seen_at", timedelta(minutes=61), True),
        ("signed_in_at", timedelta(hours=25), True),
    ],
)
def test_a_session_is_over_unused_or_old(
    amy: Person, clock: str, back: timedelta, over: bool
) -> None:
    client = amy.sign_in()
    session = client.session
    session[clock] -= back.total_seconds()
    session.save()
    assert client.get("/security/").status_code == (302 if over else 200)
    assert (amy.kinds()[-1] == "signed_out") is over
    if not over:
        assert client.session["seen_at"] > session["seen_at"]
