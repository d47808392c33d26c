"""Rebuild the console's scripts and styles from npm; the result is committed.

Why committed: ``make demo`` and a wheel need no Node. What a reader would get wrong: the manifest
holds a hash of the sources, and a test compares it, so a changed source without a rebuild fails.
Runs on the standard library; needs ``node`` and ``npm``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "frontend"
BUILT = ROOT / "src" / "xindun" / "web" / "static" / "web"
MANIFEST = BUILT / "manifest.json"
NAMED = ("package.json", "package-lock.json", "build.mjs")


def sources_hash() -> str:
    """One SHA-256 over every source file's path and bytes."""
    files = [SOURCES / name for name in NAMED]
    files += [path for path in (SOURCES / "src").rglob("*") if path.is_file()]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(SOURCES).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def built_files() -> dict[str, dict[str, object]]:
    """What was built: each file's hash, its size and its size when compressed."""
    found = {}
    for path in sorted(BUILT.iterdir()):
        if path == MANIFEST:
            continue
        content = path.read_bytes()
        found[path.name] = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "gzip_bytes": len(gzip.compress(content, 9, mtime=0)),
        }
    return found


def npm(*arguments: str) -> None:
    """Run npm in the sources' folder and stop when it fails."""
    program = shutil.which("npm")
    if program is None:
        sys.exit("assets: npm is missing; install Node.js 20 or newer to rebuild the assets.")
    # The arguments are this file's own constants.
    done = subprocess.run([program, *arguments], cwd=SOURCES, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"assets: 'npm {' '.join(arguments)}' failed (exit {done.returncode}).")


def main() -> None:
    """Install the pinned packages, build, and write the manifest."""
    if "--no-install" not in sys.argv:
        npm("ci", "--silent")
    npm("run", "--silent", "build")
    manifest = {"sources": sources_hash(), "files": built_files()}
    MANIFEST.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    for name, facts in built_files().items():
        sys.stdout.write(f"{name}: {facts['bytes']:,} bytes, {facts['gzip_bytes']:,} gzipped\n")


if __name__ == "__main__":
    main()
