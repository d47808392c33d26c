"""Where a request comes from, with and without proxies."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import RequestFactory

from xindun.kit.client_address import UNKNOWN, client_address, neighbourhood

PROXIES = [ip_network("10.0.0.0/8"), ip_network("::1/128")]


def asked(peer: str, forwarded: str = "") -> str:
    extra: dict[str, Any] = {"REMOTE_ADDR": peer}
    if forwarded:
        extra["HTTP_X_FORWARDED_FOR"] = forwarded
    return client_address(RequestFactory().get("/", **extra))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        # A visitor's own header is not believed.
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        # A proxy's entry is; what the visitor wrote before it is not.
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.1, 10.2.3.4", "198.51.100.1"),
        ("::1", "2001:db8::5", "2001:db8::5"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("192.0.2.7:51234", "", "192.0.2.7"),
        ("[2001:db8::5]:443", "", "2001:db8::5"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
        ("", "198.51.100.1", UNKNOWN),
    ],
)
def test_only_trusted_proxies_are_believed(
    peer: str, forwarded: str, address: str, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert asked(peer, forwarded) == address


def test_without_trusted_proxies_the_peer_is_the_visitor(settings: Any) -> None:
    settings.TRUSTED_PROXIES = []
    assert asked("10.0.0.1", "198.51.100.1") == "10.0.0.1"


def test_one_visitor_holds_half_an_ipv6_address() -> None:
    assert neighbourhood("2001:db8::1") == neighbourhood("2001:db8::ffff:1")
    assert neighbourhood("2001:db8::1") != neighbourhood("2001:db8:0:1::1")
    assert neighbourhood("192.0.2.7") == "192.0.2.7"
