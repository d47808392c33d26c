"""Verify an export as an outsider does: offline, with the public key only.

What a reader would get wrong: the file is not trusted for anything. Its keys count because their
statements are signed, its records because they give the signed root; and without a checkpoint
that was kept elsewhere nobody can exclude that the whole log was written anew.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from cryptography.x509 import Certificate

from xindun.kernel.merkle import GrowingTree, leaf_hash
from xindun.kernel.merkle_proofs import includes, is_consistent
from xindun.kernel.signed_notes import NotANote, Note, read_note, signed_by
from xindun.record.evidence.rules.checking import check_keys, check_record, signer_of
from xindun.record.evidence.rules.exported import (
    FORMAT,
    NODE_LEVEL,
    PENDING,
    RECORD,
    NotAnExport,
)
from xindun.record.evidence.rules.log import leaf_entry, read_checkpoint
from xindun.record.evidence.rules.stamped import StampLine, check_stamp, read_stamp
from xindun.record.evidence.values import (
    Compared,
    Finding,
    Json,
    LogKey,
    Stamped,
    TreeHead,
    Verdict,
)

MOST_FINDINGS = 100


@dataclass
class _Reading:
    """What was read so far."""

    log: str
    complete: bool
    note: Note
    head: TreeHead
    wanted: set[int]
    keys: list[LogKey] = field(default_factory=list)
    tree: GrowingTree = field(default_factory=GrowingTree)
    roots: dict[int, bytes] = field(default_factory=dict)
    nodes: dict[int, bytes] = field(default_factory=dict)
    proofs: dict[int, list[bytes]] = field(default_factory=dict)
    stamps: list[StampLine] = field(default_factory=list)
    records: int = 0
    last: int = -1
    pending: int = 0
    ended: bool = False
    unchecked: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def found(self, where: str, part: str, what: str) -> None:
        """Note a finding; where very much is wrong the first hundred say enough."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(where, part, what))


def verify_export(
    lines: Iterable[bytes],
    *,
    key: bytes | None = None,
    checkpoints: Sequence[str] = (),
    authorities: Sequence[Certificate] = (),
) -> Verdict:
    """Check an export as an outsider does.

    Args:
        lines: of the file, each with its newline.
        key: a public key (32 bytes) known from elsewhere; any key of the log's chain will do.
            Without it the file's own word is taken, and the verdict says so.
        checkpoints: notes kept from earlier (or later), to compare with.
        authorities: whose time stamps are believed; without any a stamp is a mere claim.

    Raises:
        NotAnExport: the file has another form.
        NotANote: a checkpoint has another form.
    """
    notes = [read_note(text) for text in checkpoints]
    kept = [read_checkpoint(note) for note in notes]
    stream = iter(lines)
    reading = _begin(next(stream, b""), {head.size for _, head in kept})
    for number, line in enumerate(stream, start=2):
        if reading.ended:
            raise NotAnExport(line=number, reason="it stands after the end")
        found = RECORD.fullmatch(line)
        if found is None:
            _other_line(reading, number, line)
        elif reading.complete:
            _next_record(reading, *found.groups())
        else:
            _selected_record(reading, *found.groups())
    signer = _end(reading, key)
    compared = tuple(
        _compare(reading, note, log, head) for note, (log, head) in zip(notes, kept, strict=True)
    )
    return Verdict(
        log=reading.log,
        complete=reading.complete,
        head=reading.head,
        records=reading.records,
        pending=reading.pending,
        key_id=signer.key_id if signer else "",
        key_given=key is not None,
        checkpoints=compared,
        unchecked=dict(reading.unchecked),
        stamps=_stamps(reading, authorities),
        findings=tuple(reading.findings),
    )


def _begin(line: bytes, wanted: set[int]) -> _Reading:
    try:
        header = json.loads(line)["export"]
        if header["format"] != FORMAT:
            raise NotAnExport(line=1, reason=f"its format is {header['format']}")
        note = read_note(header["checkpoint"])
        log, head = read_checkpoint(note)
        complete = {"complete": True, "selection": False}[header["kind"]]
    except (ValueError, KeyError, TypeError, RecursionError, NotANote) as error:
        raise NotAnExport(line=1, reason="there is no header with a checkpoint") from error
    reading = _Reading(log, complete, note, head, wanted)
    if header.get("log") != log:
        reading.found("line 1", "log", "The header names another log than its checkpoint.")
    return reading


def _next_record(
    reading: _Reading,
    content: bytes,
    content_hash: bytes,
    leaf: bytes,
    number: bytes,
    _path: bytes | None,
    at: bytes,
) -> None:
    """The next record of a complete export. The quick way first; a person reads the slow one."""
    tree, this = reading.tree, int(number)
    reading.records += 1
    if this != reading.last + 1:
        _gap(reading, this)
    reading.last = this
    digest = leaf_hash(b"xindun evidence\n%b\n%b\n" % (content_hash, at)).hex().encode()
    if digest != leaf or sha256(content).hexdigest().encode() != content_hash:
        stored = (content_hash.decode(), at.decode(), leaf.decode())
        for each in check_record(this, content, *stored):
            reading.found(each.where, each.field, each.what)
    for level, position, joined in tree.add(bytes.fromhex(leaf.decode())):
        if level == NODE_LEVEL:
            reading.nodes = {position: joined}
    if tree.size in reading.wanted:
        reading.roots[tree.size] = tree.root()


def _gap(reading: _Reading, number: int) -> None:
    expected = reading.last + 1
    if number > expected:
        missing = _records(expected, number - 1)
        reading.found(missing, "number", "Missing: numbers of a complete export have no gap.")
    else:
        reading.found(f"record {number}", "number", "It does not stand where its number says.")


def _selected_record(
    reading: _Reading,
    content: bytes,
    content_hash: bytes,
    leaf: bytes,
    number: bytes,
    path: bytes | None,
    at: bytes,
) -> None:
    this, head = int(number), reading.head
    reading.records += 1
    stored = (content_hash.decode(), at.decode(), leaf.decode())
    wrong = check_record(this, content, *stored)
    reading.findings += wrong
    hashes = [bytes.fromhex(each) for each in re.findall("[0-9a-f]{64}", (path or b"").decode())]
    computed = leaf_hash(leaf_entry(*stored[:2]))
    if not wrong and not includes(computed, this, head.size, hashes, head.root):
        reading.found(f"record {this}", "path", "Its proof does not lead to the signed root.")


def _other_line(reading: _Reading, number: int, line: bytes) -> None:
    """A key, a node, a pending record, the end; what is unknown is counted, never believed."""
    waiting = PENDING.fullmatch(line)
    if waiting:
        reading.pending += 1
        content, content_hash, _ = waiting.groups()
        if sha256(content).hexdigest().encode() != content_hash:
            reading.found(f"line {number}", "content", "A pending record has not its hash.")
        return
    try:
        ((kind, parts),) = json.loads(line).items()
        _take(reading, kind, parts, number)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotAnExport(line=number, reason="it cannot be read") from error


def _take(reading: _Reading, kind: str, parts: dict[str, Json], line: int) -> None:
    if kind == "key":
        reading.keys.append(_key(parts))
    elif kind == "node":
        position, stored = int(str(parts["position"])), bytes.fromhex(str(parts["digest"]))
        # After a gap every later number is off, and the gap itself was said.
        if reading.tree.size == reading.last + 1 and reading.nodes.get(position) != stored:
            first = position << NODE_LEVEL
            reading.found(
                f"records {first} to {first + (1 << NODE_LEVEL) - 1}",
                "leaf_hash",
                "The hash over these records is not what their leaves give.",
            )
    elif kind == "consistency":
        proof = parts["proof"]
        if isinstance(proof, list):
            reading.proofs[int(str(parts["size"]))] = [bytes.fromhex(str(each)) for each in proof]
    elif kind == "stamp":
        stamp = read_stamp(parts)
        reading.stamps.append(stamp)
        reading.wanted.add(stamp.head.size)
    elif kind == "end":
        reading.ended = True
        if (parts["records"], parts["pending"]) != (reading.records, reading.pending):
            reading.found(
                f"line {line}", "end", "The file holds more or fewer records than it says."
            )
    else:
        reading.unchecked[kind] += 1


def _key(parts: dict[str, Json]) -> LogKey:
    return LogKey(
        number=int(str(parts["number"])),
        key_id=str(parts["key_id"]),
        public_key=bytes.fromhex(str(parts["public_key"])),
        previous=str(parts["previous"]),
        from_size=int(str(parts["from_size"])),
        started_at=datetime.fromisoformat(str(parts["started_at"])),
        signed_by_new=bytes.fromhex(str(parts["signed_by_new"])),
        signed_by_old=bytes.fromhex(str(parts["signed_by_old"])),
    )


def _end(reading: _Reading, key: bytes | None) -> LogKey | None:
    """Keys, signature and root; the key that signed the head."""
    head, log = reading.head, reading.log
    if not reading.ended:
        reading.found("the end", "file", "The file breaks off: its last line is missing.")
    reading.findings += check_keys(log, reading.keys)
    if key is not None and key not in [each.public_key for each in reading.keys]:
        reading.found("keys", "public_key", "The given key is not a key of this log.")
    signer = signer_of(reading.keys, head.size)
    if signer is None or not signed_by(reading.note, log, signer.public_key):
        reading.found(f"head {head.number}", "signature", "It is not signed by the log.")
    if reading.complete:
        if reading.tree.size != head.size:
            last = f"{reading.tree.size} records stand here, {head.size} were signed"
            reading.found(f"head {head.number}", "size", f"The export is not complete: {last}.")
        elif reading.tree.root() != head.root:
            reading.found(
                f"head {head.number}", "root", "The records do not give the root that was signed."
            )
    return signer


def _compare(reading: _Reading, note: Note, log: str, kept: TreeHead) -> Compared:
    """A checkpoint kept outside against this export."""
    if log != reading.log:
        reading.found("checkpoint", "log", f"The checkpoint is of another log, {log}.")
        return Compared(kept.size, agrees=False, reason="another log")
    if not any(signed_by(note, log, each.public_key) for each in reading.keys):
        reading.found("checkpoint", "signature", "The checkpoint is not signed by this log.")
        return Compared(kept.size, agrees=False, reason="not signed by this log")
    if kept.size > reading.head.size:
        lacking = _records(reading.head.size, kept.size - 1)
        reading.found(lacking, "number", "Missing here: the checkpoint covers them.")
        return Compared(kept.size, agrees=False, reason=f"{lacking} missing here")
    agrees = _agrees(reading, kept)
    if agrees is False:
        reading.found(
            _records(0, kept.size - 1),
            "root",
            "They are not the records that the checkpoint covers: the log was rewritten.",
        )
    return Compared(kept.size, agrees=agrees)


def _stamps(reading: _Reading, authorities: Sequence[Certificate]) -> tuple[Stamped, ...]:
    found = []
    for line in reading.stamps:
        compared = _compare(reading, line.note, line.log, line.head)
        stamped, wrong = check_stamp(line, compared, authorities)
        if wrong:
            reading.found(f"stamp of {line.head.size} records", "answer", wrong)
        found.append(stamped)
    return tuple(found)


def _records(first: int, last: int) -> str:
    return f"record {first}" if first == last else f"records {first} to {last}"


def _agrees(reading: _Reading, kept: TreeHead) -> bool | None:
    if kept.size == reading.head.size:
        return kept.root == reading.head.root
    if reading.complete:
        return reading.roots.get(kept.size) == kept.root
    proof = reading.proofs.get(kept.size)
    if proof is None:
        return None
    head = reading.head
    return is_consistent(kept.size, kept.root, head.size, head.root, proof)
