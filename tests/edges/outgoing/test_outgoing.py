"""Calls to addresses that people configure, against a server of this machine's own."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xindun.kit import outgoing
from xindun.kit.addresses import AddressMalformed, AddressNotEncrypted

Resolve = Callable[..., list[Any]]


class Other(BaseHTTPRequestHandler):
    """The other side; what it received is kept for the tests to look at."""

    protocol_version = "HTTP/1.1"
    received: list[tuple[str, str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.received.append((self.command, self.path, headers, body))
        {"/moved": self._move, "/large": self._large, "/drip": self._drip}.get(
            self.path, self._agree
        )()

    do_GET = do_POST

    def _agree(self) -> None:
        self._begin(200, 4)
        self.wfile.write(b"fine")

    def _move(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _large(self) -> None:
        self._begin(200, 200_000)
        self.wfile.write(b"x" * 200_000)

    def _drip(self) -> None:
        self._begin(200, 1000)
        for _ in range(1000):
            try:
                self.wfile.write(b".")
            except OSError:
                return
            time.sleep(0.05)

    def _begin(self, status: int, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def other() -> Iterator[int]:
    """The port of a plain server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _nothing_received() -> None:
    Other.received.clear()


@pytest.fixture
def resolve_to(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Let every name stand for the given addresses, one after the other; returns who was asked."""
    original = socket.getaddrinfo

    def become(*addresses: str) -> list[str]:
        asked: list[str] = []

        def fake(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
            if not host[0].isdigit() and ":" not in host:
                host = addresses[min(len(asked), len(addresses) - 1)]
                asked.append(host)
            return original(host, port, *args, **kwargs)

        monkeypatch.setattr(socket, "getaddrinfo", fake)
        return asked

    return become


def test_an_allowed_host_is_called_and_its_answer_handed_back(
    settings: Any, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings.XINDUN_OUTGOING_ALLOW = ("http://127.0.0.1",)
    answer = outgoing.send(
        "POST", f"http://127.0.0.1:{other}/in?x=1", body=b"{}", headers={"X-Id": "7"}
    )
    assert (answer.status, answer.body, answer.truncated) == (200, b"fine", False)
    assert answer.headers["content-length"] == "4"
    ((method, path, headers, body),) = Other.received
    assert (method, path, body) == ("POST", "/in?x=1", b"{}")
    assert headers["host"] == f"127.0.0.1:{other}"
    assert (headers["x-id"], headers["user-agent"]) == ("7", "Xindun")


def test_a_redirect_is_an_answer_and_is_not_followed(settings: Any, other: int) -> None:
    settings.XINDUN_OUTGOING_ALLOW = ("http://127.0.0.1",)
    answer = outgoing.send("GET", f"http://127.0.0.1:{other}/moved")
    assert (answer.status, answer.headers["location"]) == (302, "/elsewhere")
    assert [path for _, path, _, _ in Other.received] == ["/moved"]


def test_a_large_answer_is_refused_or_cut(settings: Any, other: int) -> None:
    settings.XINDUN_OUTGOING_ALLOW = ("http://127.0.0.1",)
    url = f"http://127.0.0.1:{other}/large"
    with pytest.raises(outgoing.AnswerTooLarge) as refused:
        outgoing.send("GET", url)
    assert not refused.value.retryable
    answer = outgoing.send("GET", url, limit=100, truncate=True)
    assert (answer.body, answer.truncated) == (b"x" * 100, True)


def test_an_answer_that_drips_is_cut_at_the_deadline(
    settings: Any, other: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.XINDUN_OUTGOING_ALLOW = ("http://127.0.0.1",)
    monkeypatch.setattr(outgoing, "DEADLINE_SECONDS", 0.3)
    with pytest.raises(outgoing.TooSlow) as slow:
        outgoing.send("GET", f"http://127.0.0.1:{other}/drip")
    assert slow.value.retryable


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "fe80::1",
        "fec0::1",
        "fd00:ec2::254",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_a_name_that_leads_to_a_reserved_address_is_refused_before_a_connection(
    address: str, resolve_to: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = resolve_to(address)
    monkeypatch.setattr(socket, "create_connection", pytest.fail)
    monkeypatch.setattr(socket.socket, "connect", pytest.fail)
    with pytest.raises(outgoing.AddressRefused) as refused:
        outgoing.send("GET", "https://hooks.example.com/x")
    assert asked == [address]
    assert not refused.value.retryable
    assert refused.value.params == {"host": "hooks.example.com"}


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]/", "https://[::ffff:7f00:1]/"]
)
def test_a_reserved_address_written_as_itself_is_refused(url: str) -> None:
    with pytest.raises(outgoing.AddressRefused):
        outgoing.send("GET", url)


def test_the_connection_goes_to_the_address_that_was_judged(
    resolve_to: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that changes to a local address right after the check is not asked a second time."""
    asked = resolve_to("93.184.216.34", "127.0.0.1")
    reached: list[Any] = []

    def connect(_self: socket.socket, address: Any) -> None:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(outgoing.OutgoingFailed) as failed:
        outgoing.send("GET", "https://rebinding.example.com/")
    assert failed.value.code == "outgoing_failed"
    assert failed.value.retryable
    assert asked == ["93.184.216.34"]
    assert reached == [("93.184.216.34", 443)]


def test_an_allowed_network_is_reached_through_any_name(
    settings: Any,
    certified: int,
    resolve_to: Callable[..., list[str]],
) -> None:
    resolve_to("127.0.0.1")
    settings.XINDUN_OUTGOING_ALLOW = ("127.0.0.0/8",)
    answer = outgoing.send("POST", f"https://hooks.example.com:{certified}/in", body=b"1")
    assert answer.body == b"fine"
    ((_, _, headers, _),) = Other.received
    assert headers["host"] == f"hooks.example.com:{certified}"


def test_a_certificate_for_another_name_is_refused(
    settings: Any,
    certified: int,
    resolve_to: Callable[..., list[str]],
) -> None:
    resolve_to("127.0.0.1")
    settings.XINDUN_OUTGOING_ALLOW = ("127.0.0.0/8",)
    with pytest.raises(outgoing.NotEncrypted):
        outgoing.send("GET", f"https://other.example.com:{certified}/")
    assert Other.received == []


def test_an_unknown_authority_is_refused(
    settings: Any,
    certified: int,
    resolve_to: Callable[..., list[str]],
) -> None:
    resolve_to("127.0.0.1")
    settings.XINDUN_OUTGOING_ALLOW = ("127.0.0.0/8",)
    settings.XINDUN_OUTGOING_CA_FILE = None
    with pytest.raises(outgoing.NotEncrypted):
        outgoing.send("GET", f"https://hooks.example.com:{certified}/")
    assert Other.received == []


def test_an_unknown_name_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    with pytest.raises(outgoing.NameUnknown) as unknown:
        outgoing.send("GET", "https://nowhere.example.com/")
    assert unknown.value.retryable


def test_what_may_not_be_typed_may_not_be_called() -> None:
    with pytest.raises(AddressNotEncrypted):
        outgoing.send("GET", "http://example.com/")
    with pytest.raises(AddressMalformed):
        outgoing.send("GET", "https://2130706433/")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for hooks.example.com, which is its own authority."""
    folder = tmp_path_factory.mktemp("authority")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hooks.example.com")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example.com")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "ca.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder


@pytest.fixture
def certified(authority: Path, settings: Any) -> Iterator[int]:
    """The port of a server with that certificate, which the settings trust."""
    settings.XINDUN_OUTGOING_CA_FILE = str(authority / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "ca.pem", authority / "key.pem")
    server = _QuietTls(("127.0.0.1", 0), Other)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


class _QuietTls(ThreadingHTTPServer):
    """Handshakes that the caller refuses are what these tests want."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""
