"""What is looked at, how it is, and what to do about it.

What a reader would get wrong: evidence and time stamps are those of the company that looks; all
else is the installation's, over all companies, and says counts only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xindun.config.backups.last import last_backup
from xindun.config.operations import state
from xindun.config.production import production_findings
from xindun.record.evidence.reads.log import log_state
from xindun.record.evidence.reads.stamps import stamp_state
from xindun.web.system.words import UNSAFE

LATE_JOB = timedelta(minutes=15)
LATE_EVIDENCE = timedelta(minutes=5)
LATE_BACKUP = timedelta(days=7)
CROWDED = 0.8
GOOD, FAIR, BAD, NONE = "good", "fair", "bad", "none"


@dataclass(frozen=True, slots=True)
class Check:
    """One line: a name, its tone and word, what was found, and what to do where it is not well."""

    name: str
    tone: str
    found: str
    mend: str = ""

    @property
    def word(self) -> str:
        """The tone in a word."""
        return {
            GOOD: _("Well"),
            FAIR: _("Look at it"),
            BAD: _("Not well"),
            NONE: _("Not set up"),
        }[self.tone]


def checks(now: datetime) -> list[Check]:
    """Everything that is looked at, in the order in which one would."""
    return [
        *_database(),
        *_worker(now),
        *_evidence(now),
        *_webhooks(now),
        _backup(now),
        _disk(),
    ]


def unsafe(now: datetime) -> list[Check]:
    """What should not be so where others can reach the installation, as the doctor finds it."""
    return [
        Check(each.name, BAD if each.state == "wrong" else FAIR, str(UNSAFE[each.name]))
        for each in production_findings(now)
        if each.state != "ok"
    ]


def _database() -> Iterator[Check]:
    database, missing = state.database(), state.missing_migrations()
    crowded = database.connections > database.most_connections * CROWDED
    yield Check(
        _("Database"),
        FAIR if crowded else GOOD,
        _("PostgreSQL %(version)s, %(size)s, %(used)d of %(most)d connections")
        % {
            "version": database.version.split(" ", 1)[0],
            "size": filesizeformat(database.size),
            "used": database.connections,
            "most": database.most_connections,
        },
        _("Allow more connections, or run fewer processes.") if crowded else "",
    )
    yield Check(
        _("Migrations"),
        BAD if missing else GOOD,
        ngettext("%(n)d not applied", "%(n)d not applied", missing) % {"n": missing},
        _("Start “xindun up” again; it applies them.") if missing else "",
    )


def _worker(now: datetime) -> Iterator[Check]:
    seen, lives = state.worker_seen_at(), state.worker_lives(now)
    yield Check(
        _("Worker"),
        GOOD if lives else BAD,
        _never() if seen is None else _("Last sign of life %(ago)s ago") % {"ago": _ago(seen, now)},
        "" if lives else _("Imports, reviews and webhooks wait for it. “xindun up” starts one."),
    )
    queues = state.queues(now)
    oldest = min((queue.oldest_at for queue in queues if queue.oldest_at), default=None)
    late = oldest is not None and now - oldest > LATE_JOB
    waiting, failed = (
        sum(queue.waiting for queue in queues),
        sum(queue.failed for queue in queues),
    )
    found = _("%(waiting)d waiting, %(failed)d failed") % {"waiting": waiting, "failed": failed}
    if oldest is not None:
        found += "; " + _("the oldest for %(ago)s") % {"ago": _ago(oldest, now)}
    mend = _("The log of the worker says why a job failed.") if failed else ""
    yield Check(_("Jobs"), BAD if late else FAIR if failed else GOOD, found, mend)


def _evidence(now: datetime) -> Iterator[Check]:
    log, stamps = log_state(), stamp_state()
    oldest = log.oldest_pending_at
    late = oldest is not None and now - oldest > LATE_EVIDENCE
    yield Check(
        _("Evidence log"),
        BAD if late else GOOD,
        _("%(size)d records in the log, %(pending)d not yet")
        % {"size": log.size, "pending": log.pending},
        _("Records wait for longer than five minutes; see whether the worker runs.")
        if late
        else "",
    )
    if not stamps.authority:
        yield Check(
            _("Time stamps"),
            NONE,
            _("No authority is named"),
            _("XINDUN_TSA_URL names one; without it only your own clock says when."),
        )
    elif stamps.failures:
        yield Check(
            _("Time stamps"),
            FAIR,
            ngettext("%(n)d failure in a row", "%(n)d failures in a row", stamps.failures)
            % {"n": stamps.failures},
            _("The log goes on and is stamped when the authority answers again."),
        )
    else:
        newest = stamps.newest
        yield Check(
            _("Time stamps"),
            GOOD,
            _never()
            if newest is None
            else _("Last one %(ago)s ago") % {"ago": _ago(newest.stamped_at, now)},
        )


def _webhooks(now: datetime) -> Iterator[Check]:
    outbox, webhooks = state.outbox(), state.webhooks()
    late = outbox.oldest_at is not None and now - outbox.oldest_at > LATE_JOB
    yield Check(
        _("Webhooks"),
        BAD if late else FAIR if webhooks.dead else GOOD,
        _("Messages waiting: %(waiting)d; dead letters: %(dead)d")
        % {"waiting": outbox.waiting + webhooks.waiting, "dead": webhooks.dead},
        _("Each company sees its own dead letters under Webhooks.") if webhooks.dead else "",
    )


def _backup(now: datetime) -> Check:
    backup = last_backup()
    mend = _("“xindun backup” makes one; let a timer call it every day.")
    if backup is None:
        return Check(_("Backup"), BAD, _("No backup was made yet"), mend)
    late = now - backup.at > LATE_BACKUP
    found = _("Last one %(ago)s ago, %(size)s") % {
        "ago": _ago(backup.at, now),
        "size": filesizeformat(backup.size),
    }
    return Check(_("Backup"), BAD if late else GOOD, found, mend if late else "")


def _disk() -> Check:
    disk = state.disk()
    return Check(
        _("Disk"),
        BAD if disk.is_short else GOOD,
        _("%(free)s of %(total)s free")
        % {"free": filesizeformat(disk.free), "total": filesizeformat(disk.total)},
        _("Make room where the data folder lies.") if disk.is_short else "",
    )


def _ago(at: datetime, now: datetime) -> str:
    """The time since then in its largest unit; under a minute in seconds."""
    seconds = max(0, int((now - at).total_seconds()))
    return _("%(n)d s") % {"n": seconds} if seconds < 60 else timesince(at, now, depth=1)


def _never() -> str:
    return _("Never so far")
