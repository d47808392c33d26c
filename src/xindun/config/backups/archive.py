"""The file format: a ZIP of parts with a manifest that names each part's size and SHA-256.

What a reader would get wrong: names inside the file are never used as paths. They must match the
patterns below, and whoever reads them decides where the bytes go. Sizes are believed only after
they were compared with the manifest, so a part cannot swell while it is unpacked.
"""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from xindun.kernel.errors import DomainError

FORMAT = 1
MANIFEST = "manifest.json"
# What the standard library raises for damaged or strange members.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
MANIFEST_LIMIT_BYTES = 256 * 2**20
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BLOCK = 1 << 18
EVERYBODY = "all"
"""In the place of a tenant's id: rows of a table without tenants."""

PART = re.compile(
    r"rows/[a-z0-9_]{1,63}/(?:[0-9]{1,19}|all)"
    r"|files/[0-9]{1,19}/[0-9a-f]{64}"
    r"|secrets/[a-z0-9_][a-z0-9._-]{0,80}"
)


class BrokenBackup(DomainError):
    """The file is not a whole backup of Xindun's."""

    code = "broken_backup"
    sentence = "{file} is not a whole backup ({reason}); nothing was restored."


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the archive."""

    size: int
    sha256: str
    rows: int = 0


@dataclass
class Manifest:
    """What a backup holds.

    Attributes:
        taken_at: the snapshot's moment, ISO 8601.
        migrations: app → names applied then.
        tables: table → its columns, in the order of the rows' cells.
        sequences: sequence → last value and whether it was used.
        evidence: tenant's id → what its evidence was then (records, and the log's size and root).
        damaged: stored files that were missing or changed when the backup was taken.
        secrets: whether the secrets of the home are inside.
    """

    format: int
    xindun: str
    postgresql: int
    taken_at: str
    migrations: dict[str, list[str]]
    tables: dict[str, list[str]]
    sequences: dict[str, tuple[int, bool]]
    evidence: dict[str, dict[str, Any]]
    left_out: list[str]
    damaged: list[str] = field(default_factory=list)
    secrets: bool = False
    parts: dict[str, Part] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        """The manifest as it stands in the archive."""
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @property
    def size(self) -> int:
        """Bytes of all parts, unpacked."""
        return sum(part.size for part in self.parts.values())


class Writer:
    """Adds parts one after the other to a stream that need not be seekable."""

    def __init__(self, target: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.parts: dict[str, Part] = {}

    def add(self, name: str, blocks: Iterable[bytes], *, count_lines: bool = False) -> Part:
        """Write one part; ``count_lines`` counts its rows (a row of COPY's text is a line)."""
        if not PART.fullmatch(name) or name in self.parts:
            raise ValueError(name)
        digest, size, rows = sha256(), 0, 0
        with self.zip.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                digest.update(block)
                size += len(block)
                rows += block.count(b"\n") if count_lines else 0
                member.write(block)
        self.parts[name] = Part(size, digest.hexdigest(), rows)
        return self.parts[name]

    def close(self, manifest: Manifest) -> str:
        """Write the manifest last and end the archive; the manifest's SHA-256."""
        manifest.parts = self.parts
        content = manifest.as_bytes()
        self.zip.writestr(MANIFEST, content)
        self.zip.close()
        return sha256(content).hexdigest()


class Reader:
    """An archive that was checked: its members are those of its manifest, no more and no less."""

    def __init__(self, path: Path, shown: Path) -> None:
        self.shown = shown
        try:
            self.zip = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise self.broken(f"{error}") from error
        self.manifest, self.manifest_sha256 = self._checked()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.zip.close()

    def broken(self, reason: str) -> BrokenBackup:
        """The refusal of this file."""
        return BrokenBackup(file=self.shown, reason=reason)

    def names(self, kind: str) -> list[str]:
        """Parts whose name begins with ``kind`` and a slash, in order."""
        return sorted(name for name in self.manifest.parts if name.startswith(f"{kind}/"))

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part.

        Raises:
            BrokenBackup: at the end, when they are not those the manifest names; whoever writes
                them on must not let them count before.
        """
        part, digest, size = self.manifest.parts[name], sha256(), 0
        try:
            with self.zip.open(name) as member:
                while block := member.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    if size > part.size:
                        break
                    yield block
        except DAMAGE as error:
            raise self.broken(f"{name}: {error}") from error
        if size != part.size or digest.hexdigest() != part.sha256:
            raise self.broken(f"{name} does not have the checksum of the manifest")

    def _checked(self) -> tuple[Manifest, str]:
        members = self.zip.infolist()
        sizes = {member.filename: member.file_size for member in members}
        if len(sizes) != len(members):
            raise self.broken("a name stands in it twice")
        if any(member.compress_type not in METHODS for member in members):
            raise self.broken("it is packed by another program")
        if not 0 < sizes.pop(MANIFEST, 0) <= MANIFEST_LIMIT_BYTES:
            raise self.broken("it has no manifest")
        content = self._read_manifest()
        manifest = self._parsed(content)
        strange = [name for name in sizes if not PART.fullmatch(name)]
        if strange:
            raise self.broken(f"it holds {strange[0][:80]!r}")
        if sizes != {name: part.size for name, part in manifest.parts.items()}:
            raise self.broken("its parts are not those of its manifest")
        return manifest, sha256(content).hexdigest()

    def _read_manifest(self) -> bytes:
        try:
            with self.zip.open(MANIFEST) as member:
                return member.read(MANIFEST_LIMIT_BYTES)
        except DAMAGE as error:
            raise self.broken(f"{MANIFEST}: {error}") from error

    def _parsed(self, content: bytes) -> Manifest:
        try:
            raw = json.loads(content)
            if raw["format"] != FORMAT:
                raise self.broken(f"format {raw['format']} is unknown to this version")
            raw["parts"] = {
                str(name): Part(int(part["size"]), str(part["sha256"]), int(part["rows"]))
                for name, part in raw["parts"].items()
            }
            raw["sequences"] = {
                str(name): (int(value), bool(used))
                for name, (value, used) in raw["sequences"].items()
            }
            raw["tables"] = {
                str(name): [str(column) for column in columns]
                for name, columns in raw["tables"].items()
            }
            raw["migrations"] = {
                str(label): [str(name) for name in names]
                for label, names in raw["migrations"].items()
            }
            return Manifest(**raw)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self.broken(f"{MANIFEST} cannot be read: {error}") from error
