"""One transaction: load, decide elsewhere, save, commit."""

from collections.abc import Iterable, Mapping, Sequence

from stepwell.store import deliveries, deploying, idempotency, jobs, loading, messages, saving, statements
from stepwell.store.deliveries import Delivery, SignalArgs, Slice
from stepwell.store.deploying import Deployed, NewDefinition, NewFile
from stepwell.store.idempotency import Place, StoredReply
from stepwell.store.loading import Loaded, Target
from stepwell.store.messages import Message
from stepwell.store.records.catalogue import Known, RecordCatalogue
from stepwell.store.saving import Save, TaskChange
from stepwell.store.session import Began, Session


class Transaction:
    """What a service may do between the beginning and the commit; made by ``Store.transaction``."""

    def __init__(self, session: Session, records: RecordCatalogue | None = None) -> None:
        self.session = session
        self.has_raised_epoch = False
        self._records = records or RecordCatalogue()
        self._began: Began | None = None
        self.patience: int | None = None

    @property
    def began(self) -> Began:
        if self._began is None:
            self._began = self.session.began()
        return self._began

    @property
    def now(self) -> int:
        """The database's time when the transaction began, in microseconds since 1970 UTC."""
        return self.began.now

    @property
    def epoch(self) -> int:
        """Counts the changes of what is current: latest versions, start subscriptions, people and roles."""
        return self.began.epoch

    @property
    def known_records(self) -> Known:
        """The record types as they were when the transaction began."""
        return self._records.known(self.session, self.epoch)

    def know_records_anew(self) -> None:
        """Read again which record types there are, because this very transaction has changed them.

        From now on it knows them alone: what others know has to wait for the commit.
        """
        self._records = RecordCatalogue()

    def limit_waits(self) -> None:
        """Wait no longer than ``patience`` milliseconds, if that is set, for what others hold (``Contended``)."""
        if self.patience is not None:
            self.session.wait_at_most(self.patience)
            self.patience = None

    def raise_epoch(self) -> None:
        """Tell every process that what is current has changed."""
        self.session.run(statements.RAISE_EPOCH)
        self.has_raised_epoch = True

    def new_instance_ids(self, count: int) -> list[int]:
        """Ids for new instances; none for a count below 1."""
        return list(self.session.numbers("process_instance_id", count)) if count > 0 else []

    def load(self, targets: Sequence[Target]) -> Loaded:
        """Lock and load the instances of ``targets`` with what commands on those usually need."""
        return loading.load(self.session, targets)

    def save(self, saves: Sequence[Save]) -> list[TaskChange]:
        """Write what changed in each state, and its history; gives what became of user tasks.

        LookupError: a row was not as it was read.
        """
        return saving.save(self.session, saves)

    # -- jobs and deliveries --------------------------------------------------------------------------

    def has_job(self, instance_id: int, key: int, attempt: int) -> bool:
        """Whether the job is there and this attempt is the last one that was claimed."""
        return bool(self.session.read(jobs.HAS, instance_id, key, attempt))

    def deliver(
        self,
        found: Sequence[Delivery],
        *,
        due_at: int | None = None,
        locked_by: str | None = None,
        locked_until: int | None = None,
    ) -> list[int]:
        """Keep deliveries; gives their keys. With ``locked_by`` that worker has them until a time."""
        due = self.now if due_at is None else due_at
        return deliveries.deliver(self.session, found, due, (locked_by, locked_until))

    def take_delivery(self, instance_id: int, key: int) -> bytes | None:
        """Take a delivery (or schedule) away and give its args; None if somebody carried it out before.

        The instance, if there is one, has to be loaded and thereby locked.
        """
        return deliveries.take(self.session, instance_id, key)

    def put_off(self, instance_id: int, key: int, put_off: jobs.PutOff) -> bool:
        """Let a delivery or schedule, which no state holds, be due later; False if it is gone."""
        found = (put_off.due_at, put_off.failures, put_off.error, put_off.repeat)
        return bool(self.session.run(jobs.PUT_OFF, *found, instance_id, key))

    # -- messages and signals -------------------------------------------------------------------------

    def put_message(self, message: Message) -> int | None:
        """Keep a message; gives its number, or None if its message id was accepted before."""
        return messages.put(self.session, message, self.now)

    def correlate(
        self,
        places: Iterable[tuple[str, str]],
        locks: Mapping[int, messages.DeliveryLock] = messages.NO_LOCKS,
    ) -> list[tuple[int, Delivery]]:
        """Bring messages and subscriptions of each (name, correlation key) together, last of all.

        Gives the deliveries made, with their keys; ``locks`` says who has those to an instance until when.
        """
        return messages.correlate(self.session, places, self.now, locks)

    def take_message(self, number: int) -> bytes | None:
        """The encoded values of a message whose delivery is carried out; None if it is gone."""
        return messages.take(self.session, number, self.now)

    def free_message(self, number: int) -> tuple[str, str] | None:
        """Let a message wait again because its receiver is gone; gives the place to ``correlate``."""
        return messages.free(self.session, number)

    def throw_signal(self, signal: SignalArgs, part: Slice | None = None) -> Slice | None:
        """Deliver a signal to all who wait at this moment, 1,000 at a time.

        Gives what a later call has to go on with (then as ``part``), or None when all have it.
        """
        return deliveries.throw_signal(self.session, signal, self.now, part)

    # -- deployments and replies ----------------------------------------------------------------------

    def deploy(self, file: NewFile) -> Deployed:
        """Give the processes of a file new versions, unless the same file is current.

        Messages that wait for them start them.
        """
        deployed = deploying.deploy(self.session, file, self.now)
        self.correlate(messages.starting(self.session, self.now))
        return deployed

    def activate(self, definition_id: int, new: NewDefinition) -> None:
        """Let new instances of a process run a version that it has; messages that wait for it start it."""
        deploying.activate(self.session, definition_id, new)
        self.correlate(messages.starting(self.session, self.now))

    def claim_keys(self, places: Iterable[Place]) -> dict[Place, StoredReply]:
        """Have the idempotency keys of all requests, before anything else; gives replies that were given before."""
        return idempotency.claim(self.session, places)

    def answer_keys(self, replies: Mapping[Place, StoredReply]) -> None:
        """Keep the replies of requests whose keys were claimed."""
        idempotency.answer(self.session, replies, self.now)
