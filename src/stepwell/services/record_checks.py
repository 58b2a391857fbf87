"""What a process says about records, held against the record types of the installation when it is deployed."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from stepwell.engine.definition import Element, ProcessDefinition, Text
from stepwell.engine.event_step import EventStep
from stepwell.engine.record_signal import RecordSignalDefinition
from stepwell.engine.record_work import ADD, MEASURES, READ, Records, RecordSignal
from stepwell.engine.steps.service_task import ServiceTask
from stepwell.engine.steps.user_task import UserTask
from stepwell.engine.work import ActivityStep, ActivitySwitch, Approval, RecordPage, Work
from stepwell.errors import Invalid, Problem
from stepwell.records import filters
from stepwell.records.asking import Asking
from stepwell.records.binding import LATER, check, resolve
from stepwell.records.filling import fill_changed, fill_new
from stepwell.records.naming import nearest, shown
from stepwell.records.shipped import CATEGORIES, NAMES
from stepwell.records.types import MOMENTS, NUMBERS, RecordType, Types
from stepwell.store import roles
from stepwell.store.records import rows
from stepwell.store.records.catalogue import Known
from stepwell.store.session import Session


class There(Struct, frozen=True):
    """What of an installation processes may name: its record types, the categories of activities that can be chosen,
    its roles.
    """

    types: Types
    categories: Collection[str]
    roles: Collection[str] = ()


def there(session: Session, known: Known) -> There:
    """What an installation has."""
    names = [role.name for role in roles.everything(session)]
    return There(known.types, rows.choices(session, known.tables[CATEGORIES], "label"), names)


def problems(definition: ProcessDefinition, there: There, now: datetime) -> Iterator[Problem]:
    """Record types, fields, categories and roles that there are not, and constants that do not fit.

    Where no record type was made yet, what names one is worth a warning only, and so is a role: it may be made later.
    """
    for element in definition.elements.values():
        step = element.step
        if isinstance(step, ServiceTask) and step.records is not None:
            yield from _Check(element, there, now).step(step.type, step.records)
        elif isinstance(step, UserTask):
            yield from _Check(element, there, now).work(step.work)
            yield from _Check(element, there, now).offered(step.roles)
        elif isinstance(step, EventStep):
            for found in step.definitions:
                if isinstance(found, RecordSignalDefinition):
                    yield from _Check(element, there, now).signal(found.signal)


class _Check:
    """One element, and what it may name."""

    def __init__(self, element: Element, there: There, now: datetime) -> None:
        self.element = element
        self.types = there.types
        self.categories = there.categories
        self.roles = there.roles
        self.asking = Asking(now)

    def step(self, type: str, records: Records) -> Iterator[Problem]:
        target = self.types.get(records.record_type)
        selected = self.types.get(records.selected_type)
        names = dict.fromkeys((records.record_type, records.selected_type))
        yield from (self.unknown(name) for name in names if name not in self.types)
        if selected is not None:
            yield from self.filter(selected, records.filter)
        if target is not None and type == READ:
            yield from self.read(target, records)
        elif target is not None:
            yield from self.values(target, records, is_new=type == ADD)

    def work(self, work: Work) -> Iterator[Problem]:
        kind = work.kind
        if isinstance(kind, RecordPage):
            yield from self.page(kind)
        elif isinstance(kind, Approval) and kind.record_type not in self.types:
            yield self.unknown(kind.record_type)
        for part in (kind, work.activity):
            if isinstance(part, ActivityStep | ActivitySwitch):
                yield from self.category(part.category)

    def category(self, written: Text | None) -> Iterator[Problem]:
        """One that is worked out later is an incident then, if there is no such category."""
        if written is None or written.expression is not None or written.source in ("", *self.categories):
            return
        message = f"Expected a category of activities on {self.element.id} but found {shown(written.source)}."
        hint = nearest(written.source, self.categories) or f"Add it to the lookup {CATEGORIES}."
        yield self.at(Problem("activity.category", message, field="category", hint=hint))

    def offered(self, written: Text | None) -> Iterator[Problem]:
        """Roles that are named; those that are worked out are an incident if there is nobody in them then."""
        if written is None or written.expression is not None or not self.roles:
            return
        for name in (part.strip() for part in written.source.split(",")):
            if name and name not in self.roles:
                message = f"Expected a role on {self.element.id} but there is none called {shown(name)}."
                hint = nearest(name, self.roles) or "Make it before the process runs."
                yield self.at(Problem("role.unknown", message, field="roles", hint=hint, warning=True))

    def page(self, page: RecordPage) -> Iterator[Problem]:
        found = self.types.get(page.record_type)
        if found is None:
            yield self.unknown(page.record_type)
            return
        yield from self.filter(found, page.filter)
        for name in (one.field for one in page.defaults):
            if found.field(name) is None:
                yield self.no_field(found, name)
        field = found.field(page.outcome_field) if page.outcome_field else None
        if page.outcome_field and (field is None or field.type != "lookup"):
            message = f"Expected outcomeField to name a lookup of '{found.name}' but found {shown(page.outcome_field)}."
            lookups = [one.name for one in found.all_fields if one.type == "lookup"]
            hint = nearest(page.outcome_field, lookups)
            yield self.at(Problem("record-page.outcome", message, field=page.outcome_field[:60], hint=hint))

    def signal(self, signal: RecordSignal) -> Iterator[Problem]:
        found = self.types.get(signal.record_type)
        if found is None:
            yield self.unknown(signal.record_type)
            return
        yield from self.filter(found, signal.filter)
        for name in signal.fields:
            if found.field(name) is None:
                yield self.no_field(found, name)

    def filter(self, record_type: RecordType, written: dict[str, Any] | None) -> Iterable[Problem]:
        if written is None:
            return ()
        try:
            found = filters.read(_with_later(written))
        except Invalid as refused:
            return [self.at(problem) for problem in refused.problems]
        return [self.at(problem) for problem in check(found, record_type, self.types, self.asking)]

    def read(self, record_type: RecordType, records: Records) -> Iterator[Problem]:
        for name in records.sort:
            found = resolve(name.removeprefix("-"), record_type, self.types)
            if isinstance(found, Problem):
                yield self.at(found)
        if records.mode in MEASURES and records.field:
            can = NUMBERS if records.mode in ("sum", "average") else NUMBERS | MOMENTS | {"time"}
            field = record_type.field(records.field)
            if field is None:
                yield self.no_field(record_type, records.field)
            elif field.kind not in can:
                message = f"Expected a field that has a {records.mode} but {records.field} is {field.kind}."
                yield self.at(Problem("measure.unfit", message, field=records.field))

    def values(self, record_type: RecordType, records: Records, *, is_new: bool) -> Iterator[Problem]:
        """Constants as they will be; of expressions only whether there is such a field."""
        constants = {
            item.field: item.value.source if item.value else None
            for item in records.values
            if item.value is None or item.value.expression is None
        }
        later = {item.field for item in records.values} - constants.keys()
        fill = fill_new if is_new else fill_changed
        for problem in fill(record_type, {**dict.fromkeys(later), **constants}, self.asking).problems:
            if problem.field not in later or problem.rule in ("field.unknown", "field.read-only"):
                yield self.at(problem)

    def unknown(self, name: str) -> Problem:
        message = (
            f"Expected a record type of this installation on {self.element.id} but there is no {shown(name)}."
        )
        hint = nearest(name, self.types) or "Make it, or name one that is there: stepwell record-types."
        return self.at(
            Problem("record-type.unknown", message, hint=hint, warning=not self.types.keys() - NAMES)
        )

    def no_field(self, record_type: RecordType, name: str) -> Problem:
        message = f"Expected a field of '{record_type.name}' but found {shown(name)}."
        hint = nearest(name, [field.name for field in record_type.all_fields])
        return self.at(Problem("field.unknown", message, field=name[:60], hint=hint))

    def at(self, problem: Problem) -> Problem:
        """The problem with the place where its author finds it."""
        found = problem
        return Problem(
            found.rule,
            found.message,
            self.element.id,
            found.field,
            self.element.line,
            hint=found.hint,
            warning=found.warning,
        )


def _with_later(written: dict[str, Any]) -> dict[str, Any]:
    """A filter as data, whose expressions stand for values that fit."""
    for kind in ("all", "any"):
        if kind in written:
            return {kind: [_with_later(item) for item in written[kind]]}
    if isinstance(written.get("value"), Text):
        return {**written, "value": LATER}
    return written
