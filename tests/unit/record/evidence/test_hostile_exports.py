"""A file from a stranger: whatever was changed in it is refused or found, never believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from xindun.kernel.merkle import GrowingTree, leaf_hash
from xindun.kernel.signed_notes import write_note
from xindun.record.evidence.rules import canonical, head_text, key_statement, leaf_entry, moment
from xindun.record.evidence.rules import exported as form
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.evidence.values import LogKey, SigningKey

LOG, NOW, SIZE = "xindun/evidence/test", datetime(2025, 6, 30, tzinfo=UTC), 260
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))


def an_export() -> list[bytes]:
    unsigned = LogKey(0, KEY.key_id, KEY.public_key, "", 0, NOW, b"", b"")
    begun = replace(unsigned, signed_by_new=KEY.sign(key_statement(LOG, unsigned)))
    tree, body = GrowingTree(), []
    for number in range(SIZE):
        content = canonical({"id": f"{number}", "result": {"客户": "甲"}})
        digest = sha256(content).digest()
        leaf = leaf_hash(leaf_entry(digest.hex(), moment(NOW)))
        body.append(form.record_line(number, content, digest, moment(NOW), leaf))
        for level, position, joined in tree.add(leaf):
            if level == form.NODE_LEVEL:
                body.append(form.node_line(position, joined))
    text = head_text(LOG, 0, SIZE, tree.root(), NOW)
    note = write_note(text, [(LOG, KEY.public_key, KEY.sign(text.encode()))])
    waiting = canonical({"id": "waiting"})
    return [
        form.header_line(LOG, note, complete=True),
        form.key_line(begun),
        *body,
        form.pending_line(waiting, sha256(waiting).digest(), moment(NOW)),
        form.end_line(SIZE, 1),
    ]


LINES = an_export()
RECORDS = [place for place, line in enumerate(LINES) if line.startswith(b'{"content"')]


def verdict_of(lines: list[bytes]) -> str:
    try:
        verdict = verify_export(lines, key=KEY.public_key)
    except form.NotAnExport:
        return "refused"
    if verdict.findings:
        return "found"
    return "unknown lines" if verdict.unchecked else "holds"


def test_the_untouched_export_holds() -> None:
    assert verdict_of(LINES) == "holds"


@given(st.sampled_from(RECORDS), st.integers(0, 10**6), st.integers(1, 255))
def test_no_byte_of_a_record_can_be_another(place: int, spot: int, change: int) -> None:
    line = bytearray(LINES[place])
    line[spot % len(line)] ^= change
    assert verdict_of([*LINES[:place], bytes(line), *LINES[place + 1 :]]) != "holds"


@given(st.integers(0, len(LINES) - 1))
def test_no_line_can_be_left_out_or_stand_twice(place: int) -> None:
    kind = LINES[place][:10]
    without = verdict_of([*LINES[:place], *LINES[place + 1 :]])
    # The hash over 256 records only helps to locate; what it repeats stands in the leaves.
    assert without != "holds" or kind.startswith(b'{"node"')
    twice = verdict_of([*LINES[:place], LINES[place], *LINES[place:]])
    assert twice != "holds" or kind.startswith(b'{"node"')


@given(st.lists(st.one_of(st.binary(max_size=80), st.sampled_from(LINES)), max_size=6))
def test_any_lines_are_refused_or_found(lines: list[bytes]) -> None:
    assert verdict_of(lines) != "holds"
    assert verdict_of([LINES[0], *lines]) != "holds"


@given(st.integers(0, len(LINES) - 1), st.integers(0, 10**6), st.integers(1, 255))
def test_a_changed_byte_anywhere_never_ends_in_an_error(place: int, spot: int, change: int) -> None:
    line = bytearray(LINES[place])
    line[spot % len(line)] ^= change
    verdict_of([*LINES[:place], bytes(line), *LINES[place + 1 :]])


def test_deep_nesting_and_huge_numbers_are_refused() -> None:
    for line in (b"[" * 100_000 + b"\n", b'{"node":{"level":8,"position":' + b"9" * 5000 + b"}}\n"):
        assert verdict_of([*LINES[:2], line, *LINES[2:]]) == "refused"
