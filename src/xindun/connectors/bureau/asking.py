"""Asks an interface once and says what its status means, the same for every source.

What a reader would get wrong: nothing waits or tries again in here. Who asked decides what to do
about a busy source; a job can be put off, a request cannot.
"""

from __future__ import annotations

from collections.abc import Mapping

from xindun.connectors.bureau.ports import KeyRefused, Send, SourceBusy, SourceFailed, Told
from xindun.connectors.bureau.streams import parsed

ANSWER_BYTES = 4 * 1024 * 1024
SECONDS = 60
MOST_SECONDS = 24 * 60 * 60


def ask(
    url: str, *, source: str, send: Send, headers: Mapping[str, str] | None = None
) -> Told | None:
    """The JSON at an address; None where the source has nothing there (404).

    Raises:
        SourceBusy: 429 or a failure of theirs (5xx): later may help.
        KeyRefused: 401 or 403.
        SourceFailed: any other status, a redirect too.
        ReportBroken: the body is no JSON.
        OutgoingFailed: no answer at all.
    """
    answer = send(
        "GET", url, headers={"Accept": "application/json", **(headers or {})}, limit=ANSWER_BYTES
    )
    status = answer.status
    if status == 404:
        return None
    if status in (401, 403):
        raise KeyRefused(source=source, status=status)
    if status == 429 or status >= 500:
        seconds = seconds_of(answer.headers.get("retry-after", ""))
        raise SourceBusy(source=source, status=status, seconds=seconds)
    if status != 200:
        raise SourceFailed(source=source, status=status)
    return Told(parsed(answer.body, shown=source), answer.body)


def seconds_of(retry_after: str) -> int:
    """The wish of a busy source, at most a day; a minute where it has none.

    >>> seconds_of("7"), seconds_of(""), seconds_of("99999999"), seconds_of("soon")
    (7, 60, 86400, 60)
    """
    if not (retry_after.isascii() and retry_after.isdecimal()) or len(retry_after) > 9:
        return SECONDS
    return min(max(int(retry_after), 1), MOST_SECONDS)
