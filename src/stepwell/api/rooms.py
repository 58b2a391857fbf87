"""What the handlers of the API work with."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from stepwell.api.bodies import Awaited
from stepwell.api.gate import Gate
from stepwell.config import Settings
from stepwell.connectors.files import Files
from stepwell.errors import Unavailable
from stepwell.identity import STEPWELL
from stepwell.services import afresh
from stepwell.services.answering_once import keyed
from stepwell.services.directory import Directory
from stepwell.services.live import Live
from stepwell.services.progress import Progress, followed, progress, with_repairers
from stepwell.services.requests import Done, Request
from stepwell.services.trail import Followed, awaited
from stepwell.store import Store

Given = ParamSpec("Given")
Found = TypeVar("Found")
LOOK_AGAIN = 0.1  # seconds


async def nowhere(request: Request) -> Done:
    """Refuse what takes long, in an application that only describes itself."""
    raise Unavailable("server.not-open", f"Expected rooms that are open for a {type(request).__name__}.")


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms below: what is kept, the ways in for requests, and who is who.

    ``is_embedded``: the database is in this process. ``follow`` is the way in for a request with whose
    consequences somebody waits so many seconds, ``carry_out_long`` that for one which itself takes long.
    ``files`` is where attachments lie, ``live`` where changes are told. ``demo_people`` are those that the login
    of a demonstration offers.
    """

    store: Store
    carry_out: Callable[[Request], Awaitable[Done]]
    settings: Settings
    directory: Directory
    is_embedded: bool = True
    follow: Callable[[Request, float], Awaitable[Followed]] | None = None
    carry_out_long: Callable[[Request], Awaitable[Done]] = nowhere
    files: Files = Files("stepwell-files", 0)
    gate: Gate = field(default_factory=Gate)
    live: Live | None = None
    demo_people: tuple[str, ...] = ()

    @property
    def channel(self) -> Live:
        """The live channel; raises ``Unavailable`` in an application that only describes itself."""
        if self.live is None:
            raise Unavailable("server.not-open", "Expected rooms that are open for live streams.")
        return self.live

    async def submit(self, request: Request) -> Done:
        """Carry a request out; it has to say who asks, because nobody outside is Stepwell itself."""
        _expect_somebody(request)
        return await self.carry_out(keyed(request))

    async def submit_long(self, request: Request) -> Done:
        """The same for a request that itself takes long: it shares no transaction."""
        _expect_somebody(request)
        return await self.carry_out_long(keyed(request))

    async def wait_for(self, request: Request, given: Awaited) -> Progress:
        """Carry a request out, in the foreground if the caller wants it."""
        if not given.foreground or self.follow is None:
            return await self.tell(request)
        _expect_somebody(request)
        found = await self.follow(awaited(keyed(request)), given.wait)
        if found.done.repeated:
            found = await self.look_again(found.done, request.actor, given.wait)
        return await self.completed(followed(found, request.actor))

    async def tell(self, request: Request) -> Progress:
        """Carry a request out, and say what came of it."""
        return await self.completed(progress(await self.submit(request)))

    async def completed(self, found: Progress) -> Progress:
        """What came of a request, and who can repair what is stuck."""
        return await self.read(with_repairers, self.directory, found) if found.incidents else found

    async def look_again(self, done: Done, person: str, seconds: float) -> Followed:
        """How things stand behind a request that is repeated, once nothing is under way; looks at most so long."""
        clock = asyncio.get_running_loop()
        until = clock.time() + seconds
        while True:
            found, is_under_way = await self.read(afresh.look, self.store, done, person)
            left = until - clock.time()
            if not is_under_way or left <= 0:
                return found
            await asyncio.sleep(min(LOOK_AGAIN, left))

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


def _expect_somebody(request: Request) -> None:
    if request.by is STEPWELL:
        raise RuntimeError(f"Expected a {type(request).__name__} to say who asks, but it does not.")
