"""The sources that this installation has, as the settings name them."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from xindun.connectors.bureau.ports import BureauSource
from xindun.kernel.errors import DomainError


class UnknownSource(DomainError):
    """The settings name no such source."""

    code = "bureau_source_unknown"
    sentence = "There is no source {source}."


def sources() -> tuple[BureauSource, ...]:
    """Every source, in the order of the settings."""
    return _made(tuple(settings.XINDUN_BUREAU_SOURCES))


def source(code: str) -> BureauSource:
    """The source with this code.

    Raises:
        UnknownSource: as the name says.
    """
    found = next((each for each in sources() if each.code == code), None)
    if found is None:
        raise UnknownSource(source=code)
    return found


def title_of(code: str) -> str:
    """What people call the source; its code where it is gone."""
    return next((each.title for each in sources() if each.code == code), code)


@lru_cache(maxsize=8)
def _made(paths: tuple[str, ...]) -> tuple[BureauSource, ...]:
    return tuple(cast(BureauSource, import_string(path)()) for path in paths)
