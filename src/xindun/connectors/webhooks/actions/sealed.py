"""The secrets of endpoints, sealed for their own row."""

from __future__ import annotations

from xindun.connectors.webhooks import models
from xindun.kit.sealing import seal, unseal

PURPOSE = "webhook secret"


def sealed_secret(secret: str, row: models.Endpoint) -> bytes:
    """The secret encrypted, to be stored."""
    return seal(secret, purpose=PURPOSE, context=_context(row))


def opened_secret(sealed: bytes, row: models.Endpoint) -> str:
    """The secret in clear, to sign with and for nothing else.

    Raises:
        SealBroken: the installation's secret key has changed.
    """
    return unseal(sealed, purpose=PURPOSE, context=_context(row))


def _context(row: models.Endpoint) -> str:
    return f"{row.tenant_id} {row.public_id}"
