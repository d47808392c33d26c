"""The Merkle tree of RFC 9162, section 2.1: hashes of leaves, of nodes, and the root.

A batch of a million rows is proved by one root in its evidence record; a single row proves by
its path. Leaf and node hashes carry different prefixes (0x00, 0x01), so that an inner node can
never be passed off as a leaf.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

LEAF, NODE = b"\x00", b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256 of 0x00 followed by the entry."""
    return sha256(LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 followed by both children."""
    return sha256(NODE + left + right).digest()


def merkle_root(entries: Iterable[bytes]) -> bytes:
    """The root over ``entries`` in their order; the empty tree's root is SHA-256 of nothing.

    Works in one pass with a frontier of at most log2(n) hashes, so entries may be a stream.
    """
    frontier: list[tuple[int, bytes]] = []
    for entry in entries:
        level, digest = 0, leaf_hash(entry)
        while frontier and frontier[-1][0] == level:
            digest = node_hash(frontier.pop()[1], digest)
            level += 1
        frontier.append((level, digest))
    if not frontier:
        return sha256(b"").digest()
    root = frontier.pop()[1]
    while frontier:
        root = node_hash(frontier.pop()[1], root)
    return root
