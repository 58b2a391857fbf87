"""What the handlers of the API work with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from stepwell.api.gate import Gate
from stepwell.config import Settings
from stepwell.identity import STEPWELL
from stepwell.services.directory import Directory
from stepwell.services.requests import Done, Request
from stepwell.store import Store

Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms below: what is kept, the way in for requests, and who is who.

    ``is_embedded``: the database is in this process.
    """

    store: Store
    carry_out: Callable[[Request], Awaitable[Done]]
    settings: Settings
    directory: Directory
    is_embedded: bool = True
    gate: Gate = field(default_factory=Gate)

    async def submit(self, request: Request) -> Done:
        """Carry a request out; it has to say who asks, because nobody outside is Stepwell itself."""
        if request.by is STEPWELL:
            raise RuntimeError(f"Expected a {type(request).__name__} to say who asks, but it does not.")
        return await self.carry_out(request)

    async def read(self, query: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found:
        """A bounded query: right here when it takes a fraction of a millisecond, else in a thread."""
        if self.is_embedded:
            return query(*args, **kwargs)
        return await asyncio.to_thread(query, *args, **kwargs)

    async def read_long(
        self, query: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
    ) -> Found:
        """A query that may take long, or a change that no batch carries."""
        return await asyncio.to_thread(query, *args, **kwargs)
