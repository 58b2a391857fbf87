"""One transaction in the making: the states it works on, and what leaves them for elsewhere."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from stepwell import feel
from stepwell.engine import deliveries as d
from stepwell.engine import events as e
from stepwell.engine.commands import Command, StartInstance
from stepwell.engine.data_step import is_data_step
from stepwell.engine.decide import decide
from stepwell.engine.event import Event
from stepwell.engine.record_events import JobWentOn
from stepwell.engine.record_signal import unpack
from stepwell.engine.rows import Job, ProcessInstance, Subscription
from stepwell.engine.run import Run, Settings
from stepwell.engine.state import State
from stepwell.engine.user_task_events import ActivityWritten
from stepwell.errors import NotFound, Rejection
from stepwell.records.changes import Change
from stepwell.services import captions
from stepwell.services.activities import step_work
from stepwell.services.catalogue import Catalogue, UncompiledError
from stepwell.services.directory import Directory
from stepwell.services.inline.budget import Budget, Limits, Pace
from stepwell.services.inline.going_on import go_on
from stepwell.services.requests import Done, Outcome, Request
from stepwell.services.telling import NOTEWORTHY, Noteworthy, Telling
from stepwell.services.trail import Trail
from stepwell.store import lookups, notifications
from stepwell.store.deliveries import Delivery, SignalArgs, Slice
from stepwell.store.history import HistoryRow
from stepwell.store.idempotency import Place, StoredReply
from stepwell.store.loading import Target
from stepwell.store.messages import Message
from stepwell.store.notifications import Notification
from stepwell.store.records.watchers import Watcher
from stepwell.store.saving import Lock, Save, TaskChange
from stepwell.store.transaction import Transaction

HEARD = NOTEWORTHY | {e.JobCreated, e.Subscribed, e.JobPutOff, JobWentOn}
"""What happens within an instance, but concerns more than its own rows."""
LOCKED_FOR = 60_000_000  # microseconds that what somebody waits for is kept from other servers at first
PUBLISHED_FOR = 3_600_000_000  # microseconds a message thrown by a process waits for a receiver


class BusyError(Exception):
    """Another server holds the instance right now: try with the next batch."""


class SpoiledError(Exception):
    """A command was decided but what it sends on failed: the batch must not be saved."""


class Batch:
    """Loaded states by instance, their new history, and what the transaction has to send on at its end."""

    directory: Directory

    def __init__(
        self, tx: Transaction, catalogue: Catalogue, settings: Settings, ids: Sequence[int] = ()
    ) -> None:
        self.tx = tx
        self.budget = Budget(Limits())
        self.pace = Pace()
        self.worker = ""
        self.catalogue = catalogue
        self.settings = settings
        self.spoilers = (SpoiledError, UncompiledError, tx.session.errors)  # they leave nothing to be saved
        self.uncompiled: set[int] = set()
        self.states: dict[int, State] = {}
        self.busy: set[int] = set()
        self.histories: dict[int, list[HistoryRow]] = {}
        self.deliveries: list[Delivery] = []
        self.signals: list[tuple[SignalArgs, Slice | None]] = []
        self.pairs: set[tuple[str, str]] = set()
        self.changes: list[Change] = []
        self.tasks: list[TaskChange] = []  # what became of user tasks, once it is saved
        self.noteworthy: list[Noteworthy] = []
        self.notices: list[Notification] = []  # what people are told, once it is saved
        self.settled: list[Notification] = []  # what they need not read any more
        self.reached: list[tuple[Watcher, Change]] = []  # by changes of this batch while they waited
        self.watching: dict[str, list[Watcher]] = {}  # who began to wait for records in this batch, by type
        self.outcomes: list[Outcome] = []  # of the requests, in their order
        self.made_work = False
        self.trail: Trail | None = None  # of the request that is being decided, if somebody waits for it
        self.trails: list[Trail] = []
        self.spent = 0  # activations of the request that is being decided, called children included
        self.ids = list(ids)  # for new instances, drawn for this batch
        self.free_ids = self.ids[::-1]
        self.replies: dict[Place, StoredReply] = {}  # to requests with a key, given before or now
        self.answered: dict[Place, StoredReply] = {}

    def reserve(self, count: int) -> None:
        """Have ids for new instances at hand: asking for each one alone costs more than its start."""
        drawn = self.tx.new_instance_ids(count - len(self.free_ids))
        self.ids += drawn
        self.free_ids = drawn[::-1] + self.free_ids

    def new_instance_id(self) -> int:
        """An id for a new instance."""
        if not self.free_ids:
            self.reserve(1)
        return self.free_ids.pop()

    def claim_keys(self, places: Sequence[Place]) -> None:
        """Have the idempotency keys of the requests; comes before any other lock."""
        self.replies = self.tx.claim_keys(places)

    def expect_compiled(self) -> None:
        """Raises ``UncompiledError`` when a request had to be left undecided for lack of a definition."""
        if self.uncompiled:
            raise UncompiledError(self.uncompiled, () if self.tx.session.gives_back else self.ids)

    def answer(self, place: Place, reply: StoredReply) -> None:
        """Remember what came of a request with a key."""
        self.replies[place] = self.answered[place] = reply

    def load(self, targets: Sequence[Target]) -> None:
        if targets:
            loaded = self.tx.load(targets)
            self.states.update(loaded.states)
            self.busy |= loaded.busy

    def state(self, instance_id: int) -> State:
        """The state of a loaded instance; raises ``NotFound``."""
        found = self.states.get(instance_id)
        if found is None and instance_id in self.busy:
            raise BusyError
        if found is None:
            raise NotFound("instance.unknown", f"Expected instance {instance_id} to exist, but it does not.")
        return found

    def decide(self, instance_id: int, command: Command) -> Done:
        """Decide a command on a loaded instance, and follow up what leaves it."""
        state = self.state(instance_id)
        return self.carry_out(state, state.instance.definition_id, command)

    def start(self, command: StartInstance) -> Done:
        """Start a new instance."""
        caption = self.catalogue.definition(command.definition_id).caption
        command = replace(command, called=captions.called(self.tx, caption, command.values))
        state = State()
        done = self.carry_out(state, command.definition_id, command)
        self.states[command.instance_id] = state
        return done

    def carry_out(self, state: State, definition_id: int, command: Command) -> Done:
        definition = self.catalogue.definition(definition_id)
        run = decide(definition, state, command, self.tx.now, self.settings, self.spent)
        self.spent = run.activations
        row = state.instance
        events = run.events
        if events:
            name = type(command).__name__
            history = HistoryRow(row.revision, self.tx.now, command.actor, name, command.reason, events)
            self.histories.setdefault(row.id, []).append(history)
            try:
                inline = self.follow_all(state, run, 0)
                if inline:
                    go_on(self, state, run, inline)
                    self.spent = run.activations
            except self.spoilers:
                raise
            except Exception as error:
                raise SpoiledError from error
        return Done(row.id, row.revision, events, self.tx.now)

    def follow_all(self, state: State, run: Run, seen: int) -> list[Job]:
        """Follow up the events behind those that were ``seen`` before; gives the jobs that can be done inline."""
        inline: list[Job] = []
        events = run.events[seen:] if seen else run.events
        if self.trail is not None:
            self.trail.note(state.instance.id, events)
        for event in events:
            if event.leaves:
                self.follow(state, event, run)
            elif type(event) in HEARD:
                self.hear(state, event, inline)
        return inline

    def hear(self, state: State, event: Event, inline: list[Job]) -> None:
        """See to what others than the instance have to know of."""
        if type(event) is e.JobCreated:
            if is_data_step(event.job):
                inline.append(event.job)
            else:
                self.made_work = True
        elif type(event) is e.Subscribed:
            self.follow_subscription(state, event.subscription)
        elif type(event) in NOTEWORTHY:
            self.noteworthy.append((state.instance.id, event))
        else:
            self.made_work = True

    def follow_subscription(self, state: State, row: Subscription) -> None:
        """Find the message that was there before, or let changes of records reach it from now on."""
        if row.kind == "message":
            self.pairs.add((row.name, row.correlation_key))
        elif row.kind == "record":
            watcher = Watcher(state.instance.id, row.key, row.element, row.correlation_key, unpack(row.args))
            self.watching.setdefault(row.name, []).append(watcher)

    def change(self, changes: Iterable[Change], depth: int = 0) -> None:
        """Records were changed by something of this batch; who waits for them gets to know when it is saved."""
        for change in changes:
            found = replace(change, depth=depth) if depth else change
            self.changes.append(found)
            self.reached += [
                (one, found) for one in self.watching.get(found.type, ()) if one.is_reached(found)
            ]

    def follow(self, state: State, event: Event, run: Run) -> None:
        """See to what leaves an instance."""
        row, depth = state.instance, run.depth
        if isinstance(event, ActivityWritten):
            self.change(step_work.write(self.tx, row, event, run).changes, depth)
        elif isinstance(event, e.ProcessCalled):
            self.call(row, event, depth)
        elif isinstance(event, e.CallerInformed):
            assert row.calling_instance is not None and row.calling_key is not None
            self.return_to(row.calling_instance, returned(row.calling_key, event, depth + 1))
        elif isinstance(event, e.CallEnded):
            self.deliver(0, d.CancelCalled(depth + 1, row.id, event.key))
        elif isinstance(event, e.MessageThrown):
            self.publish(event.name, event.correlation_key, event.values.map, depth + 1)
        elif isinstance(event, e.SignalThrown):
            self.throw(event.name, event.values.map, depth + 1, (row.id, event.reached))

    def call(self, caller: ProcessInstance, event: e.ProcessCalled, depth: int) -> None:
        """A called child is new, so nobody can hold it: it starts here and now, for whoever started its caller."""
        child = StartInstance(
            self.new_instance_id(),
            self.catalogue.number(event.process_id),
            event.values.map,
            calling_instance=caller.id,
            calling_key=event.key,
            actor=caller.starter,
            depth=depth + 1,
            foreground=self.trail is not None,
        )
        try:
            self.start(child)
        except Rejection as error:
            found = "; ".join(problem.message for problem in getattr(error, "problems", ())) or error.message
            self.return_to(caller.id, d.CallFailed(depth + 1, event.key, "", found))

    def begin(self, request: Request) -> None:
        """From now on everything is because of this request."""
        self.spent = 0
        self.trail = Trail(request.awaited_by) if request.foreground else None
        if self.trail is not None:
            self.trails.append(self.trail)

    def return_to(self, instance_id: int, delivery: d.Delivery) -> None:
        """Tell a caller how its call went; who waits for the call waits for that, too."""
        if self.trail is None:
            self.deliver(instance_id, delivery)
        else:
            self.trail.returns.append((instance_id, delivery))

    def deliver(self, instance_id: int, delivery: d.Delivery) -> None:
        self.deliveries.append(Delivery(instance_id, "command", d.encode(delivery)))

    def publish(self, name: str, key: str, values: dict[str, object], depth: int) -> None:
        """Put a message out; who gets it is found at the end of the transaction."""
        expires_at = self.tx.now + PUBLISHED_FOR
        self.tx.put_message(Message(name, key, feel.encode(values), expires_at, depth=depth))
        self.pairs.add((name, key))

    def throw(
        self, name: str, values: dict[str, object], depth: int, reached: tuple[int, int] = (0, 0)
    ) -> None:
        """Throw a signal; it reaches those who wait when everything else of the batch is written."""
        self.signals.append((SignalArgs(name, feel.encode(values), depth, reached), None))

    def events(self, instance_id: int, revision: int) -> Sequence[Event]:
        """What the command did that made this revision, be it one of this batch or an earlier one."""
        for row in self.histories.get(instance_id, ()):
            if row.revision == revision:
                return row.events
        return lookups.events(self.tx.session, instance_id, revision)

    def called(self, instance_id: int, key: int) -> int | None:
        """The instance that call activity ``key`` of an instance started."""
        return lookups.called_instance(self.tx.session, instance_id, key)

    def seers(self, state: State) -> Sequence[str]:
        """The roles that may see an instance that is new."""
        if self.histories[state.instance.id][0].revision != 1:
            return ()
        return self.catalogue.definition(state.instance.definition_id).seen_by

    def save(self) -> None:
        """Write everything: rows, history, signals, deliveries; last, find receivers for messages."""
        awaited: dict[int, set[int]] = {}
        for trail in self.trails:
            for id, keys in trail.living(self.states).items():
                awaited.setdefault(id, set()).update(keys)
        changed = [
            Save(state, self.histories[id], self.lock(awaited.get(id)), self.seers(state))
            for id, state in self.states.items()
            if id in self.histories
        ]
        if changed:
            self.tasks = self.tx.save(changed)
            self.tell_people()
        if self.answered:
            self.tx.answer_keys(self.answered)
        for signal, part in self.signals:
            rest = self.tx.throw_signal(signal, part)
            if rest is not None:
                following = d.SignalRest(
                    signal.depth, signal.name, signal.values, rest.after, rest.before, signal.reached
                )
                self.deliver(0, following)
        if self.deliveries:
            self.tx.deliver(self.deliveries)
        for trail in self.trails:
            self.send_back(trail)
        if self.pairs:
            self.find_receivers()
        self.made_work = self.made_work or bool(self.signals or self.deliveries or self.pairs)

    def tell_people(self) -> None:
        """Keep what people are to be told of this batch, and what they need not read any more."""
        told = Telling(self.tx, self.catalogue, self.histories, self.states)
        new = [
            *told.of_tasks(self.tasks, self.awaited()),
            *(told.of_events(self.noteworthy) if self.noteworthy else ()),
        ]
        if new:
            self.notices += notifications.add(self.tx.session, new, self.tx.now)
        self.settled += told.settle()

    def awaited(self) -> dict[tuple[int, int], str]:
        """The new steps for which somebody waits, and who."""
        return {place: trail.person for trail in self.trails for place in trail.steps()}

    def lock(self, keys: set[int] | None) -> Lock | None:
        """What lets new jobs be born locked by this server."""
        return Lock(self.worker, self.tx.now + LOCKED_FOR, keys) if keys else None

    def find_receivers(self) -> None:
        """Bring messages and who waits for them together; somebody waits for those to instances of their own trail."""
        owners = {id: trail for trail in self.trails for id, _ in trail.events}
        until = self.tx.now + LOCKED_FOR
        for key, delivery in self.tx.correlate(
            sorted(self.pairs), dict.fromkeys(owners, (self.worker, until))
        ):
            if delivery.instance_id in owners:
                owners[delivery.instance_id].went_out([(key, delivery)])

    def send_back(self, trail: Trail) -> None:
        if trail.returns:
            found = [Delivery(place, "command", d.encode(delivery)) for place, delivery in trail.returns]
            until = self.tx.now + LOCKED_FOR
            keys = self.tx.deliver(found, locked_by=self.worker, locked_until=until)
            trail.went_out(zip(keys, found, strict=True))


def returned(key: int, event: e.CallerInformed, depth: int) -> d.Delivery:
    """How the end of a child comes back to its caller."""
    values = feel.encode(event.values.map)
    if event.error_code is None:
        return d.CallCompleted(depth, key, values)
    return d.CallFailed(depth, key, event.error_code, event.message, values)
