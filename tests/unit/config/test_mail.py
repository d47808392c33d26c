"""The mail server's URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from xindun.config.mail import BadMailUrl, Mail, mail_settings


def given(monkeypatch: pytest.MonkeyPatch, url: str) -> tuple[bool, Mail]:
    monkeypatch.delenv("XINDUN_MAIL_URL_FILE", raising=False)
    monkeypatch.delenv("XINDUN_MAIL_FROM", raising=False)
    monkeypatch.setenv("XINDUN_MAIL_URL", url)
    return mail_settings()


def test_no_server_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, "") == (False, Mail())


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://me:p%40ss@mail.example", 587, True, False),
        ("smtps://me:p%40ss@mail.example", 465, False, True),
        ("smtp://me:p%40ss@mail.example:2525", 2525, True, False),
        ("smtp://me:p%40ss@localhost:25", 25, False, False),
    ],
)
def test_a_password_crosses_no_network_in_clear(
    url: str, port: int, starttls: bool, tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, mail = given(monkeypatch, url)
    assert named
    assert (mail.user, mail.password) == ("me", "p@ss")
    assert (mail.port, mail.starttls, mail.tls) == (port, starttls, tls)


def test_the_url_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "mail"
    file.write_text("smtps://mail.example\n", encoding="utf-8")
    monkeypatch.delenv("XINDUN_MAIL_URL", raising=False)
    monkeypatch.setenv("XINDUN_MAIL_URL_FILE", str(file))
    monkeypatch.setenv("XINDUN_MAIL_FROM", "credit@example.com")
    _named, mail = mail_settings()
    assert (mail.host, mail.sender) == ("mail.example", "credit@example.com")


@pytest.mark.parametrize(
    "url", ["http://x:pw-9@mail", "smtp://x:pw-9@", "smtp://x:pw-9@h:p", "x:pw-9@mail"]
)
def test_another_url_is_refused_without_repeating_it(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadMailUrl) as refusal:
        given(monkeypatch, url)
    assert "pw-9" not in str(refusal.value)
