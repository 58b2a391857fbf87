"""Records as calls that wait for their answer, for programs and for the command line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from stepwell.identity import STEPWELL, Actor
from stepwell.identity.policies.record import RecordRight
from stepwell.services.records import exporting, reading, record_types, requests, searching
from stepwell.services.records.importing import Imported
from stepwell.services.records.presenting import Record
from stepwell.services.records.reading import Counted, HistoryPage, ListAsked, Measure, Measured, RecordPage
from stepwell.services.records.record_types import Change, Put, Rights
from stepwell.services.records.searching import Hits
from stepwell.services.records.type_views import RecordTypeView
from stepwell.services.records.verbs import Deleted
from stepwell.services.requests import Done, Request
from stepwell.store import Store

Answer = TypeVar("Answer")


class Records:
    """The records of an installation, for Stepwell itself or ``by`` somebody. Ids are public: ``contact/17``."""

    def __init__(self, store: Store, submit: Callable[[Request], Done], actor: Actor = STEPWELL) -> None:
        self.store = store
        self.submit = submit
        self.actor = actor

    def by(self, actor: Actor) -> "Records":
        """The same as a person sees them."""
        return Records(self.store, self.submit, actor)

    # -- types ----------------------------------------------------------------------------------------

    def types(self) -> tuple[RecordTypeView, ...]:
        """The record types that one may see, by name."""
        return record_types.page(self.store, self.actor)

    def get_type(self, name: str) -> RecordTypeView:
        """One record type."""
        return record_types.load(self.store, self.actor, name)

    def put_type(self, definition: Mapping[str, Any], *, with_data: bool = False) -> Put:
        """Make a record type, or let the one of that name be as it is said now."""
        return record_types.put(self.store, definition, Change(actor=self.actor, with_data=with_data))

    def remove_type(self, name: str, *, with_data: bool = False) -> Put:
        """Remove a record type."""
        return record_types.remove(self.store, name, Change(actor=self.actor, with_data=with_data))

    def put_rights(
        self, name: str, rights: Sequence[RecordRight], seen: Sequence[RecordRight] | None = None
    ) -> Rights:
        """Give roles these rights for the records of a type, and no others; ``Conflict`` when somebody gave others since
        those that were ``seen``.
        """
        change = Change(actor=self.actor, seen=None if seen is None else tuple(seen))
        return record_types.put_rights(self.store, name, rights, change)

    # -- records --------------------------------------------------------------------------------------

    def page(self, type: str, **asked: Any) -> RecordPage:
        """Records of a type: ``filter, sort, columns, search, limit, after``."""
        return reading.page(self.store, self.actor, ListAsked(type=type, **asked))

    def get(self, id: str) -> Record:
        """One record."""
        return reading.load(self.store, self.actor, *_place(id))

    def count(self, type: str, **asked: Any) -> Counted:
        """How many records there are."""
        return reading.count(self.store, self.actor, ListAsked(type=type, **asked))

    def measure(self, type: str, what: Measure, field: str, **asked: Any) -> Measured:
        """The sum, average, least or greatest of a field."""
        return reading.measure(self.store, self.actor, ListAsked(type=type, **asked), what, field)

    def history(self, id: str, *, after: int | None = None, limit: int = 50) -> HistoryPage:
        """What happened to a record, the newest first."""
        return reading.history_page(self.store, self.actor, _place(id), after, limit)

    def search(self, text: str) -> Hits:
        """Records of all types in whose texts all the words stand."""
        return searching.search(self.store, self.actor, text)

    def add(self, type: str, values: Mapping[str, Any], *, idempotency_key: str = "") -> Record:
        """Add a record."""
        return self._answer(requests.add(self.actor, type, values, idempotency_key=idempotency_key), Record)

    def change(
        self, id: str, values: Mapping[str, Any], revision: int | None = None, *, cancel_step: bool = False
    ) -> Record:
        """Give a record new values; ``Conflict`` when somebody saved since ``revision``. ``cancel_step``: the step that
        waits for an activity ends when that is cancelled.
        """
        request = requests.change(self.actor, _place(id), values, revision, cancel_step=cancel_step)
        return self._answer(request, Record)

    def delete(self, id: str, revision: int | None = None) -> int:
        """Delete a record; gives how many went, those that go along among it."""
        return self._answer(requests.delete(self.actor, _place(id), revision), Deleted).deleted

    # -- files ----------------------------------------------------------------------------------------

    def import_csv(self, type: str, text: str, key: str = "", *, is_trial: bool = False) -> Imported:
        """Add and change the records of a CSV file, all of it or nothing."""
        return self._answer(requests.import_csv(self.actor, type, text, key, is_trial=is_trial), Imported)

    def export_csv(self, type: str, **asked: Any) -> Iterator[str]:
        """Records as a CSV file, a piece at a time."""
        return exporting.export_csv(self.store, self.actor, ListAsked(type=type, **asked))

    def _answer(self, request: Request, kind: type[Answer]) -> Answer:
        return msgspec.json.decode(self.submit(request).answer, type=kind)


def _place(id: str) -> tuple[str, str]:
    type, _, number = id.partition("/")
    return type, number
