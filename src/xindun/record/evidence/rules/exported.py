"""An export of the log, line by line: its form, which a court may have to read in ten years.

What a reader would get wrong: a record line is fixed byte by byte, keys in order and no white
space, so that it can be matched and hashed as it stands, without a JSON parser in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from xindun.kernel.errors import DomainError
from xindun.record.evidence.rules.canonical import canonical
from xindun.record.evidence.rules.log import moment
from xindun.record.evidence.values import Json, LogKey

FORMAT = "xindun-evidence/1"
NODE_LEVEL = 8
"""A complete export repeats the hash over every 256 records, to locate what was changed."""
_HASH, _AT = rb"([0-9a-f]{64})", rb"([0-9T:.+-]{32})"
RECORD = re.compile(
    rb'\{"content":(\{.*\}),"content_hash":"' + _HASH + rb'","leaf_hash":"' + _HASH + rb'",'
    rb'"number":(\d{1,18}),(?:"path":\[([0-9a-f",]*)\],)?"recorded_at":"' + _AT + rb'"\}\n'
)
PENDING = re.compile(
    rb'\{"pending":\{"content":(\{.*\}),"content_hash":"'
    + _HASH
    + rb'","recorded_at":"'
    + _AT
    + rb'"\}\}\n'
)


class NotAnExport(DomainError):
    """The file is no export of evidence, or of a form this version does not know."""

    code = "not_an_export"
    sentence = "This file is not an export of evidence: line {line}, {reason}."


def header_line(log: str, checkpoint: str, *, complete: bool) -> bytes:
    """The first line: which log, how much of it, and the checkpoint it ends with."""
    kind = "complete" if complete else "selection"
    return _line({"export": {"format": FORMAT, "log": log, "kind": kind, "checkpoint": checkpoint}})


def key_line(key: LogKey) -> bytes:
    """A public key of the log and the statement that brought it in."""
    return _line(
        {
            "key": {
                "number": key.number,
                "public_key": key.public_key.hex(),
                "key_id": key.key_id,
                "previous": key.previous,
                "from_size": key.from_size,
                "started_at": moment(key.started_at),
                "signed_by_new": key.signed_by_new.hex(),
                "signed_by_old": key.signed_by_old.hex(),
            }
        }
    )


def record_line(
    number: int,
    content: bytes,
    content_hash: bytes,
    recorded_at: str,
    leaf: bytes,
    path: Sequence[bytes] | None = None,
) -> bytes:
    """A sequenced record; ``path`` proves it where the export does not hold the whole log."""
    proof = b""
    if path is not None:
        proof = b'"path":[' + b",".join(f'"{each.hex()}"'.encode() for each in path) + b"],"
    return (
        b'{"content":%b,"content_hash":"%b","leaf_hash":"%b","number":%d,%b"recorded_at":"%b"}\n'
        % (
            content,
            content_hash.hex().encode(),
            leaf.hex().encode(),
            number,
            proof,
            recorded_at.encode(),
        )
    )


def pending_line(content: bytes, content_hash: bytes, recorded_at: str) -> bytes:
    """A record that waits for the sequencer; nothing proves it yet."""
    return b'{"pending":{"content":%b,"content_hash":"%b","recorded_at":"%b"}}\n' % (
        content,
        content_hash.hex().encode(),
        recorded_at.encode(),
    )


def node_line(position: int, digest: bytes) -> bytes:
    """The hash over 256 records."""
    return _line({"node": {"level": NODE_LEVEL, "position": position, "digest": digest.hex()}})


def consistency_line(size: int, proof: Sequence[bytes]) -> bytes:
    """That the log of ``size`` records is the beginning of this one."""
    return _line({"consistency": {"size": size, "proof": [each.hex() for each in proof]}})


def end_line(records: int, pending: int) -> bytes:
    """The last line: a file that breaks off has none."""
    return _line({"end": {"records": records, "pending": pending}})


def _line(content: Json) -> bytes:
    return canonical(content) + b"\n"


def lines_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their newline, from blocks of any size."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if rest:
        yield rest
