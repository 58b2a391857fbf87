"""People, records and texts around an instance, as one transaction sees them: what the core asks by its port."""

from collections.abc import Iterator

from stepwell.engine.surroundings import ActivityPlan, Assignment, Offered, RecordFound, RecordPlace
from stepwell.forms.describe import RecordForm
from stepwell.identity import Actor
from stepwell.identity.policies.record import Access, narrower
from stepwell.records.types import RecordType
from stepwell.services.activities import step_work
from stepwell.services.directory import Directory
from stepwell.services.pages.record_form import form_of, new_form_of
from stepwell.services.records.presenting import feel_values, title_of
from stepwell.services.records.viewer import Viewer
from stepwell.store import applications
from stepwell.store.records import rows
from stepwell.store.records.table import Row, Table
from stepwell.store.transaction import Transaction

MEMBER = "*"
"""Stands for some member of a role; nobody is called so."""


class Around:
    """The port ``stepwell.engine.surroundings.Surroundings`` for one transaction."""

    __slots__ = ("directory", "tx")

    def __init__(self, tx: Transaction, directory: Directory) -> None:
        self.tx = tx
        self.directory = directory
        directory.learn(tx.epoch)

    # -- people ---------------------------------------------------------------------------------------

    def language(self, person: str) -> str:
        found = self.directory.find(person, self.tx.session) if person else None
        return found.user.language if found else ""

    def knows(self, person: str) -> bool:
        session = self.tx.session
        return (
            not person or self.directory.is_empty(session) or self.directory.find(person, session) is not None
        )

    def manager(self, person: str) -> str:
        found = self.directory.find(person, self.tx.session)
        return found.user.manager if found else ""

    def unfit(self, assignment: Assignment) -> str:
        """While nobody at all is known, names are taken as they are."""
        if self.directory.is_empty(self.tx.session):
            return ""
        if assignment.assignee:
            return self._unfit_person(assignment.assignee)
        hindrances = [self._unfit_person(name) for name in assignment.users]
        hindrances += [self._unfit_role(role) for role in assignment.roles]
        return "" if "" in hindrances else " and ".join(hindrances)

    def _unfit_person(self, name: str) -> str:
        found = self.directory.find(name, self.tx.session)
        if found is None:
            return f"there is no person '{name}'"
        return "" if found.user.is_active else f"person '{name}' is disabled"

    def _unfit_role(self, role: str) -> str:
        if role not in self.directory.tree(self.tx.session).roles:
            return f"there is no role '{role}'"
        return "" if self.directory.has_members(role, self.tx.session) else f"role '{role}' has no members"

    # -- records --------------------------------------------------------------------------------------

    def form(self, record_type: str, *, is_new: bool = False) -> RecordForm | None:
        found = self.tx.known_records.types.get(record_type)
        if found is None:
            return None
        return new_form_of(found) if is_new else form_of(found)

    def record(self, place: RecordPlace) -> RecordFound | None:
        found = self._row(place)
        if found is None:
            return None
        table, row = found
        return RecordFound(title_of(table.type, row), feel_values(table, row))

    def barred(self, assignment: Assignment, place: RecordPlace) -> str:
        """While nobody at all is known nobody's rights are either."""
        found = self.tx.known_records.types.get(place.type)
        if found is None:
            return f"there is no record type '{place.type}'"
        held = self._row(place) if place.number else None
        if place.number and held is None:
            return f"there is no record {place.reference}"
        if self.directory.is_empty(self.tx.session) or not any(assignment):
            return ""
        hindrances = [self._barred(who, found, held and held[1]) for who in self._actors(assignment)]
        return "" if "" in hindrances else " and ".join(hindrances)

    def _row(self, place: RecordPlace) -> tuple[Table, Row] | None:
        known = self.tx.known_records
        table = known.tables.get(place.type)
        row = (
            None
            if table is None
            else rows.fetch(self.tx.session, table, [place.number], known.names).get(place.number)
        )
        return None if table is None or row is None else (table, row)

    def _actors(self, assignment: Assignment) -> Iterator[tuple[str, Actor]]:
        """Whose rights count, with how a sentence names them; a role stands for a member that has no other."""
        people = [assignment.assignee] if assignment.assignee else assignment.users
        for name in people:
            yield f"person '{name}'", self.directory.actor(name, self.tx.session)
        if not assignment.assignee:
            tree = self.directory.tree(self.tx.session)
            for role in assignment.roles:
                effective = tree.effective((role,))
                yield f"a member of role '{role}'", Actor(MEMBER, effective, tree.rights(effective))

    def _barred(self, who: tuple[str, Actor], record_type: RecordType, row: Row | None) -> str:
        name, actor = who
        viewer = Viewer(self.tx.session, self.tx.known_records, actor, self.tx.now)
        access = viewer.access(record_type.name)
        if row is None:
            return "" if access.add else f"{name} may not add a record '{record_type.name}'"
        right = self._missing_right(viewer, access, record_type, row)
        return f"{name} may not {right} {record_type.name}/{row['id']}" if right else ""

    def _missing_right(self, viewer: Viewer, access: Access, record_type: RecordType, row: Row) -> str:
        """The first right to the record that is missing; for a role its member may own it."""
        for right, extent in (("see", access.see), ("change", narrower(access.see, access.change))):
            is_members = (
                extent == "own"
                and viewer.actor.name == MEMBER
                and self._is_of_member(viewer, record_type, row)
            )
            if not is_members and not viewer.may(extent, record_type, row):
                return right
        return ""

    def _is_of_member(self, viewer: Viewer, record_type: RecordType, row: Row) -> bool:
        owners = {row["created_by"], row.get(record_type.owner) if record_type.owner else None}
        actors = [self.directory.actor(name, self.tx.session) for name in owners if name]
        role = row.get(record_type.owner_role) if record_type.owner_role else None
        return role in viewer.actor.roles or any(viewer.actor.roles <= actor.roles for actor in actors)

    def plan_activity(self, values: dict[str, object], offered: Offered) -> ActivityPlan:
        return step_work.plan(self.tx, values, offered)

    def labels(self, lookup: str, codes: tuple[str, ...]) -> dict[str, str]:
        found = rows.labels(self.tx.session, self.tx.known_records.tables[lookup], codes)
        return {str(code): label for code, label in found.items()}

    # -- texts ----------------------------------------------------------------------------------------

    def mail_template(self, name: str) -> str | None:
        """The name is that of the file, with or without its end."""
        for path in (f"mail/{name}", f"mail/{name}.md"):
            found = applications.content(self.tx.session, path)
            if found is not None:
                return found.decode("utf-8", "replace")
        return None
