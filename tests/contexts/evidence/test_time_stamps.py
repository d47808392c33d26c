"""An authority stamps the newest head; without it the log goes on, and catches up later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from typer.testing import CliRunner

from tests.contexts.evidence.authority import Authority, answering, make_authority, openssl
from tests.contexts.evidence.conftest import a_company
from xindun.cli.evidence.stamp import NoStampYet
from xindun.cli.main import app
from xindun.kernel.time_stamps import StampInvalid, stamped_at, trusted_roots
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import models, reads
from xindun.record.evidence.actions import stamp_log, stamp_logs
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.evidence.values import Evidence, Selection, Stamped, StampState, TimeStamp

pytestmark = pytest.mark.django_db
START = datetime.now(UTC)
Grow = Callable[[int], list[Evidence]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with answering(make_authority(tmp_path_factory.mktemp("tsa") / "authority")) as authority:
        yield authority


@pytest.fixture
def authority(served: Authority, settings: Any) -> Authority:
    served.status, served.spoil = 200, False
    served.asked.clear()
    settings.XINDUN_TSA_URL = served.url
    settings.XINDUN_TSA_CA_FILE = str(served.roots)
    settings.XINDUN_OUTGOING_ALLOW = (served.url.rstrip("/"),)
    return served


def stamped(company: int, minutes: int = 0) -> TimeStamp | None:
    return stamp_log(company, clock=lambda: START + timedelta(minutes=minutes))


def state(company: int) -> StampState:
    with tenant_scope(company):
        return reads.stamp_state()


def test_the_newest_head_is_stamped_and_openssl_agrees(
    company: int, grow: Grow, authority: Authority
) -> None:
    made = grow(3)
    stamp = stamped(company)
    assert stamp is not None
    with tenant_scope(company):
        note, head = reads.checkpoint(), reads.newest_head()
        proof = reads.proof_of(made[0].public_id)
        assert reads.stamp_covering(proof.number) == stamp
        assert reads.stamp_covering(10_000) is None
    assert head is not None
    assert (stamp.head, stamp.size, stamp.authority) == (head.number, head.size, authority.url)
    assert abs(stamp.stamped_at - datetime.now(UTC)) < timedelta(minutes=5)
    (authority.folder / "checkpoint.txt").write_text(note, "utf-8")
    (authority.folder / "stamp.tsr").write_bytes(stamp.answer)
    said = openssl(
        authority.folder, "ts", "-verify", "-data", "checkpoint.txt", "-in", "stamp.tsr",
        "-CAfile", "ca.pem",
    )  # fmt: skip
    assert "OK" in said


def test_the_command_writes_what_openssl_verifies(
    company: int, grow: Grow, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xindun.config.startup.start", lambda: None)
    grow(2)

    def asked() -> Any:
        return CliRunner().invoke(app, ["evidence", "stamp", "--out", str(authority.folder)])

    assert isinstance(asked().exception, NoStampYet)
    stamp = stamped(company)
    assert stamp is not None
    assert asked().exit_code == 0
    name = f"checkpoint-{stamp.size}"
    verified = ("ts", "-verify", "-data", f"{name}.txt", "-in", f"{name}.tsr", "-CAfile", "ca.pem")
    openssl(authority.folder, *verified)  # raises unless it verifies


def test_a_stamp_of_something_else_or_by_a_stranger_proves_nothing(
    company: int, grow: Grow, authority: Authority, tmp_path: Path
) -> None:
    grow(1)
    stamp = stamped(company)
    assert stamp is not None
    roots = trusted_roots(authority.roots.read_bytes())
    with tenant_scope(company):
        note = reads.checkpoint().encode()
    assert stamped_at(stamp.answer, note, roots) == stamp.stamped_at
    stranger = make_authority(tmp_path / "stranger")
    for message, trusted, nonce in (
        (note.replace(b"\n", b"\n\n", 1), roots, None),
        (note, trusted_roots(stranger.roots.read_bytes()), None),
        (note, roots, 12345),
    ):
        with pytest.raises(StampInvalid):
            stamped_at(stamp.answer, message, trusted, nonce)
    for answer in (b"", b"no stamp", stamp.answer[:-1], stamp.answer[:-40] + bytes(40)):
        with pytest.raises(StampInvalid):
            stamped_at(answer, note, roots)


def test_one_stamp_a_quarter_of_an_hour_and_none_over_the_same_head(
    company: int, grow: Grow, authority: Authority
) -> None:
    assert stamped(company) is None  # nothing was sequenced
    grow(1)
    first = stamped(company)
    assert first is not None
    assert stamped(company, 60) is None
    grow(1)
    assert stamped(company, 14) is None
    second = stamped(company, 15)
    assert second is not None
    assert (len(authority.asked), second.head) == (2, first.head + 1)
    with tenant_scope(company):
        assert reads.stamps() == [first, second]


def test_the_log_goes_on_without_its_authority_and_catches_up(
    company: int, grow: Grow, authority: Authority
) -> None:
    grow(1)
    authority.status = 503
    assert stamped(company) is None
    failing = state(company)
    assert (failing.failures, failing.reason) == (1, "stamp_refused")
    assert (failing.failing_since, failing.next_try_at) == (START, START + timedelta(minutes=1))
    assert stamped(company) is None
    assert len(authority.asked) == state(company).failures - 1  # too early to ask again
    authority.status, authority.spoil = 200, True
    assert stamped(company, 1) is None
    failing = state(company)
    assert (failing.failures, failing.reason) == (2, "stamp_invalid")
    assert failing.next_try_at == START + timedelta(minutes=3)
    grow(2)
    grow(2)
    authority.spoil = False
    assert stamped(company, 2) is None
    stamp = stamped(company, 3)
    assert stamp is not None
    with tenant_scope(company):
        assert stamp.size == reads.log_state().size
    assert state(company) == StampState(authority.url, stamp)


def test_an_address_that_is_not_allowed_is_never_called(
    company: int, grow: Grow, authority: Authority, settings: Any
) -> None:
    grow(1)
    settings.XINDUN_OUTGOING_ALLOW = ()
    assert stamped(company) is None
    assert state(company).reason == "outgoing_address_not_encrypted"
    settings.XINDUN_TSA_URL = authority.url.replace("http:", "https:")
    assert stamped(company, 1) is None
    assert state(company).reason == "outgoing_address_refused"
    assert authority.asked == []


def test_every_log_is_stamped_and_none_without_an_authority(
    company: int, grow: Grow, authority: Authority, settings: Any
) -> None:
    other = a_company("Rival")
    grow(1)
    settings.XINDUN_TSA_URL = ""
    assert stamp_logs(clock=lambda: START) == 0
    settings.XINDUN_TSA_URL = authority.url
    assert stamp_logs(clock=lambda: START) == 2
    with tenant_scope(other):
        assert len(reads.stamps()) == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET authority = ''", "DELETE FROM {}"])
def test_a_stamp_can_neither_be_changed_nor_removed(company: int, statement: str) -> None:
    with (
        tenant_scope(company),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("evidence_timestamp"))


def test_an_export_carries_the_stamp_and_its_verification_proves_it(
    company: int, grow: Grow, authority: Authority, tmp_path: Path
) -> None:
    made = grow(3)
    stamp = stamped(company)
    assert stamp is not None
    grow(2)
    roots = trusted_roots(authority.roots.read_bytes())
    stranger = trusted_roots(make_authority(tmp_path / "stranger").roots.read_bytes())
    subject = made[0].subject
    for selection in (Selection(), Selection((subject.type, subject.id))):
        with tenant_scope(company):
            lines = list(reads.export_lines(selection))
        verdict = verify_export(lines, authorities=roots)
        assert (verdict.holds, verdict.unchecked) == (True, {})
        assert verdict.stamps == (Stamped(stamp.size, stamp.stamped_at, stamp.authority, True),)
        assert verify_export(lines).stamps[0].verified is None
        wrong = verify_export(lines, authorities=stranger)
        assert [each.where for each in wrong.findings] == [f"stamp of {stamp.size} records"]
        later = stamp.stamped_at.isoformat(timespec="microseconds").encode()
        moved = [
            line.replace(b'"stamped_at":"' + later[:4], b'"stamped_at":"1999') for line in lines
        ]
        assert moved != lines
        assert [each.field for each in verify_export(moved, authorities=roots).findings] == [
            "answer"
        ]


def test_the_audit_finds_a_stamp_that_belongs_to_another_head(
    company: int, grow: Grow, authority: Authority
) -> None:
    grow(1)
    stamp = stamped(company)
    assert stamp is not None
    grow(1)
    with tenant_scope(company):
        assert list(reads.audit()) == []
        models.TimeStamp.objects.create(
            tenant_id=company,
            head=models.TreeHead.objects.latest("number"),
            authority=stamp.authority,
            stamped_at=stamp.stamped_at,
            received_at=stamp.received_at,
            answer=stamp.answer,
        )
        (found,) = reads.audit()
    assert (found.where, found.field) == (f"time stamp over head {stamp.head + 1}", "answer")
