"""Which addresses of other machines may be called at all: pure rules, no look-up, no socket.

What a reader would get wrong: a name says nothing about where it leads. ``check_url`` refuses what
can be refused by reading; the address that the name stands for at the moment of the call is judged
by ``kit.outgoing``, which then connects to that very address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from xindun.kernel.errors import DomainError

Address = IPv4Address | IPv6Address
URL_LENGTH = 2000
NOT_IN_URLS = re.compile(r"[\s\\\x00-\x1f\x7f]")
# A last label like this makes resolvers read the whole name as a number: 127.1, 0x7f.1.
LIKE_A_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)


class AddressMalformed(DomainError):
    """The text is no address that may be called, whoever answers there."""

    code = "outgoing_address_malformed"
    sentence = (
        "This is not an address that can be called: it must be https://host/path, "
        "without user name, password or fragment."
    )


class AddressNotEncrypted(DomainError):
    """Plain HTTP to a host for which the administrator has not allowed it."""

    code = "outgoing_address_not_encrypted"
    sentence = "The address must begin with https://."


class NotAnAllowance(DomainError):
    """An entry of ``XINDUN_OUTGOING_ALLOW`` is neither a host nor a network."""

    code = "outgoing_allowance_malformed"
    sentence = (
        "XINDUN_OUTGOING_ALLOW names {entry}, which is neither a host, a network "
        "such as 10.1.0.0/16, nor http://host."
    )


@dataclass(frozen=True, slots=True)
class Allowances:
    """What an administrator lets through, though it is private or not encrypted.

    Attributes:
        hosts: names, each with a port or None for any port, that may lead anywhere.
        plain: those of them that may be called by plain HTTP.
        networks: whoever leads into one of these may be called.
    """

    hosts: frozenset[tuple[str, int | None]] = frozenset()
    plain: frozenset[tuple[str, int | None]] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def name(self, host: str, port: int) -> bool:
        """Whether the host is allowed by name."""
        return _named(self.hosts, host, port)

    def without_tls(self, host: str, port: int) -> bool:
        """Whether the host may be called by plain HTTP."""
        return _named(self.plain, host, port)

    def address(self, address: Address) -> bool:
        """Whether the address lies in an allowed network."""
        return any(address in network for network in self.networks)


def allowances(entries: Iterable[str]) -> Allowances:
    """The entries of ``XINDUN_OUTGOING_ALLOW``: ``host``, ``host:port``, a network, ``http://host``.

    Raises:
        NotAnAllowance: an entry is none of these.

    >>> allowances(["tsa.example.com", "10.1.0.0/16"]).name("tsa.example.com", 443)
    True
    """
    hosts, plain, networks = set(), set(), []
    for entry in entries:
        network = _network(entry)
        if network is not None:
            networks.append(network)
            continue
        scheme, _, rest = entry.rpartition("://")
        try:
            url = parse_url(f"https://{rest}")
        except LocationParseError as error:
            raise NotAnAllowance(entry=entry) from error
        if scheme not in ("", "http") or not url.host or url.auth or url.path or url.query:
            raise NotAnAllowance(entry=entry)
        named = (_bare(url.host), url.port)
        hosts.add(named)
        if scheme:
            plain.add(named)
    return Allowances(frozenset(hosts), frozenset(plain), tuple(networks))


def check_url(text: str, allowed: Allowances) -> Url:
    """Read an address a user has typed; a later call judges where its name leads.

    Raises:
        AddressMalformed: no absolute http(s) address, or one with credentials, a fragment, odd
            characters, or a host that is a number in disguise.
        AddressNotEncrypted: plain HTTP that the administrator has not allowed for this host.
    """
    if len(text) > URL_LENGTH or NOT_IN_URLS.search(text):
        raise AddressMalformed
    try:
        url = parse_url(text)
    except LocationParseError as error:
        raise AddressMalformed from error
    host = _bare(url.host or "")
    if url.scheme not in ("https", "http") or not host or url.auth is not None or url.fragment:
        raise AddressMalformed
    if "@" in text.split("/")[2] or "%" in host or _number_in_disguise(host) or url.port == 0:
        raise AddressMalformed
    if url.scheme == "http" and not allowed.without_tls(host, url.port or 80):
        raise AddressNotEncrypted
    return url


def _named(entries: frozenset[tuple[str, int | None]], host: str, port: int) -> bool:
    bare = _bare(host)
    return (bare, None) in entries or (bare, port) in entries


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(entry)
    except ValueError:
        return None


def _bare(host: str) -> str:
    """Lower case, without the brackets of IPv6 and the final dot of a full name."""
    return host.lower().strip("[]").rstrip(".")


def _number_in_disguise(host: str) -> bool:
    """Whether resolvers would take the host for an address although it is not written as one."""
    try:
        ip_address(host)
    except ValueError:
        return LIKE_A_NUMBER.fullmatch(host.rpartition(".")[2]) is not None
    return False
