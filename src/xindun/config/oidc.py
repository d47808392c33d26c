"""A sign-in provider of the company's own (OpenID Connect), from the environment.

| variable | meaning |
| --- | --- |
| ``XINDUN_OIDC_URL`` | the issuer, such as https://login.example.com/realms/office |
| ``XINDUN_OIDC_CLIENT_ID`` | this installation's name there |
| ``XINDUN_OIDC_CLIENT_SECRET``, ``XINDUN_OIDC_CLIENT_SECRET_FILE`` | and its secret |
| ``XINDUN_OIDC_NAME`` | what the button says |
| ``XINDUN_OIDC_HOSTS`` | further hosts of the provider's, separated by commas |
| ``XINDUN_OIDC_TRUST_EMAIL`` | 1 believes addresses that the provider does not call verified |

What a reader would get wrong: the provider says who somebody is, not that they may come in. Only
the address of a login that exists signs in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from xindun.config.given import given_secret
from xindun.kernel.errors import DomainError

PROVIDER_ID = "oidc"


class OidcIncomplete(DomainError):
    """An issuer without this installation's name and secret there."""

    code = "oidc_incomplete"
    sentence = (
        "XINDUN_OIDC_URL needs XINDUN_OIDC_CLIENT_ID and XINDUN_OIDC_CLIENT_SECRET beside it."
    )


class OidcNotEncrypted(DomainError):
    """An issuer that is no https address."""

    code = "oidc_not_encrypted"
    sentence = "XINDUN_OIDC_URL must be an https address."


@dataclass(frozen=True, slots=True)
class Oidc:
    """The provider; ``client_secret`` is a secret.

    Attributes:
        hosts: whom this installation may call for a sign-in: the issuer's host and those named.
        trust_email: whether an address counts that the provider does not call verified.
    """

    url: str
    client_id: str
    client_secret: str
    name: str
    hosts: frozenset[str]
    trust_email: bool

    @property
    def origins(self) -> list[str]:
        """Where a browser's form may lead to, for the policy header."""
        issuer = urlsplit(self.url)
        others = sorted(self.hosts - {issuer.hostname})
        return [f"{issuer.scheme}://{issuer.netloc}", *(f"https://{host}" for host in others)]


def oidc_settings() -> Oidc | None:
    """The provider; None when none is named.

    Raises:
        OidcIncomplete, OidcNotEncrypted: as named.
    """
    url = os.environ.get("XINDUN_OIDC_URL", "").rstrip("/")
    if not url:
        return None
    client_id = os.environ.get("XINDUN_OIDC_CLIENT_ID", "")
    client_secret = given_secret("XINDUN_OIDC_CLIENT_SECRET")
    if not client_id or not client_secret:
        raise OidcIncomplete
    issuer = urlsplit(url)
    if issuer.scheme != "https" or not issuer.hostname:
        raise OidcNotEncrypted
    others = os.environ.get("XINDUN_OIDC_HOSTS", "").split(",")
    return Oidc(
        url=url,
        client_id=client_id,
        client_secret=client_secret,
        name=os.environ.get("XINDUN_OIDC_NAME") or issuer.hostname,
        hosts=frozenset({issuer.hostname, *(host.strip() for host in others if host.strip())}),
        trust_email=os.environ.get("XINDUN_OIDC_TRUST_EMAIL") == "1",
    )
