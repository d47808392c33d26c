"""What every bench prints: claims as JSON, or as lines a person reads.

A claim is ``{claim, value, unit, goal, method, machine}``; goal is ``{"max": x}`` or
``{"min": x}``. A quick run fits the full size from smaller ones and says so in ``method``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


@dataclass(frozen=True)
class Claim:
    """One measured figure beside its goal."""

    claim: str
    value: float
    unit: str
    goal: dict[str, float]
    method: str
    machine: str = field(default_factory=machine)


def fitted(sizes: Sequence[float], values: Sequence[float], full: float) -> float:
    """The value at ``full`` on the straight line through the first and the last measurement."""
    slope = (values[-1] - values[0]) / (sizes[-1] - sizes[0])
    return values[-1] + slope * (full - sizes[-1])


def main(measure: Callable[[bool], list[Claim]]) -> None:
    """Run a bench from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true", help="print a JSON list of claims")
    parser.add_argument("--quick", action="store_true", help="within 45 s, fitted to full size")
    arguments = parser.parse_args()
    claims = measure(arguments.quick)
    if arguments.json:
        print(json.dumps([asdict(claim) for claim in claims], indent=2))
        return
    for claim in claims:
        print(f"{claim.claim}: {claim.value} {claim.unit} (goal {claim.goal})\n  {claim.method}")
