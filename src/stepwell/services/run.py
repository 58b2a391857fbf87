"""The one corridor to the engine: requests in, one transaction, outcomes out.

``execute`` loads what a batch needs, decides each command, writes everything, commits, and only then
answers. A request that is rejected or fails does not harm its neighbours.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from stepwell.engine.run import Settings
from stepwell.errors import Contended, Rejection, Unavailable
from stepwell.services.batch import Batch, BusyError
from stepwell.services.catalogue import Catalogue, UncompiledError
from stepwell.services.repeating import once
from stepwell.services.requests import Done, Outcome, Request, Start
from stepwell.services.verbs import VERBS, targets
from stepwell.store.store import Store

TRIES = 3  # of a request alone whose transaction had to give in to another one


def nobody() -> None:
    """Nobody waits for work."""


class Corridor:
    """What executing needs: the store, the definitions, the settings of the engine.

    ``made_work`` is called after a commit that left jobs or deliveries to be done.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, settings: Settings, made_work: Callable[[], None] = nobody
    ) -> None:
        self.made_work = made_work
        self.store = store
        self.catalogue = catalogue
        self.settings = settings
        settings.called = catalogue.has

    def execute(self, requests: Sequence[Request]) -> list[Outcome]:
        """Carry requests out in order, in one transaction if that works, otherwise each alone.

        A database that is not to be had is so for all of them.
        """
        tries = TRIES
        try:
            return self.together(requests)
        except Contended:
            tries -= len(requests) == 1
        except Unavailable as error:
            return [Outcome(error=error) for _ in requests]
        except Exception:
            if len(requests) == 1:
                raise
            report("batch failed, each request alone now", requests=len(requests))
        return [self.alone(request, tries) for request in requests]

    def alone(self, request: Request, tries: int) -> Outcome:
        try:
            return self.together([request])[0]
        except Contended as error:
            return self.alone(request, tries - 1) if tries > 1 else Outcome(error=error)
        except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
            return Outcome(error=error)

    def together(self, requests: Sequence[Request], ids: Sequence[int] = ()) -> list[Outcome]:
        """Carry requests out in one transaction; definitions that it lacks are compiled before it begins again."""
        try:
            return self.attempt(requests, ids)
        except UncompiledError as lacking:
            self.catalogue.compile(lacking.numbers)
            ids = lacking.ids
        outcomes = self.together(requests, ids)
        self.catalogue.trim()
        return outcomes

    def attempt(self, requests: Sequence[Request], ids: Sequence[int]) -> list[Outcome]:
        with uncollected(), self.store.transaction() as tx:
            batch = Batch(tx, self.catalogue, self.settings, ids)
            keys = [(one.actor, one.idempotency_key) for one in requests if one.idempotency_key]
            if keys:
                batch.claim_keys(keys)
            batch.reserve(sum(isinstance(request, Start) for request in requests))
            batch.load(targets(tx, requests))
            self.catalogue.refresh(tx.epoch)
            outcomes = [handle(batch, request) for request in requests]
            batch.expect_compiled()
            batch.save()
        if batch.made_work:
            self.made_work()
        return outcomes


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
    batch.spent = 0
    verb = VERBS[type(request)]
    try:
        return Outcome(done=once(batch, request, verb) if request.idempotency_key else verb(batch, request))
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
        report("command failed", request=type(request).__name__)
        return Outcome(error=error)


def answer(outcome: Outcome) -> Done:
    """What came of a request; raises what went wrong."""
    if outcome.error is not None:
        raise outcome.error
    assert outcome.done is not None
    return outcome.done


def report(what: str, **facts: object) -> None:
    """Keep the trace of a bug for operators (the logger is slow to import and seldom needed)."""
    import structlog

    structlog.get_logger().exception(what, **facts)
