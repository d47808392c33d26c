"""Where a request comes from.

What a reader would get wrong: ``X-Forwarded-For`` is whatever the visitor wrote, up to the entry
that our own proxy appended. So it is read from the right, past the proxies of
``settings.TRUSTED_PROXIES``, and only when the connection itself comes from one of them.
"""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - stands for no address; nothing listens there
HOUSEHOLD_BITS = 64
"""What one IPv6 visitor is given whole; counting single addresses would count nothing."""


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; :data:`UNKNOWN` where the server names none."""
    path = [
        *(each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")),
        str(request.META.get("REMOTE_ADDR", "")),
    ]
    found = UNKNOWN
    for text in reversed(path):
        address = _address(text)
        if address is None:
            return found
        found = address
        if not any(ip_address(address) in network for network in settings.TRUSTED_PROXIES):
            return found
    return found


def neighbourhood(address: str) -> str:
    """The part of an address that one visitor holds: all of IPv4, the first half of IPv6.

    >>> neighbourhood("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    """
    if isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/{HOUSEHOLD_BITS}", strict=False))
    return address


def _address(text: str) -> str | None:
    """``text`` as an address, with or without a port; IPv4 within IPv6 as IPv4."""
    for candidate in (text, text.rpartition(":")[0].strip("[]")):
        try:
            found = ip_address(candidate)
        except ValueError:
            continue
        mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
        return str(mapped or found)
    return None
