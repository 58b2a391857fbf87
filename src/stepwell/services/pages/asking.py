"""What the check of a page asks about records, people and files, with the rights of who fills it in."""

from collections.abc import Collection, Iterable

from stepwell.errors import Invalid, NotFound
from stepwell.records.values import parse_reference
from stepwell.services.directory import Directory
from stepwell.services.records.reading import ListAsked, scope
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import attachments, queries

Id = str | int


class Choices:
    """The port ``stepwell.forms.Records``. ``owner`` is the step that files are attached to; what the page began with
    (``begun``) may stay.
    """

    def __init__(self, viewer: Viewer, directory: Directory, owner: str, begun: Collection[Id] = ()) -> None:
        self.viewer = viewer
        self.directory = directory
        self.owner = owner
        self.begun = begun

    def missing(self, record_type: str, condition: object, ids: Collection[Id]) -> Collection[Id]:
        if record_type in PEOPLE:
            return [id for id in ids if not PEOPLE[record_type](self, str(id))]
        try:
            table = self.viewer.table(record_type)
            if table.type.kind == "lookup":
                found = self._codes(record_type, condition, ids)
            else:
                found = self._records(record_type, condition, ids)
        except (NotFound, Invalid):
            return ids
        return [id for id in ids if id not in found]

    def _codes(self, record_type: str, condition: object, ids: Collection[Id]) -> set[Id]:
        return {
            str(row["code"]) for row in self._rows(record_type, condition, "code", [str(id) for id in ids])
        }

    def _records(self, record_type: str, condition: object, ids: Collection[Id]) -> set[Id]:
        numbers = {id: number_of(record_type, id) for id in ids}
        wanted = sorted({number for number in numbers.values() if number})
        found = {row["id"] for row in self._rows(record_type, condition, "id", wanted)}
        return {id for id, number in numbers.items() if number in found}

    def _rows(
        self, record_type: str, condition: object, field: str, values: Collection[Id]
    ) -> Iterable[dict[str, object]]:
        among = {"field": field, "op": "in", "value": list(values)}
        filter = among if condition is None else {"all": [condition, among]}
        asked = ListAsked(type=record_type, filter=filter)
        wanted = queries.Asked(limit=len(values))
        return queries.page(
            self.viewer.session, scope(self.viewer, asked), wanted, self.viewer.known.names
        ).rows

    def missing_files(self, ids: Collection[Id]) -> Collection[Id]:
        mine = {found.id for found in attachments.of(self.viewer.session, self.owner)}
        return [id for id in ids if id not in mine and id not in self.begun]

    def is_person(self, name: str) -> bool:
        """While nobody at all is known, names are taken as they are."""
        session = self.viewer.session
        found = self.directory.find(name, session)
        return self.directory.is_empty(session) if found is None else found.user.is_active

    def is_role(self, name: str) -> bool:
        return name in self.directory.tree(self.viewer.session).roles


PEOPLE = {"User": Choices.is_person, "Role": Choices.is_role}
"""What is no record type but can be chosen as one."""


def number_of(record_type: str, id: Id) -> int:
    """The number of a record by what a page calls it: ``17``, ``"17"`` or ``contact/17``; 0 for anything else."""
    text = str(id)
    if "/" in text:
        parsed = parse_reference(text)
        return parsed[1] if parsed and parsed[0] == record_type else 0
    is_number = text.isascii() and text.isdigit() and len(text) <= 18
    return int(text) if is_number else 0
