"""What a worker clears away, and a password that an administrator replaces."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.edges.signin.conftest import PASSWORD, make_person, make_tenant, set_up_app
from xindun.record.signin.actions import forget_factors, replace_password
from xindun.record.signin.models import GuessCount
from xindun.record.signin.tasks import clear
from xindun.record.tenants.actions import NoSuchUser, PasswordTooWeak

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_ended_sessions_old_guesses_and_used_codes_are_deleted() -> None:
    amy = make_person("amy@office.example", make_tenant("Office"))
    stays, goes = amy.sign_in(), amy.sign_in()
    key = goes.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=timezone.now())
    Client().post("/login/", {"username": "x@y.example", "password": "wrong"})
    GuessCount.objects.update(last_at=timezone.now() - timedelta(days=2))
    cache.set("over", "x", timeout=-1)
    cache.set("lasts", "x", timeout=60)
    clear(0)
    for table in (Session, UserSession):
        assert table.objects.filter(session_key=stays.session.session_key).exists()
        assert not table.objects.filter(session_key=key).exists()
    assert not GuessCount.objects.exists()
    assert (cache.get("over"), cache.get("lasts")) == (None, "x")


def test_an_administrator_s_new_password_ends_sessions_waits_for_nothing_and_is_noted() -> None:
    amy = make_person("amy@office.example", make_tenant("Office"))
    before = amy.sign_in()
    for _ in range(6):
        Client().post("/login/", {"username": amy.email, "password": "wrong"})
    new = "another-horse-battery"
    with pytest.raises(PasswordTooWeak):
        replace_password(email=amy.email, password="12345", actor="cli:root", now=NOW)
    with pytest.raises(NoSuchUser):
        replace_password(email="x@y.example", password=new, actor="cli:root", now=NOW)
    assert amy.row.check_password(PASSWORD)
    replace_password(email=amy.email, password=new, actor="cli:root", now=NOW)
    assert before.get("/security/").status_code == 302
    answer = Client().post("/login/", {"username": amy.email, "password": new})
    assert answer.status_code == 302
    noted = amy.records()[-2]
    assert (noted.kind, noted.actor) == ("password_changed", "cli:root")


def test_lost_factors_are_removed_by_an_administrator_and_noted() -> None:
    amy = make_person("amy@office.example", make_tenant("Office"))
    before = amy.sign_in()
    set_up_app(before)
    assert forget_factors(email=amy.email, actor="cli:root", now=NOW) == 2
    assert forget_factors(email=amy.email, actor="cli:root", now=NOW) == 0
    assert before.get("/security/").status_code == 302
    assert amy.sign_in().get("/security/").status_code == 200
    (noted,) = [each for each in amy.records() if each.kind == "second_factor_removed"]
    assert (noted.actor, noted.result) == ("cli:root", {"factor": "all", "count": 2})
