"""The one door for HTTP calls to addresses that people configure: webhooks, time-stamp authorities.

What a reader would get wrong: the address is judged where it is used. The name is resolved once,
the answer is judged, and the connection goes to that very answer, so a name that changes between
the check and the call gains nothing. Redirects are handed back, never followed; proxies, netrc and
certificates of the environment are ignored; nothing may take longer than a deadline, however slowly
the other side drips.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from http.client import HTTPException
from ipaddress import ip_address
from threading import Timer
from typing import Any, ClassVar, cast

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress, filter_host
from urllib3.exceptions import HTTPError

from xindun.kernel.errors import DomainError
from xindun.kit.addresses import Address, Allowances, allowances, check_url

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
DEADLINE_SECONDS = 20.0
ANSWER_BYTES = 64 * 1024
PORTS = {"https": 443, "http": 80}
CONFIG = Config(
    ip_filter_enable=False,  # the adapter below filters, and knows what is allowed
    ip_filter_allow_loopback_ips=False,
    never_redirect=True,
    default_timeout=(CONNECT_SECONDS, READ_SECONDS),
    user_agent_override="Xindun",
)


class OutgoingFailed(DomainError):
    """A call that brought no answer; ``retryable`` says whether later may be better."""

    code = "outgoing_failed"
    sentence = "{host} could not be reached."
    retryable: ClassVar[bool] = True


class NameUnknown(OutgoingFailed):
    """The host's name has no address."""

    code = "outgoing_name_unknown"
    sentence = "The name {host} is not known."


class NotEncrypted(OutgoingFailed):
    """TLS failed: the certificate is expired, unknown or for another name."""

    code = "outgoing_tls_failed"
    sentence = "{host} has no certificate that can be trusted, or does not speak TLS."


class TooSlow(OutgoingFailed):
    """The other side took longer than the time-outs allow."""

    code = "outgoing_too_slow"
    sentence = "{host} did not answer in time."


class AddressRefused(OutgoingFailed):
    """The name leads to a private, local or otherwise reserved address."""

    code = "outgoing_address_refused"
    sentence = (
        "{host} leads to a private or local address. "
        "The administrator can allow it with XINDUN_OUTGOING_ALLOW."
    )
    retryable = False


class AnswerTooLarge(OutgoingFailed):
    """The answer is longer than the caller can use."""

    code = "outgoing_answer_too_large"
    sentence = "The answer of {host} is too large."
    retryable = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; any status is an answer, a redirect and an error too.

    Attributes:
        headers: names in lower case.
        truncated: the body was longer than asked for and ``body`` is its beginning.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool
    seconds: float


def send(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    limit: int = ANSWER_BYTES,
    truncate: bool = False,
) -> Answer:
    """Call an address a user has configured, once.

    Args:
        limit: bytes of the answer that are read.
        truncate: whether a longer answer is cut rather than refused.

    Raises:
        AddressMalformed, AddressNotEncrypted: the address may not be called at all.
        AddressRefused, NameUnknown, NotEncrypted, TooSlow, AnswerTooLarge, OutgoingFailed: no
            usable answer; ``retryable`` tells which may pass.
    """
    allowed = _allowances(tuple(settings.XINDUN_OUTGOING_ALLOW))
    parsed = check_url(url, allowed)
    host = parsed.host or ""
    started = time.monotonic()
    with HTTPSession(CONFIG) as session, _deadline() as late:
        session.trust_env = False
        session.mount("https://", _PinnedAdapter(allowed, late))
        session.mount("http://", _PinnedAdapter(allowed, late))
        try:
            with session.request(
                method,
                url,
                data=body,
                # Not encoded, so that a small answer cannot unfold into a large one.
                headers={**(headers or {}), "Accept-Encoding": "identity"},
                stream=True,
                verify=settings.XINDUN_OUTGOING_CA_FILE or True,
            ) as response:
                answer = response.raw.read(limit + 1, decode_content=False)
                if late.passed:
                    raise TooSlow(host=host)
        except DomainError:
            raise
        except (requests.RequestException, HTTPError, HTTPException, OSError) as error:
            raise _failure(error, host, late=late.passed) from error
    if len(answer) > limit and not truncate:
        raise AnswerTooLarge(host=host)
    return Answer(
        status=response.status_code,
        headers={name.lower(): value for name, value in response.headers.items()},
        body=answer[:limit],
        truncated=len(answer) > limit,
        seconds=time.monotonic() - started,
    )


def check_address(url: str) -> None:
    """Refuse an address by reading it, for forms: where it leads is judged at each call.

    Raises:
        AddressMalformed, AddressNotEncrypted: as named.
    """
    check_url(url, _allowances(tuple(settings.XINDUN_OUTGOING_ALLOW)))


@lru_cache(maxsize=8)
def _allowances(entries: tuple[str, ...]) -> Allowances:
    return allowances(entries)


class _Deadline:
    """Cuts the call's connections when its time is over; a time-out a read would let a drip run."""

    def __init__(self) -> None:
        self.passed = False
        self.connections: list[Any] = []

    def cut(self) -> None:
        self.passed = True
        for connection in self.connections:
            if connection.sock is not None:
                # Not the TLS object's own shutdown, which the reading thread may be inside.
                with _quietly():
                    socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


@contextmanager
def _deadline() -> Iterator[_Deadline]:
    late = _Deadline()
    timer = Timer(DEADLINE_SECONDS, late.cut)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


@contextmanager
def _quietly() -> Iterator[None]:
    try:
        yield
    except OSError:
        return  # the connection ended by itself


class _PinnedAdapter(HTTPAdapter):
    """Connects to the address that was judged; certificate and Host stay those of the name."""

    def __init__(self, allowed: Allowances, late: _Deadline) -> None:
        super().__init__()
        self._allowed = allowed
        self._late = late

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """The pool's key with the judged address instead of the name."""
        place, tls = cast(
            "tuple[Any, Any]", super().build_connection_pool_key_attributes(request, verify, cert)
        )
        host, scheme = str(place["host"]), str(place["scheme"])
        port = int(place["port"] or PORTS[scheme])
        bare = host.strip("[]")
        request.headers["Host"] = host if place["port"] is None else f"{host}:{port}"
        if scheme == "https":
            tls = {**tls, "assert_hostname": bare, "server_hostname": bare}
        return {**place, "host": self._judged(bare, port)}, tls

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """The pool, whose connections the deadline can reach."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        pool.ConnectionCls = partial(_watched, pool.ConnectionCls, self._late)
        return pool

    def _judged(self, host: str, port: int) -> str:
        """The first address of the host, if it may be called.

        Raises:
            AddressRefused, NameUnknown: as named.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameUnknown(host=host) from error
        address = _unmapped(ip_address(found[0][4][0]))
        if self._allowed.name(host, port) or self._allowed.address(address):
            return f"[{address}]" if address.version == 6 else str(address)
        if _is_reserved(address):
            raise AddressRefused(host=host)
        try:
            return str(filter_host(str(address), port, allow_loopback=False))
        except InvalidIPAddress as error:
            raise AddressRefused(host=host) from error


def _watched(kind: Any, late: _Deadline, *args: Any, **kwargs: Any) -> Any:
    connection = kind(*args, **kwargs)
    late.connections.append(connection)
    return connection


def _unmapped(address: Address) -> Address:
    """IPv4 inside IPv6 is judged as the IPv4 address it stands for."""
    mapped = address.ipv4_mapped if address.version == 6 else None
    return mapped or address


def _is_reserved(address: Address) -> bool:
    """What the library's own list, asked next, does not know."""
    old_site_local = address.version == 6 and address.is_site_local
    return not address.is_global or address.is_reserved or old_site_local


def _failure(error: Exception, host: str, *, late: bool) -> OutgoingFailed:
    """What went wrong, without the error's own text, which may quote the address's secrets."""
    if late or isinstance(error, requests.Timeout | TimeoutError):
        return TooSlow(host=host)
    if isinstance(error, requests.exceptions.SSLError):
        return NotEncrypted(host=host)
    return OutgoingFailed(host=host)
