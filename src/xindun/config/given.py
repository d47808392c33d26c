"""Values that hold a secret: from the environment, or from a file that the environment names.

Why files: what is in the environment is inherited by every child and shows up in dumps. Container
platforms mount secrets as files, and ``NAME_FILE`` says where. No secret is read anywhere else;
a test looks for it.
"""

from __future__ import annotations

import os
from pathlib import Path

from xindun.kernel.errors import DomainError

SECRET_NAMES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "XINDUN_SECRET_KEY",
    "XINDUN_SECRET_KEY_FALLBACKS",
    "XINDUN_METRICS_TOKEN",
    "XINDUN_MAIL_URL",
    "XINDUN_OIDC_CLIENT_SECRET",
)
"""Variables that hold a secret; each also has a form that ends in ``_FILE``."""


class SecretUnreadable(DomainError):
    """The file that a variable names cannot be read."""

    code = "secret_unreadable"
    sentence = "{variable} names {file}, which cannot be read ({reason})."


class SecretGivenTwice(DomainError):
    """Both forms of a variable are set."""

    code = "secret_given_twice"
    sentence = "{variable} and {variable}_FILE are both set; unset one of them."


def given_secret(variable: str) -> str:
    """The value of ``variable``, or the content of the file ``variable_FILE`` names; else empty.

    White space around a file's content does not count: editors end a file with a new line.

    Raises:
        SecretUnreadable, SecretGivenTwice: as named.
    """
    value, file = os.environ.get(variable, ""), os.environ.get(f"{variable}_FILE", "")
    if not file:
        return value
    if value:
        raise SecretGivenTwice(variable=variable)
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SecretUnreadable(variable=f"{variable}_FILE", file=file, reason=reason) from error
