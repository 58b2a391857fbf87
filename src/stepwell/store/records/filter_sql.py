"""A filter as SQL: joins along links, conditions, values. See ``stepwell.records.bound`` for what it means."""

from collections.abc import Mapping, Sequence
from typing import Any

from stepwell.records.bound import Bound, Either, Every, Hop, Not, Test
from stepwell.records.stored import fold
from stepwell.records.types import Field
from stepwell.records.values import parse_reference
from stepwell.store.records.rows import marks, padded
from stepwell.store.records.seeing import Own
from stepwell.store.records.table import Table, column, compared_column

FALSE, TRUE = "1 = 0", "1 = 1"
Tables = Mapping[str, Table]


class Select:
    """The tables that a query needs beside its own, under names of their own; values in the order of the text."""

    def __init__(
        self, session_name: str, table: Table, tables: Tables, seeing: Mapping[str, Own] | None = None
    ) -> None:
        self.table = table
        self.tables = tables
        self.seeing = seeing or {}
        self.find = "instr" if session_name == "sqlite" else "strpos"
        self.aliases: dict[tuple[Hop, ...], str] = {(): "t"}
        self.joins: list[str] = []
        self.join_values: list[Any] = []

    @property
    def source(self) -> str:
        """What stands behind ``from``."""
        return " ".join([f"{self.table.name} t", *self.joins])

    def alias(self, hops: tuple[Hop, ...]) -> str:
        """The name of the table behind links; a record that may not be seen is as if it were not there."""
        known = self.aliases.get(hops)
        if known is not None:
            return known
        before, hop = self.alias(hops[:-1]), hops[-1]
        name = self.aliases[hops] = f"j{len(self.aliases)}"
        table = self.tables[hop.to]
        key = "usr_code" if hop.field.type == "lookup" else "id"
        also = ""
        own = self.seeing.get(hop.to)
        if own is not None:
            also = f" and {own.condition(name)}"
            self.join_values += own.values
        self.joins.append(
            f"left join {table.name} {name} on {name}.{key} = {before}.{column(hop.field)}{also}"
        )
        return name

    def expression(self, hops: tuple[Hop, ...], field: Field) -> str:
        """The column in which a field is compared."""
        return f"{self.alias(hops)}.{compared_column(field)}"

    def where(self, found: Bound) -> tuple[str, list[Any]]:
        """The condition and its values."""
        if isinstance(found, Every | Either):
            is_all = isinstance(found, Every)
            parts = [self.where(item) for item in found.items]
            if not parts:
                return (TRUE if is_all else FALSE), []
            text = (" and " if is_all else " or ").join(text for text, _ in parts)
            return f"({text})", [value for _, values in parts for value in values]
        if isinstance(found, Not):
            return self._negated(found.item)
        return self._test(found)

    def _negated(self, test: Test) -> tuple[str, list[Any]]:
        text, values = self._test(test)
        if test.field.type == "links":
            return f"not {text}", values
        name = self.expression(test.hops, test.field)
        if test.op == "empty":
            return f"{name} is not null", values
        return f"({name} is null or not ({text}))", values

    def _test(self, test: Test) -> tuple[str, list[Any]]:
        if test.field.type == "links":
            return self._linked(test)
        name, values = self.expression(test.hops, test.field), list(test.values)
        if test.op == "empty":
            return f"{name} is null", []
        if test.op == "!=":
            return f"({name} is null or {name} <> ?)", values
        if test.op == "in":
            return f"{name} in ({marks(len(values))})", list(padded(values))
        if test.op == "contains":
            return f"{self.find}({name}, ?) > 0", values
        if test.op == "starts":
            return prefixed(name, str(values[0]))
        return f"{name} {test.op} ?", values

    def _linked(self, test: Test) -> tuple[str, list[Any]]:
        numbers = {name: table.type.number for name, table in self.tables.items()}
        owner = self.tables[test.hops[-1].to] if test.hops else self.table
        wanted = [parse_reference(str(value)) for value in test.values]
        pairs = [(numbers[found[0]], found[1]) for found in wanted if found and found[0] in numbers]
        if test.op == "has" and not pairs:
            return f"({FALSE})", []
        which = f" and ({' or '.join(['(l.to_type = ? and l.to_id = ?)'] * len(pairs))})" if pairs else ""
        exists = (
            "exists (select 1 from record_link l where l.type_id = ? and l.field = ?"
            f" and l.record_id = {self.alias(test.hops)}.id{which})"
        )
        values: list[Any] = [owner.type.number, test.field.number, *(part for pair in pairs for part in pair)]
        return (f"(not {exists})" if test.op == "empty" else exists), values

    def search(self, words: Sequence[str], fields: Sequence[Field]) -> tuple[str, list[Any]]:
        """Every word stands in one of the text fields."""
        if not fields:
            return FALSE, []
        one = " or ".join(f"{self.find}(t.{compared_column(field)}, ?) > 0" for field in fields)
        values = [fold(word) for word in words for _ in fields]
        return " and ".join([f"({one})"] * len(words)) or TRUE, values


def prefixed(name: str, prefix: str) -> tuple[str, list[Any]]:
    """Texts that begin so, as a range that an index knows."""
    end = after(prefix)
    if end is None:
        return f"{name} >= ?", [prefix]
    return f"({name} >= ? and {name} < ?)", [prefix, end]


def after(prefix: str) -> str | None:
    """The first text behind all that begin with ``prefix``; None if there is none."""
    kept = prefix.rstrip("\U0010ffff")
    if not kept:
        return None
    last = ord(kept[-1]) + 1
    return kept[:-1] + chr(0xE000 if last == 0xD800 else last)
