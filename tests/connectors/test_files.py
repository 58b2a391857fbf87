"""Where attachments lie: a folder, or a place that fsspec knows."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stepwell.connectors.files import Files
from stepwell.errors import ConfigurationError, Invalid, NotFound

ID = "0123456789abcdef" * 2


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for piece in data:
        yield piece


@pytest.fixture(params=["folder", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return Files(str(tmp_path / "files") if request.param == "folder" else f"memory://{tmp_path.name}", 100)


def kept(files: Files) -> bytes:
    return b"".join(files.pieces(ID))


def test_what_was_stored_is_read_again(files: Files) -> None:
    stored = asyncio.run(files.store(ID, pieces(b"he", b"", b"llo")))
    assert (stored.size, stored.sha256) == (5, hashlib.sha256(b"hello").digest())
    assert kept(files) == b"hello"


def test_an_empty_file_is_a_file(files: Files) -> None:
    assert asyncio.run(files.store(ID, pieces())).size == 0
    assert kept(files) == b""


def test_one_that_is_too_large_leaves_nothing(files: Files) -> None:
    with pytest.raises(Invalid):
        asyncio.run(files.store(ID, pieces(b"x" * 60, b"x" * 60)))
    with pytest.raises(NotFound):
        kept(files)


def test_a_sender_that_goes_away_leaves_nothing(files: Files) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(files.store(ID, broken()))
    with pytest.raises(NotFound):
        kept(files)


def test_what_is_removed_is_gone_and_may_be_removed_again(files: Files) -> None:
    asyncio.run(files.store(ID, pieces(b"x")))
    files.remove(ID)
    files.remove(ID)
    with pytest.raises(NotFound):
        kept(files)


def test_two_files_of_the_same_beginning_lie_side_by_side(files: Files) -> None:
    other = ID[:2] + "f" * 30
    for id in (ID, other):
        asyncio.run(files.store(id, pieces(id.encode())))
    assert kept(files) == ID.encode()
    assert b"".join(files.pieces(other)) == other.encode()


def test_a_name_that_we_did_not_make_never_becomes_a_path(files: Files) -> None:
    for id in ("../../etc/passwd", "x", "/" * 32, ".." * 16):
        with pytest.raises(AssertionError):
            next(files.pieces(id))


def test_without_fsspec_other_places_are_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ConfigurationError) as wrong:
        Files("s3://bucket", 100).remove(ID)
    assert "stepwell[files]" in str(wrong.value)
