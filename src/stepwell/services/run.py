"""The one corridor to the engine: requests in, one transaction, outcomes out.

``execute`` loads what a batch needs, decides each command, writes everything, commits, and only then
answers. A request that is rejected or fails does not harm its neighbours.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from msgspec.structs import replace

from stepwell.engine.run import Settings
from stepwell.errors import Conflict, Contended, Rejection, Unavailable
from stepwell.records.changes import Changes
from stepwell.services.batch import Batch, BusyError
from stepwell.services.catalogue import Catalogue, UncompiledError
from stepwell.services.directory import Directory
from stepwell.services.inline.budget import Budget, Limits, Pace, Width
from stepwell.services.record_signals import tell, watch_awaited
from stepwell.services.records.verbs import hold_records
from stepwell.services.repeating import once
from stepwell.services.requests import Done, Outcome, Request, Start
from stepwell.services.surroundings import Around
from stepwell.services.verbs import VERBS, targets
from stepwell.store import lookups
from stepwell.store.session import TakenError
from stepwell.store.store import Flight, Store
from stepwell.store.transaction import Transaction

OUTDATED_TRIES = 20  # of a request alone under which what is current keeps changing
SHORT = 20  # milliseconds that a request among others waits for records that others hold
MOMENT = 5  # milliseconds that one does whose neighbours wait for it
ALONE = 100
"""Milliseconds that one alone does. Two that wait for each other part before the database looks for it, which is
after a second.
"""
TRIES = 3  # of a request alone whose transaction had to give in to another one


def nobody() -> None:
    """Nobody waits for work."""


def nobody_listens(_batch: Batch) -> None:
    """Nobody wants to know what was committed."""


class Corridor:
    """What executing needs: the store, the definitions, the settings of the engine.

    ``made_work`` is called after a commit that left jobs or deliveries to be done. ``worker`` is whose name
    what somebody waits for is locked by. ``records_changed`` is told, inside the transaction before it is
    saved, which records changed. ``committed`` is told of each batch after its commit: it must cost next to nothing.
    ``limits`` are those of inline steps in one transaction.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, settings: Settings, made_work: Callable[[], None] = nobody
    ) -> None:
        self.made_work = made_work
        self.directory = Directory(store)
        self.worker = ""
        self.committed: Callable[[Batch], None] = nobody_listens
        self.records_changed: Callable[[Batch, Changes], None] = tell
        self.limits = Limits()
        self.pace = Pace()
        self.width = Width()
        self.store = store
        self.catalogue = catalogue
        self.settings = settings
        settings.called = catalogue.has

    def execute(self, requests: Sequence[Request]) -> list[Outcome]:
        """Carry requests out in order, in one transaction if that works, otherwise each alone.

        A database that is not to be had is so for all of them; one that another process holds may be free
        for the next batch.
        """
        return self.depart(requests)()

    def depart(self, requests: Sequence[Request]) -> Callable[[], list[Outcome]]:
        """Do all of ``execute`` but the waiting for the commit, or for others that are in the way: that is what
        this gives.
        """
        try:
            flight = self.together(requests)
        except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
            return partial(self.after, error, requests)
        return lambda: self.arrive(flight, requests)

    def arrive(self, flight: Flight[Batch], requests: Sequence[Request]) -> list[Outcome]:
        try:
            batch = flight.arrive()
        except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
            return self.after(error, requests)
        self.after_commit(batch)
        return batch.outcomes

    def after_commit(self, batch: Batch) -> None:
        """Let others know what is committed now, and learn from how long it took."""
        if batch.budget.has_slice:
            self.pace.note(self.limits, batch.budget.spent)
        if batch.made_work:
            self.made_work()
        try:
            self.committed(batch)
        except Exception as error:  # noqa: BLE001 - what is committed is committed, whoever fails to hear of it
            report("live events not told", error)

    def after(self, error: Exception, requests: Sequence[Request]) -> list[Outcome]:
        """What comes of requests whose common transaction failed."""
        is_alone = len(requests) == 1
        if isinstance(error, Contended) and is_alone:
            return [Outcome(error=error, retry=True)]
        if isinstance(error, Contended | TakenError):
            self.width.gave_in(len(requests))
            return [self.alone(request, TRIES - is_alone) for request in requests]
        if isinstance(error, Unavailable):
            is_held = error.code == "database.busy"
            return [Outcome(error=error, retry=is_held) for _ in requests]
        if self.is_outdated():
            return [self.alone(request, OUTDATED_TRIES) for request in requests]
        if is_alone:
            return [Outcome(error=error) for _ in requests]
        report("batch failed, each request alone now", error, requests=len(requests))
        return [self.alone(request, TRIES) for request in requests]

    def alone(self, request: Request, tries: int) -> Outcome:
        """Carry a request out by itself. Who is in its way for more than a moment keeps nobody else: then it asks for
        another batch.
        """
        try:
            batch = self.together([request], patience=MOMENT).arrive()
        except Contended as error:
            return Outcome(error=error, retry=True)
        except TakenError as error:
            return self.alone(request, tries - 1) if tries > 1 else Outcome(error=told(error))
        except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
            may_try = tries > 1 and not isinstance(error, Unavailable)
            return self.alone(request, tries - 1) if may_try and self.is_outdated() else Outcome(error=error)
        self.after_commit(batch)
        return batch.outcomes[0]

    def is_outdated(self) -> bool:
        """Whether what is current, such as the table of a record type, changed in the middle of the last batch."""
        try:
            with self.store.reading() as session:
                return lookups.epoch(session) != self.catalogue.epoch
        except Exception:  # noqa: BLE001 - what the batch failed of is told, not this
            return False

    def together(
        self, requests: Sequence[Request], ids: Sequence[int] = (), patience: int = ALONE
    ) -> Flight[Batch]:
        """Carry requests out in one transaction; definitions that it lacks are compiled before it begins again.

        ``patience``: milliseconds that a request alone waits for records that others hold.
        """
        try:
            return self.attempt(requests, ids, patience)
        except UncompiledError as lacking:
            self.catalogue.compile(lacking.numbers)
            ids = lacking.ids
        flight = self.together(requests, ids, patience)
        self.catalogue.trim()
        return flight

    def attempt(self, requests: Sequence[Request], ids: Sequence[int], patience: int) -> Flight[Batch]:
        def work(tx: Transaction) -> Batch:
            batch = Batch(tx, self.catalogue, self.settings.within(Around(tx, self.directory)), ids)
            batch.directory, batch.worker = self.directory, self.worker
            batch.budget, batch.pace = Budget(self.limits), self.pace
            tx.patience = SHORT if len(requests) > 1 else patience
            keys = [(one.actor, one.idempotency_key) for one in requests if one.idempotency_key]
            if keys:
                batch.claim_keys(keys)
            batch.reserve(sum(isinstance(request, Start) for request in requests))
            batch.load(targets(tx, requests))
            self.catalogue.refresh(tx.epoch)
            if len(requests) > 1:
                hold_records(batch, requests)
            batch.outcomes = [handle(batch, request) for request in requests]
            batch.expect_compiled()
            if batch.watching:
                watch_awaited(batch)
            if batch.changes:
                self.records_changed(batch, tuple(batch.changes))
            batch.save()
            self.width.note(len(requests), batch.budget.left)
            return batch

        with uncollected():
            return self.store.depart(work)


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: a batch makes thousands of objects without one, and looking costs a fifth."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def handle(batch: Batch, request: Request) -> Outcome:
    """Decide one request within a batch; its failure is its own."""
    batch.begin(request)
    verb = VERBS[type(request)]
    try:
        done = once(batch, request, verb) if request.idempotency_key else verb(batch, request)
        return Outcome(done=done if batch.trail is None else replace(done, trail=batch.trail))
    except Rejection as error:
        return Outcome(error=error)
    except BusyError:
        return Outcome(retry=True)
    except UncompiledError as lacking:
        batch.uncompiled |= lacking.numbers
        return Outcome(retry=True)
    except batch.spoilers:
        raise
    except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
        report("command failed", error, request=type(request).__name__)
        return Outcome(error=error)


def told(error: Exception) -> Exception:
    """What a caller is told of a failure: that somebody else was first, if that is it."""
    if isinstance(error, TakenError):
        return Conflict("record.taken", "Expected values that nobody else has, but somebody was first.")
    return error


def answer(outcome: Outcome) -> Done:
    """What came of a request; raises what went wrong."""
    if outcome.error is not None:
        raise outcome.error
    assert outcome.done is not None
    return outcome.done


def report(what: str, error: Exception, **facts: object) -> None:
    """Keep the trace of a bug for operators (the logger is slow to import and seldom needed)."""
    import structlog

    structlog.get_logger().error(what, exc_info=error, **facts)
