"""Verbs of sign-in: hold guesses back, note what happened, end sessions, set the rule."""

from xindun.record.signin.actions.factors import forget_factors
from xindun.record.signin.actions.guesses import count_guess, forget_old, forgive
from xindun.record.signin.actions.notes import Happened, note
from xindun.record.signin.actions.password import replace_password
from xindun.record.signin.actions.rule import set_rule
from xindun.record.signin.actions.sessions import end_sessions

__all__ = [
    "Happened",
    "count_guess",
    "end_sessions",
    "forget_factors",
    "forget_old",
    "forgive",
    "note",
    "replace_password",
    "set_rule",
]
