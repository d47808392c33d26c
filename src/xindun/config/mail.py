"""Where mails go out, from one URL in the environment or in a file.

What a reader would get wrong: ``smtp://`` is upgraded by STARTTLS before anything is said, except
to this machine; a password never crosses a network in clear.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from xindun.config.given import given_secret
from xindun.kernel.errors import DomainError

PORTS = {"smtp": 587, "smtps": 465}
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class BadMailUrl(DomainError):
    """The mail server's URL cannot be used."""

    code = "bad_mail_url"
    sentence = "XINDUN_MAIL_URL is not smtp://user:password@host:587 or smtps://…:465."


@dataclass(frozen=True, slots=True)
class Mail:
    """How to reach the mail server; ``password`` is a secret."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = "xindun@localhost"


def mail_settings() -> tuple[bool, Mail]:
    """Whether a server is named, and how to reach it.

    Raises:
        BadMailUrl: the URL has no host or another scheme.
    """
    text = given_secret("XINDUN_MAIL_URL")
    if not text:
        return False, Mail()
    try:
        url = urlsplit(text)
        port = url.port or PORTS[url.scheme]
    except (ValueError, KeyError) as error:
        # The URL holds a password, so it is not repeated.
        raise BadMailUrl from error
    if not url.hostname:
        raise BadMailUrl
    return True, Mail(
        host=url.hostname,
        port=port,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        starttls=url.scheme == "smtp" and url.hostname not in THIS_MACHINE,
        tls=url.scheme == "smtps",
        sender=os.environ.get("XINDUN_MAIL_FROM") or f"xindun@{url.hostname}",
    )
