"""A backup's file is believed only when every byte of it is what its manifest says."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from xindun.config.backups import places, sealing
from xindun.config.backups.archive import FORMAT, MANIFEST, BrokenBackup, Manifest, Reader, Writer

ROWS = b"1\tAcme\n2\tBolt\n"
NAME = "rows/tenants_user/all"


def manifest() -> Manifest:
    return Manifest(
        format=FORMAT,
        xindun="0.1.0",
        postgresql=18,
        taken_at="2026-01-01T00:00:00+00:00",
        migrations={"tenants": ["0001_initial"]},
        tables={"tenants_user": ["id", "name"]},
        sequences={"tenants_user_id_seq": (2, True)},
        evidence={},
        left_out=[],
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "backup.zip"
    with file.open("wb") as stream:
        writer = Writer(stream)
        writer.add(NAME, [ROWS[:5], ROWS[5:]], count_lines=True)
        writer.close(manifest())
    return file


def rewritten(file: Path, change: Callable[[zipfile.ZipFile, dict[str, bytes]], None]) -> Path:
    """The archive made again by ``change``, which gets the members."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    other = file.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as new:
        change(new, members)
    return other


def whole(file: Path) -> list[bytes]:
    with Reader(file, file) as reader:
        return [b"".join(reader.blocks(name)) for name in sorted(reader.manifest.parts)]


def test_what_was_written_is_read(archive: Path) -> None:
    assert whole(archive) == [ROWS]
    with Reader(archive, archive) as reader:
        assert reader.manifest.parts[NAME].rows == 2
        assert reader.manifest.sequences == {"tenants_user_id_seq": (2, True)}


def test_every_cut_of_the_file_is_refused(archive: Path) -> None:
    content = archive.read_bytes()
    for length in range(0, len(content), 7):
        archive.write_bytes(content[:length])
        with pytest.raises(BrokenBackup):
            whole(archive)


def test_no_changed_byte_changes_what_is_read(archive: Path) -> None:
    content = archive.read_bytes()
    for position in range(0, len(content), 3):
        changed = bytearray(content)
        changed[position] ^= 0x5A
        archive.write_bytes(changed)
        try:
            found = whole(archive)
        except BrokenBackup:
            continue
        # A byte of the ZIP's own that carries no content: times, attributes, versions.
        assert found == [ROWS], position


def add_member(name: str | zipfile.ZipInfo, content: bytes = b"x") -> Callable[..., None]:
    def change(new: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        for each, value in members.items():
            new.writestr(each, value)
        new.writestr(name, content)

    return change


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("files/1/link")
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "files/1/../../x", "rows/tenants_user/1\\..", link()],
    ids=str,
)
def test_no_other_name_may_stand_in_it(archive: Path, name: str | zipfile.ZipInfo) -> None:
    with pytest.raises(BrokenBackup, match="it holds"):
        whole(rewritten(archive, add_member(name)))


def test_a_part_the_manifest_does_not_name_is_refused(archive: Path) -> None:
    with pytest.raises(BrokenBackup, match="not those of its manifest"):
        whole(rewritten(archive, add_member("rows/evidence_x/1")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_in_it_twice_is_refused(archive: Path) -> None:
    with pytest.raises(BrokenBackup, match="twice"):
        whole(rewritten(archive, add_member(NAME, ROWS)))


def test_a_part_that_swells_is_refused_before_it_is_unpacked(archive: Path) -> None:
    def swell(new: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        new.writestr(NAME, bytes(50_000_000), zipfile.ZIP_DEFLATED)
        new.writestr(MANIFEST, members[MANIFEST])

    bomb = rewritten(archive, swell)
    assert bomb.stat().st_size < 100_000
    with pytest.raises(BrokenBackup, match="not those of its manifest"):
        whole(bomb)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"format": 1}', b'{"format": 99}', b"[" * 100_000, b"\xff\xfe"],
    ids=["empty", "cut", "list", "poor", "newer", "deep", "no text"],
)
def test_a_strange_manifest_is_refused(archive: Path, content: bytes) -> None:
    def change(new: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        new.writestr(NAME, members[NAME])
        new.writestr(MANIFEST, content)

    with pytest.raises(BrokenBackup):
        whole(rewritten(archive, change))


def test_an_unknown_key_of_the_manifest_is_refused(archive: Path) -> None:
    def change(new: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        new.writestr(NAME, members[NAME])
        new.writestr(MANIFEST, json.dumps({**json.loads(members[MANIFEST]), "run": "rm"}))

    with pytest.raises(BrokenBackup, match="cannot be read"):
        whole(rewritten(archive, change))


def test_the_writer_takes_no_name_of_another_kind() -> None:
    writer = Writer(io.BytesIO())
    with pytest.raises(ValueError, match="evil"):
        writer.add("../evil", [b""])


def test_a_sealed_backup_opens_with_its_key_only(archive: Path, tmp_path: Path) -> None:
    key, other = tmp_path / "key", tmp_path / "other"
    public = sealing.make_key(key)
    sealing.make_key(other)
    assert key.stat().st_mode & 0o777 == 0o600
    closed, plain = tmp_path / "closed.age", tmp_path / "plain.zip"
    with closed.open("wb") as target, sealing.sealed(target, sealing.recipients(key)) as stream:
        stream.write(archive.read_bytes())
    assert public in key.read_text()
    assert sealing.is_sealed(closed)
    assert not sealing.is_sealed(archive)
    assert b"tenants_user" not in closed.read_bytes()
    with pytest.raises(sealing.CannotDecrypt):
        sealing.unseal(closed, plain, sealing.identities(other))
    content = closed.read_bytes()
    for damaged in (content[:-1], content[:-40] + b"x" + content[-39:]):
        closed.write_bytes(damaged)
        with pytest.raises(sealing.CannotDecrypt):
            sealing.unseal(closed, plain, sealing.identities(key))
        assert not plain.exists()
    closed.write_bytes(content)
    sealing.unseal(closed, plain, sealing.identities(key))
    assert whole(plain) == [ROWS]


def test_a_file_without_a_key_is_no_key_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    for content in ("", "# only a comment", "age1nonsense"):
        file.write_text(content)
        with pytest.raises(sealing.BadKeyFile):
            sealing.recipients(file)
        with pytest.raises(sealing.BadKeyFile):
            sealing.identities(file)
    with pytest.raises(sealing.KeyExists):
        sealing.make_key(file)
    assert file.read_text() == "age1nonsense"


def test_a_new_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "backup.zip"
    with pytest.raises(ZeroDivisionError), places.new_file(target) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    with places.new_file(target) as stream:
        stream.write(b"whole")
        assert not target.exists()
    assert target.read_bytes() == b"whole"
    with pytest.raises(places.WouldOverwrite), places.new_file(target):
        pass
    assert target.read_bytes() == b"whole"


def test_a_full_disk_is_said_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(places.LittleSpace, match="MB free"):
        places.check_space(tmp_path, 10**18)
