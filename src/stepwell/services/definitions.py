"""Process definitions: check a file, deploy it, and see what is deployed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from stepwell import bpmn, connectors
from stepwell.bpmn import StartTrigger
from stepwell.config import Settings
from stepwell.engine import record_signal
from stepwell.engine.definition import Element, ProcessDefinition
from stepwell.engine.event_definition import given_by_nobody
from stepwell.engine.mapping import as_text
from stepwell.engine.record_signal import RecordSignalDefinition, Watch
from stepwell.engine.record_work import TYPES
from stepwell.engine.run import Stuck
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.timing import moment as engine_moment
from stepwell.engine.work import DrawnPage
from stepwell.errors import Invalid, NotFound, Problem, how_many
from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies import process as policy
from stepwell.services import cursors, given, record_checks, schedules
from stepwell.services.allowing import allow
from stepwell.services.ids import instance_number, shown
from stepwell.services.instances import fetch
from stepwell.services.moments import moment
from stepwell.services.record_checks import There
from stepwell.store import Store, applications, deploying
from stepwell.store.deploying import Deployed, NewDefinition, NewFile, Schedule, Start
from stepwell.store.queries import definitions as queries
from stepwell.store.queries.definitions import DefinitionFilter, DefinitionView
from stepwell.store.transaction import Transaction

Pages = Mapping[str, bytes]
"""Page schemas by the names of their files in ``pages/``."""


class Definition(Struct, frozen=True):
    """One version of a process, and how it was deployed. ``run_by`` are the roles that may run it (none: everybody),
    ``seen_by`` those that see its instances; ``is_active``: it can be started, ``is_current``: new instances run it.
    """

    id: str
    process_id: str
    version: int
    name: str
    file: str
    deployed_at: datetime
    deployed_by: str
    description: str = ""
    run_by: tuple[str, ...] = ()
    seen_by: tuple[str, ...] = ()
    is_active: bool = True
    is_current: bool = True


class DefinitionPage(Struct, frozen=True):
    """Definitions, the newest first; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Definition, ...]
    after: str | None = None


class Filter(Struct, frozen=True, kw_only=True):
    """The latest version of each process, or every version of one; ``only_runnable``: what the actor may run."""

    process_id: str | None = None
    only_runnable: bool = False
    limit: int = 50
    after: str | None = None


class File(Struct, frozen=True):
    """A BPMN file that somebody deploys under a name."""

    data: bytes
    name: str = ""
    actor: Actor = STEPWELL


class DeployedProcess(Struct, frozen=True):
    """A process of a deployed file: its version, and the ``id`` of this version (empty: it is not deployed yet)."""

    id: str
    process_id: str
    version: int
    name: str


class Deployment(Struct, frozen=True):
    """What came of deploying: the processes with their versions; ``is_new`` is false if nothing had changed.

    ``problems`` are only warnings: with an error nothing is deployed.
    """

    processes: tuple[DeployedProcess, ...]
    is_new: bool
    problems: tuple[Problem, ...] = ()


def check(data: bytes, settings: Settings) -> tuple[Problem, ...]:
    """Everything that is wrong with a file, and what its author should know, in the order of lines."""
    return read(data, settings)[1]


def deploy(store: Store, file: File, settings: Settings) -> Deployment:
    """Make a new version of each executable process of a file, unless the very same file is current.

    Its start events for messages, signals and timers take the place of those of the version before; pages
    that its steps name are those that applications brought.
    Raises ``Invalid`` (``deployment.invalid``) with everything that is wrong.
    """
    found, pages, problems = _readable(store, file, settings)
    with store.transaction() as tx:
        return _deployment(put_in(tx, file, found, pages), problems)


def trial(store: Store, file: File, settings: Settings) -> Deployment:
    """What ``deploy`` would do, without doing it; raises the same."""
    found, pages, problems = _readable(store, file, settings)
    with store.reading() as session:
        return _deployment(deploying.plan(session, _new_file(file, found, pages, session.now())), problems)


def _readable(
    store: Store, file: File, settings: Settings
) -> tuple[tuple[ProcessDefinition, ...], Pages, tuple[Problem, ...]]:
    """What a file defines, the pages that there are, and warnings; raises ``Invalid`` for a file that can not run."""
    name = given.text(file.name, "name")
    allow(policy.may_design(file.actor), "process.forbidden", "Expected to be allowed to deploy processes")
    with store.reading() as session:
        pages, now = applications.pages(session), session.now()
        there = record_checks.there(session, store.records.known(session))
    found, problems = read(file.data, settings, pages)
    problems = _sorted([*problems, *problems_with_records(found, there, now)])
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        found_in = f"{how_many(errors)} in {name or 'the file'}"
        message = f"Expected a process that can run, but found {found_in}."
        raise Invalid("deployment.invalid", message, problems)
    return found, pages, problems


def _deployment(deployed: Deployed, problems: tuple[Problem, ...]) -> Deployment:
    processes = [
        DeployedProcess(str(row.id or ""), row.process_id, row.version, row.name)
        for row in deployed.definitions
    ]
    return Deployment(tuple(processes), deployed.is_new, problems)


def put_in(tx: Transaction, file: File, found: Sequence[ProcessDefinition], pages: Pages) -> Deployed:
    """Deploy a file inside the caller's transaction: ``found`` is what ``read`` gave, without an error."""
    return tx.deploy(_new_file(file, found, pages, tx.now))


def _new_file(file: File, found: Sequence[ProcessDefinition], pages: Pages, now: int) -> NewFile:
    new = [new_of(definition, now) for definition in found if definition.executable]
    return NewFile(file.name, file.data, file.actor.name, new, pages_of(found, pages))


def pages_of(found: Sequence[ProcessDefinition], pages: Pages) -> dict[str, bytes]:
    """Those of the pages that steps of these processes name."""
    elements = (element for definition in found for element in definition.elements.values())
    kinds = (element.step.work.kind for element in elements if isinstance(element.step, UserTask))
    names = {name for kind in kinds if isinstance(kind, DrawnPage) for name in (kind.ref, f"{kind.ref}.form")}
    return {name: content for name, content in pages.items() if name in names}


def read(
    data: bytes, settings: Settings, pages: Pages | None = None
) -> tuple[tuple[ProcessDefinition, ...], tuple[Problem, ...]]:
    """What a file defines (nothing if it has an error), and what is wrong with it, in the order of lines.

    Without ``pages`` a page that a step names is taken on trust.
    """
    reading = bpmn.read(data, max_bytes=settings.max_xml_bytes, pages=pages)
    problems = list(reading.problems)
    for definition in reading.definitions:
        if definition.executable:
            problems += [
                problem for element in definition.elements.values() for problem in _machine_work(element)
            ]
            problems += [
                problem for trigger in bpmn.start_triggers(definition) for problem in _start(trigger)
            ]
    return reading.definitions, _sorted(problems)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of lines, errors first."""
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.warning)))


def problems_with_records(found: Iterable[ProcessDefinition], there: There, now: int) -> list[Problem]:
    """What the record types and lookups of the installation have to say."""
    return [
        problem
        for definition in found
        if definition.executable
        for problem in record_checks.problems(definition, there, moment(now))
    ]


def _machine_work(element: Element) -> list[Problem]:
    """What is wrong with the connector that an element names and what it gives to it."""
    job_type = getattr(element.step, "type", "")
    if job_type in TYPES and getattr(element.step, "records", None) is not None:
        return []
    if not element.step.arguments or not isinstance(job_type, str) or not job_type:
        return []
    inputs = {
        item.name: None if item.text.expression is not None else item.text.source for item in element.inputs
    }
    found = connectors.check(connectors.registry(), element.id, job_type, inputs)
    return [
        Problem(one.rule, one.message, one.element or element.id, one.field, one.line or element.line, one.column, one.hint, one.warning)
        for one in found
    ]  # fmt: skip


def _timers(definition: ProcessDefinition) -> list[StartTrigger]:
    return [trigger for trigger in bpmn.start_triggers(definition) if trigger.kind == "timer"]


def _start(trigger: StartTrigger) -> list[Problem]:
    """What keeps a timer from having a time, or a message or signal from having a name."""
    try:
        if trigger.kind == "timer":
            schedules.first_due(trigger, 0)
        else:
            _name(trigger, 0)
    except Stuck as stuck:
        return [Problem(stuck.code, stuck.message, trigger.element)]
    return []


def new_of(definition: ProcessDefinition, now: int) -> NewDefinition:
    """What is kept of a definition when it is deployed at this time."""
    triggers = bpmn.start_triggers(definition)
    starts = [
        Start(trigger.element, trigger.kind, _name(trigger, now), _watched(trigger))
        for trigger in triggers
        if trigger.kind != "timer"
    ]
    due = [(trigger.element, schedules.first_due(trigger, now)) for trigger in _timers(definition)]
    timers = [
        Schedule(element, first.due_at, first.repeat) for element, first in due if first.due_at is not None
    ]
    offers = [(offer.record_type, offer.parameter) for offer in definition.run_from]
    return NewDefinition(
        definition.id, definition.name, starts, timers, definition.run_by, definition.seen_by, offers,
        definition.documentation,
    )  # fmt: skip


def _name(trigger: StartTrigger, now: int) -> str:
    """The name of the message, signal or record type; nothing is known when a process is deployed, so mostly a
    constant.
    """
    if isinstance(trigger.event, RecordSignalDefinition):
        return trigger.event.signal.record_type
    text = getattr(trigger.event, "name", None)
    return "" if text is None else as_text(text.value(given_by_nobody, engine_moment(now)))


def _watched(trigger: StartTrigger) -> bytes:
    """Which changes of records start the process; the filter is looked at when one comes."""
    if not isinstance(trigger.event, RecordSignalDefinition):
        return b""
    signal = trigger.event.signal
    return record_signal.pack(Watch(signal.on, signal.fields))


def page(store: Store, asked: Filter, actor: Actor = STEPWELL) -> DefinitionPage:
    """The latest version of each process, or every version of one, that the actor may see, the newest first."""
    place = cursors.decode(asked.after, 1)
    count = cursors.limit(asked.limit)
    wanted = DefinitionFilter(
        given.asked(asked.process_id, "process_id"), asked.process_id is None, asked.only_runnable,
        count + 1, place[0] if place else None,
    )  # fmt: skip
    with store.reading() as session:
        rows = queries.page(session, wanted, actor)
        roles = queries.roles(session, [row.id for row in rows])
    more = cursors.encode((rows[count - 1].id,)) if len(rows) > count else None
    return DefinitionPage(tuple(_view(row, roles.get(row.id, {})) for row in rows[:count]), more)


def load(store: Store, definition_id: str | int, actor: Actor = STEPWELL) -> Definition:
    """One version by its id; raises ``NotFound``, also when the actor may not see it."""
    with store.reading() as session:
        found = queries.fetch(session, _number(definition_id), actor)
        if found is None:
            raise _unknown(definition_id)
        return _view(found, queries.roles(session, [found.id]).get(found.id, {}))


def xml(store: Store, definition_id: str | int, actor: Actor = STEPWELL) -> bytes:
    """The file of a version as it was deployed; raises ``NotFound``, also when the actor may not see it."""
    with store.reading() as session:
        seen = queries.fetch(session, _number(definition_id), actor)
        found = queries.xml(session, seen.id) if seen else None
    if found is None:
        raise _unknown(definition_id)
    return found[1]


def diagram(store: Store, instance_id: str | int, actor: Actor = STEPWELL) -> bytes:
    """The file of the version that an instance runs, for whoever sees the instance; raises ``NotFound``."""
    with store.reading() as session:
        found = queries.xml(session, fetch(session, instance_id, actor).definition_id)
    assert found is not None
    return found[1]


def number(store: Store, process_id: str, version: int, actor: Actor = STEPWELL) -> int:
    """The number of a version of a process; raises ``NotFound``, also when the actor may not see it."""
    with store.reading() as session:
        found = queries.fetch_version(session, given.name(process_id, "process_id"), version)
        seen = queries.fetch(session, found.id, actor) if found else None
    if found is None or seen is None:
        message = f"Expected a deployed process '{process_id}' with version {version}, but there is none."
        raise NotFound("process.unknown", message)
    return found.id


def _number(definition_id: str | int) -> int:
    try:
        return instance_number(definition_id)
    except NotFound:
        raise _unknown(definition_id) from None


def _unknown(definition_id: str | int) -> NotFound:
    return NotFound(
        "definition.unknown", f"Expected a deployed definition {shown(definition_id)}, but there is none."
    )


def _view(row: DefinitionView, roles: Mapping[str, Sequence[str]]) -> Definition:
    return Definition(
        str(row.id), row.process_id, row.version, row.name, row.file, moment(row.at), row.actor, row.description,
        tuple(roles.get("run", ())), tuple(roles.get("see", ())), row.active, row.is_current,
    )  # fmt: skip
