"""Questions about country and sector risk; each runs inside the caller's tenant scope.

What a reader would get wrong: ``as_of`` and ``known_at`` choose among overrides. The public
figures come in one edition with the package; each carries the day it describes.
"""

from xindun.record.reference.reads.ratings import (
    countries,
    country,
    overrides_of,
    sector,
    sectors,
)
from xindun.record.reference.reads.tables import edition, sector_of_gbt

__all__ = [
    "countries",
    "country",
    "edition",
    "overrides_of",
    "sector",
    "sector_of_gbt",
    "sectors",
]
