"""Carrying out what leads from one definition of a record type to the next.

First everything is looked at, and whatever is in the way is told at once with how many values it concerns;
only then is anything altered.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from stepwell.errors import Invalid, Problem
from stepwell.records import altering as plan
from stepwell.records.asking import Asking
from stepwell.records.converting import convert
from stepwell.records.filling import default_of
from stepwell.records.stored import Raw, from_raw, to_raw
from stepwell.records.types import Field, RecordType
from stepwell.records.values import UnfitError, to_plain
from stepwell.store.columns import Column, Layout
from stepwell.store.records import ddl, rows
from stepwell.store.records.table import Table, column, compared_column, folded_column, folded_value, quoted
from stepwell.store.session import Session
from stepwell.store.writes import Write

SLICE = 2000
EXAMPLES = 5
NEW = "new_"
Tables = Mapping[str, Table]
Refill = Callable[[Table, Sequence[Field]], None]


class Altering:
    """One change of a record type in a transaction: ``tables`` are all there are."""

    def __init__(self, session: Session, table: Table, tables: Tables, asking: Asking) -> None:
        self.session = session
        self.table = table
        self.tables = tables
        self.asking = asking

    def check(self, found: Sequence[plan.Alteration], *, with_data: bool) -> None:
        """Raise ``Invalid`` (``record-type.in-the-way``) with every value that is in the way."""
        ddl.lock(self.session, self.table)
        problems = [problem for one in found for problem in self._problems(one, with_data=with_data)]
        if problems:
            message = f"Expected '{self.table.type.name}' to be changed so, but records are in the way."
            raise Invalid("record-type.in-the-way", message, problems)

    def _problems(self, one: plan.Alteration, *, with_data: bool) -> Iterator[Problem]:
        if isinstance(one, plan.RemoveField) and not with_data:
            yield from self._held(one.field)
        elif isinstance(one, plan.AddField):
            yield from self._missing_default(one.field)
        elif isinstance(one, plan.ConvertField | plan.CheckField):
            yield from self._unfit(one.old, one.new)
        elif isinstance(one, plan.IndexField) and one.new.unique and not one.old.unique:
            yield from self._repeated(one.old)

    def _held(self, field: Field) -> Iterator[Problem]:
        count = self._count(field)
        if count:
            message = (
                f"Expected {field.name} to be empty before it is removed, but {count} records have a value."
            )
            yield Problem("field.holds-values", message, field=field.name, hint="Say with_data to lose them.")

    def _count(self, field: Field) -> int:
        if field.type == "links":
            statement = "select count(distinct record_id) from record_link where type_id = ? and field = ?"
            return int(self.session.read(statement, self.table.type.number, field.number)[0][0])
        where = f"{column(field)} <> 0" if field.kind == "yes_no" else f"{column(field)} is not null"
        return int(self.session.read(f"select count(*) from {self.table.name} where {where}")[0][0])

    def _missing_default(self, field: Field) -> Iterator[Problem]:
        if not field.required or default_of(field, self.asking) is not None:
            return
        count = self.session.read(f"select count(*) from {self.table.name}")[0][0]
        if count:
            message = (
                f"Expected a default for the required {field.name}: {count} records would have no value."
            )
            yield Problem("field.required", message, field=field.name)

    def _unfit(self, old: Field, new: Field) -> Iterator[Problem]:
        """Values that can not be kept, and, where a value is required now, those that are missing."""
        if old.type == "links":
            yield from self._other_links(old, new)
            return
        count, missing = 0, 0
        examples: list[str] = []
        for part in self._slices(old):
            bad = self._bad(old, new, part)
            missing += sum(raw is None for _, raw in bad)
            kept = [(id, raw) for id, raw in bad if raw is not None]
            count += len(kept)
            examples += [
                f"{to_plain(old, from_raw(old, raw))} ({id})" for id, raw in kept[: EXAMPLES - len(examples)]
            ]
        if count:
            message = f"Expected every value of {old.name} to fit, but {count} do not, such as {', '.join(examples)}."
            yield Problem("field.values-in-the-way", message, field=new.name)
        if missing:
            message = f"Expected a value for {new.name} in every record, but {missing} have none."
            yield Problem("field.required", message, field=new.name)

    def _bad(self, old: Field, new: Field, part: Sequence[tuple[int, Raw]]) -> list[tuple[int, Raw]]:
        bad = []
        for id, raw in part:
            try:
                value = convert(old, new, raw) if not _is_same_link(old, new) else raw
            except UnfitError:
                bad.append((id, raw))
                continue
            if value is None and new.required:
                bad.append((id, None))
        if new.type == "lookup" and (old.type, old.to) != (new.type, new.to):
            known = rows.keep_codes(
                self.session, self.tables[new.to], [str(raw) for _, raw in part if raw is not None]
            )
            bad += [item for item in part if item[1] is not None and str(item[1]) not in known]
        return bad

    def _other_links(self, old: Field, new: Field) -> Iterator[Problem]:
        if not new.to:
            return
        statement = "select count(*) from record_link where type_id = ? and field = ? and to_type <> ?"
        number = self.tables[new.to].type.number
        count = self.session.read(statement, self.table.type.number, old.number, number)[0][0]
        if count:
            message = f"Expected every link of {old.name} to lead to '{new.to}', but {count} lead elsewhere."
            yield Problem("field.values-in-the-way", message, field=new.name)

    def _repeated(self, field: Field) -> Iterator[Problem]:
        name = compared_column(field)
        groups = f"select {name} as value, count(*) as many from {self.table.name} where {name} is not null group by {name} having count(*) > 1"
        many = self.session.read(f"select count(*) from ({groups}) found")[0][0]
        if many:
            found = self.session.read(f"{groups} order by many desc, value limit {EXAMPLES}")
            examples = ", ".join(
                f"{to_plain(field, from_raw(field, value))} ({count} times)" for value, count in found
            )
            message = f"Expected no two records with the same {field.name}, but {many} values stand several times: {examples}."
            yield Problem("field.not-unique", message, field=field.name)

    def _slices(self, field: Field) -> Iterator[list[tuple[int, Raw]]]:
        last = 0
        while True:
            statement = f"select {self.table.mark} id, {column(field)} from {self.table.name} where id > ? order by id limit ?"
            part = [(row[0], row[1]) for row in self.session.read(statement, last, SLICE)]
            if not part:
                return
            yield part
            last = part[-1][0]

    def apply(self, found: Sequence[plan.Alteration], new: RecordType, refill: Refill) -> Table:
        """Alter the table; ``refill`` works out calculated fields of all records. Gives the new table."""
        table = Table(new)
        numbered = {field.name: field for field in new.all_fields}
        calculated = []
        for one in found:
            if isinstance(one, plan.AddField):
                self._add(numbered[one.field.name])
                calculated += [numbered[one.field.name]] if one.field.type == "calculated" else []
            elif isinstance(one, plan.RemoveField):
                self._remove(one.field)
            elif isinstance(one, plan.RenameField):
                self._rename(one.old, one.new)
            elif isinstance(one, plan.Recalculate):
                self._replace_empty(one.old, numbered[one.new.name])
                calculated.append(numbered[one.new.name])
            elif isinstance(one, plan.ConvertField):
                self._convert(one.old, numbered[one.new.name], table)
            elif isinstance(one, plan.IndexField):
                ddl.drop_index(self.session, table, numbered[one.new.name])
                ddl.add_index(self.session, table, numbered[one.new.name])
        if self.table.type.owner != new.owner and new.owner:
            ddl.drop_index(self.session, table, numbered[new.owner])
            ddl.add_index(self.session, table, numbered[new.owner])
        if calculated:
            refill(table, calculated)
        return table

    def _add(self, field: Field) -> None:
        ddl.add_columns(self.session, self.table, field)
        value = False if field.kind == "yes_no" and field.default is None else default_of(field, self.asking)
        if value is not None and (field.required or field.kind == "yes_no"):
            raw = to_raw(field, value)
            sets = {column(field): raw} | (
                {folded_column(field): folded_value(field, raw)} if field.is_folded else {}
            )
            names = ", ".join(f"{name} = ?" for name in sets)
            self.session.run(f"update {self.table.name} set {names}", *sets.values())
        ddl.add_index(self.session, self.table, field)

    def _remove(self, field: Field) -> None:
        ddl.drop_columns(self.session, self.table, field)
        if field.type == "links":
            statement = "delete from record_link where type_id = ? and field = ?"
            self.session.run(statement, self.table.type.number, field.number)

    def _rename(self, old: Field, new: Field) -> None:
        ddl.rename_columns(self.session, self.table, old, _named(old, new.name))

    def _replace_empty(self, old: Field, new: Field) -> None:
        before = _named(old, new.name)
        ddl.drop_columns(self.session, self.table, before)
        ddl.add_columns(self.session, self.table, new)
        ddl.add_index(self.session, self.table, new)

    def _convert(self, old: Field, new: Field, table: Table) -> None:
        """Fill new columns beside the old ones, and let them take their place."""
        if old.type == "links":
            return
        before = _named(old, new.name)
        ddl.add_columns(self.session, self.table, new, NEW)
        write = _write(self.table, new)
        for part in self._slices(before):
            made = [(id, _converted(old, new, raw)) for id, raw in part]
            self.session.write([(write, [_tuple(new, id, raw) for id, raw in made])])
        ddl.drop_columns(self.session, self.table, before)
        ddl.rename_columns(self.session, self.table, new, new, NEW)
        ddl.add_index(self.session, table, new)


def _named(field: Field, name: str) -> Field:
    from msgspec.structs import replace

    return replace(field, name=name)


def _is_same_link(old: Field, new: Field) -> bool:
    return old.type == new.type == "link" and old.to == new.to


def _converted(old: Field, new: Field, raw: Raw) -> Raw:
    return to_raw(new, convert(old, new, raw))


def _write(table: Table, field: Field) -> Write:
    kind: Any = "integer" if field.is_stored_as_number else "text"
    names = [Column(ddl.prefixed(NEW, column(field)), kind, True)]
    if field.is_folded:
        names.append(Column(ddl.prefixed(NEW, folded_column(field)), "text", True))
    layout = Layout(table.name, 1, (Column(quoted("id"), "integer"), *names))
    return Write("update", layout, tuple(range(1, len(layout.columns))))


def _tuple(field: Field, id: int, raw: Raw) -> tuple[Any, ...]:
    return (id, raw, folded_value(field, raw)) if field.is_folded else (id, raw)
