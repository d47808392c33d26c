"""Time stamps by RFC 3161: what an authority is asked, and what its answer proves.

An authority signs the hash of a message together with its own clock, so the message existed by
then, whatever the clock of the machine that asked. What a reader would get wrong: the stamp is
kept as the whole answer, which is what ``openssl ts -verify -in`` reads; and the authority's
certificate needs to be valid at the stamped time, not today.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from xindun.kernel.errors import DomainError


class StampInvalid(DomainError):
    """The answer of a time-stamp authority proves nothing about the message."""

    code = "stamp_invalid"
    sentence = "The time stamp is not valid: {reason}."


@dataclass(frozen=True, slots=True)
class StampQuestion:
    """What is sent to an authority, and the number that its answer must repeat."""

    body: bytes
    nonce: int | None


def stamp_question(message: bytes) -> StampQuestion:
    """The request (application/timestamp-query) over the SHA-256 of ``message``."""
    builder = TimestampRequestBuilder(message, HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return StampQuestion(request.as_bytes(), request.nonce)


def stamped_at(
    answer: bytes, message: bytes, roots: Sequence[Certificate], nonce: int | None = None
) -> datetime:
    """The time by which ``message`` existed, as one of ``roots`` vouches for.

    Args:
        answer: the authority's whole answer (application/timestamp-reply).
        message: what was stamped.
        roots: certificates to trust.
        nonce: of the question, when this is its fresh answer.

    Raises:
        StampInvalid: no such stamp, refused, of another message, or by nobody trusted.
    """
    verifier = VerifierBuilder(roots=list(roots), nonce=nonce).build()
    try:
        response = decode_timestamp_response(answer)
        verifier.verify_message(response, message)
        return response.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        # The libraries' reasons are for engineers, but better than none.
        raise StampInvalid(reason=str(error) or type(error).__name__) from error


def trusted_roots(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM file.

    Raises:
        ValueError: it holds none.
    """
    return tuple(load_pem_x509_certificates(pem))
