"""What a worker does for the screens."""

from __future__ import annotations

from procrastinate import RetryStrategy

from xindun.kit.jobs import app
from xindun.web.signin import mail


@app.task(
    name=mail.RESET_TASK,
    queue="signin",
    retry=RetryStrategy(max_attempts=4, exponential_wait=5, retry_exceptions=[OSError]),
)
def send_reset(user_id: int, base: str) -> None:
    """Send the mail that replaces a forgotten password; a mail server may be away for a while."""
    mail.send_reset(user_id, base)
