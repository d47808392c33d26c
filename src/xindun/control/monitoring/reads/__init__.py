"""Questions the screens ask; every one runs inside the caller's tenant scope.

What a reader would get wrong: these read what a run prepared. They never compute a figure, so
they are quick, and each page value says whether the ledger has moved since (``stale``).
"""

from xindun.control.monitoring.reads.buyers import (
    accounts_after,
    buyer_file,
    buyers_page,
    iter_buyers,
)
from xindun.control.monitoring.reads.portfolio import portfolio_page
from xindun.control.monitoring.reads.runs import (
    UnknownRun,
    current_run,
    has_snapshots,
    is_stale,
    latest_attempt,
    prepared_days,
    run_of,
    runs_after,
    runs_since,
)
from xindun.control.monitoring.reads.today import action_of, actions_after, actions_page

__all__ = [
    "UnknownRun",
    "accounts_after",
    "action_of",
    "actions_after",
    "actions_page",
    "buyer_file",
    "buyers_page",
    "current_run",
    "has_snapshots",
    "is_stale",
    "iter_buyers",
    "latest_attempt",
    "portfolio_page",
    "prepared_days",
    "run_of",
    "runs_after",
    "runs_since",
]
