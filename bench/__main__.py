"""Run every bench in a process of its own and print one table."""

from __future__ import annotations

import argparse
import json
import pkgutil
import subprocess
import sys
from typing import Any

import bench


def names() -> list[str]:
    """The benches of this folder, in alphabetical order."""
    found = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def met(claim: dict[str, Any]) -> str:
    """Whether the value keeps its goal."""
    goal = claim["goal"]
    above = "min" in goal and claim["value"] < goal["min"]
    below = "max" in goal and claim["value"] > goal["max"]
    return "missed" if above or below else "met" if goal else ""


def run(name: str, quick: bool) -> list[dict[str, Any]]:
    """One bench's claims; its errors go to this process's standard error."""
    command = [sys.executable, "-m", f"bench.{name}", "--json", *(["--quick"] if quick else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return []
    claims: list[dict[str, Any]] = json.loads(done.stdout)
    return claims


def main() -> int:
    """Print a table of all claims; exit 1 when a bench failed or a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="smaller runs, fitted to full size")
    parser.add_argument("--json", action="store_true", help="print one JSON list of all claims")
    arguments = parser.parse_args()
    claims: list[dict[str, Any]] = []
    failed = False
    for name in names():
        print(f"bench.{name} …", file=sys.stderr)
        found = run(name, arguments.quick)
        failed |= not found
        claims += found
    if arguments.json:
        print(json.dumps(claims, indent=2))
    else:
        _table(claims)
    return int(failed or any(met(claim) == "missed" for claim in claims))


def _table(claims: list[dict[str, Any]]) -> None:
    for claim in claims:
        goal = ", ".join(f"{side} {value:g}" for side, value in claim["goal"].items())
        value = f"{claim['value']:g} {claim['unit']}"
        print(f"{claim['claim']:<28}{value:>16}  {goal:<12} {met(claim):<7} {claim['method']}")
    if claims:
        print(f"\nMeasured on {claims[0]['machine']}.")


if __name__ == "__main__":
    sys.exit(main())
