"""The one corridor to the engine: requests in, one transaction, outcomes out.

``execute`` loads what a batch needs, decides each command, writes everything, commits, and only then
answers. A request that is rejected or fails does not harm its neighbours.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from stepwell.engine.run import Settings
from stepwell.errors import Conflict, Rejection, Unavailable
from stepwell.records.changes import Changes
from stepwell.services.batch import Batch, BusyError, SpoiledError
from stepwell.services.catalogue import Catalogue
from stepwell.services.records.verbs import hold_records
from stepwell.services.requests import Done, Outcome, Request, Start
from stepwell.services.verbs import VERBS, targets
from stepwell.store import lookups
from stepwell.store.session import ContendedError, TakenError
from stepwell.store.store import Store

TRIES = 3  # of a request alone whose records others hold
SHORT, LONG = 20, 5000  # milliseconds that it waits for them: among others, and alone


def nobody() -> None:
    """Nobody waits for work."""


def nobody_waits(_batch: Batch, _changes: Changes) -> None:
    """Nobody waits for changes of records."""


class Corridor:
    """What executing needs: the store, the definitions, the settings of the engine.

    ``made_work`` is called after a commit that left jobs or deliveries to be done. ``records_changed`` is
    told, inside the transaction before it is saved, which records changed.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, settings: Settings, made_work: Callable[[], None] = nobody
    ) -> None:
        self.made_work = made_work
        self.records_changed: Callable[[Batch, Changes], None] = nobody_waits
        self.store = store
        self.catalogue = catalogue
        self.settings = settings
        settings.called = catalogue.has

    def execute(self, requests: Sequence[Request]) -> list[Outcome]:
        """Carry requests out in order, in one transaction if that works, otherwise each alone."""
        try:
            return self.together(requests)
        except Unavailable as error:
            return [Outcome(error=error) for _ in requests]
        except (ContendedError, TakenError):
            pass  # somebody else was in the way of one of them
        except Exception:
            if len(requests) == 1 and not self.is_outdated():
                raise
            report("batch failed, each request alone now", requests=len(requests))
        return [self.alone(request) for request in requests]

    def alone(self, request: Request) -> Outcome:
        for _ in range(TRIES):
            try:
                return self.together([request])[0]
            except (ContendedError, TakenError) as error:
                failure: Exception = too_busy(error)
            except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
                if not self.is_outdated():
                    return Outcome(error=error)
                failure = error
        return Outcome(error=failure)

    def is_outdated(self) -> bool:
        """Whether what is current, such as the table of a record type, changed in the middle of the last batch."""
        with self.store.reading() as session:
            return lookups.epoch(session) != self.catalogue.epoch

    def together(self, requests: Sequence[Request]) -> list[Outcome]:
        with uncollected(), self.store.transaction() as tx:
            tx.patience = SHORT if len(requests) > 1 else LONG
            batch = Batch(tx, self.catalogue, self.settings)
            batch.reserve(sum(isinstance(request, Start) for request in requests))
            batch.load(targets(tx, requests))
            self.catalogue.refresh(tx.epoch)
            if len(requests) > 1:
                hold_records(batch, requests)
            outcomes = [handle(batch, request) for request in requests]
            if batch.changes:
                self.records_changed(batch, tuple(batch.changes))
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
    try:
        return Outcome(done=VERBS[type(request)](batch, request))
    except Rejection as error:
        return Outcome(error=error)
    except BusyError:
        return Outcome(retry=True)
    except (SpoiledError, ContendedError, TakenError):
        raise
    except Exception as error:  # noqa: BLE001 - any failure is the outcome of its request
        report("command failed", request=type(request).__name__)
        return Outcome(error=error)


def too_busy(error: ContendedError | TakenError) -> Rejection:
    """What a caller is told when others were in the way three times."""
    if isinstance(error, TakenError):
        return Conflict("record.taken", "Expected values that nobody else has, but somebody was first.")
    return Unavailable("record.busy", "Expected to have the records for a moment, but others hold them.")


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
