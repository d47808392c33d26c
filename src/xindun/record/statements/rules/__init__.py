"""Decisions about statements: do the sums hold, is the period one, what is a year before."""

from xindun.record.statements.rules.balance import (
    IDENTITIES,
    Unbalanced,
    balances,
    check_balance,
    completed,
    printed_step,
)
from xindun.record.statements.rules.checks import (
    DECIMALS,
    MOST_DIGITS,
    AmountTooLong,
    BadPeriod,
    BadRate,
    BadSource,
    EmptyStatement,
    NegativeTotal,
    UnitMissing,
    check_figures,
    check_statement,
)
from xindun.record.statements.rules.periods import is_year_before, months_of, starts_of

__all__ = [
    "DECIMALS",
    "IDENTITIES",
    "MOST_DIGITS",
    "AmountTooLong",
    "BadPeriod",
    "BadRate",
    "BadSource",
    "EmptyStatement",
    "NegativeTotal",
    "Unbalanced",
    "UnitMissing",
    "balances",
    "check_balance",
    "check_figures",
    "check_statement",
    "completed",
    "is_year_before",
    "months_of",
    "printed_step",
    "starts_of",
]
