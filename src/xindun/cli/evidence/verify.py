"""``xindun evidence verify``: check an export offline, as an auditor, a court or a bank does.

What a reader would get wrong: this command needs no database, no company and no installation of
whoever wrote the file. Exit codes: 0 all holds, 1 something does not, 2 it is no export.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Annotated

import typer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import Certificate

from xindun.kernel.errors import DomainError
from xindun.kernel.signed_notes import NotAVerifierKey, read_verifier_key
from xindun.kernel.time_stamps import trusted_roots
from xindun.record.evidence.rules.exported import lines_of
from xindun.record.evidence.rules.verifying import verify_export
from xindun.record.evidence.values import Compared, Stamped, Verdict

WRONG = 1
BLOCK = 1 << 20
GZIP = b"\x1f\x8b"


class FileUnreadable(DomainError):
    """A file named on the command line cannot be read."""

    code = "file_unreadable"
    sentence = "{file} cannot be read ({reason})."


def verify(
    file: Annotated[Path, typer.Argument(help="What 'xindun evidence export' wrote.")],
    key: Annotated[
        str,
        typer.Option(help="The public key, or a file with it, as you got it before."),
    ] = "",
    checkpoint: Annotated[
        list[Path] | None,
        typer.Option(help="A checkpoint you kept; may be given several times."),
    ] = None,
    authority: Annotated[
        Path | None,
        typer.Option(help="PEM file with the certificates of the time-stamp authority."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Prove offline that an export is what was recorded: nothing removed, changed or inserted."""
    public = _public_key(key) if key else None
    notes = [_read(each) for each in checkpoint or []]
    roots = _roots(authority) if authority else ()
    with _opened(file) as source:
        blocks = iter(lambda: source.read(BLOCK), b"")
        verdict = verify_export(lines_of(blocks), key=public, checkpoints=notes, authorities=roots)
    if as_json:
        typer.echo(json.dumps(_as_json(verdict), ensure_ascii=False, indent=1))
    else:
        for line in report(verdict):
            typer.echo(line)
    if not verdict.holds:
        raise typer.Exit(WRONG)


def report(verdict: Verdict) -> Iterator[str]:
    """The verdict in sentences."""
    head = verdict.head
    yield f"Log       {verdict.log}"
    yield f"Head      {head.size} records, signed at {head.signed_at.isoformat()}"
    yield f"Root      {head.root.hex()}"
    source = "given by you" if verdict.key_given else "from the file itself"
    yield f"Key       {verdict.key_id} ({source})"
    what = "all records of the log" if verdict.complete else "a selection"
    yield f"Checked   {verdict.records} records: {what}"
    for kept in verdict.checkpoints:
        yield f"Kept      {_compared(kept)}"
    for stamp in verdict.stamps:
        yield f"Stamped   {_stamped(stamp)}"
    if verdict.pending:
        yield f"Waiting   {verdict.pending} records were not in the log yet; nothing proves them."
    for kind, count in verdict.unchecked.items():
        yield f"Unknown   {count} lines of kind {kind} were not checked."
    yield ""
    if verdict.findings:
        yield f"WRONG: {len(verdict.findings)} findings."
        for each in verdict.findings:
            yield f"  {each.where}, {each.field}: {each.what}"
        return
    if verdict.complete:
        yield "All holds: nothing was removed, changed or inserted up to this head."
    else:
        yield "All holds: these records stand in the log unchanged. Others may exist."
    if not verdict.key_given:
        yield "The key came from the file. Compare it with one you got elsewhere: --key."
    if not any(each.agrees for each in verdict.checkpoints):
        yield (
            "No checkpoint kept outside was compared. Without one nobody can exclude that the "
            "whole log was written anew."
        )


def _compared(kept: Compared) -> str:
    if kept.agrees:
        return f"checkpoint of {kept.size} records: the log still begins with them"
    if kept.agrees is None:
        return f"checkpoint of {kept.size} records: this export holds no proof to compare by"
    return f"checkpoint of {kept.size} records: does not fit {kept.reason}".rstrip()


def _stamped(stamp: Stamped) -> str:
    said = f"the first {stamp.size} records existed by {stamp.at.isoformat()}"
    if stamp.verified:
        return f"{said}, proved by {stamp.authority}"
    if stamp.verified is None:
        return f"{said}, so the file claims; prove it with the authority's certificate: --authority"
    return f"{said}: this is not proved"


def _as_json(verdict: Verdict) -> dict[str, object]:
    parts = asdict(verdict)
    head = verdict.head
    parts["head"] = {
        "number": head.number,
        "size": head.size,
        "root": head.root.hex(),
        "signed_at": head.signed_at.isoformat(),
    }
    parts["stamps"] = [{**asdict(each), "at": each.at.isoformat()} for each in verdict.stamps]
    return {"holds": verdict.holds, **parts}


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    """The file, unpacked on the way when it is compressed."""
    try:
        with file.open("rb") as raw:
            packed = raw.read(len(GZIP)) == GZIP
            raw.seek(0)
            with gzip.open(raw) if packed else raw as source:
                yield source  # type: ignore[misc] # GzipFile reads as a file does
    except (OSError, EOFError) as error:
        raise FileUnreadable(file=file, reason=error) from error


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(file=file, reason=error) from error


def _roots(file: Path) -> tuple[Certificate, ...]:
    try:
        return trusted_roots(_read(file).encode())
    except ValueError as error:
        raise FileUnreadable(file=file, reason="it holds no certificates") from error


def _public_key(given: str) -> bytes:
    """From a key's line, a file of such lines (the last, the newest, counts), or a PEM file."""
    text = given if "+" in given and not Path(given).exists() else _read(Path(given))
    if "BEGIN PUBLIC KEY" in text:
        try:
            loaded = serialization.load_pem_public_key(text.encode())
        except ValueError as error:
            raise NotAVerifierKey(reason="the PEM file is damaged") from error
        if not isinstance(loaded, Ed25519PublicKey):
            raise NotAVerifierKey(reason="it is not an Ed25519 key")
        return loaded.public_bytes_raw()
    lines = text.split()
    if not lines:
        raise NotAVerifierKey(reason="it is empty")
    return read_verifier_key(lines[-1])[1]
