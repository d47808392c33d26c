"""A process that shall not outlive the one that made it, even by kill -9 (Linux)."""

from __future__ import annotations

import ctypes
import os
import signal
from multiprocessing import parent_process

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have this process asked to end when its parent dies; does nothing in a main process.

    Elsewhere than on Linux nothing is asked for, and an orphan is the administrator's to end.
    """
    parent = parent_process()
    if parent is None:
        return
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return
    if os.getppid() != parent.pid:  # it died before the request
        os.kill(os.getpid(), signal.SIGTERM)
