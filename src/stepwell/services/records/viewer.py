"""Records as one person sees them: what they may see, and the time and zone in which they ask."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from stepwell.errors import NotFound, Rejection
from stepwell.identity import Actor
from stepwell.identity.policies.record import Access, Extent, is_allowed, record_access
from stepwell.records.asking import Asking
from stepwell.records.naming import nearest, shown
from stepwell.records.types import RecordType, Types
from stepwell.services.moments import moment
from stepwell.store import Store, lookups
from stepwell.store.records.catalogue import Known
from stepwell.store.records.seeing import Own, own
from stepwell.store.records.table import Row, Table
from stepwell.store.session import Session

Answer = TypeVar("Answer")


class Viewer:
    """One person, one session, and what is known of record types."""

    def __init__(self, session: Session, known: Known, actor: Actor, now: int) -> None:
        self.session = session
        self.known = known
        self.actor = actor
        self.now = now
        self._access: dict[str, Access] = {}

    @cached_property
    def asking(self) -> Asking:
        return Asking(moment(self.now), zone_of(self.actor.time_zone), self.actor.name, self.actor.roles)

    def access(self, name: str) -> Access:
        """What the person may do with records of a type."""
        found = self._access.get(name)
        if found is None:
            is_lookup = self.known.types[name].kind == "lookup"
            found = record_access(self.actor, self.known.rights.get(name, ()), is_lookup=is_lookup)
            self._access[name] = found
        return found

    @cached_property
    def visible(self) -> Types:
        """The types of which the person may see anything."""
        return {name: found for name, found in self.known.types.items() if self.access(name).see != "none"}

    @cached_property
    def seeing(self) -> dict[str, Own]:
        """The types of which the person sees only their own records."""
        return {
            name: own(found, self.actor.name, self.actor.roles)
            for name, found in self.visible.items()
            if self.access(name).see == "own"
        }

    def type(self, name: str) -> RecordType:
        """A type that the person may see; raises ``NotFound``."""
        found = self.visible.get(name)
        if found is None:
            message = f"Expected a record type, but there is no {shown(name)}."
            hint = nearest(name, self.visible)
            raise NotFound("record-type.unknown", f"{message} {hint}".strip())
        return found

    def table(self, name: str) -> Table:
        """The table of a type that the person may see; raises ``NotFound``."""
        return self.known.tables[self.type(name).name]

    def is_own(self, record_type: RecordType, row: Row) -> bool:
        """Whether the record is the person's own."""
        owner = row.get(record_type.owner) if record_type.owner else None
        role = row.get(record_type.owner_role) if record_type.owner_role else None
        is_theirs = self.actor.name in {row["created_by"], owner} or role in self.actor.roles
        return bool(self.actor.name) and is_theirs

    def may(self, extent: Extent, record_type: RecordType, row: Row) -> bool:
        """Whether so much reaches this record."""
        return is_allowed(extent, is_own=self.is_own(record_type, row))

    def sees(self, record_type: RecordType, row: Row) -> bool:
        return self.may(self.access(record_type.name).see, record_type, row)


def ask(store: Store, actor: Actor, question: Callable[[Viewer], Answer]) -> Answer:
    """The answer to a question about records.

    When a record type was changed in the middle of it, the question is asked once more.
    """
    with store.reading() as session:
        epoch = lookups.epoch(session)
        try:
            return question(Viewer(session, store.records.known(session, epoch), actor, session.now()))
        except Rejection:
            raise
        except Exception:
            if lookups.epoch(session) == epoch:
                raise
    with store.reading() as session:
        return question(Viewer(session, store.records.known(session), actor, session.now()))


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):
        return ZoneInfo("UTC")
