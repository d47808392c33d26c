"""The verbs of monitoring: review the portfolio, prove a review, answer the list for today."""

from xindun.control.monitoring.actions.mark import mark_action
from xindun.control.monitoring.actions.prune import prune
from xindun.control.monitoring.actions.replay import ReplayImpossible, replay
from xindun.control.monitoring.actions.request import request_run
from xindun.control.monitoring.actions.run import run_portfolio

__all__ = [
    "ReplayImpossible",
    "mark_action",
    "prune",
    "replay",
    "request_run",
    "run_portfolio",
]
