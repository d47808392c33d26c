"""Write what docs/reference says of the API from the code: the document and the list of problems.

What a reader would get wrong: both files are committed, so that they can be read without running
anything; a test fails when they and the code disagree.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "reference" / "openapi.json"
PROBLEMS = ROOT / "docs" / "reference" / "problems.md"
HEAD = """# Problems

Every refusal of the API is `application/problem+json` (RFC 9457). Tell problems by `code` (or by
`type`, which is `urn:xindun:problem:` and the code): both are stable. `title` and `detail` are
sentences in English or Chinese, by the header `Accept-Language`, and may be worded better in any
version. `params` are what `detail` is filled with. `errors` names each field by an RFC 6901
`pointer` or each parameter by its name. Quote `request_id` when you ask for help.

| status | code | what it means | detail |
| --- | --- | --- | --- |
"""


def problems() -> str:
    """The list of problems, by status and code."""
    from xindun.api import problems as table
    from xindun.kernel.errors import DomainError

    kinds: dict[str, type[DomainError]] = {}
    waiting = [DomainError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.code in table.STATUSES:
            kinds[kind.code] = kind
    rows = [
        (status, code, _first_line(kinds[code]), kinds[code].sentence)
        for code, status in sorted(table.STATUSES.items(), key=lambda each: (each[1], each[0]))
    ]
    lines = [f"| {status} | `{code}` | {means} | {said} |" for status, code, means, said in rows]
    tail = (
        "\n\nA refusal of the record with any other code is 422: the request was understood and"
        " refused, and `detail` says why.\n"
    )
    return HEAD + "\n".join(lines) + tail


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n", 1)[0]


def main() -> None:
    """Write both files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xindun.config.settings")
    import django

    from xindun.config.home import create_secrets

    create_secrets()
    django.setup()
    from xindun.api.openapi import text

    DOCUMENT.write_text(text(), encoding="utf-8")
    PROBLEMS.write_text(problems(), encoding="utf-8")


if __name__ == "__main__":
    main()
