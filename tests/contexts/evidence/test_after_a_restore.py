"""A checkpoint kept outside proves which records a restored log lacks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from xindun.config.backups.missing import BadCheckpoint, Verdict, compare
from xindun.kit.tenancy import tenant_scope
from xindun.record.evidence import reads
from xindun.record.evidence.values import Evidence

pytestmark = pytest.mark.django_db
Grow = Callable[[int], list[Evidence]]


def kept(folder: Path, company: int, name: str) -> Path:
    with tenant_scope(company):
        (folder / name).write_text(reads.checkpoint(), encoding="utf-8")
    return folder / name


def test_a_checkpoint_kept_outside_says_what_a_restore_lacks(
    company: int, grow: Grow, tmp_path: Path
) -> None:
    grow(3)
    early = kept(tmp_path, company, "early")
    grow(2)
    at_the_backup = kept(tmp_path, company, "backup")
    # The savepoint is the backup: what comes after is undone, as by a restore.
    backup = transaction.savepoint()
    grow(4)
    late = kept(tmp_path, company, "late")
    transaction.savepoint_rollback(backup)
    found = compare([early, at_the_backup, late])
    assert [each.verdict for each in found] == [Verdict.WHOLE, Verdict.WHOLE, Verdict.MISSING]
    assert (found[2].held, found[2].covered) == (7, 11)
    assert "records 8 to 11 that it covers are not in this log" in found[2].sentence
    # The log goes on with other records; the old checkpoint still tells that it was another one.
    grow(9)
    assert [each.verdict for each in compare([early, late])] == [
        Verdict.WHOLE,
        Verdict.OTHER_HISTORY,
    ]


def test_what_no_log_here_signed_proves_nothing(company: int, grow: Grow, tmp_path: Path) -> None:
    grow(3)
    note = kept(tmp_path, company, "note")
    text = note.read_text(encoding="utf-8")
    forged, foreign = tmp_path / "forged", tmp_path / "foreign"
    forged.write_text(text.replace("\n5\n", "\n9\n"), encoding="utf-8")
    foreign.write_text(text.replace("xindun/evidence/", "other/log/"), encoding="utf-8")
    assert text != forged.read_text(encoding="utf-8")
    assert [each.verdict for each in compare([forged, foreign])] == [Verdict.NOT_OURS] * 2
    for content in ("", "hello", text[: len(text) // 2]):
        note.write_text(content, encoding="utf-8")
        with pytest.raises(BadCheckpoint):
            compare([note])
