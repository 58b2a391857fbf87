"""Keeping a deployed file and the new versions of the processes in it."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from stepwell.engine.rows import Job
from stepwell.store import statements
from stepwell.store.jobs import SCHEDULE
from stepwell.store.session import Session
from stepwell.store.writes import INSERT_JOB

_SAME = (
    "select d.id, d.process_id, d.version, d.deployment_id, d.name from deployment f"
    " join definition d on d.deployment_id = f.id where f.sha256 = ? and d.active = 1 and d.version ="
    f" {statements.NEWEST} order by d.id"
)
_DEPLOYMENT = "insert into deployment (id, name, at, actor, xml, sha256) values (?, ?, ?, ?, ?, ?)"
_VERSION = "select coalesce(max(version), 0) + 1 from definition where process_id = ?"
_DEFINITION = (
    "insert into definition (id, process_id, version, deployment_id, name, active, description)"
    " values (?, ?, ?, ?, ?, 1, ?)"
)
_OLDER = "(select id from definition where process_id = ?)"
_FORGET_STARTS = f"delete from start_subscription where definition_id in {_OLDER}"
_FORGET_SCHEDULES = (
    f"delete from job where instance_id = 0 and type = '{SCHEDULE}' and element_key in {_OLDER}"
)
_PAGE = "insert into deployment_page (deployment_id, name, content) values (?, ?, ?)"
_DEACTIVATE = (
    "update definition set active = 0 where active = 1 and process_id = ? and version ="
    " (select max(n.version) from definition n where n.process_id = definition.process_id and n.active >= 0)"
)
_SET_ASIDE = (
    "update definition set active = -1 where process_id = ?"
    " and version > (select o.version from definition o where o.id = ?)"
)
_ACTIVATE = "update definition set active = 1 where id = ?"
_ROLE = "insert into definition_role (definition_id, kind, role) values (?, ?, ?)"
_OFFER = "insert into definition_record_type (definition_id, record_type, parameter) values (?, ?, ?)"
_START = "insert into start_subscription (kind, name, definition_id, element, args) values (?, ?, ?, ?, ?)"


class Start(Struct, frozen=True):
    """A start event that waits: ``kind`` is message, signal or record, ``name`` what it waits for.

    ``args`` says which changes of records count (``stepwell.engine.record_signal``).
    """

    element: str
    kind: str
    name: str
    args: bytes = b""


class Schedule(Struct, frozen=True):
    """A start event with a timer: when it is due first, and what its cycle remembers."""

    element: str
    due_at: int
    repeat: str = ""


class NewDefinition(Struct, frozen=True):
    """A process of a file that is deployed; ``run_by`` and ``seen_by`` are the roles that it names, ``run_from`` the
    record types on which it is offered, each with the parameter that gets the record.
    """

    process_id: str
    name: str
    starts: Sequence[Start] = ()
    schedules: Sequence[Schedule] = ()
    run_by: Sequence[str] = ()
    seen_by: Sequence[str] = ()
    run_from: Sequence[tuple[str, str]] = ()
    description: str = ""


class Definition(Struct, frozen=True):
    """One version of a process."""

    id: int
    process_id: str
    version: int
    deployment_id: int
    name: str


class NewFile(Struct, frozen=True):
    """A file to be deployed, and who does it. ``pages`` are the schemas that its steps name: they stay with it."""

    name: str
    xml: bytes
    actor: str
    definitions: Sequence[NewDefinition]
    pages: Mapping[str, bytes] = {}


class Deployed(Struct, frozen=True):
    """The versions that a file has; ``is_new`` is false when the same file was current already."""

    definitions: Sequence[Definition]
    is_new: bool


def plan(session: Session, file: NewFile) -> Deployed:
    """What ``deploy`` would do now; a version that is not there yet has no id (0)."""
    same = _current(session, file, _digest(file))
    if same:
        return Deployed(same, is_new=False)
    new = [
        Definition(0, one.process_id, session.read(_VERSION, one.process_id)[0][0], 0, one.name)
        for one in file.definitions
    ]
    return Deployed(new, is_new=True)


def deploy(session: Session, file: NewFile, now: int) -> Deployed:
    """Give every process of the file a new version, unless the very same file is current."""
    session.lock_name("deploy")
    sha256 = _digest(file)
    same = _current(session, file, sha256)
    if same:
        return Deployed(same, is_new=False)
    number = session.numbers("deployment_id", 1)[0]
    session.run(_DEPLOYMENT, number, file.name, now, file.actor, zlib.compress(file.xml), sha256)
    for name, content in sorted(file.pages.items()):
        session.run(_PAGE, number, name, zlib.compress(content))
    made = [_define(session, new, number) for new in file.definitions]
    session.run(statements.RAISE_EPOCH)
    return Deployed(made, is_new=True)


def _current(session: Session, file: NewFile, sha256: bytes) -> list[Definition]:
    """The versions of the very same file, if they are those that new instances run; else none."""
    wanted = {new.process_id for new in file.definitions}
    same = [Definition(*row) for row in session.read(_SAME, sha256)]
    return same if {found.process_id for found in same} == wanted else []


def _digest(file: NewFile) -> bytes:
    """What tells a file from another one: its bytes, and the pages that its steps name."""
    digest = hashlib.sha256(file.xml)
    for name, content in sorted(file.pages.items()):
        digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return digest.digest()


def deactivate(session: Session, process_id: str) -> bool:
    """Let no new instance of a process begin, until it is deployed again; whether it was active."""
    session.lock_name("deploy")
    if not session.run(_DEACTIVATE, process_id):
        return False
    session.run(_FORGET_STARTS, process_id)
    session.run(_FORGET_SCHEDULES, process_id)
    session.run(statements.RAISE_EPOCH)
    return True


def activate(session: Session, definition_id: int, new: NewDefinition) -> None:
    """Let new instances of a process run a version that it has; newer ones are set aside, and what starts the process
    is what ``new`` says of this version.
    """
    session.lock_name("deploy")
    session.run(_FORGET_STARTS, new.process_id)
    session.run(_FORGET_SCHEDULES, new.process_id)
    session.run(_SET_ASIDE, new.process_id, definition_id)
    session.run(_ACTIVATE, definition_id)
    _await_starts(session, definition_id, new)
    session.run(statements.RAISE_EPOCH)


def _await_starts(session: Session, definition_id: int, new: NewDefinition) -> None:
    for start in new.starts:
        session.run(_START, start.kind, start.name, definition_id, start.element, start.args)
    _schedule(session, definition_id, new.schedules)


def _define(session: Session, new: NewDefinition, deployment_id: int) -> Definition:
    version = session.read(_VERSION, new.process_id)[0][0]
    session.run(_FORGET_STARTS, new.process_id)
    session.run(_FORGET_SCHEDULES, new.process_id)
    number = session.numbers("definition_id", 1)[0]
    session.run(_DEFINITION, number, new.process_id, version, deployment_id, new.name, new.description)
    for kind, roles in (("run", new.run_by), ("see", new.seen_by)):
        for role in dict.fromkeys(roles):
            session.run(_ROLE, number, kind, role)
    for record_type, parameter in new.run_from:
        session.run(_OFFER, number, record_type, parameter)
    _await_starts(session, number, new)
    return Definition(number, new.process_id, version, deployment_id, new.name)


def _schedule(session: Session, definition_id: int, schedules: Sequence[Schedule]) -> None:
    """Timer start events are jobs of no instance; ``element_key`` is the definition's id."""
    if not schedules:
        return
    keys = session.numbers("delivery_key", len(schedules))
    jobs = [
        Job(-key, definition_id, one.element, SCHEDULE, one.due_at, repeat=one.repeat)
        for key, one in zip(keys, schedules, strict=True)
    ]
    session.write([(INSERT_JOB, [(0, *msgspec.structs.astuple(job), None, None, 0) for job in jobs])])
