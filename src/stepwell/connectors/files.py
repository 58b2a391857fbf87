"""Where the contents of attachments lie: a folder, or whatever else fsspec knows, by its address.

A file has a random name and nothing of what its sender called it; what it is called is kept in the database.
"""

import hashlib
from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from stepwell.errors import Invalid, NotFound

PIECE = 256 * 1024


class Stored(Struct, frozen=True):
    """What was stored: how many bytes, and their SHA-256."""

    size: int
    sha256: bytes


class Files:
    """The files of an installation. ``url`` is a folder or an address of fsspec; ``largest`` counts bytes."""

    def __init__(self, url: str, largest: int) -> None:
        self.url = url
        self.largest = largest

    @cached_property
    def _place(self) -> tuple[Any, str]:
        import fsspec

        system, root = fsspec.core.url_to_fs(self.url)
        return system, root.rstrip("/")

    def _path(self, id: str) -> str:
        assert id.isalnum() and len(id) == 32
        return f"{self._place[1]}/{id[:2]}/{id}"

    async def store(self, id: str, pieces: AsyncIterator[bytes]) -> Stored:
        """Keep a file piece by piece; raises ``Invalid`` for one that is too large, of which nothing stays."""
        import asyncio

        sha256, size = hashlib.sha256(), 0
        out = await asyncio.to_thread(self._open_new, id)
        try:
            async for piece in pieces:
                size += len(piece)
                if size > self.largest:
                    message = f"Expected a file of at most {self.largest} bytes, but found more."
                    raise Invalid("attachment.too-large", message)
                sha256.update(piece)
                await asyncio.to_thread(out.write, piece)
            await asyncio.to_thread(out.close)
        except BaseException:
            await asyncio.to_thread(self._drop, out, id)
            raise
        return Stored(size, sha256.digest())

    def _open_new(self, id: str) -> Any:
        system, path = self._place[0], self._path(id)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        return system.open(path, "wb")

    def _drop(self, out: Any, id: str) -> None:
        out.close()
        self.remove(id)

    def pieces(self, id: str) -> Iterator[bytes]:
        """The contents of a file; raises ``NotFound`` when it is not in its place."""
        system = self._place[0]
        try:
            file = system.open(self._path(id), "rb")
        except FileNotFoundError:
            message = f"Expected the contents of attachment {id}, but they are not in their place."
            raise NotFound("attachment.lost", message) from None
        with file:
            while piece := file.read(PIECE):
                yield piece

    def remove(self, id: str) -> None:
        """Remove a file; nothing happens if it is not there."""
        from contextlib import suppress

        with suppress(FileNotFoundError):
            self._place[0].rm_file(self._path(id))
