"""An export verifies offline, and whatever is done to the file is found and located."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.contexts.evidence.conftest import NOW, records
from tests.contexts.evidence.keys import MemoryKeys
from xindun.kernel.merkle import leaf_hash
from xindun.kernel.signed_notes import read_note, read_verifier_key, write_note
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.actions import rotate_key, sequence_pending
from xindun.record.evidence.rules import head_text, leaf_entry, read_checkpoint
from xindun.record.evidence.rules.exported import RECORD, NotAnExport, lines_of, record_line
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.evidence.values import Evidence, Selection, Verdict

pytestmark = pytest.mark.django_db

Grow = Callable[[int], list[Evidence]]


@dataclass
class Kept:
    """What an outsider kept, and the export that is checked later."""

    early: str
    keys: list[bytes]
    lines: list[bytes]
    company: int

    def verify(self, lines: list[bytes] | None = None, *checkpoints: str) -> Verdict:
        return verify_export(
            self.lines if lines is None else lines, key=self.keys[0], checkpoints=checkpoints
        )


@pytest.fixture
def kept(company: int, grow: Grow, ring: MemoryKeys) -> Kept:
    """300 records under two keys, a checkpoint of the first five, one record still waiting."""
    grow(3)
    with tenant_scope(company):
        early = reads.checkpoint()
    rotate_key(actor="cli:root", clock=lambda: NOW)
    grow(294)
    with tenant_scope(company):
        records(1)
        lines = list(reads.export_lines())
        keys = [read_verifier_key(line)[1] for line in reads.public_keys().splitlines()]
    return Kept(early, keys, lines, company)


def spots(verdict: Verdict) -> list[tuple[str, str]]:
    return [(each.where, each.field) for each in verdict.findings]


def test_a_complete_export_holds_and_says_what_is_not_proved(kept: Kept) -> None:
    verdict = kept.verify(None, kept.early)
    assert verdict.holds
    assert (verdict.complete, verdict.records, verdict.pending) == (True, 300, 1)
    assert [(each.size, each.agrees) for each in verdict.checkpoints] == [(5, True)]
    assert verdict.key_given
    assert not verify_export(kept.lines).key_given
    assert verify_export(kept.lines, key=kept.keys[1]).holds
    blocks = [b"".join(kept.lines)[place : place + 1000] for place in range(0, 10**6, 1000)]
    assert list(lines_of(blocks)) == kept.lines


def number_of(line: bytes) -> int | None:
    return json.loads(line).get("number") if line.startswith(b'{"content"') else None


def test_every_change_of_a_record_is_found_and_located(kept: Kept) -> None:
    (place,) = (n for n, line in enumerate(kept.lines) if number_of(line) == 17)
    line = kept.lines[place]
    changes = {
        ("record 17", "content"): line.replace(b"action_marked", b"action_merked"),
        ("record 17", "content_hash"): line.replace(
            b'hash":"' + json.loads(line)["content_hash"].encode(), b'hash":"' + b"0" * 64
        ),
        ("record 17", "recorded_at or leaf_hash"): line.replace(
            b'leaf_hash":"' + json.loads(line)["leaf_hash"].encode(), b'leaf_hash":"' + b"0" * 64
        ),
        ("record 18", "number"): line.replace(b'"number":17', b'"number":18'),
    }
    for spot, changed in changes.items():
        assert changed != line
        verdict = kept.verify([*kept.lines[:place], changed, *kept.lines[place + 1 :]])
        assert spot in spots(verdict) or ("record 17", "number") in spots(verdict)
    at = json.loads(line)["recorded_at"]
    later = line.replace(at.encode(), at.replace("+00:00", "+01:00").encode())
    verdict = kept.verify([*kept.lines[:place], later, *kept.lines[place + 1 :]])
    assert ("record 17", "recorded_at or leaf_hash") in spots(verdict)


def test_removed_inserted_and_swapped_records_are_found(kept: Kept) -> None:
    places = [n for n, line in enumerate(kept.lines) if number_of(line) is not None]
    lines, ten = kept.lines, places[10]
    removed = kept.verify([*lines[:ten], *lines[ten + 1 :]])
    assert spots(removed)[0] == ("record 10", "number")
    last = kept.verify([*lines[: places[-1]], *lines[places[-1] + 1 :]])
    assert ("head 1", "size") in spots(last)
    twice = kept.verify([*lines[:ten], lines[ten], *lines[ten:]])
    assert ("record 10", "number") in spots(twice)
    swapped = kept.verify([*lines[:ten], lines[ten + 1], lines[ten], *lines[ten + 2 :]])
    assert ("record 10", "number") in spots(swapped)
    short = kept.verify(lines[:-1])
    assert ("the end", "file") in spots(short)
    assert kept.verify(lines[:ten]).findings


def test_a_record_changed_with_all_its_hashes_is_located_to_its_block(kept: Kept) -> None:
    def forged(line: bytes) -> bytes:
        found = RECORD.fullmatch(line)
        assert found is not None
        content = found[1].replace(b'"done"', b'"open"')
        digest = sha256(content).digest()
        leaf = leaf_hash(leaf_entry(digest.hex(), found[6].decode()))
        return record_line(int(found[4]), content, digest, found[6].decode(), leaf)

    lines = [forged(line) if number_of(line) == 17 else line for line in kept.lines]
    assert lines != kept.lines
    verdict = kept.verify(lines, kept.early)
    assert ("records 0 to 255", "leaf_hash") in spots(verdict)
    assert ("head 1", "root") in spots(verdict)


def test_another_key_and_another_checkpoint_are_refused(kept: Kept) -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert spots(verify_export(kept.lines, key=stranger)) == [("keys", "public_key")]
    (old,) = (line for line in kept.lines if b'"key"' in line and b'"number":0' in line)
    without = [line for line in kept.lines if line != old]
    assert verify_export(without, key=kept.keys[1]).findings
    with tenant_scope(kept.company):
        sequence_pending(clock=lambda: NOW)
        later = reads.checkpoint()
    verdict = kept.verify(None, later)
    assert spots(verdict) == [("record 300", "number")]
    assert verdict.checkpoints[0].agrees is False


def test_a_rewritten_log_is_found_only_by_a_checkpoint_kept_outside(kept: Kept) -> None:
    """Somebody with the key signed five other records once: both cannot be the same log."""
    log, head = read_checkpoint(read_note(kept.early))
    text = head_text(log, head.number, head.size, bytes(32), head.signed_at)
    key = MemoryKeys(101).held()[0]
    other = write_note(text, [(log, key.public_key, key.sign(text.encode()))])
    assert spots(kept.verify(None, other)) == [("records 0 to 4", "root")]
    unsigned = kept.early.replace("\n5\n", "\n4\n")
    assert spots(kept.verify(None, unsigned)) == [("checkpoint", "signature")]
    changed = kept.lines[0].replace(b"signed at", b"signed  at")
    with pytest.raises(NotAnExport):
        kept.verify([changed, *kept.lines[1:]])


def test_a_selection_proves_each_of_its_records(kept: Kept) -> None:
    with tenant_scope(kept.company):
        subject = reads.latest(kind="evidence_key_changed")[0].subject
        chosen = Selection(subject=(subject.type, subject.id))
        lines = list(reads.export_lines(chosen, consistent_with=[5]))
        none = list(reads.export_lines(Selection(since=NOW.replace(year=2999))))
    verdict = kept.verify(lines, kept.early)
    assert verdict.holds, verdict.findings
    assert (verdict.complete, verdict.records, verdict.pending) == (False, 2, 0)
    assert [each.agrees for each in verdict.checkpoints] == [True]
    assert kept.verify(none).records == 0
    unproved = kept.verify(none, kept.early)
    assert [each.agrees for each in unproved.checkpoints] == [None]
    hit = next(n for n, line in enumerate(lines) if number_of(line) is not None)
    path = json.loads(lines[hit])["path"]
    changed = lines[hit].replace(path[0].encode(), b"0" * 64)
    assert spots(kept.verify([*lines[:hit], changed, *lines[hit + 1 :]]))[0][1] == "path"


@pytest.mark.parametrize(
    "lines", [[], [b"\n"], [b"{}\n"], [b'{"export":1}\n'], [b"\xff\n"], [b'{"export":{}}\n']]
)
def test_what_is_no_export_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(NotAnExport):
        verify_export(lines)
