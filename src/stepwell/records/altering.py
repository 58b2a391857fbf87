"""From one definition of a record type to the next: what has to happen to its table."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.records.types import Field, RecordType


class AddField(Struct, frozen=True):
    """A field that was not there."""

    field: Field


class RemoveField(Struct, frozen=True):
    """A field that is no more."""

    field: Field


class RenameField(Struct, frozen=True):
    """A field with another name; its values stay."""

    old: Field
    new: Field


class ConvertField(Struct, frozen=True):
    """A field whose values have to become others: another kind, another number of digits."""

    old: Field
    new: Field


class CheckField(Struct, frozen=True):
    """A field whose values have to keep a rule that is new: required, unique, shorter, in narrower bounds."""

    old: Field
    new: Field


class IndexField(Struct, frozen=True):
    """A field that is found at once from now on, or no more."""

    old: Field
    new: Field


class Recalculate(Struct, frozen=True):
    """A calculated field whose formula or kind of result is another one."""

    old: Field
    new: Field


Alteration = AddField | RemoveField | RenameField | ConvertField | CheckField | IndexField | Recalculate


def alterations(old: RecordType, new: RecordType, renamed: Mapping[str, str]) -> tuple[Alteration, ...]:
    """What leads from ``old`` to ``new``, in the order in which it can be done.

    ``renamed`` gives the former name by the new one; a former name that is gone means that it was renamed
    before. Raises ``Invalid`` when a field can not become the other one at all.
    """
    former = {name: was for name, was in renamed.items() if any(field.name == was for field in old.fields)}
    known = {field.name: field for field in old.fields}
    kept = {field.name: known[former.get(field.name, field.name)] for field in new.fields
            if former.get(field.name, field.name) in known}  # fmt: skip
    _expect_possible(kept, new)
    found: list[Alteration] = []
    if old.kind != new.kind:
        raise Invalid("record-type.kind", f"Expected '{old.name}' to stay {old.kind}, but found {new.kind}.")
    left = {field.name for field in kept.values()}
    found += [RemoveField(field) for field in old.fields if field.name not in left]
    for field in new.fields:
        found += _of_field(kept.get(field.name), field)
    return tuple(found)


def _expect_possible(kept: Mapping[str, Field], new: RecordType) -> None:
    by_name = {field.name: field for field in new.fields}
    problems = [
        Problem("field.type-change", f"Expected {name} to stay {old.type}, but found {by_name[name].type}.", field=name)
        for name, old in kept.items()
        if not _can_become(old, by_name[name])
    ]  # fmt: skip
    if problems:
        message = f"Expected fields of '{new.name}' that can be changed so; remove them and add others."
        raise Invalid("record-type.invalid", message, problems)


def _can_become(old: Field, new: Field) -> bool:
    apart = {"links", "file", "link", "calculated"}
    return old.type == new.type or not (old.type in apart or new.type in apart)


def _of_field(old: Field | None, new: Field) -> Iterator[Alteration]:
    if old is None:
        yield AddField(new)
        return
    if old.name != new.name:
        yield RenameField(old, new)
    if new.type == "calculated":
        if (old.formula, old.kind, old.digits) != (new.formula, new.kind, new.digits):
            yield Recalculate(old, new)
    elif (
        old.kind != new.kind or old.digits != new.digits or old.to != new.to or old.is_folded != new.is_folded
    ):
        yield ConvertField(old, new)
    elif _is_stricter(old, new):
        yield CheckField(old, new)
    if (old.has_index, old.unique) != (new.has_index, new.unique):
        yield IndexField(old, new)


def _is_stricter(old: Field, new: Field) -> bool:
    bounds = (old.minimum, old.maximum) != (new.minimum, new.maximum)
    return (new.required and not old.required) or (new.kind == "text" and new.length < old.length) or bounds
