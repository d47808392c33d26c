"""The worker process: jobs from the queue, and beside them the sequencer of the evidence log.

What a reader would get wrong: the sequencer is no job. A job announced by every decision would
make decisions wait for each other, since only one may stand in the queue; looking once a second
costs the decisions nothing. Any number of workers may run: a log is locked while it is written.
"""

from __future__ import annotations

import logging
import threading

from django.core.management import execute_from_command_line
from django.db import close_old_connections, connection
from django.utils import timezone

from xindun.config.startup import setup_django
from xindun.config.tracing import start_tracing

JOBS = [
    *("procrastinate", "worker", "--concurrency", "2"),
    *("--shutdown-graceful-timeout", "20", "--delete-jobs", "successful"),
]
LOOK_EVERY_SECONDS = 1.0
LOOK_AGAIN_SECONDS = 30.0
"""At most this long after a refusal, such as a missing key, or failures one after the other."""

log = logging.getLogger(__name__)


def keep_sequencing(stop: threading.Event) -> None:
    """Put pending evidence into the logs until ``stop``; a failure is logged and tried again."""
    pause, failures = 0.0, 0
    said: tuple[str, ...] = ()
    while not stop.wait(pause):
        pause = LOOK_EVERY_SECONDS
        try:
            close_old_connections()
            refusals = sequence_all(stop)
        except Exception:
            log.exception("the evidence could not be sequenced")
            connection.close()
            # A database that restarts is back in seconds; one that is gone is not asked so often.
            failures += 1
            pause = min(LOOK_EVERY_SECONDS * 2**failures, LOOK_AGAIN_SECONDS)
            continue
        failures = 0
        for refusal in refusals:
            pause = LOOK_AGAIN_SECONDS
            if refusal not in said:
                log.error("evidence waits, %s", refusal)
        said = refusals
    connection.close()


def sequence_all(stop: threading.Event) -> tuple[str, ...]:
    """Round after round until nothing is left to do; why some evidence still waits."""
    from xindun.record.evidence.actions import sequence_pending

    while True:
        done = sequence_pending(clock=timezone.now)
        if not done.sequenced or stop.is_set():
            return done.refusals


def main() -> None:
    """Work until a signal; the jobs' own handlers stop them gracefully."""
    setup_django()
    start_tracing()
    stop = threading.Event()
    sequencer = threading.Thread(target=keep_sequencing, args=[stop], name="sequencer")
    sequencer.start()
    try:
        execute_from_command_line(["xindun", *JOBS])
    finally:
        stop.set()
        sequencer.join()


if __name__ == "__main__":
    main()
