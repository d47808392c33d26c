"""Make the virtual environment from the lock file; says in plain words what is missing.

Runs on the bare system Python, so it imports the standard library only.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (3, 11)


def run(*command: str | Path) -> None:
    """Run a command in the project folder and stop with its exit code when it fails."""
    # The commands are this file's own constants.
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"setup: '{' '.join(map(str, command))}' failed (exit {done.returncode}).")


def uv_requirement(lock: str) -> str:
    """The pinned uv with its hashes, cut out of the lock: one file pins everything."""
    lines = lock.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("uv=="))
    end = start + 1
    while lines[end].lstrip().startswith("--hash"):
        end += 1
    return "\n".join(lines[start:end]) + "\n"


def main() -> None:
    """Create or refresh the environment named on the command line."""
    if sys.version_info < NEEDED:
        sys.exit(
            f"setup: Python {NEEDED[0]}.{NEEDED[1]} or newer is needed, this is {sys.version}."
        )
    venv = ROOT / (sys.argv[1] if len(sys.argv) > 1 else ".venv")
    python = venv / "bin" / "python"
    if not python.exists():
        try:
            import ensurepip  # noqa: F401
        except ImportError:
            sys.exit("setup: Python's venv module is missing; install the package python3-venv.")
        run(sys.executable, "-m", "venv", venv)
    lock = ROOT / "requirements" / "lock.txt"
    pin = venv / "uv-pin.txt"
    pin.write_text(uv_requirement(lock.read_text(encoding="utf-8")), encoding="utf-8")
    run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", pin)
    uv = venv / "bin" / "uv"
    # Bytecode is compiled once here, so that no start of the command pays for it.
    run(
        uv,
        "pip",
        "sync",
        "--quiet",
        "--compile-bytecode",
        "--python",
        python,
        "--require-hashes",
        lock,
    )
    run(
        uv,
        "pip",
        "install",
        "--quiet",
        "--python",
        python,
        "--no-deps",
        "--no-build-isolation",
        "--editable",
        ROOT,
    )
    for catalogue in sorted((ROOT / "src" / "xindun").rglob("*.po")):
        run(
            venv / "bin" / "pybabel",
            "--quiet",
            "compile",
            "-i",
            catalogue,
            "-o",
            catalogue.with_suffix(".mo"),
        )
    sys.stdout.write(f"setup: {venv.name} is ready.\n")


if __name__ == "__main__":
    main()
