"""``records.add``, ``records.change``, ``records.delete``: at once when there are few records, else a slice at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from stepwell import feel
from stepwell.engine import data_step
from stepwell.engine.commands import Command, CompleteRecords, GoOnWithRecords
from stepwell.engine.data_step import Asked
from stepwell.engine.mapping import over
from stepwell.engine.record_work import ADD, CHANGE, SELECTED, Records
from stepwell.engine.rows import Job
from stepwell.errors import Conflict
from stepwell.records.stored import moment
from stepwell.records.values import reference
from stepwell.services.inline.asking import expect_right, filter_of
from stepwell.services.records import deleting, slices, writing
from stepwell.services.records.presenting import feel_values
from stepwell.services.records.slices import Slice
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.store.records import rows

HasRoom = Callable[[int], bool]


class NoRoomError(Exception):
    """The transaction has changed so many records that these are better left to another one."""


class Touching:
    """One data step that adds, changes or deletes, for the part of it that this transaction does."""

    def __init__(self, work: Work, job: Job, records: Records, has_room: HasRoom) -> None:
        self.work = work
        self.job = job
        self.asked: Asked = data_step.asked_of(job)
        self.records = records
        self.has_room = has_room

    def carry_out(self) -> Command:
        """Do this part; raises ``Rejection`` when it can not be done, ``NoRoomError`` when it is for later."""
        asked = self.asked
        verb = self.job.type.rpartition(".")[2]
        expect_right(self.work, asked.record_type, verb)
        if verb == "add" and not asked.source:
            [row] = writing.add(self.work, asked.record_type, [self.values()])
            return self.done(1, reference(asked.record_type, row["id"]))
        if asked.phase == "look":
            return self.look()
        ids, rest = self.choose()
        if not asked.phase:
            if rest is not None:
                return self.begin(rest)
            self.expect_few(len(ids))
        if not self.has_room(len(ids)):
            raise NoRoomError
        count = self.touch(ids) if ids else 0
        if rest is None:
            return self.done(count, asked.count + count)
        return self.go_on(count, replace(asked, after=rest.after, count=asked.count + count))

    def choose(self) -> tuple[Sequence[int], Slice | None]:
        """The records of this part, locked, and what is left."""
        asked = self.asked
        if asked.phase == "these":
            found = asked.ids, asked.at
            return slices.still_meeting(self.work, asked.selected_type, filter_of(asked), found), None
        part = Slice(asked.after, asked.highest, asked.at) if asked.phase else None
        return slices.chosen(self.work, asked.selected_type, filter_of(asked), part)

    def begin(self, rest: Slice) -> Command:
        """There are many: they are counted first if that matters, otherwise touched slice by slice."""
        asked = self.asked
        phase = "touch" if self.limit() is None else "look"
        begun = replace(asked, phase=phase, after=rest.after, highest=rest.highest, at=rest.at)
        return self.go_on(0, begun)

    def look(self) -> Command:
        """Count a window of the records; nothing is touched before all are counted."""
        asked = self.asked
        part = Slice(asked.after, asked.highest, asked.at)
        found, rest = slices.counted(self.work, asked.selected_type, filter_of(asked), part)
        count = asked.count + len(found)
        self.expect_few(count)
        ids = (*asked.ids, *found) if count <= self.work.most else ()
        if rest is not None:
            return self.go_on(0, replace(asked, after=rest.after, count=count, ids=ids))
        phase = "these" if count <= self.work.most else "touch"
        return self.go_on(0, replace(asked, phase=phase, after=0, count=0, ids=ids))

    def limit(self) -> int | None:
        """Above so many records nothing is touched."""
        limits = [self.asked.at_most, self.work.most if self.asked.all_or_nothing else None]
        return min((limit for limit in limits if limit is not None), default=None)

    def expect_few(self, count: int) -> None:
        limit = self.limit()
        if limit is not None and count > limit:
            message = (
                f"Expected at most {limit} records of '{self.asked.selected_type}' to meet the filter of"
                f" {self.job.element}, but there are {count} or more; nothing was touched."
            )
            raise Conflict("records.too-many", message)

    def touch(self, ids: Sequence[int]) -> int:
        """Do it to these records; gives how many were touched, with those that go along."""
        name = self.asked.record_type
        if self.job.type == ADD:
            return len(writing.add(self.work, name, list(self.values_of_each(ids).values())))
        if self.job.type == CHANGE:
            values = self.values_of_each(ids)
            writing.save(self.work, name, [Given(values[id], id) for id in ids])
            return len(ids)
        return deleting.delete(self.work, name, [Given({}, id) for id in ids])

    def values(self) -> Mapping[str, Any]:
        """What was worked out when the step was entered."""
        return _context(self.asked.values)

    def values_of_each(self, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        """The values for each record of the selection; raises ``FeelError``."""
        if not self.records.is_of_each:
            return dict.fromkeys(ids, self.values())
        table = self.work.table(self.asked.selected_type)
        found = rows.fetch(self.work.session, table, ids, self.work.known.names)
        given = _context(self.asked.given)
        return {id: self.values_for(feel_values(table, found[id]), given) for id in ids}

    def values_for(self, selected: dict[str, object], given: Mapping[str, Any]) -> dict[str, object]:
        lookup = over({SELECTED: selected}, lambda name: given.get(name, feel.MISSING))
        now = moment(self.work.now)
        return {
            item.field: None if item.value is None else item.value.value(lookup, now)
            for item in self.records.values
        }

    def done(self, count: int, result: object) -> Command:
        return CompleteRecords(self.job.key, count, result, depth=self.asked.depth)

    def go_on(self, count: int, asked: Asked) -> Command:
        return GoOnWithRecords(self.job.key, count, data_step.pack(asked), depth=self.asked.depth)


def _context(packed: bytes) -> dict[str, Any]:
    found = feel.decode(packed) if packed else {}
    assert isinstance(found, dict)
    return found
