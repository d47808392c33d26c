"""Sign-in by password: what is told, what waits, what is noted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.edges.signin.conftest import PASSWORD, Person, make_person, make_tenant
from xindun.record.signin.models import GuessCount
from xindun.web.signin.mail import send_reset

WAIT = re.compile(r"Try again in (\d+) (second|minute)s?")


def tell(client: Client, email: str, password: str = "") -> str:
    """The page's own words, without the address that was typed."""
    typed = {"username": email, "password": password or "wrong-password"}
    answer = client.post("/login/", typed)
    if answer.status_code == 302:
        return str(answer["Location"])
    found = re.search(r'class="alert alert-danger" role="alert">([^<]+)<', answer.content.decode())
    assert found is not None
    return found[1]


def test_sign_in_and_out_are_noted_in_every_company(amy: Person) -> None:
    client = amy.sign_in()
    before = client.session.session_key
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/")["Location"] == "/login/?next=/"
    for tenant in (0, 1):
        assert amy.kinds(tenant) == ["signed_in", "signed_out"]
    signed_in = amy.records()[0]
    assert signed_in.actor == f"user:{amy.row.public_id}"
    assert signed_in.result == {"methods": ["password"]}
    assert "127.0.0.1" not in str(signed_in)
    assert before


def test_the_session_s_key_changes_at_sign_in(amy: Person) -> None:
    client = Client()
    session = client.session
    session["from"] = "somebody else"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    amy.sign_in(client)
    assert client.session.session_key != before


def test_unknown_wrong_and_closed_read_alike_and_wait_alike(amy: Person) -> None:
    closed = make_person("cy@office.example", amy.tenant_ids[0])
    row = closed.row
    row.is_active = False
    row.save()
    for email in (amy.email, "nobody@nowhere.example"):
        first = [tell(Client(), email) for _ in range(5)]
        assert set(first) == {"This e-mail address and password do not match."}
        assert WAIT.search(tell(Client(), email)), email
    assert tell(Client(), closed.email, PASSWORD) == first[0]


def test_the_right_password_waits_too_then_signs_in(amy: Person, monkeypatch: Any) -> None:
    for _ in range(5):
        tell(Client(), amy.email)
    assert WAIT.search(tell(Client(), amy.email, PASSWORD))
    assert amy.kinds() == ["sign_in_held_back"]
    noted = amy.records()[0]
    assert noted.actor == "system:sign-in"
    assert noted.result["failures"] == 5
    GuessCount.objects.update(held_until=None)
    assert tell(Client(), amy.email, PASSWORD) == "/"
    assert amy.kinds() == ["sign_in_held_back", "signed_in"]


def test_who_guesses_elsewhere_does_not_lock_out_a_browser_that_was_let_in(amy: Person) -> None:
    own = amy.sign_in()
    own.post("/logout/")
    for _ in range(6):
        tell(Client(), amy.email)
    assert WAIT.search(tell(Client(), amy.email, PASSWORD))
    assert tell(own, amy.email, PASSWORD) == "/"
    # The mark counts for this account alone, and is no free pass.
    own.post("/logout/")
    for _ in range(5):
        tell(own, amy.email)
    assert WAIT.search(tell(own, amy.email, PASSWORD))


def test_nobody_signs_up(client: Client, db: None) -> None:
    for address in ("/signup/", "/accounts/signup/", "/login/signup/"):
        assert client.get(address).status_code == 404


@pytest.fixture
def with_mail(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True


def waiting() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name="signin.send_reset").order_by("id")
    return [job.args for job in jobs]


@pytest.mark.usefixtures("with_mail")
def test_a_forgotten_password_is_replaced_by_a_mail(amy: Person) -> None:
    other = amy.sign_in()
    client = Client()
    for email in (amy.email, "nobody@nowhere.example"):
        answer = client.post("/login/forgotten/", {"email": email.upper()})
        assert answer["Location"] == "/login/forgotten/sent/"
    known, unknown = waiting()
    assert (known["user_id"], unknown["user_id"]) == (amy.row.pk, 0)
    assert amy.email not in str(known)
    for job in (unknown, known):
        send_reset(**job)
    (sent,) = mail.outbox
    assert sent.to == [amy.email]
    link = re.search(r"http://testserver(/login/new-password/\S+)", str(sent.body))
    assert link is not None
    form = client.get(link[1])
    new = {"password1": "another-horse-battery", "password2": "another-horse-battery"}
    assert form.status_code == 302  # the key leaves the address
    answer = client.post(form["Location"], new, follow=True)
    assert "Sign in with your new password" in answer.content.decode()
    assert amy.kinds(1)[-1] == "password_changed"
    assert amy.records()[-1].result == {"by": "mail"}
    assert other.get("/security/").status_code == 302
    assert tell(Client(), amy.email, new["password1"]) == "/"
    assert "used already" in Client().get(link[1]).content.decode()


def test_without_mail_the_screen_says_who_helps(client: Client, db: None) -> None:
    page = client.get("/login/forgotten/").content.decode()
    assert "xindun user password" in page
    assert '<form method="post">' not in page
    client.post("/login/forgotten/", {"email": "amy@office.example"})
    assert waiting() == []


def test_a_weak_new_password_and_a_wrong_old_one_change_nothing(amy: Person) -> None:
    client = amy.sign_in()
    before = amy.row.password
    tries = [
        ("not-my-password", "another-horse-battery", "not your password"),
        (PASSWORD, "1234567890", "entirely numeric"),
    ]
    for old, new, said in tries:
        answer = client.post(
            "/security/password/", {"oldpassword": old, "password1": new, "password2": new}
        )
        assert said in answer.content.decode()
    assert amy.row.password == before
    assert "password_changed" not in amy.kinds()


def test_changing_the_password_ends_the_other_sessions_only(amy: Person) -> None:
    here, there = amy.sign_in(), amy.sign_in()
    new = "another-horse-battery"
    answer = here.post(
        "/security/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == "/security/"
    assert here.get("/security/").status_code == 200
    assert there.get("/security/").status_code == 302
    assert amy.kinds()[-1] == "password_changed"


def test_a_person_of_no_company_signs_in_and_manages_their_own(db: None) -> None:
    lone = make_person("lone@nobody.example")
    client = lone.sign_in()
    assert client.get("/security/").status_code == 200
    assert client.get("/").status_code == 403


def test_a_person_chooses_among_their_companies_only(amy: Person) -> None:
    client = amy.sign_in()
    foreign = make_tenant("Foreign")
    from xindun.record.tenants.reads import memberships_of

    own = memberships_of(amy.row.pk)[1]
    client.post("/company/", {"company": str(own.tenant_public_id)})
    assert client.session["tenant_id"] == own.tenant_id
    client.post("/company/", {"company": str(foreign)})
    assert client.session["tenant_id"] == own.tenant_id
    page = client.get("/security/").content.decode()
    assert f'value="{own.tenant_public_id}" selected' in page
