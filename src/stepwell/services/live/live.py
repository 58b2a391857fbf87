"""The live channel of one process: told after each commit, asked by the streams that its server serves."""

import asyncio
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import ParamSpec, TypeVar

from stepwell.engine.rows import UserTask
from stepwell.identity import Actor
from stepwell.services import presences
from stepwell.services.batch import Batch
from stepwell.services.live.event import OPERATORS, LiveEvent, step_to_open
from stepwell.services.live.found import events_of
from stepwell.services.live.hub import Hub, Listener
from stepwell.services.live.post import Inbox, Outbox, complain
from stepwell.store import Store, live

TOGETHER = 0.2  # seconds in which changes of instances are told together
MOST_INSTANCES = 200  # of them; of more it is only told that there were many
LOOK = 1.0  # seconds between two looks for what other processes wrote
TIDY = 15.0  # seconds between two looks for who has closed a step without saying so
Given = ParamSpec("Given")
Found = TypeVar("Found")


def _now() -> int:
    return time.time_ns() // 1000


class Live:
    """``clock`` gives microseconds since 1970 UTC in place of this machine's time."""

    def __init__(self, store: Store, clock: Callable[[], int] | None = None) -> None:
        self.store = store
        server = secrets.token_hex(4)
        self.hub = Hub(server, clock or self.now)
        self.skew = 0
        self.seen: int | None = None
        self.tidied_at = float("-inf")
        self.instances: dict[int, LiveEvent] = {}
        self.tasks: set[asyncio.Task[None]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.thread = 0
        self.outbox: Outbox | None = None
        self.inbox: Inbox | None = None
        going, coming = store.database.channel(), store.database.channel()
        self.is_embedded = going is None
        if going is not None and coming is not None:
            self.outbox = Outbox(store, going, server)
            self.inbox = Inbox(store, coming, server)
            self.outbox.is_wanted = self.inbox.is_wanted = self.hub.is_wanted
            self.outbox.tell = self.inbox.tell = self.publish
            self.outbox.reset = self.inbox.reset = self.reset

    def now(self) -> int:
        """The database's time as far as it is known here."""
        return _now() + self.skew

    # -- telling, from any thread ---------------------------------------------------------------------

    def committed(self, batch: Batch) -> None:
        """A batch was committed: tell of it whoever listens."""
        if self.outbox is not None:
            self.outbox.put(batch)
        elif self.hub.is_wanted():
            self.publish([*events_of(batch)])

    def tell(self, *events: LiveEvent) -> None:
        """Tell something that no batch has done; it is committed already."""
        if self.outbox is not None:
            self.outbox.put(*events)
        elif self.hub.is_wanted():
            self.publish(events)

    def came_late(self, instance_id: int, task: UserTask) -> None:
        """A step came for somebody who waited for it, but was told meanwhile that the rest goes on."""
        self.tell(step_to_open(instance_id, task))

    def publish(self, events: Sequence[LiveEvent]) -> None:
        """Tell who listens on this server."""
        self._on_loop(self._publish, events)

    def reset(self) -> None:
        """Let everybody on this server read anew."""
        self._on_loop(self.hub.reset)

    def _on_loop(self, what: Callable[Given, None], *args: Given.args, **kwargs: Given.kwargs) -> None:
        if self.loop is None:
            return
        if threading.get_ident() == self.thread:
            what(*args, **kwargs)
        else:
            with suppress(RuntimeError):  # the loop is closed, so nobody listens
                self.loop.call_soon_threadsafe(lambda: what(*args, **kwargs))

    # -- on the loop of the server --------------------------------------------------------------------

    def listen(self, actor: Actor, after: str = "", *, opens_steps: bool = True) -> Listener:
        """A new stream. Whoever gets it calls ``hub.leave`` at its end."""
        self.loop, self.thread = asyncio.get_running_loop(), threading.get_ident()
        found = self.hub.join(actor, after, opens_steps=opens_steps)
        if self.inbox is not None:
            self.inbox.open()
        return found

    def _publish(self, events: Sequence[LiveEvent]) -> None:
        direct = []
        for event in events:
            if event.name == "instance-changed":
                self._changed(event)
                continue
            if event.name == "presence":
                until = self.hub.clock() + presences.LASTS
                self.hub.note_present(event.data["id"], dict.fromkeys(event.data["people"], until))
            direct.append(event)
        self.hub.publish(direct)

    def _changed(self, event: LiveEvent) -> None:
        if not self.instances:
            asyncio.get_running_loop().call_later(TOGETHER, self._begin_instances)
        self.instances[int(event.data["id"])] = event

    def _begin_instances(self) -> None:
        task = asyncio.get_running_loop().create_task(self._tell_instances())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _tell_instances(self) -> None:
        """Tell of the instances that changed to those who see them."""
        found, self.instances = self.instances, {}
        ids = [*found][-MOST_INSTANCES:]
        try:
            audience = await self.ask(self._audience, ids)
        except Exception as error:  # noqa: BLE001 - whoever listens reads anew
            complain("who sees an instance is not known", error)
            self.hub.reset()
            return
        events = [
            LiveEvent("instance-changed", frozenset({*audience[id], OPERATORS}), found[id].data) for id in ids
        ]
        if len(found) > len(ids):
            events.append(LiveEvent("instance-changed", frozenset({"*"}), {"id": "", "is_many": True}))
        self.hub.publish(events)

    def _audience(self, ids: Sequence[int]) -> dict[int, set[str]]:
        with self.store.reading() as session:
            return live.audience(session, ids)

    async def ask(self, question: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs) -> Found:
        """Ask the database without keeping the loop waiting."""
        if self.is_embedded:
            return question(*args, **kwargs)
        return await asyncio.to_thread(question, *args, **kwargs)

    # -- upkeep ---------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Keep the channel in order until it is cancelled."""
        self.loop, self.thread = asyncio.get_running_loop(), threading.get_ident()
        if self.outbox is not None:
            self.outbox.start()
        while True:
            self.hub.prune()
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - the next look may see more
                complain("live channel not in order", error)
            await asyncio.sleep(LOOK)

    async def _look(self) -> None:
        """Notice what others wrote, and who is gone; not on the loop, where a long transaction would be waited for."""
        if not self.hub.is_wanted():
            self.seen = None
            return
        seen, self.seen = self.seen, await asyncio.to_thread(self.store.foreign_writes)
        if seen not in (None, self.seen):
            self.hub.reset()
        if time.monotonic() - self.tidied_at >= TIDY:
            self.tidied_at = time.monotonic()
            self.hub.present = await asyncio.to_thread(self._tidy)

    def _tidy(self) -> dict[str, dict[str, int]]:
        """Notice who is gone, and how much later it is there than here; gives who has which steps open."""
        self.skew = self.store.current()[1] - _now()
        self.tell(*presences.tidy(self.store))
        return presences.everybody(self.store)

    def close_streams(self) -> None:
        """End all streams; on the loop."""
        self.hub.close()

    def close(self) -> None:
        """Let out what is still to be told, and end."""
        self.hub.is_closed = True
        if self.inbox is not None:
            self.inbox.close()
        if self.outbox is not None:
            self.outbox.close()
