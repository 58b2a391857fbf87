"""Where the contents of attachments lie: a folder, or any other place that fsspec knows, by its address.

A file has a random name and nothing of what its sender called it; what it is called is kept in the database.
"""

import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct

from stepwell.errors import ConfigurationError, Invalid, NotFound

PIECE = 256 * 1024


class Stored(Struct, frozen=True):
    """What was stored: how many bytes, and their SHA-256."""

    size: int
    sha256: bytes


class Place(Protocol):
    """Somewhere for files; they are named by parts of a path."""

    def create(self, parts: tuple[str, str]) -> BinaryIO:
        """A new file to be written to."""

    def finish(self, file: BinaryIO) -> None:
        """Close a file that was written; it is kept from now on."""

    def open(self, parts: tuple[str, str]) -> BinaryIO:
        """A file to be read; raises FileNotFoundError."""

    def remove(self, parts: tuple[str, str]) -> None:
        """Remove a file; raises FileNotFoundError."""


class Folder:
    """A folder of this machine."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def create(self, parts: tuple[str, str]) -> BinaryIO:
        path = self.root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")

    def finish(self, file: BinaryIO) -> None:
        """A file whose row is committed survives a loss of power, as the row does."""
        file.flush()
        os.fsync(file.fileno())
        file.close()

    def open(self, parts: tuple[str, str]) -> BinaryIO:
        return self.root.joinpath(*parts).open("rb")

    def remove(self, parts: tuple[str, str]) -> None:
        self.root.joinpath(*parts).unlink()


class Elsewhere:
    """A place that fsspec knows; it has to be installed."""

    def __init__(self, url: str) -> None:
        try:
            import fsspec
        except ImportError:
            message = f"Expected fsspec for files at {url.partition(':')[0]}:…; install it: pip install stepwell[files]"
            raise ConfigurationError(message) from None
        self.system, self.root = fsspec.core.url_to_fs(url)

    def path(self, *parts: str) -> str:
        return "/".join((self.root.rstrip("/"), *parts))

    def create(self, parts: tuple[str, str]) -> BinaryIO:
        self.system.makedirs(self.path(parts[0]), exist_ok=True)
        made: BinaryIO = self.system.open(self.path(*parts), "wb")
        return made

    def finish(self, file: BinaryIO) -> None:
        file.close()

    def open(self, parts: tuple[str, str]) -> BinaryIO:
        found: BinaryIO = self.system.open(self.path(*parts), "rb")
        return found

    def remove(self, parts: tuple[str, str]) -> None:
        self.system.rm_file(self.path(*parts))


class Files:
    """The files of an installation. ``url`` is a folder or an address of fsspec; ``largest`` counts bytes."""

    def __init__(self, url: str, largest: int) -> None:
        self.url = url
        self.largest = largest

    @cached_property
    def place(self) -> Place:
        """Where they lie; raises ConfigurationError for an address that can not be used."""
        return Elsewhere(self.url) if "://" in self.url else Folder(self.url)

    async def store(self, id: str, pieces: AsyncIterator[bytes]) -> Stored:
        """Keep a file piece by piece; raises ``Invalid`` for one that is too large, of which nothing stays."""
        import asyncio

        sha256, size = hashlib.sha256(), 0
        out = await asyncio.to_thread(self.place.create, _parts(id))
        try:
            async for piece in pieces:
                size += len(piece)
                if size > self.largest:
                    message = f"Expected a file of at most {self.largest} bytes, but found more."
                    raise Invalid("attachment.too-large", message)
                sha256.update(piece)
                await asyncio.to_thread(out.write, piece)
            await asyncio.to_thread(self.place.finish, out)
        except BaseException:
            out.close()
            await asyncio.to_thread(self.remove, id)
            raise
        return Stored(size, sha256.digest())

    def pieces(self, id: str) -> Iterator[bytes]:
        """The contents of a file; raises ``NotFound`` when it is not in its place."""
        try:
            file = self.place.open(_parts(id))
        except FileNotFoundError:
            message = f"Expected the contents of attachment {id}, but they are not in their place."
            raise NotFound("attachment.lost", message) from None
        with file:
            while piece := file.read(PIECE):
                yield piece

    def remove(self, id: str) -> None:
        """Remove a file; nothing happens if it is not there."""
        with suppress(FileNotFoundError):
            self.place.remove(_parts(id))


def is_id(text: str) -> bool:
    """Whether a text can be the id of a file."""
    return text.isascii() and text.isalnum() and len(text) == 32


def _parts(id: str) -> tuple[str, str]:
    assert is_id(id)
    return id[:2], id
