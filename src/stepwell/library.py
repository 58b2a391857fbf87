"""Stepwell without HTTP: any Python program can embed it.

with stepwell.open("sqlite:///orders.db") as engine:
    engine.deploy("order.bpmn")
    started = engine.start("order", {"amount": 120})
    engine.complete(started.user_tasks[0].id, {"approved": True}, actor="ada")
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from stepwell import config
from stepwell.config import Settings
from stepwell.connectors.files import Files
from stepwell.engine.record_work import READ
from stepwell.engine.run import Settings as Limits
from stepwell.errors import Problem
from stepwell.identity import STEPWELL, Actor, in_the_name_of
from stepwell.services import (
    definitions,
    details,
    health,
    histories,
    inboxes,
    incidents,
    instances,
    messages,
    signals,
    user_tasks,
)
from stepwell.services import given as checked
from stepwell.services.catalogue import Catalogue
from stepwell.services.definitions import DefinitionPage, Deployment
from stepwell.services.details import InstanceDetails
from stepwell.services.directory import DAY, Directory
from stepwell.services.drivers import LoopDriver, ThreadDriver
from stepwell.services.inline import reading
from stepwell.services.inline.budget import Limits as InlineLimits
from stepwell.services.keeping import Keeping
from stepwell.services.live import Live
from stepwell.services.pages import showing
from stepwell.services.pages.showing import StepPage
from stepwell.services.progress import Progress, progress, with_repairers
from stepwell.services.requests import Done, Request
from stepwell.services.run import Corridor
from stepwell.store import Store, open_store

if TYPE_CHECKING:
    from stepwell.services.applications.calls import FolderCalls
    from stepwell.services.records.calls import Records
    from stepwell.worker import Runner

Values = Mapping[str, Any]
Who = str | Actor
LANES = 2  # connections on PostgreSQL that the commands of threads share


def open(
    url: str = "",
    *,
    settings: Settings | None = None,
    clock: Callable[[], int] | None = None,
    upgrade: bool = True,
) -> "Engine":
    """Open a database and give what works on it; a new or older one gets its tables first.

    ``url`` is ``sqlite:///PATH``, ``sqlite://`` (in memory) or ``postgresql://…``; empty is that of the
    settings, which come from the environment unless given. ``clock`` gives microseconds since 1970 UTC in
    place of the database's time. With ``upgrade`` false the tables have to be there.

    Raises ``ConfigurationError`` when there can be no database at the URL, ``Unavailable`` when it does not
    answer.
    """
    url = "sqlite://" if url in {":memory:", "sqlite:///:memory:"} else url
    if url:
        config.expect_database(url)
    given = settings or config.load({"database_url": url} if url else {})
    opened = health.open_upgraded if upgrade else open_store
    store = opened(url or given.database_url, clock=clock)
    health.furnish(store)
    return Engine(store, given, clock)


class Engine(Keeping):
    """What the product does, as calls that wait for their answer; any thread may use it.

    Everything is on disk when a call returns. Jobs and timers are done by a server beside it, or by
    ``work``. ``actor`` is who does it: a name is what the history will say, and nobody is asked whether that
    person may; what ``actor(name)`` gives is judged by its roles and rights. Raises ``stepwell.Rejection``
    (``Forbidden``, ``NotFound``, ``Conflict``, ``Invalid``, ``Unavailable``).
    """

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], int] | None = None) -> None:
        self.store = store
        self.settings = settings
        self.clock = clock
        self.files = Files(settings.files_url, settings.max_attachment_bytes)
        self._woken: list[Callable[[], None]] = []
        self.is_embedded = not store.url.startswith("postgresql:")
        self.live = Live(store, clock)
        self.directory = Directory(store, round(settings.session_idle_days * DAY))
        self._driver = ThreadDriver(self._corridors(1 if self.is_embedded else LANES))
        self._loop_drivers: list[LoopDriver] = []
        self._own: tuple[LoopDriver, Runner] | None = None

    def _corridors(self, count: int) -> list[Corridor]:
        limits = (self.settings.transaction_budget, self.settings.max_repetitions)
        shelf = self.store
        found = [Corridor(shelf, Catalogue(shelf), Limits(*limits), self.wake) for _ in range(count)]
        for corridor in found:
            corridor.directory = self.directory
            corridor.limits = InlineLimits(records=self.settings.step_records)
            corridor.committed = self.live.committed
        return found

    def wake(self) -> None:
        """Tell those who do the work for machines that there may be some; from any thread."""
        for ring in self._woken:
            ring()

    def loop_driver(self) -> LoopDriver:
        """The way in for the tasks of an event loop; closed with the engine."""
        self._expect_open()
        lanes = 1 if self.is_embedded else 2
        self._loop_drivers.append(LoopDriver(self._corridors(lanes), inline=self.is_embedded))
        return self._loop_drivers[-1]

    def submit(self, request: Request) -> Done:
        """Carry out a request of ``stepwell.services``, together with those of other threads."""
        return self._driver.submit(request)

    def _tell(self, request: Request) -> Progress:
        return with_repairers(self.directory, progress(self.submit(request)))

    def actor(self, name: str) -> Actor:
        """A person with the roles and rights that count now; raises ``NotFound``."""
        self.directory.refresh()
        self.directory.person(name)
        return self.directory.actor(name)

    async def submit_aside(self, request: Request) -> Done:
        """The same from an event loop, in a thread: for what takes long."""
        return await asyncio.to_thread(self.submit, request)

    # -- definitions ----------------------------------------------------------------------------------

    def check(self, source: bytes | str | Path) -> tuple[Problem, ...]:
        """What is wrong with a BPMN file, and what its author should know; nothing is deployed."""
        return definitions.check(checked.contents(source), self.settings)

    def deploy(self, source: bytes | str | Path, *, name: str = "", actor: Who = "") -> Deployment:
        """Make a new version of each process of a BPMN file, unless the very same file is current.

        ``source`` is the file's path or its bytes. Raises ``Invalid`` with everything that is wrong.
        """
        name = name or ("" if isinstance(source, bytes) else Path(source).name)
        file = definitions.File(checked.contents(source), name, _who(actor))
        deployment = definitions.deploy(self.store, file, self.settings)
        self.wake()
        return deployment

    @property
    def applications(self) -> "FolderCalls":
        """Applications as folders: deploy one, write one back."""
        from stepwell.services.applications.calls import FolderCalls

        return FolderCalls(self.store, self.settings, self.wake)

    def definitions(
        self,
        process_id: str | None = None,
        *,
        limit: int = 50,
        after: str | None = None,
        actor: Actor = STEPWELL,
    ) -> DefinitionPage:
        """The latest version of every process, or every version of one, the newest first."""
        asked = definitions.Filter(process_id=process_id, limit=limit, after=after)
        return definitions.page(self.store, asked, actor)

    # -- instances ------------------------------------------------------------------------------------

    def start(
        self,
        process_id: str,
        values: Values | None = None,
        *,
        actor: Who = "",
        business_key: str = "",
        version: int | None = None,
        idempotency_key: str = "",
    ) -> Progress:
        """Start a process and say where it waits. Repeated with the same idempotency key it is the same start."""
        number = None if version is None else definitions.number(self.store, process_id, version)
        request = instances.start(
            process_id, values, actor=_who(actor), business_key=business_key, definition_id=number,
            idempotency_key=idempotency_key,
        )  # fmt: skip
        return self._tell(request)

    def instance(self, id: str | int, *, actor: Actor = STEPWELL) -> InstanceDetails:
        """One instance: how it is, where it waits, what is stuck, what it called."""
        return details.load(self.directory, id, actor)

    def instances(self, *, actor: Actor = STEPWELL, **filters: Any) -> instances.InstancePage:
        """Instances, newest first: ``status, process_id, business_key, starter, limit, after``."""
        return instances.page(self.store, instances.Filter(**filters), actor)

    def history(self, id: str | int, *, actor: Actor = STEPWELL) -> tuple[histories.HistoryEntry, ...]:
        """Everything that happened to an instance, in order."""
        return histories.history(self.store, id, actor)

    def variables(self, id: str | int, scope: int = 0, *, actor: Actor = STEPWELL) -> dict[str, object]:
        """The variables of one scope, as FEEL values (numbers are int or Decimal)."""
        return instances.variables(self.store, id, scope, actor)

    def set_variables(
        self, id: str | int, values: Values, *, reason: str, actor: Who = "", scope: int = 0
    ) -> Progress:
        """Give variables new values, for a reason that the history keeps."""
        return self._tell(instances.set_variables(id, values, reason=reason, actor=_who(actor), scope=scope))

    def cancel(self, id: str | int, *, reason: str = "", actor: Who = "") -> Progress:
        """End an instance without going on anywhere."""
        return self._tell(instances.cancel(id, actor=_who(actor), reason=reason))

    # -- user tasks -----------------------------------------------------------------------------------

    def tasks(self, *, actor: Actor = STEPWELL, **filters: Any) -> user_tasks.TaskPage:
        """Open user tasks, newest first: ``assignee, role, candidate, process_id, instance, element, limit, after``."""
        return user_tasks.page(self.store, user_tasks.Filter(**filters), actor)

    def inbox(
        self, user: str, roles: tuple[str, ...] | list[str] = (), limit: int = 50, after: str | None = None
    ) -> inboxes.InboxPage:
        """What a person has to do or may take, newest first, without what starts later."""
        person = user_tasks.Person(user, tuple(roles))
        return inboxes.page(self.store, person, inboxes.Asked(limit=limit, after=after))

    def inbox_of(self, person: str, asked: inboxes.Asked = inboxes.ALL) -> inboxes.InboxPage:
        """What a person of this installation has to do or may take, sorted, searched, in groups; raises ``NotFound``."""
        actor = self.directory.person(person).actor
        return inboxes.page(self.store, inboxes.person_of(actor), asked, actor)

    def task(self, id: str, *, actor: Actor = STEPWELL) -> user_tasks.UserTask:
        """One open user task."""
        return user_tasks.load(self.store, id, actor)

    def claim(self, task_id: str, user: str, *, actor: Actor | None = None) -> Progress:
        """Take a task for ``user``; ``Conflict`` when somebody else was first."""
        return self._tell(user_tasks.claim(task_id, user, actor=actor))

    def release(self, task_id: str, *, actor: Who = "") -> Progress:
        """Give a task back to its candidates."""
        return self._tell(user_tasks.release(task_id, actor=_who(actor)))

    def open_page(self, task_id: str, *, actor: Who = "") -> StepPage:
        """The page of a task; it is worked out and stored when it is opened for the first time."""
        by = _who(actor)
        self.submit(user_tasks.open_page(task_id, actor=by))
        return showing.page(self.store, task_id, by)

    def complete(
        self,
        task_id: str,
        values: Values | None = None,
        *,
        button: str = "",
        actor: Who = "",
        idempotency_key: str = "",
    ) -> Progress:
        """The task is done, with the values of its page and the button that was pressed; says where the instance waits
        next. The values of a plain task, which has no page, go into the process.
        """
        filled = user_tasks.Filled(values or {}, button) if button else values
        request = user_tasks.complete(task_id, filled, actor=_who(actor), idempotency_key=idempotency_key)
        return self._tell(request)

    def reassign(
        self, task_id: str, to: user_tasks.Receiver, *, comment: str = "", actor: Who = ""
    ) -> Progress:
        """Hand a task on to somebody, or to candidates."""
        return self._tell(user_tasks.reassign(task_id, to, comment=comment, actor=_who(actor)))

    def postpone(self, task_id: str, later: user_tasks.Later, *, actor: Who = "") -> Progress:
        """Do a task later."""
        return self._tell(user_tasks.postpone(task_id, later, actor=_who(actor)))

    def cancel_task(self, task_id: str, *, reason: str = "", actor: Who = "") -> Progress:
        """End a step without going on behind it."""
        return self._tell(user_tasks.cancel(task_id, reason=reason, actor=_who(actor)))

    # -- messages, signals, incidents -----------------------------------------------------------------

    def publish(
        self, name: str, *, key: str = "", values: Values | None = None, message_id: str = "", seconds: float = 3600
    ) -> None:  # fmt: skip
        """Publish a message for the receiver with this name and correlation key; it waits ``seconds`` for one."""
        self.submit(messages.publish(name, key, values, message_id=message_id, seconds=seconds))

    def signal(self, name: str, values: Values | None = None) -> None:
        """Throw a signal to everybody who waits for it now."""
        self.submit(signals.throw(name, values))

    def incidents(self, *, actor: Actor = STEPWELL, **filters: Any) -> incidents.IncidentPage:
        """What is stuck, newest first: ``process_id, instance, element, code, limit, after``."""
        return incidents.page(self.directory, incidents.Filter(**filters), actor)

    def retry(
        self, incident_id: str, values: Values | None = None, *, actor: Who = "", reason: str = ""
    ) -> Progress:
        """Let a stuck element try again; ``values`` replace what is wrong in the result that it gave."""
        return self._tell(incidents.retry(incident_id, values, actor=_who(actor), reason=reason))

    @property
    def records(self) -> "Records":
        """Record types and records, for Stepwell itself; ``records.by(actor)`` as somebody sees them."""
        from stepwell.services.records.calls import Records

        return Records(self.store, self.submit)

    # -- work for machines ----------------------------------------------------------------------------

    def runner(self, driver: LoopDriver) -> "Runner":
        """What does jobs, timers and deliveries on an event loop, woken by whatever this engine commits."""
        import structlog

        from stepwell import connectors, worker

        if not structlog.is_configured():  # whoever embeds the engine has its standard output for itself
            structlog.configure(
                wrapper_class=structlog.make_filtering_bound_logger("warning"),
                logger_factory=structlog.PrintLoggerFactory(sys.stderr),
            )

        transport = worker.StoreTransport(self.store, inline=self.is_embedded)
        self._woken.append(transport.announce)
        runner = worker.Runner(transport, driver.submit, connectors.registry(), self.settings)
        runner.beside = {READ: partial(reading.beside, self.store, self.directory.actor)}
        runner.post = worker.Post(self.directory, self.settings, self.clock)
        for corridor in driver.corridors:
            corridor.worker = runner.name
        return runner

    def work(self, *, until_idle: bool = True, seconds: float | None = None) -> None:
        """Do what is due: jobs, timers, deliveries, schedules; not inside an event loop. Until nothing is due any more;
        with ``until_idle`` false, or for what comes later, for ``seconds``.
        With a clock of its own, due is what is due at the clock's time.
        """
        self._expect_open()
        asyncio.run(self._work(until_idle=until_idle, seconds=seconds))

    async def _work(self, *, until_idle: bool, seconds: float | None) -> None:
        if self._own is None:
            self._own = (made := self.loop_driver()), self.runner(made)
        driver, runner = self._own
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                if until_idle:
                    while await runner.step():
                        await runner.settled()
                else:
                    await runner.run()
        await runner.settled()
        await driver.at_rest()

    # -- the end --------------------------------------------------------------------------------------

    def close(self) -> None:
        """Give back every connection and thread; later calls raise ``Conflict``. Closing again changes nothing."""
        for driver in self._loop_drivers:
            driver.close()
        self.live.close()
        self.store.close()

    def _expect_open(self) -> None:
        """Refuse to set up threads for a database that is closed."""
        with self.store.reading():
            pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _who(actor: Who) -> Actor:
    """A name alone is Stepwell on that person's behalf."""
    return in_the_name_of(checked.text(actor, "actor")) if isinstance(actor, str) else actor
