"""A time-stamp authority of the test's own: ``openssl ts`` behind a small server on loopback."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
basicConstraints = CA:FALSE
"""


@dataclass
class Authority:
    """Where it answers, whom to trust, and how it shall behave next."""

    folder: Path
    url: str = ""
    status: int = 200
    spoil: bool = False
    asked: list[bytes] = field(default_factory=list)

    @property
    def roots(self) -> Path:
        return self.folder / "ca.pem"

    def answer(self, question: bytes) -> bytes:
        self.asked.append(question)
        (self.folder / "question.tsq").write_bytes(question)
        openssl(
            self.folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "question.tsq",
            "-out", "answer.tsr",
        )  # fmt: skip
        answer = (self.folder / "answer.tsr").read_bytes()
        return answer[:-40] + bytes(40) if self.spoil else answer


def openssl(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["openssl", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def make_authority(folder: Path) -> Authority:
    """A certificate authority and its time-stamp certificate, valid from now on."""
    if shutil.which("openssl") is None:
        message = "openssl is missing: no time-stamp authority for the tests"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    folder.mkdir()
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    new = ("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(
        folder, *new, "-x509", "-days", "2", "-subj", "/CN=Test root", "-keyout", "ca.key",
        "-out", "ca.pem",
    )  # fmt: skip
    openssl(folder, *new, "-subj", "/CN=Test stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
    openssl(
        folder, "x509", "-req", "-days", "2", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey",
        "ca.key", "-CAcreateserial", "-extfile", "tsa.cnf", "-extensions", "ext", "-out", "tsa.pem",
    )  # fmt: skip
    return Authority(folder)


@contextmanager
def answering(authority: Authority) -> Iterator[Authority]:
    """Serve it on a port of its own until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = self.rfile.read(int(self.headers["Content-Length"]))
            body = authority.answer(question) if authority.status == 200 else b"busy"
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    authority.url = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield authority
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
