"""What the handlers of the API work with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from stepwell.api.bodies import Awaited
from stepwell.config import Settings
from stepwell.connectors.files import Files
from stepwell.errors import Unavailable
from stepwell.services.progress import Progress, followed, progress
from stepwell.services.requests import Done, Request
from stepwell.services.trail import Followed, awaited
from stepwell.store import Store

Given = ParamSpec("Given")
Found = TypeVar("Found")


async def nowhere(request: Request) -> Done:
    """Refuse what takes long, in an application that only describes itself."""
    raise Unavailable("server.not-open", f"Expected rooms that are open for a {type(request).__name__}.")


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms below: what is kept, and the ways in for requests. ``is_embedded``: the database is in this process.

    ``follow`` is the way in for a request with whose consequences somebody waits so many seconds,
    ``submit_long`` that for one which itself takes long. ``files`` is where attachments lie.
    """

    store: Store
    submit: Callable[[Request], Awaitable[Done]]
    settings: Settings
    is_embedded: bool = True
    follow: Callable[[Request, float], Awaitable[Followed]] | None = None
    submit_long: Callable[[Request], Awaitable[Done]] = nowhere
    files: Files = Files("stepwell-files", 0)

    async def wait_for(self, request: Request, given: Awaited) -> Progress:
        """Carry a request out, in the foreground if the caller wants it."""
        if not given.foreground or self.follow is None:
            return progress(await self.submit(request))
        return followed(await self.follow(awaited(request), given.wait), request.actor)

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
