"""Who drives the corridor: callers share transactions, each waits only for its own reply.

``Lane`` serves threads: the first caller that finds nobody at work carries out what all have queued and
hands the lead to one of the others. ``LoopDriver`` serves an event loop.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol, TypeVar

from stepwell.errors import Contended, Unavailable
from stepwell.services.requests import Deliver, Done, OnInstance, Outcome, PerformStep, Request
from stepwell.services.run import Corridor, answer

OF_INSTANCES = (OnInstance, Deliver, PerformStep)
FEW = 16  # requests that are better off in one transaction than in two
TRIES = 100  # batches that a request on a busy instance waits for before it is given up
HELD_TRIES = 20  # batches while another process holds the database, each of which waits for it a little
PAUSE = 0.005  # seconds between them
PATIENT = 5.0  # seconds in which a request is tried that others are in the way of


class Waits(Protocol):
    """Somebody in a queue. ``end`` is until when a request is tried that others are in the way of, else 0."""

    @property
    def end(self) -> float: ...


Anyone = TypeVar("Anyone", bound=Waits)


def may_retry(outcome: Outcome, tries: int, end: float) -> bool:
    """Whether a request that asks for another batch gets one after so many, or after the time ``end``."""
    if isinstance(outcome.error, Contended):
        return time.monotonic() < end
    return tries < (TRIES if outcome.error is None else HELD_TRIES)


def end_of(outcome: Outcome, end: float) -> float:
    """Until when a request is tried that others are in the way of, 0 if that has not happened."""
    return end or (time.monotonic() + PATIENT if isinstance(outcome.error, Contended) else 0.0)


def last(request: Request, outcome: Outcome) -> Outcome:
    """What the caller gets when there is no further batch."""
    if not outcome.retry or outcome.error is not None:
        return outcome
    return Outcome(
        error=Unavailable(
            "instance.busy",
            f"Expected the instance to be free for a {type(request).__name__}, but it stays busy.",
        )
    )


def lane_of(request: Request, lanes: int, turn: int) -> int:
    """Commands on one instance go through one lane; others take turns."""
    number = instance_of(request)
    return (number or turn) % lanes


class Queue(deque[Anyone]):
    """Who waits, the longest first. One that others are in the way of has a transaction of its own, and between two of
    these come all who are in nobody's way.
    """

    was_alone = False

    def together(self, most: int) -> list[Anyone]:
        """Take the next ones that share a transaction."""
        found = [self.popleft() for _ in range(min(most, len(self)))]
        if all(not one.end for one in found):
            self.was_alone = False
            return found
        free = [one for one in found if not one.end]
        taken = free if free and (self.was_alone or not found[0].end) else found[:1]
        self.was_alone = taken is not free
        self.extendleft(one for one in reversed(found) if one not in taken)
        return taken


class Ticket:
    """A request of a thread that waits for its outcome; who leads from the start needs nobody to wake it."""

    __slots__ = ("end", "leads", "outcome", "ready", "request", "tries")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.outcome: Outcome | None = None
        self.leads = False
        self.ready: threading.Event | None = None
        self.tries = 0
        self.end = 0.0


def wake(ticket: Ticket) -> None:
    if ticket.ready is not None:
        ticket.ready.set()


class Lane:
    """Shared transactions for threads over one corridor."""

    def __init__(self, corridor: Corridor) -> None:
        self.corridor = corridor
        self.mutex = threading.Lock()
        self.queue: Queue[Ticket] = Queue()
        self.is_led = False

    def submit(self, request: Request) -> Done:
        """Carry the request out with whatever else is queued; raises what went wrong."""
        ticket = Ticket(request)
        with self.mutex:
            lead = not self.is_led
            self.is_led = True
            ready = None if lead else threading.Event()
            ticket.ready = ready
            self.queue.append(ticket)
        while ready and not lead and ticket.outcome is None:
            ready.wait()
            ready.clear()
            lead = ticket.leads
        try:
            while ticket.outcome is None:
                self.carry_out(ticket)
        finally:
            if lead:
                self.pass_on()
        return answer(ticket.outcome)

    def carry_out(self, own: Ticket) -> None:
        """One batch: everything queued, the leader's own request among it."""
        most = self.corridor.width.size
        with self.mutex:
            batch = self.queue.together(most)
        try:
            outcomes: Sequence[Outcome] = self.corridor.execute([ticket.request for ticket in batch])
        except BaseException as error:
            outcomes = [Outcome(error=error if isinstance(error, Exception) else None) for _ in batch]
            self.settle(batch, outcomes)
            raise
        self.settle(batch, outcomes)
        if own.outcome is None:
            time.sleep(PAUSE)

    def settle(self, batch: list[Ticket], outcomes: Sequence[Outcome]) -> None:
        for ticket, outcome in zip(batch, outcomes, strict=True):
            if outcome.retry:
                ticket.tries += 1
                ticket.end = end_of(outcome, ticket.end)
                if may_retry(outcome, ticket.tries, ticket.end):
                    with self.mutex:
                        self.queue.append(ticket)
                    continue
            ticket.outcome = last(ticket.request, outcome)
            wake(ticket)

    def pass_on(self) -> None:
        """Let the next one that waits lead, if there is one."""
        with self.mutex:
            if not self.queue:
                self.is_led = False
                return
            following = self.queue[0]
            following.leads = True
            wake(following)


class ThreadDriver:
    """Lanes for threads, one for each corridor."""

    def __init__(self, corridors: Sequence[Corridor]) -> None:
        self.lanes = [Lane(corridor) for corridor in corridors]
        self.turn = 0

    def submit(self, request: Request) -> Done:
        self.turn += 1
        return self.lanes[lane_of(request, len(self.lanes), self.turn)].submit(request)


class Waiting(NamedTuple):
    """A request of a task that waits for its outcome; ``end`` is until when, if others are in its way."""

    request: Request
    future: "asyncio.Future[Done]"
    tries: int = 0
    end: float = 0.0


def take(queue: Queue[Waiting], most: int, flying: frozenset[int] = frozenset()) -> list[Waiting]:
    """Take the next requests from a queue, but none about the instances that are under way."""
    found = queue.together(most)
    if not flying:
        return found
    left = [one for one in found if instance_of(one.request) in flying]
    queue.extendleft(reversed(left))
    return [one for one in found if instance_of(one.request) not in flying] if left else found


def instances(batch: list[Waiting]) -> frozenset[int]:
    """The instances that a batch is about."""
    return frozenset(number for one in batch if (number := instance_of(one.request)))


def instance_of(request: Request) -> int:
    """The instance a request is about, 0 if none."""
    return request.instance_id if isinstance(request, OF_INSTANCES) else 0


class LoopDriver:
    """Shared transactions for the tasks of an event loop.

    ``inline``: a transaction runs on the loop itself, as soon as a turn of the loop brings no further request
    (an embedded database answers in a fraction of a millisecond, a thread would cost more) and no thread is writing. Otherwise each
    corridor has a thread that prepares the next transaction while the commit of the one before is on its way. Of several
    corridors the last one is for requests that others are in the way of.
    """

    def __init__(self, corridors: Sequence[Corridor], *, inline: bool) -> None:
        self.corridors = corridors
        self.inline = inline
        self.queues: list[Queue[Waiting]] = [Queue() for _ in corridors]
        self.at_work = [False for _ in corridors]
        self.flights: dict[int, asyncio.Future[Any]] = {}
        self.threads = [ThreadPoolExecutor(1, f"lane-{number}") for number in range(len(corridors))]
        self.turn = 0

    async def submit(self, request: Request) -> Done:
        """Carry the request out with whatever else comes in the same tick; raises what went wrong."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Done] = loop.create_future()
        self.turn += 1
        lane = lane_of(request, max(len(self.corridors) - 1, 1), self.turn)
        self.put(lane, Waiting(request, future))
        return await future

    def put(self, lane: int, waiting: "Waiting") -> None:
        self.queues[lane].append(waiting)
        if not self.at_work[lane]:
            self.at_work[lane] = True
            asyncio.get_running_loop().call_soon(self.tick, lane, 0)

    def tick(self, lane: int, seen: int) -> None:
        """Begin a transaction; on the loop itself only when a turn brought nothing more than was ``seen``."""
        loop, queue, most = asyncio.get_running_loop(), self.queues[lane], self.corridors[lane].width.size
        if not self.inline:
            flight = self.flights[lane] = loop.run_in_executor(self.threads[lane], self.fly, lane, loop)
            flight.add_done_callback(lambda _: self.rest(lane))
        elif seen < len(queue) < most:
            loop.call_soon(self.tick, lane, len(queue))
        else:
            self.carry_out(lane, take(queue, most))

    def carry_out(self, lane: int, batch: list[Waiting]) -> None:
        """A transaction on the loop, unless a thread is writing: then it waits for that in a thread, too."""
        corridor, requests = self.corridors[lane], [one.request for one in batch]
        with corridor.store.at_once() as is_free:
            if is_free:
                self.settle(lane, batch, corridor.execute(requests))
                self.rest(lane)
                return
        loop = asyncio.get_running_loop()
        flight = loop.run_in_executor(self.threads[lane], corridor.execute, requests)
        self.flights[lane] = flight
        flight.add_done_callback(lambda done: self.come_back(lane, batch, done))

    def come_back(self, lane: int, batch: list[Waiting], flight: "asyncio.Future[list[Outcome]]") -> None:
        error = flight.exception()
        outcomes = [Outcome(error=error)] * len(batch) if isinstance(error, Exception) else flight.result()
        self.settle(lane, batch, outcomes)
        self.rest(lane)

    def fly(self, lane: int, loop: asyncio.AbstractEventLoop) -> None:
        """Carry out what is queued until nothing is, two transactions at a time."""
        before: tuple[list[Waiting], Callable[[], list[Outcome]]] | None = None
        while True:
            queue = self.queues[lane]
            flying = instances(before[0]) if before else frozenset()
            is_first = before is None and len(queue) >= FEW
            waiting = (len(queue) + 1) // 2 if is_first else len(queue)
            batch = take(queue, min(self.corridors[lane].width.size, waiting), flying)
            following = self.corridors[lane].depart([one.request for one in batch]) if batch else None
            if before is not None:
                loop.call_soon_threadsafe(self.settle, lane, before[0], before[1]())
            if following is None:
                if before is None:
                    return
                before = None
            else:
                before = (batch, following)

    def rest(self, lane: int) -> None:
        """Be at work only while something is queued."""
        self.at_work[lane] = bool(self.queues[lane])
        if self.at_work[lane]:
            asyncio.get_running_loop().call_soon(self.tick, lane, 0)

    async def at_rest(self) -> None:
        """Wait until the threads are back, when everybody has been answered: before the event loop ends. A lane that is
        never told that its work is over would do nothing in the next loop.
        """
        while flying := [flight for flight in self.flights.values() if not flight.done()]:
            await asyncio.wait(flying)

    def settle(self, lane: int, batch: "list[Waiting]", outcomes: Sequence[Outcome]) -> None:
        for one, outcome in zip(batch, outcomes, strict=True):
            end = end_of(outcome, one.end) if outcome.retry else 0.0
            if outcome.retry and may_retry(outcome, one.tries, end):
                again = Waiting(one.request, one.future, one.tries + 1, end)
                following = len(self.corridors) - 1 if end else lane
                asyncio.get_running_loop().call_later(PAUSE, self.put, following, again)
            elif not one.future.done():
                self.resolve(one.future, last(one.request, outcome))

    def resolve(self, future: "asyncio.Future[Done]", outcome: Outcome) -> None:
        try:
            future.set_result(answer(outcome))
        except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
            future.set_exception(error)

    def close(self) -> None:
        for thread in self.threads:
            thread.shutdown(wait=True)
