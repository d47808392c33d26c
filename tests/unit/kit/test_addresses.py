"""Which addresses may be typed at all."""

from __future__ import annotations

import pytest

from xindun.kit.addresses import (
    AddressMalformed,
    AddressNotEncrypted,
    NotAnAllowance,
    allowances,
    check_url,
)

NONE = allowances([])


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "https://example.com:8443/hooks?x=1",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/x",
        "https://xn--fiq228c.example/",
        "https://信用.example/",
    ],
)
def test_a_plain_https_address_is_accepted(url: str) -> None:
    assert check_url(url, NONE).scheme == "https"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://@example.com/",
        "https://example.com/#part",
        "https://example.com\\@127.0.0.1/",
        "https://example.com/a b",
        "https://example.com/\r\nHost: evil",
        "https://example.com\t/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://example.1/",
        "https://[fe80::1%25eth0]/",
        "https://[::1",
        "https://example.com:0/",
        "https://example.com:99999/",
        "https://example.com/" + "a" * 2000,
    ],
)
def test_what_is_no_address_or_hides_one_is_refused(url: str) -> None:
    with pytest.raises(AddressMalformed):
        check_url(url, NONE)


def test_plain_http_is_refused_unless_the_host_is_named_for_it() -> None:
    allowed = allowances(
        ["http://tsa.example.com", "http://other.example.com:8080", "secure.example"]
    )
    assert check_url("http://TSA.example.com./x", allowed).host == "tsa.example.com."
    assert check_url("http://other.example.com:8080/", allowed).port == 8080
    for url in (
        "http://example.com/",
        "http://other.example.com/",
        "http://secure.example/",
        "http://tsa.example.com.evil.example/",
    ):
        with pytest.raises(AddressNotEncrypted):
            check_url(url, allowed)


def test_an_allowance_names_a_host_a_port_of_it_or_a_network() -> None:
    allowed = allowances(["a.example", "B.example:8443", "10.1.0.0/16", "fd00::/8", "192.0.2.7"])
    assert allowed.name("a.example", 1)
    assert allowed.name("A.EXAMPLE.", 443)
    assert allowed.name("b.example", 8443)
    assert not allowed.name("b.example", 443)
    assert not allowed.name("c.a.example", 443)
    assert [str(network) for network in allowed.networks] == [
        "10.1.0.0/16",
        "fd00::/8",
        "192.0.2.7/32",
    ]


@pytest.mark.parametrize(
    "entry", ["10.1.0.1/16", "https://a.example", "http://a/b", "u@a", "ftp://a"]
)
def test_an_allowance_that_is_none_of_these_is_refused(entry: str) -> None:
    with pytest.raises(NotAnAllowance):
        allowances([entry])
