"""Records enter the log once each, under a signed head, and only with the right key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.contexts.evidence.conftest import NOW, a_company, records
from tests.contexts.evidence.keys import MemoryKeys
from xindun.kernel.merkle import leaf_hash, merkle_root
from xindun.kernel.merkle_proofs import includes, is_consistent
from xindun.kernel.signed_notes import read_note, signed_by
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import models, reads
from xindun.record.evidence.actions import (
    NoKeyYet,
    SigningKeyMismatch,
    rotate_key,
    sequence_batch,
    sequence_pending,
)
from xindun.record.evidence.rules import key_is_signed, leaf_entry, moment
from xindun.record.evidence.values import Evidence, SequencerRound

pytestmark = pytest.mark.django_db

Grow = Callable[[int], list[Evidence]]


def in_order() -> list[models.LogEntry]:
    return list(models.LogEntry.objects.select_related("record").order_by("number"))


def test_what_waits_enters_the_log_once_in_one_batch(company: int, grow: Grow) -> None:
    made = grow(5)
    assert sequence_pending(clock=lambda: NOW) == SequencerRound(0, ())
    with tenant_scope(company):
        entries = in_order()
        assert [each.number for each in entries] == list(range(7))
        assert [each.record.kind for each in entries][:2] == ["tenant_created", "action_marked"]
        assert entries[-1].record.kind == "evidence_log_opened"
        assert {each.public_id for each in made} < {each.record.public_id for each in entries}
        leaves = [
            leaf_entry(bytes(each.record.content_hash).hex(), moment(each.record.recorded_at))
            for each in entries
        ]
        assert [bytes(each.leaf_hash) for each in entries] == [leaf_hash(each) for each in leaves]
        state = reads.log_state()
        assert (state.size, state.pending, state.oldest_pending_at) == (7, 0, None)
        assert state.head is not None
        assert state.head.root == merkle_root(leaves)


def test_every_record_is_proved_under_every_later_head(company: int, grow: Grow) -> None:
    made = [each for count in (1, 2, 4, 9) for each in grow(count)]
    with tenant_scope(company):
        heads = reads.tree_heads(range(10))
        assert [head.size for head in heads] == [3, 5, 9, 18]
        for record in made:
            proof = reads.proof_of(record.public_id)
            assert proof.head == heads[-1]
            assert includes(proof.leaf_hash, proof.number, 18, proof.path, heads[-1].root)
        for earlier in heads:
            proven = reads.consistency_proof(earlier.size, 18)
            assert is_consistent(earlier.size, earlier.root, 18, heads[-1].root, proven)


def test_a_checkpoint_is_a_note_signed_with_the_key_of_the_log(company: int, grow: Grow) -> None:
    with tenant_scope(company), pytest.raises(reads.LogEmpty):
        reads.checkpoint()
    grow(3)
    with tenant_scope(company):
        state, note = reads.log_state(), read_note(reads.checkpoint())
        assert state.key is not None
        assert note.text.splitlines()[:2] == [state.origin, "5"]
        assert signed_by(note, state.origin, state.key.public_key)


def test_a_pending_record_has_no_proof_yet(company: int, grow: Grow) -> None:
    grow(1)
    with tenant_scope(company):
        (record,) = records(1)
        with pytest.raises(reads.NotInLog):
            reads.proof_of(record.public_id)
        state = reads.log_state()
        assert (state.pending, state.oldest_pending_at) == (1, record.recorded_at)


def test_a_batch_takes_no_more_than_its_limit(company: int, ring: MemoryKeys) -> None:
    with tenant_scope(company):
        records(4)
        taken = [sequence_batch(now=NOW, ring=ring, limit=3) for _ in range(3)]
        assert taken == [3, 3, 0]
        assert [head.size for head in reads.tree_heads(range(9))] == [3, 6]


def test_two_companies_have_logs_of_their_own(company: int, grow: Grow) -> None:
    other = a_company("Other")
    grow(2)
    with tenant_scope(company):
        mine = reads.log_state()
        record = reads.latest()[0]
    with tenant_scope(other):
        theirs = reads.log_state()
        assert (mine.size, theirs.size) == (4, 2)
        assert mine.log_id != theirs.log_id
        with pytest.raises(reads.NotInLog):
            reads.proof_of(record.public_id)


@pytest.mark.parametrize("table", ["evidencelog", "logentry", "lognode", "treehead", "logkey"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET tenant_id = tenant_id", "DELETE FROM {}"])
def test_the_database_refuses_change_and_removal(
    company: int, grow: Grow, table: str, statement: str
) -> None:
    grow(1)
    with (
        tenant_scope(company),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(f"evidence_{table}"))


def test_a_record_leaves_the_queue_only_when_it_is_in_the_log(company: int, grow: Grow) -> None:
    grow(1)
    with tenant_scope(company), connection.cursor() as cursor:
        records(2)
        ids = list(models.PendingEvidence.objects.values_list("id", flat=True))
        cursor.execute("SELECT evidence_drop_sequenced(%s, %s)", [company, ids])
        assert cursor.fetchone() == (0,)
        assert models.PendingEvidence.objects.count() == len(ids)


def test_a_new_key_is_announced_by_both_and_old_heads_stay_verifiable(
    company: int, grow: Grow, ring: MemoryKeys
) -> None:
    grow(2)
    (first,) = ring.held()
    assert rotate_key(actor="cli:root", clock=lambda: NOW) == (ring.held()[0].key_id, 1)
    (second,) = ring.held()
    grow(1)
    with tenant_scope(company):
        old, new = reads.log_keys()
        assert (old.key_id, new.key_id) == (first.key_id, second.key_id)
        log = reads.log_state().origin
        assert key_is_signed(log, old, None)
        assert key_is_signed(log, new, old)
        assert not key_is_signed(log, new, None)
        assert not key_is_signed("another log", new, old)
        assert [head.key_id for head in reads.tree_heads(range(9))] == [old.key_id, new.key_id]
        assert new.from_size == 4
        (note,) = reads.latest(kind="evidence_key_changed")
        assert note.result["signed_by_old"] == new.signed_by_old.hex()
        assert (note.actor, reads.proof_of(note.public_id).head.size) == ("cli:root", 6)


def test_an_interrupted_change_of_keys_carries_on(
    company: int, grow: Grow, ring: MemoryKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(1)

    def crash() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(ring, "use_next", crash)
        rotate_key(actor="cli:root", clock=lambda: NOW)
    grow(1)
    other = a_company("Other")
    sequence_pending(clock=lambda: NOW)
    _, new = ring.held()
    assert rotate_key(actor="cli:root", clock=lambda: NOW) == (new.key_id, 0)
    assert ring.held() == [new]
    for tenant_id in (company, other):
        with tenant_scope(tenant_id):
            assert reads.log_keys()[-1].key_id == new.key_id


def test_without_the_right_key_records_wait_and_nothing_is_signed(
    company: int, grow: Grow, ring: MemoryKeys
) -> None:
    grow(1)
    kept, ring.kept = ring.kept, []
    with tenant_scope(company):
        records(1)
    a_company("New")
    missing = sequence_pending(clock=lambda: NOW)
    ring.kept = MemoryKeys(7).held()
    other = sequence_pending(clock=lambda: NOW)
    assert (missing.sequenced, other.sequenced) == (0, 0)
    assert ["is missing: memory" in each for each in missing.refusals] == [True, True]
    assert ["not the one this log" in each for each in other.refusals] == [True, True]
    with tenant_scope(company):
        assert (reads.log_state().size, reads.log_state().pending) == (3, 1)
    with pytest.raises(SigningKeyMismatch):
        rotate_key(actor="cli:root", clock=lambda: NOW)
    ring.kept = []
    with pytest.raises(NoKeyYet):
        rotate_key(actor="cli:root", clock=lambda: NOW)
    ring.kept = kept
    assert sequence_pending(clock=lambda: NOW) == SequencerRound(1 + 2, ())
