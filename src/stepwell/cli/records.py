"""``stepwell records`` and ``record-types``: what the data of an installation is, and the data itself."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from stepwell.cli import files, output
from stepwell.cli.desk import Desk, actor, desk
from stepwell.cli.faults import WrongUse
from stepwell.cli.given import Actor, After, Limit
from stepwell.cli.values import document_of, values
from stepwell.records.shipped import NAMES

if TYPE_CHECKING:
    from rich.console import RenderableType

    from stepwell.identity import Actor as Who
    from stepwell.services.records.calls import Records
    from stepwell.services.records.presenting import Record
    from stepwell.services.records.type_views import RecordTypeView

Action = Literal["list", "show", "change", "import", "export"]
WIDEST = 6  # columns of a list when none are named


def record_types(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Show this one with its fields.")] = "",
) -> None:
    """List the record types, or show one with its fields.

    Example: stepwell record-types contact
    """
    with desk(ctx).open() as engine:
        found: Any = engine.records.get_type(name) if name else engine.records.types()
    output.answer(desk(ctx), found, lambda: _type(found) if name else _types(found))


def records(
    ctx: typer.Context,
    type: Annotated[str, typer.Argument(metavar="TYPE", help="The name of a record type.")],
    action: Annotated[
        Action, typer.Argument(metavar="ACTION", help="list, show, change, import or export.")
    ] = "list",
    what: Annotated[
        str,
        typer.Argument(
            metavar="[ID|FILE]", help="The record to show or change; the CSV file, - is the input or output."
        ),
    ] = "",
    filter: Annotated[
        str, typer.Option(metavar="JSON", help="Only these, or @FILE that holds the filter.")
    ] = "",
    sort: Annotated[
        str, typer.Option(metavar="FIELDS", help="Sort by these, - before one that begins with the largest.")
    ] = "",
    columns: Annotated[str, typer.Option(metavar="FIELDS", help="Only these fields.")] = "",
    search: Annotated[str, typer.Option(metavar="WORDS", help="Only where these words stand.")] = "",
    limit: Limit = 50,
    after: After = "",
    key: Annotated[str, typer.Option(metavar="FIELD", help="The column by which records are known.")] = "",
    trial: Annotated[bool, typer.Option("--trial", help="Only say what an import would do.")] = False,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", "-s", metavar="FIELD=VALUE", help="What a field becomes, as often as needed."),
    ] = None,
    cancel_step: Annotated[
        bool,
        typer.Option(
            "--cancel-step",
            help="Cancel the step that waits for an activity with it: --set status=cancelled.",
        ),
    ] = False,
    by: Actor = "",
) -> None:
    """List records of a type, show or change one, import them from a CSV file or export them to one.

    An import adds and changes all the records of the file, or none if anything is wrong with it.

    Example: stepwell records contact list --filter '{"field": "city", "value": "Oslo"}'
    """
    asked: dict[str, Any] = {
        "filter": document_of(filter) if filter else None,
        "sort": _names(sort),
        "columns": _names(columns) or None,
        "search": search,
    }
    with desk(ctx).open() as engine:
        if action == "show":
            _show(desk(ctx), engine.records, type, what)
        elif action == "change":
            records = engine.records.by(_who(by))
            _change(desk(ctx), records, _id(type, what, "change"), (values(given), cancel_step))
        elif action == "import":
            _import(desk(ctx), engine.records, type, (what, key, trial))
        elif action == "export":
            _export(engine.records, type, what, asked)
        else:
            _list(desk(ctx), engine.records, type, {**asked, "limit": limit, "after": after or None})


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _list(here: Desk, records: "Records", type: str, asked: dict[str, Any]) -> None:
    page = records.page(type, **asked)
    names = (
        asked["columns"]
        or [field.name for field in records.get_type(type).fields if not field.is_system][:WIDEST]
    )
    output.answer(here, page, lambda: _page(page, names))


def _page(page: Any, names: "list[str] | tuple[str, ...]") -> "Iterator[RenderableType]":
    rows = [(item.id, *(_shown(item, name) for name in names)) for item in page.items]
    yield from output.listing(("id", *names), rows, "No record fits.")
    yield from output.more(page.after)


def _shown(item: "Record", name: str) -> str:
    """How a linked record is called rather than its id."""
    value = item.titles.get(name, item.values.get(name))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _show(here: Desk, records: "Records", type: str, id: str) -> None:
    found = records.get(_id(type, id, "show"))
    output.answer(here, found, lambda: _record(found))


def _change(here: Desk, records: "Records", id: str, asked: tuple[dict[str, Any], bool]) -> None:
    new, cancel_step = asked
    if not new:
        raise WrongUse("argument.missing", "Expected --set FIELD=VALUE but found none.")
    found = records.change(id, new, cancel_step=cancel_step)
    output.answer(here, found, lambda: _record(found))


def _who(by: str) -> "Who":
    """Stepwell itself, on behalf of who acts."""
    from stepwell.identity import in_the_name_of

    return in_the_name_of(actor(by))


def _id(type: str, what: str, verb: str) -> str:
    """The public id of the record that is meant."""
    if not what:
        raise WrongUse("argument.missing", f"Expected the id of a record to {verb} but found none.")
    return what if "/" in what else f"{type}/{what}"


def _record(found: "Record") -> "Iterator[RenderableType]":
    yield output.text((found.title or found.id, "bold"), "  ", (found.id, "dim"))
    yield output.pairs([(name, _shown(found, name)) for name in found.values])
    changed = f"revision {found.revision}, {output.short_time(found.changed_at)} {found.changed_by}"
    yield output.text((changed.strip(), "dim"))


def _import(here: Desk, records: "Records", type: str, asked: tuple[str, str, bool]) -> None:
    name, key, trial = asked
    if not name:
        raise WrongUse("argument.missing", "Expected a CSV file to import but found none.")
    [path] = files.files([Path(name)]) if not Path(name).is_dir() else [None]
    if path is None:
        raise WrongUse("file.missing", f"Expected a CSV file but '{name}' is a folder.")
    try:
        text = files.content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUse(
            "values.unreadable", f"Expected text in UTF-8 but '{name}' holds something else."
        ) from None
    done = records.import_csv(type, text, key, is_trial=trial)
    words = "Would be" if trial else "Were"
    line = f"{words} added: {done.added}, changed: {done.changed}, unchanged: {done.unchanged}."
    output.answer(here, done, lambda: [output.text(line)])


def _export(records: "Records", type: str, name: str, asked: dict[str, Any]) -> None:
    """The file is what is said: also with --json."""
    pieces = records.export_csv(type, **asked)
    if name in {"", "-"}:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    with Path(name).open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def _types(found: "tuple[RecordTypeView, ...]") -> "Iterator[RenderableType]":
    rows = [
        (item.name, item.label, item.kind, len([one for one in item.fields if not one.is_system]))
        for item in found
    ]
    empty = "There is no record type yet. docs/records.md says how to make one."
    yield from output.listing(("name", "label", "kind", "fields"), rows, empty)
    if found and all(item.name in NAMES for item in found):
        yield output.text("These belong to Stepwell. docs/records.md says how to make your own.")


def _type(found: "RecordTypeView") -> "Iterator[RenderableType]":
    yield output.text(
        (found.label, "bold"), "  ", (f"{found.name}, {found.kind}, revision {found.revision}", "dim")
    )
    rows = [
        (one.name, one.label, one.type + (f" to {one.to}" if one.to else ""), _marks(one))
        for one in found.fields
        if not one.is_system
    ]
    yield from output.table(("field", "label", "type", ""), rows)


def _marks(field: Any) -> str:
    marks = {
        "required": field.required,
        "unique": field.unique,
        "indexed": field.indexed and not field.unique,
    }
    return ", ".join(name for name, is_so in marks.items() if is_so)
