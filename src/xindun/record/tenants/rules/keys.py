"""The form of an API key, and what one may be made for.

What a reader would get wrong: a plain SHA-256 is right here and would be wrong for a password. The
secret is 256 random bits, so there is nothing to guess and nothing for a slow hash to slow down,
while every request of the API pays for the hash.
"""

from __future__ import annotations

import secrets
from binascii import crc32
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from xindun.kernel.errors import DomainError
from xindun.record.tenants.values.people import Permission

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
PREFIX_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789"
PREFIX_LENGTH = 10
SECRET_BYTES = 32
SECRET_LENGTH = 43
CHECKSUM_LENGTH = 6
DEFAULT_LIFE = timedelta(days=365)
LONGEST_LIFE = timedelta(days=2 * 365)
DEFAULT_OVERLAP = timedelta(days=1)
LONGEST_OVERLAP = timedelta(days=30)
NOTE_EVERY = timedelta(hours=1)

SCOPES = frozenset(Permission) - {
    Permission.PEOPLE_MANAGE,
    Permission.KEYS_MANAGE,
    Permission.ORDERS_RELEASE,
}
"""What a key may be made for. People and keys are managed by people: a stolen key must not be
able to make another one, or an owner. And a held order is released by a person with authority."""


class KeyRefused(DomainError):
    """A presented key opens nothing; the classes below say why, edges answer all alike."""

    code = "key_refused"


class MistypedKey(KeyRefused):
    """The text is not a whole API key."""

    code = "mistyped_key"
    sentence = "This is not a complete API key; copy it again."


class NoScopes(DomainError):
    """A key that may do nothing."""

    code = "no_scopes"
    sentence = "Choose at least one thing that the key may do."


class ScopeTooWide(DomainError):
    """A key for more than its maker may do, or for what no key may do."""

    code = "scope_too_wide"
    sentence = "You cannot make a key for {scopes}."


class BadKeyLife(DomainError):
    """An end in the past or too far away."""

    code = "bad_key_life"
    sentence = "A key ends in the future, at most {days} days from now."


class BadOverlap(DomainError):
    """Two keys valid side by side for too long."""

    code = "bad_overlap"
    sentence = "The old key stays valid for 0 to {days} days."


def new_prefix() -> str:
    """The random part of a key that may be shown."""
    return "".join(secrets.choice(PREFIX_DIGITS) for _ in range(PREFIX_LENGTH))


def new_secret() -> str:
    """256 random bits in base 62."""
    return _base62(int.from_bytes(secrets.token_bytes(SECRET_BYTES)), SECRET_LENGTH)


def token_of(prefix: str, secret: str) -> str:
    """The key as its holder keeps it: ``xd_<prefix>_<secret><checksum>``.

    The checksum is the CRC-32 of all before it in base 62: it tells a mistyped key from an
    unknown one without asking the database, and lets scanners for leaked secrets be sure.
    """
    stem = f"xd_{prefix}_{secret}"
    return stem + _base62(crc32(stem.encode()), CHECKSUM_LENGTH)


def parts_of(token: str) -> tuple[str, str]:
    """Prefix and secret of a key.

    Raises:
        MistypedKey: wrong form or wrong checksum.

    >>> parts_of(token_of("abcdefghij", "0" * 43)) == ("abcdefghij", "0" * 43)
    True
    """
    pieces = token.split("_")
    if len(pieces) != len(("xd", "prefix", "secret")) or not token.isascii():
        raise MistypedKey
    prefix, secret = pieces[1], pieces[2][:-CHECKSUM_LENGTH]
    if len(prefix) != PREFIX_LENGTH or token_of(prefix, secret) != token:
        raise MistypedKey
    return prefix, secret


def secret_hash(secret: str) -> bytes:
    """What is stored instead of the secret."""
    return sha256(secret.encode()).digest()


def check_scopes(wanted: frozenset[Permission], granted: Iterable[Permission]) -> None:
    """Refuse scopes that the maker has not, or that no key may have.

    Raises:
        NoScopes, ScopeTooWide: as named.
    """
    if not wanted:
        raise NoScopes
    if excess := wanted - (SCOPES & frozenset(granted)):
        raise ScopeTooWide(scopes=", ".join(sorted(excess)))


def end_of_life(wanted: datetime | None, now: datetime) -> datetime:
    """When a key made at ``now`` ends: as wanted, else after a year.

    Raises:
        BadKeyLife: in the past, or later than two years from now.
    """
    ends = now + DEFAULT_LIFE if wanted is None else wanted
    if not now < ends <= now + LONGEST_LIFE:
        raise BadKeyLife(days=LONGEST_LIFE.days)
    return ends


def check_overlap(overlap: timedelta) -> None:
    """Refuse an overlap that is negative or too long.

    Raises:
        BadOverlap: as the name says.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise BadOverlap(days=LONGEST_OVERLAP.days)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, rest = divmod(number, len(DIGITS))
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))
