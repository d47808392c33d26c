"""Where the log goes and in which form; ``kit/logs.py`` says what stands in it."""

from __future__ import annotations

import os
from typing import Any


def settings_of_logging() -> dict[str, Any]:
    """Django's ``LOGGING``: everything to stderr, as lines or as JSON objects.

    Requests are told to programs; a person at the terminal wants to see what went wrong.
    """
    as_json = os.environ.get("XINDUN_LOG_FORMAT") == "json"
    level = os.environ.get("XINDUN_LOG_LEVEL") or ("INFO" if as_json else "WARNING")
    line = {
        "()": "xindun.kit.logs.LineFormatter",
        "format": "{asctime} {levelname} {name}: {message}",
        "style": "{",
    }
    json = {"()": "xindun.kit.logs.ObjectFormatter"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"surroundings": {"()": "xindun.kit.logs.Surroundings"}},
        "formatters": {"line": json if as_json else line},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["surroundings"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "xindun": {"level": level.upper()},
            # Django's own handlers would print a second line.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            # What the access log says already; the exceptions of 5xx stay.
            "django.request": {"level": "ERROR"},
        },
    }
