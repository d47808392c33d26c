"""What evidence needs from outside: somebody who keeps the private key, and who computes again.

What a reader would get wrong: the key is never in the database, and a context never opens the
data home. ``settings.XINDUN_EVIDENCE_KEYS`` names who keeps it; a test hands in its own.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from xindun.record.evidence.values import Evidence, Replayed, SigningKey


class Keyring(Protocol):
    """Keeps the installation's signing key, and the next one while it is being changed."""

    place: str
    """Where the key is kept, for messages."""

    def held(self) -> list[SigningKey]:
        """The key in use, then the next one when a change is under way; none before the first."""
        ...

    def create(self) -> SigningKey:
        """Make the first key, or return it when another process was quicker."""
        ...

    def prepare_next(self) -> SigningKey:
        """Make the next key beside the one in use, or return it when it is there already."""
        ...

    def use_next(self) -> None:
        """Let the next key take the place of the one in use, which is gone then."""
        ...


def keyring() -> Keyring:
    """The keyring that the settings name."""
    return cast("Keyring", import_string(settings.XINDUN_EVIDENCE_KEYS)())


class Replayer(Protocol):
    """Computes one kind of decision again from what its record names, and writes nothing.

    Called inside the tenant's scope. Raises a ``DomainError`` that says why it is impossible.
    """

    def __call__(self, record: Evidence, *, now: datetime) -> Replayed: ...


def replayer_of(kind: str) -> Replayer | None:
    """Who computes this kind again; None for a kind that states a fact.

    Later contexts decide, so ``settings.XINDUN_REPLAYERS`` names them by kind.
    """
    name = settings.XINDUN_REPLAYERS.get(kind)
    return None if name is None else cast("Replayer", import_string(name))
