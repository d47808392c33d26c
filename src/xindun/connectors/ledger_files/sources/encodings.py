"""Which encoding a text file is in, proven over every byte before a row is read.

UTF-8 is tried first, then GB18030, both strictly. What a reader would get wrong: a Western
Windows file decodes as GB18030 without an error and turns ``Müller`` into nonsense, so GB18030
is believed only where high bytes come in runs, as Chinese text has them; else we ask.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from xindun.connectors.ledger_files.values import NeedsAnswer, Question
from xindun.kernel.errors import DomainError

BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_HIGH = re.compile(rb"[\x80-\xff]")


class Undecodable(DomainError):
    """The bytes are no text in the encoding tried."""

    code = "undecodable_file"
    sentence = (
        "{file} is not {encoding} text: byte {offset} on line {line} cannot be read. "
        "If the encoding is another one, name it with --encoding."
    )


class UnknownEncoding(DomainError):
    """The option names an encoding that does not exist."""

    code = "unknown_encoding"
    sentence = "{encoding} is not a known encoding; use one like utf-8, gb18030 or cp1252."


class NotText(DomainError):
    """The file holds binary data."""

    code = "not_text"
    sentence = "{file} is not a table: it holds binary data. Export it as CSV, XLSX or Parquet."


@dataclass(frozen=True, slots=True)
class Scan:
    """Facts about a file's bytes."""

    encoding: str
    sha256: str


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    hashed = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()


def detect(path: Path, declared: str | None) -> str:
    """The codec that decodes every byte of the file.

    Raises:
        Undecodable: neither UTF-8 nor GB18030 (or not the declared encoding); says where.
        NeedsAnswer: it decodes as GB18030 but does not look like Chinese text.
        NotText: it looks like binary data.
    """
    with path.open("rb") as file:
        head = file.read(BLOCK)
    if declared:
        try:
            codec = codecs.lookup(declared).name
        except LookupError as error:
            raise UnknownEncoding(encoding=declared) from error
        if codec == "utf-8" and head.startswith(codecs.BOM_UTF8):
            codec = "utf-8-sig"
        _raise_if(_failure(path, codec), path, declared)
        return codec
    for mark, codec in _MARKS:
        if head.startswith(mark):
            _raise_if(_failure(path, codec), path, codec)
            return codec
    if head.count(b"\0") * 20 > len(head):
        raise NotText(file=path.name)
    utf8 = _failure(path, "utf-8")
    if utf8 is None:
        return "utf-8"
    chinese = _failure(path, "gb18030")
    if chinese is not None:
        _raise_if(max(utf8, chinese), path, "UTF-8 or GB18030")
    _check_plausible(path)
    return "gb18030"


def _failure(path: Path, codec: str) -> tuple[int, int] | None:
    """(byte offset, line) of the first byte that does not decode, or None."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    offset, lines = 0, 1
    held = b""
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                data = held + block
                start = max(0, len(data) - len(error.object)) + error.start
                return offset - len(held) + start, lines + data[:start].count(b"\n")
            if not block:
                return None
            offset += len(block)
            lines += block.count(b"\n")
            held = decoder.getstate()[0]


def _raise_if(failure: tuple[int, int] | None, path: Path, encoding: str) -> None:
    if failure is not None:
        raise Undecodable(file=path.name, encoding=encoding, offset=failure[0], line=failure[1])


def _check_plausible(path: Path) -> None:
    """Ask when most high bytes stand alone between ASCII letters, as in Windows-1252 text."""
    lone = high = 0
    example = ""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found = _LONE.search(block)
            if found and not example:
                around = block[max(0, found.start() - 12) : found.end() + 12]
                example = around.decode("cp1252", "replace").strip()
            lone += len(_LONE.findall(block))
            high += len(_HIGH.findall(block))
    if lone * 4 > high:
        raise NeedsAnswer((Question("encoding", path.name, "", (example,), "--encoding"),))
