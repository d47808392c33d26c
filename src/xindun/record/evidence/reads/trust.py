"""Whose time stamps are believed: the configured certificates, else the usual authorities."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import certifi
from cryptography.x509 import Certificate
from django.conf import settings

from xindun.kernel.errors import DomainError
from xindun.kernel.time_stamps import trusted_roots


class StampRootsUnreadable(DomainError):
    """The file of trusted certificates holds none."""

    code = "stamp_roots_unreadable"
    sentence = "XINDUN_TSA_CA_FILE names {file}, which holds no certificates."


def stamp_roots() -> tuple[Certificate, ...]:
    """The certificates to trust.

    Raises:
        StampRootsUnreadable: as named.
    """
    return _roots(settings.XINDUN_TSA_CA_FILE or certifi.where())


@lru_cache(maxsize=4)
def _roots(file: str) -> tuple[Certificate, ...]:
    try:
        return trusted_roots(Path(file).read_bytes())
    except (OSError, ValueError) as error:
        raise StampRootsUnreadable(file=file) from error
