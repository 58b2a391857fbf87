"""What the handlers of the API work with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from stepwell.config import Settings
from stepwell.services.requests import Done, Request
from stepwell.store import Store

Given = ParamSpec("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms below: what is kept, and the way in for requests. ``is_embedded``: the database is in this process."""

    store: Store
    submit: Callable[[Request], Awaitable[Done]]
    settings: Settings
    is_embedded: bool = True

    async def read(self, query: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found:
        """A bounded query: right here when it takes a fraction of a millisecond, else in a thread."""
        if self.is_embedded:
            return query(*args, **kwargs)
        return await asyncio.to_thread(query, *args, **kwargs)

    async def read_long(
        self, query: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
    ) -> Found:
        """A query that may take long."""
        return await asyncio.to_thread(query, *args, **kwargs)
