"""Find the programs that are not Python packages; install what can be, name what cannot.

Only the browser tests need one: Chromium. Without it they are skipped, except in continuous
integration (CI=true), where a missing tool is an error. A failed download is remembered, so that
the next run does not try again; ``make clean`` forgets it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VENV = Path(sys.prefix)
FAILED = VENV / ".chromium-not-installed"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_SECONDS = 240


def chromium() -> str | None:
    """The browser's program: ``XINDUN_CHROMIUM``, one on the PATH, or the one Playwright keeps."""
    named = os.environ.get("XINDUN_CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return playwright_chromium()


def playwright_chromium() -> str | None:
    """Where Playwright installed its own Chromium, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> bool:
    """Install the system's package where this account may, else let Playwright download one."""
    return _install_package() or _download()


def _install_package() -> bool:
    """Debian's package ``chromium``; only as root, who may install packages without asking."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return False
    sys.stdout.write("tools: no Chromium found; installing the package chromium.\n")
    sys.stdout.flush()
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update",), ("install", "--yes", "--no-install-recommends", "chromium")):
        # The commands are this file's own constants.
        done = subprocess.run([apt, *arguments], check=False, capture_output=True, env=quiet)  # noqa: S603
        if done.returncode:
            return False
    return True


def _download() -> bool:
    """Playwright's own Chromium."""
    sys.stdout.write("tools: no Chromium found; asking Playwright to download one.\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    try:
        # The command is this file's own constant.
        done = subprocess.run(  # noqa: S603
            command, check=False, timeout=DOWNLOAD_SECONDS, capture_output=True
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> None:
    """Say what was found; fail only where continuous integration must have it."""
    strict = os.environ.get("CI", "").lower() in {"1", "true"}
    found = chromium()
    if found is None and not FAILED.exists() and not os.environ.get("XINDUN_CHROMIUM"):
        if install():
            found = chromium()
        else:
            FAILED.touch()
    if found:
        sys.stdout.write(f"tools: browser tests use {found}.\n")
        return
    advice = "install the package chromium, or name the program in XINDUN_CHROMIUM"
    if strict:
        sys.exit(f"tools: Chromium is missing; {advice}.")
    sys.stdout.write(f"tools: Chromium is missing, browser tests will be skipped; {advice}.\n")


if __name__ == "__main__":
    main()
