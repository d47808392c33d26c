"""Records of an XML list, one after the other, and refused where XML could harm.

What a reader would get wrong: entities and document types are refused (defusedxml), and an element
is thrown away as soon as its record was read, so the memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from xindun.connectors.sanctions_lists.errors import (
    BrokenListFile,
    UnsafeListFile,
    WrongListFile,
)
from xindun.connectors.sanctions_lists.plain import text

DEPTH = 40
"""No publisher nests deeper; what does only wants to fill the memory."""


def records(path: Path, root: str, wanted: str, names: frozenset[str]) -> Iterator[Element]:
    """The root element first, then each element called one of ``names``, complete.

    Namespaces are left out of every name: publishers have changed theirs.

    Raises:
        WrongListFile, UnsafeListFile, BrokenListFile: as named.
    """
    depth, first = 0, True
    stack: list[Element] = []
    try:
        for event, element in iterparse(path, ("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                element.tag = _local(element.tag)
                stack.append(element)
                if depth > DEPTH:
                    raise WrongListFile(file=path.name, wanted=wanted)
                if first:
                    if element.tag != root:
                        raise WrongListFile(file=path.name, wanted=wanted)
                    first = False
                    yield element
                continue
            depth -= 1
            stack.pop()
            if element.tag in names:
                yield element
                if stack:
                    stack[-1].remove(element)
    except DefusedXmlException as error:
        raise UnsafeListFile(file=path.name) from error
    except ParseError as error:
        if first:
            raise WrongListFile(file=path.name, wanted=wanted) from error
        line = error.position[0]
        raise BrokenListFile(file=path.name, detail=f"XML, {line}") from error


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def value(element: Element, name: str) -> str:
    """The text of a child; empty where there is none."""
    return text(element.findtext(name))


def attribute(element: Element, name: str) -> str:
    """An attribute; empty where there is none."""
    return text(element.get(name))
