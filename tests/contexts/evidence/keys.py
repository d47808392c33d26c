"""A keyring in memory, for tests of the log."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xindun.record.evidence.values import SigningKey


class MemoryKeys:
    """Keeps keys as the home's file does, without a disk."""

    place = "memory"

    def __init__(self, *seeds: int) -> None:
        self.kept = [_key(seed) for seed in seeds]
        self.made = 100

    def held(self) -> list[SigningKey]:
        return list(self.kept)

    def create(self) -> SigningKey:
        self.kept = [self._new()]
        return self.kept[0]

    def prepare_next(self) -> SigningKey:
        if len(self.kept) == 1:
            self.kept.append(self._new())
        return self.kept[1]

    def use_next(self) -> None:
        self.kept = self.kept[1:]

    def _new(self) -> SigningKey:
        self.made += 1
        return _key(self.made)


def _key(seed: int) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))
