"""What the console reads, as values: a run, the portfolio page, rows of buyers, one buyer's file.

A folder, because it has three subjects: ``run`` (the run and its portfolio), ``buyers`` (rows,
filters, pages, files) and ``today`` (actions and their states). Everything is importable here.
"""

from xindun.control.monitoring.values.buyers import (
    BUCKET_COLUMNS,
    PAGE_SIZE,
    SORTS,
    AccountFile,
    BuyerFile,
    BuyerFilters,
    BuyerRow,
    BuyersPage,
    ScorePoint,
    SeasonPoint,
)
from xindun.control.monitoring.values.run import (
    Bucket,
    Concentration,
    CountryShare,
    Coverage,
    CurrencyTotals,
    Flag,
    GradeShare,
    Kpi,
    PortfolioPage,
    PreparedDay,
    Replay,
    Run,
    RunStatus,
    SeriesPoint,
    Trigger,
)
from xindun.control.monitoring.values.today import (
    ActionMark,
    ActionsPage,
    ActionState,
    TodayAction,
)

__all__ = [
    "BUCKET_COLUMNS",
    "PAGE_SIZE",
    "SORTS",
    "AccountFile",
    "ActionMark",
    "ActionState",
    "ActionsPage",
    "Bucket",
    "BuyerFile",
    "BuyerFilters",
    "BuyerRow",
    "BuyersPage",
    "Concentration",
    "CountryShare",
    "Coverage",
    "CurrencyTotals",
    "Flag",
    "GradeShare",
    "Kpi",
    "PortfolioPage",
    "PreparedDay",
    "Replay",
    "Run",
    "RunStatus",
    "ScorePoint",
    "SeasonPoint",
    "SeriesPoint",
    "TodayAction",
    "Trigger",
]
