"""Secrets and personal data out of text that is about to be logged.

What a reader would get wrong: this is a net below code that must not log such things anyway. It
knows forms (keys and their values, schemes, addresses), not meanings; it rather removes too much.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

REMOVED = "[removed]"
_NAME = (
    r"[\w-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|private[_-]?key|authorization"
    r"|cookie|credential|session(?:id|_key)|csrf\w*|signature|otp|recovery_code)[\w-]*"
)
NAMED = re.compile(_NAME, re.IGNORECASE)
_PATTERNS = (
    # A private key, also where its lines were escaped.
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END|\Z)", re.DOTALL), REMOVED),
    # Our own: API keys and the secrets of webhooks.
    (re.compile(r"\b(?:whsec|xd)_[A-Za-z0-9+/=_-]+"), REMOVED),
    # JSON Web Tokens.
    (re.compile(r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"), REMOVED),
    (re.compile(r"\b(bearer|basic|digest)\s+[^\s\"'\\,;)}\]]+", re.IGNORECASE), rf"\1 {REMOVED}"),
    # Whatever else a browser keeps for us.
    (re.compile(r"\b((?:set-)?cookie[\"'\\]*\s*[:=]\s*)[^\"'\n]+", re.IGNORECASE), rf"\1{REMOVED}"),
    # User and password of an address.
    (re.compile(r"(\w+://)[^\s/@\"']+@"), rf"\1{REMOVED}@"),
    # name=value, 'name': 'value', name: value, in Python, JSON, headers and queries.
    (
        re.compile(
            rf"\b({_NAME}[\"'\\]*\s*[:=]\s*[bB]?)(?:\\*\"[^\"]*\"|\\*'[^']*'|(?:[^\s,;&)}}\]]|,(?=\S))+)",
            re.IGNORECASE,
        ),
        rf"\1{REMOVED}",
    ),
    # E-mail addresses, also with quotes or in other scripts.
    (re.compile(r"(?:\"[^\"\s]+\"|[\w.!#$%&'*+/=?^`{|}~-]+)@[\w-]+(?:\.[\w-]+)+"), REMOVED),
)


def redacted(text: str) -> str:
    """The text without what looks like a secret or an e-mail address.

    >>> redacted("login of ada@example.com with password=hunter2 failed")
    'login of [removed] with password=[removed] failed'
    """
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def redacted_value(value: Any) -> Any:
    """The same for a value with parts: also whatever stands under a name that tells a secret."""
    if isinstance(value, Mapping):
        return {
            redacted(str(key)): REMOVED if NAMED.fullmatch(str(key)) else redacted_value(each)
            for key, each in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted_value(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redacted(str(value))
